/**
 * The main part of `npm start`: playground and editor until Ctrl+C, then nothing of either.
 * Options, for tests: --json (one line of JSON when all is ready) --editor desktop|hosted|none --server openssh|node
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findDesktop, startDesktop, startHosted, type Editor } from './editors';
import { sandboxHostName, startPlayground, type Playground } from './playground';
import type { SandboxHost } from './sandboxHost';

const { values: options } = parseArgs({ options: { json: { type: 'boolean' }, editor: { type: 'string' }, server: { type: 'string' } } });
const log = (line: string): void => {
  if (options.json !== true) console.log(line);
};

function chooseServer(): SandboxHost['server'] | undefined {
  return options.server === 'openssh' || options.server === 'node' ? options.server : undefined;
}

async function openEditor(folder: string, playground: Playground): Promise<Editor | undefined> {
  if (options.editor === 'none') return undefined;
  const editor = { folder: join(folder, 'editor'), workspace: playground.workspace, environment: playground.environment };
  const desktop = options.editor === 'hosted' ? undefined : findDesktop();
  return desktop === undefined ? startHosted(editor) : startDesktop(desktop, editor);
}

function tell(folder: string, playground: Playground, editor: Editor | undefined): void {
  const { host, dataFolder } = playground;
  if (options.json === true) {
    const { server, address, port } = host;
    console.log(JSON.stringify({ pid: process.pid, folder, dataFolder, environment: playground.environment, host: { name: sandboxHostName, server, address, port }, editor: editor === undefined ? undefined : { kind: editor.kind, url: editor.url, password: editor.password } }));
    return;
  }
  console.log(`\n${[...(editor?.lines ?? []), `Host:     ${sandboxHostName} (${host.server === 'openssh' ? 'OpenSSH' : 'SSH in Node'}, ${host.address}:${host.port})`, `Folder:   ${folder}`].join('\n')}\n\nCtrl+C ends everything and removes the folder.`);
}

async function run(): Promise<void> {
  // What is started here does not keep this process alive; waiting for a person does.
  setInterval(() => undefined, 60_000);
  const ending = new AbortController();
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        ending.abort(new Error('interrupted'));
        resolve();
      });
    }
  });
  // The real path: macOS's temporary folder is behind a link, and hosts report real paths.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gax-')));
  let playground: Playground | undefined;
  let editor: Editor | undefined;
  try {
    playground = await startPlayground({ folder, server: chooseServer(), log, signal: ending.signal });
    editor = await openEditor(folder, playground);
    ending.signal.throwIfAborted();
    tell(folder, playground, editor);
    await Promise.race([interrupted, ...(editor === undefined ? [] : [editor.closed])]);
  } catch (error) {
    if (!ending.signal.aborted) throw error;
  } finally {
    log('\nEnding…');
    // Editor first: it would start the service again.
    await editor?.stop();
    await playground?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

run().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
