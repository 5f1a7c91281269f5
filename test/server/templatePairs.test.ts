import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver';
import { goodApd, goodFile } from '../support/formats/goodFiles';
import { startLanguageServer, type LanguageServer, type ServerOptions } from '../support/language/languageServer';
import { until } from '../support/until';

const metadata = goodFile('Dialer_91.xml').text;
const without = (option: string, value: string) => {
  const dialing: Record<string, string> = { order: 'oldest', '<media-type>.lines': '10', prefix: '00', days: 'mon, tue', subject: 'Re: ' };
  return goodApd({ log: { verbose: value }, dialing: Object.fromEntries(Object.entries(dialing).filter(([name]) => name !== option)) });
};

describe('a metadata template and the APD of its name, in the language server', function () {
  this.timeout(30_000);
  let folder = '';
  let server: LanguageServer;
  const said = new Map<string, Diagnostic[]>();
  before('start it', async () => {
    server = await start({ watches: true });
  });
  after('end it', () => server.end());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gp-pair-'));
  });
  afterEach(() => {
    server.notify('textDocument/didClose', { textDocument: { uri: uriOf('Dialer_91.xml') } });
    rmSync(folder, { recursive: true });
  });

  const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;
  const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
  /** What was last said of a file, in short. */
  const codes = (name: string) => said.get(uriOf(name))?.map(({ code, severity }) => `${severity} ${code}`);
  const comes = (name: string, expected: readonly string[] | undefined) => until(() => JSON.stringify(codes(name)) === JSON.stringify(expected), `${name} to have ${String(expected)}, not ${String(codes(name))}`);

  async function start(options: ServerOptions): Promise<LanguageServer> {
    const started = await startLanguageServer(options);
    started.onDiagnostics((uri, diagnostics) => said.set(uri, diagnostics));
    return started;
  }
  const open = (text = metadata) => server.notify('textDocument/didOpen', { textDocument: { uri: uriOf('Dialer_91.xml'), languageId: 'genesys-metadata', version: 1, text } });
  const change = (text: string) => server.notify('textDocument/didChange', { textDocument: { uri: uriOf('Dialer_91.xml'), version: 2 }, contentChanges: [{ text }] });
  const changed = (name: string) => server.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(name), type: 2 }] });

  it('are compared when the XML is opened, with problems on both that point at each other', async () => {
    write('Dialer_91.apd', without('prefix', 'all'));
    open();
    await comes('Dialer_91.xml', ['2 templatePair.not-in-apd', '2 templatePair.default-differs']);
    await comes('Dialer_91.apd', ['2 templatePair.default-differs']);
    const [ofApd] = said.get(uriOf('Dialer_91.apd')) ?? [];
    const [missing, ofXml] = said.get(uriOf('Dialer_91.xml')) ?? [];
    const textAt = ({ start, end }: Diagnostic['range']) => metadata.split('\n')[start.line]?.slice(start.character, end.character);
    assert.equal(textAt(ofXml!.range), 'standard');
    assert.equal(ofXml?.relatedInformation?.[0]?.location.uri, uriOf('Dialer_91.apd'));
    assert.deepEqual(ofXml.relatedInformation[0].location.range, ofApd?.range);
    assert.equal(ofApd?.relatedInformation?.[0]?.location.uri, uriOf('Dialer_91.xml'));
    assert.equal(textAt(ofApd.relatedInformation[0].location.range), 'standard');
    // Where there is no such option, to the section it should stand in.
    const { start: { character: from }, end: { character: to } } = missing!.relatedInformation![0]!.location.range;
    assert.equal(Buffer.from(without('prefix', 'all').subarray(from, to)).toString('latin1').slice(3), 'dialing');
  });

  it('are compared anew with every edit, and with every change of the APD on disk', async () => {
    write('Dialer_91.apd', goodApd());
    open();
    await comes('Dialer_91.xml', []);
    change(metadata.replace('default="standard"', 'default="all"'));
    await comes('Dialer_91.apd', ['2 templatePair.default-differs']);
    await comes('Dialer_91.xml', ['2 templatePair.default-differs']);
    assert.deepEqual([...server.watched.values()], [`${uriOf('').replace(/\/$/, '')} Dialer_91.{apd,APD,xml,XML}`]);
    write('Dialer_91.apd', without('', 'all'));
    changed('Dialer_91.apd');
    await comes('Dialer_91.xml', []);
    await comes('Dialer_91.apd', []);
    rmSync(join(folder, 'Dialer_91.apd'));
    changed('Dialer_91.apd');
    change(metadata);
    await comes('Dialer_91.xml', []);
  });

  it('say nothing of each other while the XML is half typed', async () => {
    write('Dialer_91.apd', goodApd());
    open(metadata.replace('</section>', ''));
    await until(() => codes('Dialer_91.xml')?.some((code) => code.includes('xml.')) === true, 'the XML to be broken');
    assert.ok(!codes('Dialer_91.xml')?.some((code) => code.includes('templatePair')));
    change(metadata);
    await comes('Dialer_91.xml', []);
    assert.equal(codes('Dialer_91.apd'), undefined);
  });

  it('are left alone when the XML is closed', async () => {
    write('Dialer_91.apd', without('', 'all'));
    open();
    await comes('Dialer_91.apd', ['2 templatePair.default-differs']);
    server.notify('textDocument/didClose', { textDocument: { uri: uriOf('Dialer_91.xml') } });
    await comes('Dialer_91.apd', []);
    await until(() => server.watched.size === 0, 'nothing to be watched');
  });

  it('are compared while the APD alone is shown, and its own problems are said', async () => {
    write('Dialer_91.apd', Uint8Array.of(...without('', 'all'), 0));
    write('Dialer_91.xml', metadata);
    server.notify('gaxPackages/shownTemplates', { uris: [uriOf('Dialer_91.apd')] });
    await comes('Dialer_91.apd', ['2 templatePair.default-differs', '2 apd.trailing-bytes']);
    await comes('Dialer_91.xml', ['2 templatePair.default-differs']);
    write('Dialer_91.xml', metadata.replace('default="standard"', 'default="all"'));
    changed('Dialer_91.xml');
    await comes('Dialer_91.apd', ['2 apd.trailing-bytes']);
    server.notify('gaxPackages/shownTemplates', { uris: [] });
    await comes('Dialer_91.apd', []);
    await comes('Dialer_91.xml', []);
  });

  it('are told to a client that asks: it is to ask again once the APD is read', async () => {
    write('Dialer_91.apd', without('', 'all'));
    const asking = await start({ pulls: true });
    const uri = uriOf('Dialer_91.xml');
    asking.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'genesys-metadata', version: 1, text: metadata } });
    const pull = (previousResultId?: string) => asking.request<{ kind: string; resultId: string; items?: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri }, ...(previousResultId !== undefined && { previousResultId }) });
    const { resultId } = await pull();
    await until(() => asking.refreshes() > 0, 'the server to say that there is more');
    assert.deepEqual((await pull(resultId)).items?.map(({ code }) => code), ['templatePair.default-differs']);
    await comes('Dialer_91.apd', ['2 templatePair.default-differs']);
    assert.equal(said.get(uri), undefined);
    await asking.end();
  });
});
