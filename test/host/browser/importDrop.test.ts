import { deepEqual, equal, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Locator } from 'playwright-core';
import { writeSampleFolder, writeSampleParts, writeSupportArchive } from '../../support/samplePackages/placeSample';
import { samples, type Sample } from '../../support/samplePackages/samples';
import { writeSample } from '../../support/samplePackages/writeSample';
import { openSideBar, useEditor } from './editor';
import { downloadNow, importNow, withService } from './prepare';

describe('files and folders that are dropped on the Packages view in VS Code', function () {
  this.timeout(240_000);
  const editor = useEditor();
  const wizard = () => editor.bench.webview;
  const lanes = (): Locator => wizard().locator('.lane');
  const tab = (): Locator => editor.bench.page.locator('.tab', { hasText: 'Import packages' });
  const media = (...names: readonly string[]): string => join(editor.host.folder, 'media', ...names);

  /** Drops files as the explorer does: by their addresses on the machine that the window is connected to. */
  async function drop(...paths: readonly string[]): Promise<void> {
    const target = editor.bench.treeRow('Environment');
    await target.waitFor();
    await target.evaluate((element, addresses) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData('text/uri-list', addresses);
      const { x, y } = element.getBoundingClientRect();
      for (const name of ['dragenter', 'dragover', 'drop']) element.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true, clientX: x + 20, clientY: y + 5 }));
    }, paths.map((path) => editor.host.remote(encodeURI(path))).join('\r\n'));
    await tab().waitFor();
  }
  async function finish(count: number): Promise<void> {
    await wizard().getByRole('button', { name: 'Finish', exact: true }).click();
    await lanes().nth(count - 1).waitFor();
    await wizard().getByText(`${count} of ${count} complete`).waitFor({ timeout: 60_000 });
    await wizard().getByRole('button', { name: 'Close', exact: true }).click();
    await tab().waitFor({ state: 'detached' });
  }
  const download = ({ description: { name, version } }: Pick<Sample, 'description'>): Promise<string> => downloadNow(editor.host.dataFolder, name, version, media());
  function unpack(archive: string): string {
    const to = `${archive}-unpacked`;
    mkdirSync(to);
    execFileSync('tar', ['-xpf', archive, '-C', to]);
    return to;
  }

  before(async () => {
    mkdirSync(media());
    await openSideBar(editor.bench);
    // The tree shows a tenant as soon as it holds something.
    const first = await writeSample(samples.lca, media('first'));
    await withService(editor.host.dataFolder, (client) => importNow(client, first));
  });

  it('archives, several at once: each its field; each download is its source', async () => {
    const { bench } = editor;
    const dropped = [samples.lcaZip, samples.mediaControl, samples.windows];
    const archives = await Promise.all(dropped.map((sample) => writeSample(sample, media('archives'))));
    await drop(...archives);
    equal(await wizard().getByRole('radio', { name: 'Package archive with its templates' }).isChecked(), true);
    await wizard().locator('.finding.box').nth(2).waitFor();
    await bench.screenshot('import-dropped-archives');
    await finish(3);
    for (const [index, sample] of dropped.entries()) ok(readFileSync(await download(sample)).equals(readFileSync(archives[index] ?? '')), sample.fileName);
  });

  it('a folder with a package: it is searched; the download holds every file', async () => {
    const folder = await writeSampleFolder(samples.lcaNewer, media('cd', 'lca'));
    await drop(media('cd'));
    equal(await wizard().getByRole('radio', { name: 'Mounted CD or directory' }).isChecked(), true);
    equal(await wizard().locator('#place-0').inputValue(), media('cd'));
    await wizard().getByRole('button', { name: 'Next', exact: true }).click();
    await wizard().locator('#search-again').waitFor();
    await editor.bench.screenshot('import-dropped-folder');
    await finish(1);
    const unpacked = unpack(await download(samples.lcaNewer));
    deepEqual(readdirSync(unpacked, { recursive: true }).sort(), readdirSync(folder, { recursive: true }).sort());
    for (const file of ['ip/ip_description.xml', 'ip/data.tar.gz']) ok(readFileSync(join(unpacked, file)).equals(readFileSync(join(folder, file))), file);
  });

  it('a folder of archives from support: the method is recognised; the download is the archive from support', async () => {
    const archive = await writeSupportArchive(samples.plugIn, media('support'));
    // What it was made of lies beside it and is no archive from support.
    const folder = media('from support');
    mkdirSync(folder);
    execFileSync('cp', [archive, folder]);
    await drop(folder);
    equal(await wizard().getByRole('radio', { name: 'Zipped packages from support' }).isChecked(), true);
    await wizard().getByRole('button', { name: 'Next', exact: true }).click();
    await wizard().locator('#search-again').waitFor();
    await finish(1);
    ok(readFileSync(await download(samples.plugIn)).equals(readFileSync(archive)));
  });

  it('a package with its two templates: each goes to its box; the download holds the three, byte for byte', async () => {
    await withService(editor.host.dataFolder, async (client) => {
      for (const { id, tenantId, version } of await client.request('packages/list', {})) if (version === samples.lca.description.version) await client.request('packages/delete', { id, tenantId });
    });
    const source = await writeSampleParts(samples.lca, media('parts'));
    await drop(source.apd, source.xml, source.path);
    deepEqual(await Promise.all(['path', 'xml', 'apd'].map((part) => wizard().locator(`#part-${part}`).inputValue())), [source.path, source.xml, source.apd]);
    await wizard().getByText('The three files fit together.').waitFor();
    await finish(1);
    const unpacked = unpack(await download(samples.lca));
    for (const file of [source.path, source.xml, source.apd]) ok(readFileSync(join(unpacked, basename(file))).equals(readFileSync(file)), file);
    deepEqual(editor.bench.foreignRequests, []);
  });
});
