import { deepEqual, equal } from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { followDeployment } from '../../../src/service/client';
import { gaxSamples } from '../../support/samplePackages/gaxSamples';
import { samples } from '../../support/samplePackages/samples';
import { writeSample } from '../../support/samplePackages/writeSample';
import { openSideBar, useEditor } from './editor';
import { addHostNow, importNow, withService } from './prepare';

describe('installing a plug-in of GAX as the help page says, on Linux', function () {
  this.timeout(240_000);
  const editor = useEditor();
  const folder = (name: string): string => join(editor.host.folder, name);
  const library = (): string => join(folder('gax'), 'webapp/WEB-INF/lib');
  const wizard = (): FrameLocator => editor.bench.webview;
  const heading = (name: string | RegExp): Promise<void> => wizard().getByRole('heading', { level: 2, name }).waitFor();
  const button = (name: string) => wizard().getByRole('button', { name, exact: true });
  const next = () => button('Next').click();
  const directory = () => wizard().getByRole('textbox', { name: 'GAX directory on eu-gax-01' });

  before(async () => {
    const { host, sshd } = editor;
    mkdirSync(folder('elsewhere'));
    const archives = await Promise.all([gaxSamples.gax, samples.plugIn].map((sample) => writeSample(sample, join(host.folder, 'media'))));
    await withService(host.dataFolder, async (client) => {
      for (const archive of archives) await importNow(client, archive);
      const found = await addHostNow(client, sshd, 'eu-gax-01', host.folder);
      await addHostNow(client, sshd, 'eu-sip-01', host.folder);
      const gax = (await client.request('packages/list', {})).find(({ nickname }) => nickname === 'GAX');
      equal(gax?.name, 'Genesys Administrator Extension');
      const { id } = await client.request('deployments/start', {
        inputs: {
          packageId: gax.id, tenantId: gax.tenantId, profile: 'install', hostIds: [found.id], secretKeys: [], applicationName: '',
          values: [{ section: 'IPCommon', key: 'InstallPath', value: folder('gax') }],
        },
        secrets: [],
      });
      const none = (): void => undefined;
      const { state } = await followDeployment(client, id, { onEvents: none, onProgress: none }, new Promise<never>(none)).ended;
      equal(state, 'complete');
    });
    await openSideBar(editor.bench);
  });

  it('a wrong GAX directory: it is told, installed all the same, and what to copy where is said', async () => {
    const { bench } = editor;
    await bench.treeRow(/Sample Reporting/).click();
    await wizard().getByRole('button', { name: 'Install…' }).click();
    await heading('What will be deployed');
    await next();

    await heading('Choose hosts');
    await wizard().getByRole('row', { name: /eu-sip-01/ }).getByText('No GAX application on this host').waitFor();
    await wizard().getByRole('row', { name: /eu-gax-01/ }).click();
    await bench.screenshot('plug-in-vscode-1-hosts');
    await next();

    await heading('Application parameters');
    await wizard().getByText('Found by itself').waitFor();
    await bench.screenshot('plug-in-vscode-2-application');
    await next();

    await heading('Installation parameters (silent.ini)');
    await wizard().getByLabel('Plug-in path', { exact: true }).fill(folder('plug-in'));
    await wizard().getByText('GAX 9.0.000.15 found').waitFor();
    equal(await directory().inputValue(), folder('gax'));
    await directory().fill(folder('elsewhere'));
    await wizard().getByLabel('Plug-in path', { exact: true }).focus();
    await wizard().getByText(`${folder('elsewhere')} on eu-gax-01 is not a GAX directory: webapp/WEB-INF/lib is missing.`).waitFor();
    await bench.screenshot('plug-in-vscode-3-wrong-directory');
    await next();

    await heading('Deployment summary');
    await wizard().getByText('2 new options are added, 8 existing key-value pairs stay.').first().waitFor();
    await wizard().getByText('Finish installs on 1 host.').waitFor();
    await bench.screenshot('plug-in-vscode-4-summary');
    await button('Finish').click();

    await wizard().getByText('Complete, files not copied').waitFor();
    await wizard().getByText(`Copy 2 files from ${folder('plug-in')} to ${folder('gax')}/webapp/WEB-INF/lib on eu-gax-01, then restart GAX.`).waitFor();
    await bench.treeRow(/Sample Reporting.*Complete, files not copied/).waitFor();
    await bench.screenshot('plug-in-vscode-5-files-not-copied');
    await button('Copy commands').click();
    deepEqual(readdirSync(library()), ['gax-core.jar']);
    await button('Close').click();
    await bench.page.locator('.tab', { hasText: 'Deploy GAX Sample' }).waitFor({ state: 'detached' });
  });

  it('the right GAX directory: the files are in GAX, only new options are added', async () => {
    const { bench } = editor;
    await wizard().getByRole('button', { name: 'Install…' }).click();
    await heading('What will be deployed');
    await wizard().getByRole('radio', { name: 'Package defaults' }).click();
    await next();
    await heading('Choose hosts');
    await wizard().getByRole('row', { name: /eu-gax-01/ }).click();
    await next();
    await heading('Application parameters');
    await next();
    await heading('Installation parameters (silent.ini)');
    await wizard().getByLabel('Plug-in path', { exact: true }).fill(folder('plug-in-2'));
    await wizard().getByText('GAX 9.0.000.15 found').waitFor();
    await bench.screenshot('plug-in-vscode-6-right-directory');
    await next();
    await heading('Deployment summary');
    await wizard().getByText('Finish installs on 1 host.').waitFor();
    await button('Finish').click();
    await wizard().getByText('is installed on 1 host.').waitFor();
    await bench.screenshot('plug-in-vscode-7-complete');
    deepEqual(readdirSync(library()).sort(), ['gax-core.jar', 'gax-sample-export.jar', 'gax-sample-reporting.jar']);
    await withService(editor.host.dataFolder, async (client) => {
      const [object] = await client.request('applications/list', {});
      deepEqual([object?.options['reporting'], object?.version], [{ 'refresh-interval': '30', 'maximum-rows': '5000' }, '9.0.000.15']);
    });
    await button('Close').click();
  });
});
