import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkbench, type Workbench } from '../../support/browser';
import { atEndOfTests } from '../../support/endOfTests';
import { endService, ownerPid } from '../../support/serviceProcess';
import { until } from '../../support/until';
import { startVscodeHost, writeFiles, type VscodeHost, type VscodeHostOptions } from '../../support/vscodeHost';
import { emptyWindow } from './emptyWindow';
import { openSideBar } from './sideBar';

/** An editor with one window, for the tests of one `describe` at a time. Who does not give it back ends it. */
export interface KeptEditor {
  readonly host: VscodeHost;
  readonly bench: Workbench;
  /** Lets the next tests have it, with the one window that is left. */
  giveBack(bench: Workbench): void;
}

/** An editor that waits for tests. */
interface WaitingEditor {
  readonly host: VscodeHost;
  readonly bench: Workbench;
  /** What the editor made in its folder by itself. */
  readonly own: readonly string[];
  /** How many have used it. */
  readonly uses: number;
}

/** What the files of one test process share, though each is a bundle of its own: by the options that nothing can change in an editor that runs. */
const shared = globalThis as { gaxEditors?: Map<string, WaitingEditor> };

/**
 * An editor that nobody has used, as far as tests can see: a new one, or the one that tests with the same options gave
 * back. A start takes as much of a processor as all tests of many a file. What cannot be changed in a running editor is
 * the same (its language, the person's settings); what can, is as these tests want it: settings of the machine, files of
 * the workspace, and a package repository of their own.
 */
export async function takeEditor({ files = {}, machineSettings = {}, ...options }: VscodeHostOptions): Promise<KeptEditor> {
  const key = JSON.stringify(options);
  const editors = (shared.gaxEditors ??= new Map());
  const waiting = editors.get(key);
  if (waiting === undefined) return startEditor(key, { ...options, files, machineSettings });
  editors.delete(key);
  try {
    return await renewEditor(key, waiting, files, machineSettings);
  } catch (error) {
    // Nothing is wrong with what is to be tested: it gets a new editor, and the picture tells why.
    console.error('the editor could not be made as good as new (failed-renewal.png):', error);
    await waiting.bench.screenshot('failed-renewal').catch(() => undefined);
    await stop(waiting);
    return startEditor(key, { ...options, files, machineSettings });
  }
}

async function startEditor(key: string, options: VscodeHostOptions): Promise<KeptEditor> {
  const host = await startVscodeHost({ ...options, environment: { GAXPKG_SERVICE_PARENT: String(process.pid), ...options.environment } });
  try {
    const own = readdirSync(host.folder);
    return keepable(key, host, await openWorkbench(host), own, 1);
  } catch (error) {
    await host.stop();
    throw error;
  }
}

function keepable(key: string, host: VscodeHost, bench: Workbench, own: readonly string[], uses: number): KeptEditor {
  return {
    host, bench,
    giveBack: (window) => {
      const waiting = { host, bench: window, own, uses };
      shared.gaxEditors?.set(key, waiting);
      atEndOfTests(async () => {
        if (shared.gaxEditors?.get(key) !== waiting) return;
        shared.gaxEditors.delete(key);
        await stop(waiting);
      });
    },
  };
}

async function stop({ bench, host }: WaitingEditor): Promise<void> {
  try {
    await bench.close();
  } finally {
    // With the editor ends its service: an extension that still lives would only start another.
    await host.stop();
  }
}

/** Takes away what tests left in an editor, and gives it what the next ones want. */
async function renewEditor(key: string, { host, bench, own, uses }: WaitingEditor, files: NonNullable<VscodeHostOptions['files']>, machineSettings: Readonly<Record<string, unknown>>): Promise<KeptEditor> {
  await emptyWindow(bench);
  const before = host.dataFolder;
  const name = `data-${uses}`;
  const dataFolder = join(host.folder, name);
  // Where the views are seen, the extension is connected and follows the setting at once.
  await openSideBar(bench);
  host.changeSettings({ ...machineSettings, 'gaxPackages.repository.folder': dataFolder });
  await until(() => ownerPid(dataFolder) !== undefined, 'the extension to use the new repository');
  await bench.page.locator('.sidebar .pane-body.welcome').nth(2).waitFor();
  await endService(before);
  for (const left of readdirSync(host.folder)) if (left !== name && !own.includes(left)) removeAll(join(host.folder, left));
  for (const left of readdirSync(host.workspace)) removeAll(join(host.workspace, left));
  removeAll(join(host.folder, 'home/.ssh'));
  writeFiles(host.workspace, files);
  return keepable(key, host, bench, own, uses + 1);
}

/** Removes a file or folder; what is ending just then may still write into it. */
function removeAll(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
