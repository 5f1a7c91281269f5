/**
 * Takes the pictures of the README: the product as it is, on sample data, in a real editor, with a real host to deploy to.
 * usage: takePictures FOLDER
 */
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { openSideBar } from '../host/browser/editor';
import { openWorkbench, type Workbench } from '../support/browser';
import { sandboxHostName, startPlayground } from '../support/sandbox/playground';
import { startVscodeHost } from '../support/vscodeHost';

const [target] = process.argv.slice(2);
if (target === undefined) throw new Error('usage: takePictures FOLDER');
const pictures = target;
mkdirSync(pictures, { recursive: true });

async function run(): Promise<void> {
  // The same name each time: paths are to be read in the pictures.
  const folder = join(tmpdir(), 'playground');
  mkdirSync(folder);
  const playground = await startPlayground({ folder: folder, log: console.log, signal: new AbortController().signal });
  try {
    const host = await startVscodeHost({
      allExtensions: true,
      folder: join(folder, 'editor'), workspace: playground.workspace, environment: playground.environment,
      settings: { 'workbench.colorTheme': 'Dark Modern', 'workbench.secondarySideBar.defaultVisibility': 'hidden', 'workbench.layoutControl.enabled': false },
    });
    try {
      const bench = await openWorkbench(host, { size: { width: 1360, height: 850 } });
      try {
        await bench.page.locator('.monaco-workbench.vs-dark').waitFor();
        await takeAll(bench, playground.workspace);
      } finally {
        await bench.close();
      }
    } finally {
      await host.stop();
    }
  } finally {
    await playground.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

async function takeAll(bench: Workbench, workspace: string): Promise<void> {
  const { page } = bench;
  const wizard = bench.webview;
  const take = async (name: string): Promise<void> => {
    await page.mouse.move(1359, 849);
    await page.screenshot({ path: join(pictures, `${name}.png`) });
    console.log(`${name}.png`);
  };
  await openSideBar(bench);
  const lca = bench.treeRow(/Local Control Agent\s*8\.5\.100\.37/);
  await lca.waitFor();
  await lca.click();
  await wizard.getByRole('heading', { name: 'Local Control Agent' }).waitFor();
  await take('packages');
  await closeTab(bench);

  await bench.runCommand('Open Package List');
  await wizard.locator('.is-entry', { hasText: '8.5.100.37' }).first().click();
  await wizard.getByRole('textbox', { name: 'Description' }).waitFor();
  await take('package-list');
  await closeTab(bench);

  await bench.runCommand('Import Packages');
  await wizard.getByRole('radio', { name: 'Mounted CD or directory' }).check();
  await wizard.locator('#place-0').fill(workspace);
  await wizard.getByRole('button', { name: 'Next' }).click();
  await wizard.locator('#search-again').waitFor();
  await take('import-packages');
  await closeTab(bench);

  await bench.runCommand('Deploy Package');
  await bench.quickInput.pick(/Local Control Agent/);
  await heading(wizard, 'What will be deployed');
  await next(wizard, 'Choose hosts');
  await wizard.getByRole('row', { name: new RegExp(sandboxHostName) }).click();
  await take('deploy-hosts');
  await next(wizard, 'Application parameters');
  await next(wizard, /^Installation parameters/);
  await wizard.getByLabel(/Installation path|InstallPath/).first().focus();
  await take('deploy-silent-ini');
  await next(wizard, 'Deployment summary');
  await wizard.getByRole('button', { name: 'Finish' }).and(wizard.locator(':not([disabled])')).waitFor();
  await take('deploy-summary');
  await wizard.getByRole('button', { name: 'Finish' }).click();
  await wizard.getByText('1 of 1 hosts complete').first().waitFor();
  await take('deploy-progress');
  await wizard.getByRole('button', { name: 'Deployment action log' }).first().click();
  await page.locator('.editor-instance .view-lines', { hasText: 'Connect' }).waitFor();
  await take('log');
}

async function heading(wizard: FrameLocator, name: string | RegExp): Promise<void> {
  await wizard.getByRole('heading', { name }).waitFor();
}

async function next(wizard: FrameLocator, name: string | RegExp): Promise<void> {
  await wizard.getByRole('button', { name: 'Next' }).click();
  await heading(wizard, name);
}

async function closeTab(bench: Workbench): Promise<void> {
  await bench.runCommand('View: Close Editor');
}

void run().then(() => process.exit(0), (error: unknown) => {
  console.error(error);
  process.exit(1);
});
