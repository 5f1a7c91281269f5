import { equal, match } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goodApd, goodFile } from '../../support/formats/goodFiles';
import { endService } from '../../support/serviceProcess';
import { openSideBar, useEditor } from './editor';
import { writePausingSample } from './pausingSample';
import { addHostNow, importNow, withService } from './prepare';

describe('the editor in French, in Restricted Mode, and without its service', function () {
  this.timeout(240_000);
  const editor = useEditor(() => ({
    locale: 'fr',
    workspaceTrust: true,
    files: {
      'lca.genesys_silent.ini': '[IPCommon]\nInstallPath=/opt/lca\nDatamodel=64\n',
      'Dialer_91.xml': goodFile('Dialer_91.xml').text,
      'Dialer_91.apd': goodApd({ log: { verbose: 'all' } }),
    },
    settings: { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never', 'workbench.editor.useModal': 'off' },
  }));

  before(async () => {
    const { host, sshd } = editor;
    const archive = await writePausingSample(join(host.folder, 'media'), { installPath: join(host.folder, 'opt/lca') });
    const broken = join(host.folder, 'media/IP_Broken_linux.tar.gz');
    writeFileSync(broken, 'no archive');
    await withService(host.dataFolder, async (client) => {
      await importNow(client, archive);
      await client.request('imports/wait', await client.request('imports/start', { source: { method: 'archive', path: broken } }).then(({ id }) => ({ id })));
      await addHostNow(client, sshd, 'eu-lca-01', host.folder);
    });
    await openSideBar(editor.bench);
  });

  it('shows trees, states and welcome texts in French', async () => {
    const { bench } = editor;
    await bench.treeRow('Sans groupe').waitFor();
    await bench.treeRow(/IP_Broken_linux\.tar\.gz\s*Échec\u00a0: /).waitFor();
    await bench.treeRow(/eu-lca-01.*Linux 64\u00a0bits/).waitFor();
    await bench.page.getByText('Rien n’a encore été déployé.').waitFor();
    await bench.page.locator('.pane-header', { hasText: 'Packages d’installation déployés' }).waitFor();
    await bench.screenshot('french-1-trees');
  });

  it('says in Restricted Mode what works, and asks for trust instead of changing anything', async () => {
    const { bench } = editor;
    await bench.page.getByText('Mode restreint\u00a0: listes et téléchargements sont possibles.').first().waitFor();
    const row = bench.treeRow('Local Control Agent');
    await row.hover();
    await row.getByRole('button', { name: 'Déployer un package…' }).click();
    await bench.notification('demandent une fenêtre approuvée').getByRole('button', { name: 'Gérer l’approbation' }).waitFor();
    await bench.screenshot('french-2-restricted');
    await bench.page.keyboard.press('F1');
    await bench.quickInput.box.fill('>Packages Genesys');
    await bench.quickInput.row('Afficher le journal du service de packages').waitFor();
    equal(await bench.quickInput.row('Déployer un package').count(), 0);
    await bench.page.keyboard.press('Escape');
  });

  it('does what was asked once the window is trusted', async () => {
    const { bench } = editor;
    await bench.notification('demandent une fenêtre approuvée').getByRole('button', { name: 'Gérer l’approbation' }).click();
    await bench.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).first().click();
    await bench.page.getByText('Mode restreint').first().waitFor({ state: 'detached' });
    const row = bench.treeRow('eu-lca-01');
    await row.hover();
    await row.getByRole('button', { name: 'Déployer vers un hôte…' }).click();
    await bench.quickInput.row('Local Control Agent').waitFor();
    await bench.page.keyboard.press('Escape');
  });

  it('checks and explains files of packages in French', async () => {
    const { bench } = editor;
    await bench.page.keyboard.press('Control+P');
    await bench.quickInput.box.fill('lca.genesys_silent.ini');
    await bench.quickInput.pick('lca.genesys_silent.ini');
    const key = bench.page.locator('.editor-instance .view-line', { hasText: 'InstallPath' }).first();
    await bench.page.locator('.editor-instance .squiggly-error, .editor-instance .squiggly-warning').first().waitFor();
    await key.hover({ position: { x: 20, y: 8 } });
    await bench.page.locator('.monaco-hover', { hasText: 'Chemin absolu du dossier d’installation' }).first().waitFor();
    await bench.page.locator('.editor-instance .view-line', { hasText: 'Datamodel' }).first().hover({ position: { x: 20, y: 8 } });
    await bench.page.locator('.monaco-hover', { hasText: 'Le programme d’installation cherche DataModel\u00a0: les majuscules comptent.' }).first().waitFor();
    await bench.screenshot('french-5-language');
    await bench.page.keyboard.press('Escape');
  });

  it('shows an application template in French', async () => {
    const { bench } = editor;
    await bench.page.keyboard.press('Control+P');
    await bench.quickInput.box.fill('Dialer_91.apd');
    await bench.quickInput.pick('Dialer_91.apd');
    await bench.webview.getByText('6 options diffèrent de Dialer_91.xml\u00a0: 5 absentes, 1 avec une autre valeur par défaut.').waitFor();
    await bench.page.locator('.editor-actions').getByRole('button', { name: 'Ouvrir l’APD en texte' }).waitFor();
    await bench.screenshot('french-6-apd');
  });

  it('keeps the lists when the service is stopped, says so, and connects again on request', async () => {
    const { bench, host } = editor;
    await withService(host.dataFolder, (client) => client.request('service/stop', {}));
    const message = bench.page.getByText('Le service de packages ne répond pas.').first();
    await message.waitFor();
    match((await message.textContent()) ?? '', /Cette liste montre l’état de \d\d:\d\d\./);
    await bench.treeRow('Local Control Agent').waitFor();
    await bench.page.locator('.statusbar-item', { hasText: 'Service de packages hors ligne' }).waitFor();
    await bench.screenshot('french-3-offline');
    await bench.page.locator('.statusbar-item', { hasText: 'Service de packages hors ligne' }).click();
    await message.waitFor({ state: 'detached' });
  });

  it('connects again by itself when the service died', async () => {
    const { bench, host } = editor;
    await endService(host.dataFolder);
    await withService(host.dataFolder, (client) => client.request('tenants/list', {}));
    await bench.runCommand('Se connecter au référentiel');
    await bench.treeRow('Local Control Agent').waitFor();
    equal(await bench.page.getByText('Le service de packages ne répond pas.').count(), 0);
  });
});
