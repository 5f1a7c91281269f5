import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { startGroup } from '../processGroup';
import { projectRoot } from '../projectRoot';
import { isVscodeHostInstalled, startVscodeHost } from '../vscodeHost';

/** An editor that shows the playground. */
export interface Editor {
  readonly kind: 'desktop' | 'hosted';
  /** What a person must know to use it. */
  readonly lines: readonly string[];
  readonly url?: string;
  readonly password?: string;
  /** Resolves when the person closed it; never for one that stays. */
  readonly closed: Promise<void>;
  stop(): Promise<void>;
}

export interface EditorOptions {
  readonly folder: string;
  readonly workspace: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The program of a desktop VS Code: what VSCODE_PATH names, else `code` on the path. */
export function findDesktop(): string | undefined {
  const named = process.env['VSCODE_PATH'];
  if (named !== undefined && named !== '') return named;
  const names = process.platform === 'win32' ? ['code.cmd', 'code.exe'] : ['code'];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
}

const settings = { 'workbench.startupEditor': 'readme', 'security.workspace.trust.enabled': false, 'telemetry.telemetryLevel': 'off', 'extensions.autoUpdate': false, 'update.mode': 'none' };

/** Opens a desktop VS Code with folders of its own and the extension from its source folder. */
export function startDesktop(program: string, { folder, workspace, environment }: EditorOptions): Editor {
  const userData = join(folder, 'user');
  mkdirSync(join(userData, 'User'), { recursive: true });
  writeFileSync(join(userData, 'User/settings.json'), JSON.stringify(settings, null, 2));
  const args = [
    '--wait', '--new-window', `--user-data-dir=${userData}`, `--extensions-dir=${join(folder, 'extensions')}`, `--extensionDevelopmentPath=${projectRoot}`,
    // As root it refuses to run otherwise.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), workspace,
  ];
  const isScript = process.platform === 'win32' && /\.(cmd|bat)$/i.test(program);
  const group = startGroup(isScript ? 'cmd.exe' : program, isScript ? ['/c', program, ...args] : args, { env: { ...withoutEditor(), ...environment } });
  return {
    kind: 'desktop',
    lines: [`VS Code: ${program}`],
    closed: group.exited.then(() => undefined),
    stop: async () => {
      // The command only waits: the editor itself runs apart from it, and names its folder on its command line.
      endProcessesNaming(userData);
      await group.stop();
    },
  };
}

/** Starts the npm-hosted VS Code behind a one-time password. */
export async function startHosted({ folder, workspace, environment }: EditorOptions): Promise<Editor> {
  if (!isVscodeHostInstalled()) throw new Error('the npm-hosted VS Code is not installed');
  const password = randomBytes(12).toString('base64url');
  mkdirSync(folder, { recursive: true });
  const host = await startVscodeHost({ allExtensions: true, folder, workspace, password, settings, environment, extensionFolder: projectRoot });
  const url = `http://127.0.0.1:${host.port}/`;
  return {
    kind: 'hosted',
    lines: [`VS Code:  ${url}`, `Password: ${password}`],
    url,
    password,
    closed: new Promise(() => undefined),
    stop: () => host.stop(),
  };
}

/** The environment without what an editor's terminal says of the editor around it. */
function withoutEditor(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VSCODE_(?!PATH$)|ELECTRON_)/.test(name)));
}

/** Ends what was started with this folder among its arguments; the folder's name is ours alone. */
function endProcessesNaming(folder: string): void {
  if (!existsSync('/proc/self/cmdline')) return;
  for (const pid of readdirSync('/proc').map(Number).filter((number) => number > 0 && number !== process.pid)) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)) process.kill(pid, 'SIGKILL');
    } catch {
      // Gone meanwhile, or another user's.
    }
  }
}
