import { basename } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../../support/browser';
import { startSshd, type Sshd } from '../../support/sshd';
import { until } from '../../support/until';
import type { VscodeHost, VscodeHostOptions } from '../../support/vscodeHost';
import { takeEditor, type KeptEditor } from './keptEditor';

export { openSideBar } from './sideBar';

/** A real editor with this extension and a real SSH server, shared by the tests of a `describe`. */
export interface Editor {
  readonly host: VscodeHost;
  readonly sshd: Sshd;
  readonly bench: Workbench;
  /** Opens another window on the same editor; it is closed with the tests, if not before. */
  openWindow(options?: WorkbenchOptions): Promise<Workbench>;
}

/**
 * Has an editor with a window before the tests of the surrounding `describe`, and keeps a picture of each failure. It may
 * be the one that tests before used, as good as new: see {@link takeEditor}. Whatever else is used ends after the tests.
 */
export function useEditor(options: (sshd: Sshd) => VscodeHostOptions = () => ({})): Editor {
  let kept: KeptEditor | undefined;
  let sshd: Sshd | undefined;
  let failed = false;
  const windows: Workbench[] = [];
  const present = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('the editor has not started');
    return part;
  };
  const addWindow = (bench: Workbench): Workbench => {
    const window: Workbench = {
      ...bench,
      close: async () => {
        windows.splice(windows.indexOf(window), 1);
        await bench.close();
      },
    };
    windows.push(window);
    return window;
  };
  before(async function () {
    this.timeout(240_000);
    sshd = await startSshd();
    kept = await takeEditor(options(sshd));
    addWindow(kept.bench);
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    failed = true;
    const name = this.currentTest.title.replaceAll(/[^\p{L}\d]+/gu, '-').slice(0, 60);
    for (const [i, bench] of windows.entries()) await bench.screenshot(`failed-${name}-${i}`);
  });
  after(async function () {
    this.timeout(60_000);
    const [first, ...others] = windows;
    for (const bench of others) await bench.close();
    if (failed || first === undefined) {
      await first?.close();
      await kept?.host.stop();
    } else {
      kept?.giveBack(first);
    }
    await sshd?.stop();
  });
  return {
    get host() {
      return present(kept).host;
    },
    get sshd() {
      return present(sshd);
    },
    get bench() {
      return present(windows[0]);
    },
    openWindow: async (windowOptions) => addWindow(await openWorkbench(present(kept).host, windowOptions)),
  };
}

/** Clicks until something shows: a row that is drawn anew under the pointer, as after a reload, loses a click. */
export async function clickUntil(row: Locator, shown: Locator): Promise<void> {
  for (let clicks = 0; clicks < 5; clicks++) {
    await row.click();
    if (await shown.waitFor({ timeout: 8000 }).then(() => true, () => false)) return;
  }
  throw new Error('no click was heard');
}

/** The row of a deployed package: the package itself has a row in another view. */
export function deployedRow({ page }: Workbench, text: string): Locator {
  return page.locator('.pane', { has: page.locator('.pane-header', { hasText: 'Deployed Packages' }) }).locator('.monaco-list-row', { hasText: text }).first();
}

/** Opens the page of a deployed package by its row, once no deployment has a row: rows move when it ends, and it has the same version. */
export async function openDeployedPage(bench: Workbench, application: string, version: string, shown: Locator): Promise<void> {
  await deployedRow(bench, application).waitFor();
  await bench.treeRow('In progress').waitFor({ state: 'detached' });
  await clickUntil(deployedRow(bench, version), shown);
}

/** Presses a key until something shows: while the editor still works on what was done before, it loses one. */
export async function pressUntil(bench: Workbench, key: string, shown: Locator): Promise<void> {
  for (let times = 0; times < 5; times++) {
    await bench.page.keyboard.press(key);
    if (await shown.waitFor({ timeout: 8000 }).then(() => true, () => false)) return;
  }
  throw new Error(`nobody heard ${key}`);
}

/** Types into the input box that asks for something, once it is there. */
export async function answer(bench: Workbench, prompt: string | RegExp, text: string): Promise<void> {
  await bench.page.locator('.quick-input-widget:visible', { hasText: prompt }).waitFor();
  await bench.quickInput.type(text);
}

/** Ticks rows of a quick pick with check boxes and goes on. */
export async function tick(bench: Workbench, ...rows: readonly string[]): Promise<void> {
  for (const row of rows) await bench.quickInput.row(row).locator('.monaco-checkbox, input[type=checkbox]').first().click();
  await bench.page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
}

/** The modal with these words, once it is there. */
export async function modal(bench: Workbench, words: string | RegExp): Promise<Locator> {
  const dialog = bench.page.locator('.monaco-dialog-box', { hasText: words });
  await dialog.waitFor();
  return dialog;
}

/** Presses a button of the modal with these words. */
export async function press(bench: Workbench, words: string | RegExp, button: string): Promise<void> {
  await (await modal(bench, words)).getByRole('button', { name: button, exact: true }).click();
}

/** Brings the terminal of the running deployment to the front and the keys to it. */
export async function showTaskTerminal(bench: Workbench): Promise<void> {
  await bench.runCommand('Tasks: Show Running Tasks');
  await bench.page.locator('.terminal-wrapper.active').click();
}

/** Forgets the one password that is kept, by the command, which says where it is kept. A window that goes on to other tests must not know it. */
export async function forgetPassword(bench: Workbench, where: string): Promise<void> {
  await bench.runCommand('Forget Saved Passwords');
  await tick(bench, where);
  await bench.page.locator('.statusbar', { hasText: 'Forgot 1 saved password.' }).waitFor();
  await bench.runCommand('Forget Saved Passwords');
  await bench.notification('No password is saved.').waitFor();
}

/** Imports an archive of the workspace by the command and its dialog. */
export async function importArchive(bench: Workbench, archive: string): Promise<void> {
  await bench.runCommand('Import Package File');
  await bench.quickInput.pick(basename(archive));
}

/** Adds the SSH server as a host by the command and its questions, and trusts its key. */
export async function addHost(bench: Workbench, sshd: Sshd, name: string): Promise<void> {
  await bench.runCommand('Add Host');
  await answer(bench, 'DNS name, IP address', `${sshd.address}:${sshd.port}`);
  await answer(bench, 'User to sign in with', sshd.user);
  await bench.quickInput.pick('Key file');
  await answer(bench, 'Absolute path of the private key', sshd.clientKey);
  await answer(bench, 'Name of the host', name);
}

/** Opens the deploy wizard of a package by the command, and answers its page at the introduction. */
export async function openDeployWizard(bench: Workbench, item: string): Promise<FrameLocator> {
  await bench.runCommand('Deploy Package');
  await bench.quickInput.pick(item);
  await bench.webview.getByRole('heading', { name: 'What will be deployed' }).waitFor();
  return bench.webview;
}

/** Goes on to the next step of the wizard, and waits for its heading. */
export async function goOn(wizard: FrameLocator, heading: string): Promise<void> {
  await wizard.getByRole('button', { name: 'Next' }).click();
  await wizard.getByRole('heading', { name: heading, level: 2 }).waitFor();
}

/** Chooses hosts in the wizard, from the introduction on, and goes to the step of silent.ini. */
export async function chooseHosts(wizard: FrameLocator, ...hosts: readonly string[]): Promise<void> {
  await goOn(wizard, 'Choose hosts');
  for (const host of hosts) await wizard.getByRole('row', { name: new RegExp(host) }).click();
  await goOn(wizard, 'Application parameters');
  await goOn(wizard, 'Installation parameters (silent.ini)');
}

/** Goes to the summary, and presses Finish once all hosts are checked. */
export async function finish(wizard: FrameLocator): Promise<void> {
  await goOn(wizard, 'Deployment summary');
  await wizard.getByText(/Finish installs on \d+ hosts?\./).waitFor();
  await wizard.getByRole('button', { name: 'Finish' }).click();
}

/** Waits until the editor has written down for after a reload what has all these texts; it does so seconds later. */
export function untilKept(bench: Workbench, what: string, ...texts: readonly string[]): Promise<void> {
  return until(() => isKept(bench, '', texts), `the editor to write ${what} down`, 60_000);
}

/** The same of a tab that is open now, by a text of its name or kind. The editor also remembers files that were open once, under other keys. */
export function untilTabKept(bench: Workbench, text: string): Promise<void> {
  return until(() => isKept(bench, 'memento/workbench.parts.editor', [text]), `the editor to write the tab of ${text} down`, 60_000);
}

/**
 * Whether one value that the editor keeps, under this key if it is not empty, holds all these texts: another one may be of a
 * tab that was closed. Backslashes do not count: text in JSON in JSON has many.
 */
function isKept(bench: Workbench, key: string, texts: readonly string[]): Promise<boolean> {
  return bench.page.evaluate(async ({ ofKey, wanted }) => {
    const answerOf = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('not read'));
    });
    for (const { name } of await indexedDB.databases()) {
      const database = await answerOf(indexedDB.open(name ?? ''));
      try {
        for (const store of database.objectStoreNames) {
          const objects = database.transaction(store).objectStore(store);
          const values: unknown[] = await answerOf(ofKey === '' ? objects.getAll() : objects.getAll(ofKey));
          if (values.some((value) => typeof value === 'string' && wanted.every((text) => value.replaceAll('\\', '').includes(text)))) return true;
        }
      } finally {
        database.close();
      }
    }
    return false;
  }, { ofKey: key, wanted: texts });
}
