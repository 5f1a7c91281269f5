import { deepEqual, equal, ok } from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import type { Workbench } from '../../support/browser';
import { until } from '../../support/until';
import { type Editor, openSideBar, untilKept, useEditor } from './editor';
import { writePausingSample } from './pausingSample';
import { addHostNow, importNow, withService } from './prepare';

/** A package and a host, as a person finds them. */
async function prepare({ host, sshd }: Editor): Promise<void> {
  const archive = await writePausingSample(join(host.folder, 'media'), { installPath: join(host.folder, 'opt/lca'), withPassword: false });
  await withService(host.dataFolder, async (client) => {
    await importNow(client, archive);
    await addHostNow(client, sshd, 'eu-lca-01', host.folder);
    await addHostNow(client, sshd, 'eu-lca-02', host.folder);
  });
}

/** What is on the host once the installer is done. */
function installed(folder: string): boolean {
  return existsSync(join(folder, 'ip_description.xml')) && existsSync(join(folder, 'installed.txt'));
}

describe('installing a package as the help page says, in English with the mouse', function () {
  this.timeout(240_000);
  const editor = useEditor();
  const chosen = (): string => join(editor.host.folder, 'opt/lca-chosen');
  const wizard = (): FrameLocator => editor.bench.webview;
  const heading = (name: string | RegExp): Promise<void> => wizard().getByRole('heading', { level: 2, name }).waitFor();
  before(async () => {
    await prepare(editor);
    await openSideBar(editor.bench);
  });

  it('1–3: the package, its details, Install, and what will be deployed', async () => {
    const { bench } = editor;
    await bench.treeRow(/Local Control Agent/).click();
    await bench.webview.getByRole('button', { name: 'Install…' }).click();
    await heading('What will be deployed');
    await bench.page.locator('.tab', { hasText: 'Deploy Local Control Agent 8.5.100.90' }).waitFor();
    await bench.screenshot('deploy-vscode-1-introduction');
    await wizard().getByRole('button', { name: 'Next' }).click();
  });

  it('4: the host that gets it', async () => {
    const { bench } = editor;
    await heading('Choose hosts');
    await wizard().getByRole('row', { name: /eu-lca-01/ }).getByText('Fits').waitFor();
    await wizard().getByRole('row', { name: /eu-lca-01/ }).click();
    await bench.screenshot('deploy-vscode-2-hosts');
    await wizard().getByRole('button', { name: 'Next' }).click();
  });

  it('5–6: the application object', async () => {
    const { bench } = editor;
    await heading('Application parameters');
    equal(await wizard().getByRole('combobox', { name: 'Application Object for eu-lca-01' }).inputValue(), 'LCA_eu-lca-01');
    await wizard().getByRole('textbox', { name: 'Application Port' }).fill('70000');
    await wizard().getByRole('button', { name: 'Next' }).click();
    await wizard().getByText('Enter a number from 1 to 65535, or nothing.', { exact: true }).waitFor();
    await bench.screenshot('deploy-vscode-3-application-wrong');
    await wizard().getByRole('textbox', { name: 'Application Port' }).fill('4999');
    await wizard().getByRole('button', { name: 'Next' }).click();
  });

  it('7–8: the path in silent.ini', async () => {
    const { bench } = editor;
    await heading('Installation parameters (silent.ini)');
    await wizard().getByLabel('Installation path', { exact: true }).fill(chosen());
    await wizard().locator('.preview-line.is-added', { hasText: chosen() }).waitFor();
    await bench.screenshot('deploy-vscode-4-silent-ini');
    await wizard().getByRole('button', { name: 'Open in editor' }).click();
    await bench.page.locator('.editor-instance .view-lines', { hasText: chosen() }).waitFor();
    await bench.page.locator('.tab', { hasText: 'Deploy Local Control Agent' }).click();
    await heading('Installation parameters (silent.ini)');
    equal(await wizard().getByLabel('Installation path', { exact: true }).inputValue(), chosen(), 'hidden and shown again');
    await wizard().getByRole('button', { name: 'Next' }).click();
  });

  it('9: the summary, from the host itself, and back to it; saved as a task without running it', async () => {
    const { bench, host } = editor;
    await heading('Deployment summary');
    await wizard().getByText('Finish installs on 1 host.').waitFor();
    await bench.screenshot('deploy-vscode-5-summary');
    await wizard().getByRole('button', { name: 'Back' }).click();
    await heading('Installation parameters (silent.ini)');
    await wizard().getByRole('button', { name: 'Next' }).click();
    await wizard().getByText('Finish installs on 1 host.').waitFor();
    await wizard().getByRole('button', { name: 'Save as task…' }).click();
    await wizard().getByText('in tasks.json, without secrets.').waitFor();
    const { tasks } = JSON.parse(readFileSync(join(host.workspace, '.vscode/tasks.json'), 'utf8')) as { tasks: readonly Record<string, unknown>[] };
    deepEqual(tasks.map(({ type, hosts, values }) => ({ type, hosts, values })), [{ type: 'gaxPackages', hosts: ['eu-lca-01'], values: { 'IPCommon.InstallPath': chosen() } }]);
    equal(existsSync(chosen()), false);
    await wizard().getByRole('button', { name: 'Finish' }).click();
  });

  it('10: its progress, in the page and in the tree, to the end', async () => {
    const { bench } = editor;
    await wizard().getByRole('button', { name: 'Close' }).waitFor();
    await bench.treeRow('LCA_eu-lca-01').waitFor();
    await until(() => installed(chosen()), 'the product on the host');
    await bench.screenshot('deploy-vscode-6-progress');
    await withService(editor.host.dataFolder, async (client) => {
      const [object] = await client.request('applications/list', {});
      equal(object?.name, 'LCA_eu-lca-01');
      equal(object.port, '4999');
    });
    await wizard().getByRole('button', { name: 'Close' }).click();
    await bench.page.locator('.tab', { hasText: 'Deploy Local Control Agent' }).waitFor({ state: 'detached' });
  });

  it('fills in the next time what was entered, and keeps a draft through a reload of the window', async () => {
    const { bench } = editor;
    const row = bench.treeRow('eu-lca-02');
    await row.hover();
    await row.getByRole('button', { name: 'Deploy to Host…' }).click();
    await bench.quickInput.pick('Local Control Agent');
    await heading('What will be deployed');
    await wizard().getByRole('radio', { name: /Values of/ }).waitFor();
    await wizard().getByRole('button', { name: 'Next' }).click();
    equal(await wizard().getByRole('row', { name: /eu-lca-02/ }).getAttribute('aria-selected'), 'true');
    await wizard().getByRole('button', { name: 'Next' }).click();
    await heading('Application parameters');
    await wizard().getByRole('combobox', { name: 'Application Object for eu-lca-02' }).fill('LCA_second');
    await untilKept(bench, 'the draft', 'LCA_second');
    await bench.reload();
    const draft = wizard().getByRole('heading', { level: 2, name: 'Application parameters' });
    const details = wizard().getByRole('button', { name: 'Install…' });
    // A new extension host starts first.
    await draft.or(details).waitFor({ timeout: 60_000 });
    // A browser that is loaded anew may not have noted the newest tab, and shows the one before; the draft it does not lose.
    if (await details.isVisible()) await details.click();
    await draft.waitFor();
    equal(await wizard().getByRole('combobox', { name: 'Application Object for eu-lca-02' }).inputValue(), 'LCA_second');
    await wizard().getByText(/Draft of/).waitFor();
    await wizard().getByRole('button', { name: 'Next' }).click();
    await heading('Installation parameters (silent.ini)');
    equal(await wizard().getByLabel('Installation path', { exact: true }).inputValue(), chosen());
    await bench.screenshot('deploy-vscode-7-filled-in');
    await wizard().getByRole('button', { name: 'Cancel' }).click();
    await bench.page.locator('.monaco-dialog-box', { hasText: 'Discard the input of this wizard?' }).getByRole('button', { name: 'Discard', exact: true }).click();
    await bench.page.locator('.tab', { hasText: 'Deploy Local Control Agent' }).waitFor({ state: 'detached' });
    deepEqual(bench.foreignRequests, []);
  });
});

describe('installing a package as the help page says, in French with the keyboard alone', function () {
  this.timeout(240_000);
  const editor = useEditor(() => ({ locale: 'fr', settings: { 'workbench.editor.useModal': 'off' } }));
  const chosen = (): string => join(editor.host.folder, 'opt/lca-choisi');
  const heading = (name: string): Promise<void> => editor.bench.webview.getByRole('heading', { level: 2, name }).waitFor();
  const press = (key: string): Promise<void> => editor.bench.page.keyboard.press(key);
  const focused = async (): Promise<string> => editor.bench.webview.locator(':focus').last().evaluate((element) => `${element.id} ${element.textContent}`, undefined, { timeout: 2000 }).catch(() => '');
  /** Presses Tab until the focus is where it should be. */
  const tabTo = async (words: string): Promise<void> => {
    for (let presses = 0; !(await focused()).includes(words); presses++) {
      ok(presses < 40, `Tab does not come to ${words}`);
      await press('Tab');
    }
  };
  /** Runs a command from the palette without the mouse. */
  const command = async (bench: Workbench, title: string): Promise<void> => {
    const row = bench.quickInput.row(new RegExp(`: ${title}`));
    await until(async () => {
      await press('F1');
      await bench.quickInput.box.fill(`>${title}`);
      return row.waitFor({ timeout: 3000 }).then(() => true, () => press('Escape').then(() => false));
    }, `the command ${title}`, 30_000);
    // Names that begin alike are offered together.
    for (let presses = 0; await row.and(bench.page.locator('.focused')).count() === 0; presses++) {
      ok(presses < 10, `the arrows do not come to ${title}`);
      await press('ArrowDown');
    }
    await press('Enter');
  };
  before(async () => {
    await prepare(editor);
  });

  it('1–3: the package in the tree, its details, Installer', async () => {
    const { bench } = editor;
    await command(bench, 'Focus on Packages d’installation View');
    await bench.treeRow(/Local Control Agent/).waitFor();
    // An empty tree has no row to take the focus.
    await command(bench, 'Focus on Packages d’installation View');
    for (let presses = 0; await bench.page.locator('.monaco-list-row.focused', { hasText: 'Local Control Agent' }).count() === 0; presses++) {
      ok(presses < 10, 'the arrows do not come to the package');
      await press('ArrowDown');
    }
    await press('Enter');
    await bench.webview.getByRole('button', { name: 'Installer…' }).waitFor();
    await tabTo('Installer…');
    await press('Enter');
    await heading('Ce qui sera déployé');
    await bench.screenshot('deploy-vscode-french-1-introduction');
    await tabTo('next');
    await press('Enter');
  });

  it('4–6: the host and the application object', async () => {
    const { bench } = editor;
    await heading('Choisissez les hôtes');
    await tabTo('host-filter');
    await bench.page.keyboard.type('lca-01');
    await press('ArrowDown');
    await press('Space');
    await bench.webview.getByRole('button', { name: 'Retirer eu-lca-01' }).waitFor();
    await bench.screenshot('deploy-vscode-french-2-hosts');
    await press('Control+Enter');
    await heading('Paramètres d’application');
    await tabTo('field-port');
    await bench.page.keyboard.type('x');
    await press('Control+Enter');
    await bench.webview.getByText('Saisissez un nombre de 1 à 65535, ou rien.', { exact: true }).waitFor();
    await until(async () => (await focused()).startsWith('field-port'), 'the wrong field to have the focus');
    await press('Backspace');
    await press('Control+Enter');
  });

  it('7–8: the path in silent.ini', async () => {
    const { bench } = editor;
    await heading('Paramètres d’installation (silent.ini)');
    await tabTo('field-value-IPCommon-InstallPath');
    // The editor answers Ctrl+A itself and selects a moment later: who types as fast as this would lose what is there by then.
    await press('Home');
    await press('Shift+End');
    await bench.page.keyboard.type(chosen());
    await bench.webview.locator('.preview-line.is-added', { hasText: chosen() }).waitFor();
    await bench.screenshot('deploy-vscode-french-3-silent-ini');
    await press('Control+Enter');
  });

  it('9–10: the summary, Terminer, and the progress to the end', async () => {
    const { bench } = editor;
    await heading('Résumé du déploiement');
    await bench.webview.getByText('Terminer installe sur 1 hôte.').waitFor();
    await bench.screenshot('deploy-vscode-french-4-summary');
    await press('Control+Enter');
    await until(async () => (await focused()).startsWith('finish'), 'Terminer to have the focus');
    await press('Enter');
    await bench.webview.getByRole('button', { name: 'Fermer' }).waitFor();
    await until(() => installed(chosen()), 'the product on the host', 60_000);
    await bench.screenshot('deploy-vscode-french-5-progress');
    await tabTo('close');
    await press('Enter');
    await bench.page.locator('.tab', { hasText: 'Déployer Local Control Agent' }).waitFor({ state: 'detached' });
  });
});
