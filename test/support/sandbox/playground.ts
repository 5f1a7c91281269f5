import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeError } from '../../../src/core/errors';
import { connectToService, type ServiceClient } from '../../../src/service/client';
import { projectRoot } from '../projectRoot';
import { samples, type Sample } from '../samplePackages/samples';
import { writeSample } from '../samplePackages/writeSample';
import { endService, ownerPid } from '../serviceProcess';
import { startSandboxHost, type SandboxHost } from './sandboxHost';

/** Name of the host in the playground's repository. */
export const sandboxHostName = 'sandbox';
/** Left for the person to import. */
const notImported: readonly Sample[] = [samples.lcaNewer];

export interface Playground {
  readonly dataFolder: string;
  /** The folder the editor opens. */
  readonly workspace: string;
  readonly host: SandboxHost;
  /** Variables with which editor and command line find this repository; the service ends with this process. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export interface PlaygroundOptions {
  readonly folder: string;
  readonly server?: SandboxHost['server'] | undefined;
  readonly log: (line: string) => void;
  /** Aborted when the playground is not wanted any more. */
  readonly signal: AbortSignal;
}

/** The same package with its install path below another folder than /opt/genesys. */
function placedBelow(sample: Sample, installRoot: string): Sample {
  return {
    ...sample,
    entries: async () => (await sample.entries()).map((entry) =>
      entry.path.endsWith('genesys_silent.ini') && typeof entry.content === 'string' ? { ...entry, content: entry.content.replaceAll('/opt/genesys', installRoot) } : entry),
  };
}

function connect(dataFolder: string, start: 'onDemand' | 'never'): Promise<ServiceClient> {
  return connectToService({
    dataFolder,
    serviceFiles: join(projectRoot, 'dist'),
    runtime: process.execPath,
    kind: 'cli',
    locale: 'en',
    interactive: false,
    handlers: { confirmHostKey: () => Promise.resolve('refuse'), askSecret: () => Promise.resolve(undefined) },
    start,
    parentPid: process.pid,
  });
}

/** Ends the service of a data folder, politely where it listens; resolves when its process is gone. */
async function stopService(dataFolder: string): Promise<void> {
  if (ownerPid(dataFolder) !== undefined) {
    try {
      const client = await connect(dataFolder, 'never');
      const closed = new Promise<void>((resolve) => client.onClosed(() => resolve()));
      await client.request('service/stop', { force: true });
      await closed;
      client.close();
    } catch {
      // It ended by itself meanwhile, or does not answer; what follows ends it in any case.
    }
  }
  await endService(dataFolder);
}

async function importAll(client: ServiceClient, archives: readonly string[]): Promise<void> {
  for (const path of archives) {
    const { id } = await client.request('imports/start', { source: { method: 'archive', path } });
    const ended = await client.request('imports/wait', { id });
    if (ended.state !== 'complete') throw new Error(`${path} was not imported${ended.error === undefined ? '' : `: ${describeError('en', ended.error)}`}`);
  }
}

async function addSandboxHost(client: ServiceClient, { address, port, user, keyFile, stagingFolder, lockFolder }: SandboxHost): Promise<void> {
  const { id } = await client.request('hosts/add', { name: sandboxHostName, address, port, user, authentication: { kind: 'key', keyFile }, stagingFolder, lockFolder });
  // The key was made a moment ago by us: nobody needs to be asked.
  await client.request('hosts/test', { id, acceptNewHostKey: true });
}

function writeWorkspace(workspace: string, installRoot: string): void {
  mkdirSync(join(workspace, '.vscode'), { recursive: true });
  const task = { type: 'gaxPackages', label: 'Deploy LCA to the sandbox', profile: 'install', package: 'LCA@8.5.100.37', hosts: [sandboxHostName], values: { 'IPCommon.InstallPath': join(installRoot, 'lca') } };
  writeFileSync(join(workspace, '.vscode/tasks.json'), `${JSON.stringify({ version: '2.0.0', tasks: [task] }, null, 2)}\n`);
  writeFileSync(join(workspace, 'README.md'), `# Playground

Everything here is thrown away when you end \`npm start\` with Ctrl+C.

- The view container **Genesys Packages** in the activity bar shows the sample packages of this playground's repository.
- \`packages/${notImported.map((sample) => sample.fileName).join(', ')}\` is not imported yet: try its context menu in the explorer.
- The host **${sandboxHostName}** is an SSH server on this machine. Packages install below \`${installRoot}\`.
- \`gaxpkg\` in a terminal works on the same repository: try \`gaxpkg list\` and \`gaxpkg deploy LCA@8.5.100.37 --host ${sandboxHostName}\`.
- *Tasks: Run Task* has a deployment that is kept in \`.vscode/tasks.json\`.
`);
}

/** A command of that name for terminals, in a folder for the path. */
function writeCommand(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const cli = join(projectRoot, 'dist/cli.js');
  if (process.platform === 'win32') writeFileSync(join(folder, 'gaxpkg.cmd'), `@"${process.execPath}" "${cli}" %*\r\n`);
  else writeFileSync(join(folder, 'gaxpkg'), `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`, { mode: 0o755 });
}

/** Makes a repository of sample packages and a host to deploy them to, all below one folder. */
export async function startPlayground({ folder, server, log, signal }: PlaygroundOptions): Promise<Playground> {
  const dataFolder = join(folder, 'data');
  const workspace = join(folder, 'workspace');
  const host = await startSandboxHost(join(folder, 'host'), server);
  const stop = async (): Promise<void> => {
    await stopService(dataFolder);
    await host.stop();
  };
  try {
    writeWorkspace(workspace, host.installRoot);
    writeCommand(join(folder, 'bin'));
    log('Writing sample packages…');
    const packages: readonly Sample[] = Object.values(samples);
    const archives: string[] = [];
    for (const sample of packages) {
      const path = await writeSample(placedBelow(sample, host.installRoot), join(workspace, 'packages'));
      if (!notImported.includes(sample)) archives.push(path);
    }
    signal.throwIfAborted();
    log('Importing them…');
    const client = await connect(dataFolder, 'onDemand');
    try {
      await importAll(client, archives);
      signal.throwIfAborted();
      await addSandboxHost(client, host);
    } finally {
      client.close();
    }
    signal.throwIfAborted();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    dataFolder,
    workspace,
    host,
    environment: {
      GAXPKG_DATA: dataFolder,
      GAXPKG_SERVICE_PARENT: String(process.pid),
      PATH: [join(folder, 'bin'), process.env['PATH'] ?? ''].join(process.platform === 'win32' ? ';' : ':'),
    },
    stop,
  };
}
