import { deepEqual, equal, ok } from 'node:assert/strict';
import { applicationTypes } from '../../src/core/configuration/applicationTypes';
import { encodeUtf8 } from '../../src/core/text/utf8';
import type { FileRead } from '../../src/extension/pages/apd/apdView';
import { goodApd, goodFile } from '../support/formats/goodFiles';
import { openPageBrowser, type OpenedPage, type OpenPageOptions, type PageBrowser } from '../support/page/openPage';
import { until } from '../support/until';
import { missingFile, openApdBench, type ApdBench } from './apdBench';

const metadata = goodFile('Dialer_91.xml').text;
const content = (bytes: Uint8Array): FileRead => ({ kind: 'content', bytes });
const xmlFile = (text: string): FileRead => content(encodeUtf8(text));
/** Beside Dialer_91.xml: one option is missing, one is extra, two have another default. */
const different = { log: { verbose: 'all', colour: '' }, dialing: { order: 'oldest', '<media-type>.lines': '10', prefix: '00', subject: 'Re:' } };

describe('the page of an application template', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  let bench: ApdBench;
  let opened: OpenedPage;
  before(async () => {
    browser = await openPageBrowser();
  });
  afterEach(async () => {
    deepEqual(opened.complaints, []);
    await bench.close();
  });
  after(() => browser.close());

  async function open(apd: FileRead, xml: FileRead, options: Partial<OpenPageOptions> = {}): Promise<void> {
    bench = await openApdBench(browser, apd, xml, options);
    ({ opened } = bench);
  }

  const table = () => opened.page.locator('#options');
  /** The lines of the table in sight, from top to bottom: what their cells say. */
  const lines = async (): Promise<string[]> => {
    const found = await table().locator('.table-body [role=row]').evaluateAll((rows) => rows
      .map((row) => ({ at: Number(row.getAttribute('aria-rowindex')), text: [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent.replaceAll(/\s+/g, ' ').trim()).join(' | ').replace(/ \| $/, '') }))
      .sort((a, b) => a.at - b.at).map(({ text }) => text));
    return found;
  };
  const untilLines = (expected: readonly string[]) => until(async () => JSON.stringify(await lines()) === JSON.stringify(expected), `the lines ${expected.join(' / ')}`);
  const active = async (): Promise<string> => (await opened.page.locator('[role=row].is-active [role=gridcell]').first().innerText()).trim();
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await opened.page.keyboard.press(key);
  };

  it('shows a pair: facts, options beside the defaults of the XML, and what the XML says of one', async () => {
    await open(content(goodApd(different)), xmlFile(metadata));
    await untilLines([
      'log 2', 'verbose | all | standard | Another default', 'colour | (empty) | (missing) | Not in XML',
      'dialing 5', 'order | oldest | oldest', '<media-type>.lines | 10 | 10', 'prefix | 00 | 00', 'subject | Re: | Re:· | Blank at end in XML', 'days | (missing) | mon, tue | Missing in APD',
    ]);
    deepEqual(await opened.page.locator('.apd-facts dd').allInnerTexts(), ['Dialer_91', `23, ${applicationTypes[23] ?? ''}`, '9.1.0', 'Enabled', '6 options in 2 sections', `${goodApd(different).length} bytes`]);
    await opened.page.getByText('4 options differ from Dialer_91.xml: 1 missing here, 1 extra here, 2 with another default.').waitFor();
    await opened.page.getByRole('row', { name: 'lines' }).click();
    await opened.page.getByText('Integer from 1 to 500.').waitFor();
    const details = await opened.page.locator('.apd-details').innerText();
    for (const words of ['[dialing] <media-type>.lines', 'How many lines:', '• more is faster', 'At the next start.', 'Any number above zero']) ok(details.includes(words), words);
    await opened.screenshot('apd-pair');
    await opened.page.getByRole('button', { name: /^Go to XML, line / }).click();
    await opened.page.getByRole('button', { name: 'Open XML' }).click();
    await opened.page.getByRole('button', { name: 'Compare as Text' }).click();
    await opened.page.getByRole('button', { name: 'Open as Text' }).click();
    await opened.page.getByRole('button', { name: 'Copy Value' }).click();
    await until(() => bench.calls.length === 5, 'all that was pressed');
    deepEqual(bench.calls, ['xml 32:11', 'xml ', 'compare', 'text', 'copy 10']);
  });

  it('searches sections, options and values, counts what it found, and says when there is nothing', async () => {
    await open(content(goodApd(different)), xmlFile(metadata));
    const filter = opened.page.getByRole('searchbox');
    await filter.fill('00');
    await untilLines(['dialing 1', 'prefix | 00 | 00']);
    await opened.page.getByText('1 of 6 options').first().waitFor();
    await filter.fill('LOG');
    await untilLines(['log 2', 'verbose | all | standard | Another default', 'colour | (empty) | (missing) | Not in XML']);
    await filter.fill('nowhere');
    await opened.page.getByText('No option contains “nowhere”.').waitFor();
    await opened.screenshot('apd-nothing');
    await press('Escape');
    equal(await filter.inputValue(), '');
    await opened.page.getByRole('button', { name: 'Differences (4)' }).click();
    await untilLines(['log 2', 'verbose | all | standard | Another default', 'colour | (empty) | (missing) | Not in XML', 'dialing 2', 'subject | Re: | Re:· | Blank at end in XML', 'days | (missing) | mon, tue | Missing in APD']);
    await opened.page.getByRole('option', { name: 'dialing' }).click();
    await untilLines(['subject | Re: | Re:· | Blank at end in XML', 'days | (missing) | mon, tue | Missing in APD']);
    // A choice outlives hide and show.
    await opened.reload();
    await untilLines(['subject | Re: | Re:· | Blank at end in XML', 'days | (missing) | mon, tue | Missing in APD']);
  });

  it('is worked by the keys alone', async () => {
    await open(content(goodApd(different)), xmlFile(metadata));
    await opened.page.getByRole('searchbox').focus();
    await press('ArrowDown');
    await until(async () => (await active()).startsWith('log'), 'the first section');
    await press('ArrowLeft');
    await untilLines(['log 2', 'dialing 5', 'order | oldest | oldest', '<media-type>.lines | 10 | 10', 'prefix | 00 | 00', 'subject | Re: | Re:· | Blank at end in XML', 'days | (missing) | mon, tue | Missing in APD']);
    await press('ArrowRight', 'ArrowRight');
    equal(await active(), 'verbose');
    await press('End');
    equal(await active(), 'days');
    await press('ArrowLeft', 'o');
    equal(await active(), 'order');
    // After the last difference comes the first.
    await press('F7');
    equal(await active(), 'subject');
    await press('F7', 'F7');
    await until(async () => await active() === 'verbose', 'the first difference again');
    await press('Shift+F7');
    await until(async () => await active() === 'days', 'the last difference');
    await press('Home', 'ArrowDown');
    await opened.page.getByRole('button', { name: /^Go to XML, line / }).waitFor();
    await press('Control+c', 'Enter');
    await until(() => bench.calls.length === 2, 'copy and XML');
    deepEqual(bench.calls, ['copy all', 'xml 57:11']);
    await press('/');
    equal(await opened.page.evaluate(() => document.activeElement?.id), 'filter');
    await opened.page.getByRole('option', { name: 'All sections' }).focus();
    await press('ArrowDown');
    await untilLines(['verbose | all | standard | Another default', 'colour | (empty) | (missing) | Not in XML']);
    await until(() => opened.page.getByRole('option', { name: 'log' }).evaluate((element) => element === document.activeElement), 'the focus on the chosen section');
  });

  it('sorts by each column, up, down, and as in the file', async () => {
    await open(content(goodApd({ log: { b: '10', a: '9', c: '' } })), missingFile);
    await untilLines(['log 3', 'b | 10', 'a | 9', 'c | (empty)']);
    await opened.page.getByText('There is no XML template of this name in the folder').waitFor();
    const head = (name: string) => opened.page.getByRole('columnheader', { name });
    await head('Default').getByRole('button').click();
    await untilLines(['log 3', 'c | (empty)', 'a | 9', 'b | 10']);
    equal(await head('Default').getAttribute('aria-sort'), 'ascending');
    await opened.page.getByText('Sorted by Default, ascending.').waitFor({ state: 'attached' });
    await head('Option').getByRole('button').click();
    await untilLines(['log 3', 'a | 9', 'b | 10', 'c | (empty)']);
    await head('Option').getByRole('button').click();
    await untilLines(['log 3', 'c | (empty)', 'b | 10', 'a | 9']);
    await opened.screenshot('apd-alone');
    await head('Option').getByRole('button').click();
    await untilLines(['log 3', 'b | 10', 'a | 9', 'c | (empty)']);
  });

  it('follows changes of either file, and keeps what is selected', async () => {
    await open(content(goodApd()), xmlFile(metadata));
    await opened.page.getByText('No option differs from Dialer_91.xml.').waitFor();
    await opened.page.getByRole('row', { name: 'verbose' }).click();
    await opened.page.getByText('Verbose', { exact: true }).waitFor();
    bench.change({ xml: xmlFile(metadata.replace('displayName="Verbose"', 'displayName="How much is logged"').replace('default="standard"', 'default="none"')) });
    await opened.page.getByText('How much is logged').waitFor();
    await opened.page.getByText('1 option differs from Dialer_91.xml: 1 with another default.').waitFor();
    bench.change({ apd: content(goodApd({ log: { verbose: 'none' } }, '8.0.0', 24)) });
    await opened.page.getByText('The application type is 23 in the XML file and 24 in the APD file. The version is').waitFor();
    bench.change({ xml: xmlFile(metadata.replace('</section>', '</sectoin>')) });
    await opened.page.getByText(/^Dialer_91\.xml was not compared: line \d+: /).waitFor();
    bench.change({ xml: xmlFile('<project/>') });
    await opened.page.getByText('Dialer_91.xml was not compared: it is no metadata of an application.').waitFor();
    bench.change({ xml: { kind: 'tooLong' } });
    await opened.page.getByText('Dialer_91.xml was not compared: The file is longer than 20 MB.').waitFor();
    bench.change({ apd: missingFile });
    await opened.page.getByText('The file is not there any more.').waitFor();
    bench.change({ apd: content(goodApd()), xml: xmlFile(metadata) });
    await opened.page.getByText('No option differs from Dialer_91.xml.').waitFor();
  });

  it('shows what could be read of a damaged file, and each problem with its byte', async () => {
    const whole = goodApd(different);
    await open(content(whole.subarray(0, whole.length - 20)), xmlFile(metadata));
    await opened.page.getByText(`The file ends at byte ${whole.length - 20}, inside section dialing; 4 options could be read.`).waitFor();
    await untilLines(['log 2', 'verbose | all', 'colour | (empty)', 'dialing 2', 'order | oldest', '<media-type>.lines | 10']);
    await opened.screenshot('apd-damaged');
    await opened.page.getByRole('button', { name: 'Byte 272' }).click();
    await opened.page.getByRole('button', { name: 'Open as Hex' }).click();
    await until(() => bench.calls.length === 2, 'the bytes');
    deepEqual(bench.calls, ['bytes 272', 'bytes 272']);
    bench.change({ apd: content(Uint8Array.of(...whole, 0, 0)) });
    await opened.page.getByText('1 problem in the file').waitFor();
    await opened.page.getByText('2 bytes behind the end of the list.').waitFor();
    bench.change({ apd: content(whole.subarray(0, 100)) });
    await opened.page.getByText('The file ends after 100 bytes; the header alone has 276.').waitFor();
    await opened.screenshot('apd-unreadable');
  });

  it('is whole in French below 860 pixels, and shows markup as text', async () => {
    const evil = '<img/src=x onerror=alert(1)>';
    await open(content(goodApd({ [evil]: { [evil]: evil }, ...different })), xmlFile(metadata), { locale: 'fr', size: { width: 700, height: 1000 } });
    const text = (await opened.page.locator('main').innerText()).replaceAll('\u00a0', ' ');
    for (const words of ['Nom du modèle', 'Activé', '7 options dans 3 sections', '5 options diffèrent de Dialer_91.xml : 1 absente, 2 en plus, 2 avec une autre valeur par défaut.', 'Différences (5)', 'Lecture seule', evil]) ok(text.includes(words), words);
    equal(await opened.page.locator('main img, main b').count(), 0);
    await opened.page.locator('select#section').selectOption({ label: 'log : 2 options, 2 différences'.replace(' :', '\u00a0:') });
    await untilLines(['verbose | all | standard | Autre valeur', 'colour | (vide) | (absente) | Absente du XML']);
    await opened.page.getByRole('row', { name: 'verbose' }).click();
    await opened.page.getByRole('button', { name: /^Aller au XML, ligne / }).waitFor();
    await opened.screenshot('apd-fr-700');
  });

  it('stays quick with as many options as a file can hold', async () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`o${i}`, String(i % 7)]));
    await open(content(goodApd({ all: many })), missingFile);
    await opened.page.getByText('5,000 options').first().waitFor();
    const begin = performance.now();
    await opened.page.getByRole('searchbox').fill('o4999');
    await untilLines(['all 1', 'o4999 | 1']);
    ok(performance.now() - begin < 3000);
    ok(await opened.page.locator('[role=row]').count() < 60);
  });

  it('refuses requests that it does not know, wrong types and rows of another view', async () => {
    await open(content(goodApd()), missingFile);
    const ask = async (method: string, params: unknown): Promise<string> => {
      const id = 1000 + bench.replies.length;
      await opened.page.evaluate((message) => (window as unknown as { fromPage(message: unknown): Promise<void> }).fromPage(message), { type: 'request', id, method, params });
      const find = () => bench.replies.find((reply) => (reply.type === 'answer' || reply.type === 'refusal') && reply.id === id);
      await until(() => find() !== undefined, `an answer to ${method}`);
      const reply = find();
      return reply?.type === 'refusal' ? reply.error.code : 'answered';
    };
    for (const [method, params] of [
      ['text/write', {}], ['option/describe', { section: 1, option: 'x' }], ['bytes/open', { offset: -1 }], ['option/copyValue', { revision: 99, row: 0 }], ['option/copyValue', { revision: 1, row: 4000 }],
      ['xml/open', { path: '/etc/passwd' }],
    ] as const) equal(await ask(method, params), 'general/bad-request', method);
    equal(await ask('option/copyValue', { revision: 1, row: 0 }), 'answered');
    deepEqual(bench.calls, ['copy standard']);
  });
});
