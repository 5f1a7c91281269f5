import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import type { CodeAction, CompletionItem, Diagnostic, DocumentSymbol, FoldingRange, Hover, Range, TextEdit } from 'vscode-languageserver';
import { createTextPositions } from '../../src/core/language/textPositions';
import { goodFile, goodTexts } from '../support/formats/goodFiles';
import { projectRoot } from '../support/projectRoot';
import { until } from '../support/until';
import { startLanguageServer, type LanguageServer } from '../support/language/languageServer';

const silentIni = goodFile('linux.genesys_silent.ini').text;
const metadata = goodFile('Dialer_91.xml').text;

/** Takes a `|` out of a text and tells where it was. */
function atCursor(marked: string): { text: string; position: { line: number; character: number } } {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return { text, position: createTextPositions(text).positionAt(offset) };
}

function apply(text: string, edits: readonly TextEdit[]): string {
  const positions = createTextPositions(text);
  let result = text;
  for (const { range, newText } of [...edits].sort((a, b) => positions.offsetAt(b.range.start) - positions.offsetAt(a.range.start))) {
    result = result.slice(0, positions.offsetAt(range.start)) + newText + result.slice(positions.offsetAt(range.end));
  }
  return result;
}

const shown = ({ range: { start, end } }: { range: Range }) => `${start.line}:${start.character}-${end.line}:${end.character}`;

describe('the language server', function () {
  this.timeout(30_000);
  let server: LanguageServer;
  let count = 0;
  before('start it', async () => {
    server = await startLanguageServer();
  });
  after('end it', async () => assert.equal(await server.end(), 0));

  const open = (languageId: string, text: string) => server.open(`file${++count}`, languageId, text);

  async function complete(languageId: string, marked: string): Promise<{ text: string; items: CompletionItem[] }> {
    const { text, position } = atCursor(marked);
    const items = await server.request<CompletionItem[]>('textDocument/completion', { textDocument: { uri: open(languageId, text) }, position });
    return { text, items };
  }

  it('says what it can do', () => {
    const { capabilities } = server.initialized;
    for (const ability of ['completionProvider', 'hoverProvider', 'documentSymbolProvider', 'foldingRangeProvider', 'documentFormattingProvider', 'codeActionProvider', 'diagnosticProvider']) assert.ok(capabilities[ability], ability);
    assert.equal((capabilities['textDocumentSync'] as { change: number }).change, 2);
  });

  describe('diagnostics', () => {
    it('come with code, severity, place, related places and sentence', async () => {
      const uri = server.open('a.genesys_silent.ini', 'genesys-silent-ini', '[IPCommon]\nInstallPath=/x\nInstallPath=/y\n');
      const [diagnostic, ...others] = await server.nextDiagnostics(uri);
      assert.deepEqual(others, []);
      assert.deepEqual({ ...diagnostic, relatedInformation: diagnostic?.relatedInformation?.map(({ location }) => shown(location)) }, {
        code: 'silentIni.repeated-key', severity: 2, source: 'gaxpkg', message: 'The key InstallPath stands twice in section IPCommon.',
        range: { start: { line: 2, character: 0 }, end: { line: 2, character: 11 } }, relatedInformation: ['1:0-1:11'],
      });
    });

    it('follow every change, and go when the document is closed', async () => {
      const uri = server.open('b.ini', 'genesys-silent-ini', '[IPCommon]\r\nInstallPath=/x\r\n');
      assert.deepEqual(await server.nextDiagnostics(uri), []);
      const changed = server.nextDiagnostics(uri);
      server.notify('textDocument/didChange', {
        textDocument: { uri, version: 2 },
        contentChanges: [
          { range: { start: { line: 1, character: 12 }, end: { line: 1, character: 13 } }, text: '' },
          { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '# é\u{1F4DE}\n' },
        ],
      });
      assert.deepEqual((await changed).map((diagnostic) => `${shown(diagnostic)} ${diagnostic.code}`), ['2:12-2:13 silentIni.install-path-relative']);
      const gone = server.nextDiagnostics(uri);
      server.notify('textDocument/didClose', { textDocument: { uri } });
      assert.deepEqual(await gone, []);
    });

    it('know our files by name or content where the client calls them XML', async () => {
      assert.equal((await server.nextDiagnostics(server.open('x.xml', 'xml', '<metaData/>')))[0]?.code, 'xml.missing-element');
      assert.deepEqual(await server.nextDiagnostics(server.open('pom.xml', 'xml', '<project>')), []);
    });

    it('are not made for a text that is too long', async () => {
      const diagnostics = await server.nextDiagnostics(server.open('long.ini', 'genesys-silent-ini', `[IPCommon]\n${'x'.repeat(20 * 1024 * 1024)}`));
      assert.deepEqual(diagnostics.map(({ code, severity }) => [code, severity]), [['language.too-long', 3]]);
    });
  });

  describe('completion', () => {
    for (const [what, languageId, marked, label, snippet] of [
      ['an element with what it cannot do without', 'genesys-metadata', '<metaData><cfgApplication type="1" version="1.0"><configuration><options><se|</options></configuration></cfgApplication></metaData>', 'section', 'section name="$1">$2</section>'],
      ['an element where nothing is typed yet', 'genesys-metadata', '<metaData>\n  |\n</metaData>', 'cfgApplication', '<cfgApplication type="$1" version="$2">$3</cfgApplication>'],
      ['the root of an empty file', 'genesys-spd', '|', 'solutionDefinition', '<solutionDefinition version="$1">$2</solutionDefinition>'],
      ['the name alone where the rest is there', 'genesys-metadata', '<metaData><cfg| type="1"/></metaData>', 'cfgApplication', 'cfgApplication'],
      ['the name that an end tag needs', 'genesys-metadata', '<m:metaData><m:cfgApplication></|', 'm:cfgApplication', 'm:cfgApplication>'],
      ['an attribute', 'genesys-ip-description', '<InstallationPackage><Platforms |></Platforms></InstallationPackage>', 'OSGroupName', 'OSGroupName="$1"'],
      ['an attribute of a tag that is not closed', 'genesys-ip-description', '<InstallationPackage><Platforms OSG|\n<x/></InstallationPackage>', 'OSGroupName', 'OSGroupName="$1"'],
      ['a value', 'genesys-metadata', '<metaData><cfgApplication><installation><step type="|"/></installation></cfgApplication></metaData>', 'GenesysSilent', 'GenesysSilent'],
      ['an application type', 'genesys-metadata', '<metaData><cfgApplication type="|"/></metaData>', '21', '21'],
      ['an element with the prefix that the vendor uses', 'genesys-spd', '<solutionDefinition><profile><execution><os|</execution></profile></solutionDefinition>', 'os:verifyHost', 'os:verifyHost>$1</os:verifyHost>'],
      ['a value with what a snippet would swallow', 'genesys-spd', '<solutionDefinition><profile><execution><os:verifyHost host="|"/></execution></profile></solutionDefinition>', '${host}', '\\${host\\}'],
      ['a section', 'genesys-silent-ini', '[|', '[IPCommon]', '[IPCommon]'],
      ['a key', 'genesys-silent-ini', '[IPCommon]\nInst|', 'InstallPath', 'InstallPath=$1'],
      ['a key whose value is there', 'genesys-silent-ini', '[IPCommon]\nInst|=/x', 'InstallPath', 'InstallPath'],
      ['a value of a key', 'genesys-silent-ini', '[License]\nUseLicense=|', 'NotRequired', 'NotRequired'],
    ] as const) {
      it(`suggests ${what}`, async () => {
        const { items } = await complete(languageId, marked);
        const item = items.find((one) => one.label === label);
        assert.ok(item, `${label} is not among ${items.map((one) => one.label).join(', ')}`);
        assert.equal(item.textEdit?.newText, snippet);
      });
    }

    it('replaces what has been typed of the word', async () => {
      const { text, items } = await complete('genesys-ip-description', '<InstallationPackage><Prod|uct License="x"/></InstallationPackage>');
      const edit = items.find((item) => item.label === 'Product')?.textEdit;
      assert.ok(edit && 'range' in edit);
      assert.equal(apply(text, [edit]), text);
    });

    it('leaves out what may stand once and is there', async () => {
      const { items } = await complete('genesys-ip-description', '<InstallationPackage><Product/>\n|\n</InstallationPackage>');
      assert.deepEqual(items.map((item) => item.label), ['Platforms', 'InstallationPgm']);
      const keys = await complete('genesys-silent-ini', '[IPCommon]\nDataModel=64\n|');
      assert.ok(!keys.items.some((item) => item.label === 'DataModel'));
    });

    it('keeps silent in comments and running text', async () => {
      assert.deepEqual((await complete('genesys-silent-ini', '[IPCommon]\n# Inst|')).items, []);
      assert.deepEqual((await complete('genesys-metadata', '<metaData><cfgApplication><description>Words |</description></cfgApplication></metaData>')).items, []);
    });
  });

  describe('hover', () => {
    for (const [languageId, marked, expected] of [
      ['genesys-metadata', metadata.replace('<cfgApplication', '<cfg|Application'), /^\*\*cfgApplication\*\*\n\nThe application/],
      ['genesys-metadata', metadata.replace('type="23"', 'type="2|3"'), /23: Third Party Server/],
      ['genesys-metadata', metadata.replace('</options>', '</opt|ions>'), /^\*\*options\*\*/],
      ['genesys-metadata', metadata.replace('mandatory=', 'manda|tory='), /Allowed values: `true`, `false`/],
      ['genesys-silent-ini', silentIni.replace('InstallPath', 'Install|Path'), /^\*\*InstallPath\*\*[^]*Example: `\/opt\/genesys\/lca`/],
      ['genesys-silent-ini', silentIni.replace('[License]', '[Lic|ense]'), /^\*\*License\*\*/],
    ] as const) {
      it(`explains ${marked.slice(marked.indexOf('|') - 8, marked.indexOf('|') + 8).replaceAll('\n', ' ')}`, async () => {
        const { text, position } = atCursor(marked);
        const hover = await server.request<Hover>('textDocument/hover', { textDocument: { uri: open(languageId, text) }, position });
        assert.match((hover.contents as { value: string }).value, expected);
      });
    }

    it('has nothing to say of running text', async () => {
      const { text, position } = atCursor(metadata.replace('Places calls', 'Places| calls'));
      assert.equal(await server.request('textDocument/hover', { textDocument: { uri: open('genesys-metadata', text) }, position }), null);
    });
  });

  it('makes an outline that shows names and no values of a silent.ini', async () => {
    const symbols = await server.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri: open('genesys-silent-ini', silentIni) } });
    assert.deepEqual(symbols.map(({ name, children }) => [name, children?.length]), [['ConfigServer', 5], ['IPCommon', 2], ['License', 5], ['vpMediaControl', 3]]);
    assert.ok(!JSON.stringify(symbols).includes('deployer'));
    const [root] = await server.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri: open('genesys-metadata', metadata) } });
    const find = (symbol: DocumentSymbol): DocumentSymbol[] => [symbol, ...(symbol.children ?? []).flatMap(find)];
    assert.ok(find(root as DocumentSymbol).some(({ name, detail }) => name === 'section' && detail === 'dialing'));
  });

  it('folds elements, sections and comments', async () => {
    const folds = await server.request<FoldingRange[]>('textDocument/foldingRange', { textDocument: { uri: open('genesys-silent-ini', '# a\n# b\n[IPCommon]\nA=1\nB=2\n') } });
    assert.deepEqual(folds, [{ startLine: 0, endLine: 1, kind: 'comment' }, { startLine: 2, endLine: 4 }]);
    const ofXml = await server.request<FoldingRange[]>('textDocument/foldingRange', { textDocument: { uri: open('genesys-spd', '<a>\n<b>\n</b>\n<c/>\n</a>\n') } });
    assert.deepEqual(ofXml, [{ startLine: 0, endLine: 3 }]);
  });

  it('mends one problem, or all of a file', async () => {
    const text = silentIni.replace('DataModel=64', 'Datamodel= 64').replace('UseLicense=Required', 'UseLicense=required');
    const uri = open('genesys-silent-ini', text);
    const position = createTextPositions(text).positionAt(text.indexOf('Datamodel'));
    const ask = (context: object) => server.request<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range: { start: position, end: position }, context });
    const [quick, ...more] = await ask({ diagnostics: [], only: ['quickfix'] });
    assert.deepEqual(more, []);
    assert.deepEqual([quick?.title, quick?.isPreferred, quick?.diagnostics?.[0]?.code], ['Replace with DataModel', true, 'silentIni.key-case']);
    assert.equal(apply(text, quick?.edit?.changes?.[uri] ?? []), text.replace('Datamodel', 'DataModel'));
    const [all] = await ask({ diagnostics: [], only: ['source.fixAll'] });
    assert.equal(all?.kind, 'source.fixAll.gaxPackages');
    assert.equal(apply(text, all.edit?.changes?.[uri] ?? []), silentIni.replace('DataModel=64', 'DataModel= 64'));
  });

  it('formats by nesting, and a second time changes nothing', async () => {
    const format = async (text: string, tabSize = 2) => apply(text, await server.request<TextEdit[]>('textDocument/formatting', { textDocument: { uri: open('genesys-spd', text) }, options: { tabSize, insertSpaces: true } }));
    const once = await format('<solutionDefinition version="2.0.0"><!-- a --><name> A b </name>\n\n\n<profile name="install"><dialog/> <!-- behind --><execution>\n<script>\n x\n</script></execution></profile></solutionDefinition>');
    assert.equal(once, '<solutionDefinition version="2.0.0">\n  <!-- a -->\n  <name> A b </name>\n\n  <profile name="install">\n    <dialog/> <!-- behind -->\n    <execution>\n      <script>\n x\n</script>\n    </execution>\n  </profile>\n</solutionDefinition>\n');
    assert.equal(await format(once), once);
    assert.equal(await format('<a><b></a>'), '<a><b></a>');
  });

  it('takes a request back', async () => {
    const uri = open('genesys-metadata', metadata);
    // An answer can be under way before the server hears that nobody wants it: then the next one is tried.
    await until(async () => {
      const source = new CancellationTokenSource();
      const answer = server.connection.sendRequest('textDocument/documentSymbol', { textDocument: { uri } }, source.token);
      source.cancel();
      return answer.then(() => false, (error: unknown) => (error as { readonly code: number }).code === -32800);
    }, 'a request to be taken back');
  });

  it('answers nothing for a document that is not open', async () => {
    assert.deepEqual(await server.request('textDocument/documentSymbol', { textDocument: { uri: 'file:///nowhere' } }), []);
  });
});

describe('the language server with a client that asks for diagnostics', function () {
  this.timeout(30_000);

  it('answers in French, and says when nothing has changed', async () => {
    const server = await startLanguageServer({ locale: 'fr-FR', pulls: true, snippets: false });
    const uri = server.open('a.ini', 'genesys-silent-ini', '[IPCommon]\nInstallPath=x\n');
    const pull = (previousResultId?: string) => server.request<{ kind: string; resultId: string; items?: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri }, ...(previousResultId !== undefined && { previousResultId }) });
    const first = await pull();
    assert.deepEqual(first.items?.map(({ message }) => message), ['InstallPath doit être un chemin absolu.']);
    assert.deepEqual(await pull(first.resultId), { kind: 'unchanged', resultId: first.resultId });
    server.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: '[IPCommon]\nInstallPath=/x\n' }] });
    assert.deepEqual((await pull(first.resultId)).items, []);
    const items = await server.request<CompletionItem[]>('textDocument/completion', { textDocument: { uri }, position: { line: 2, character: 0 } });
    assert.equal(items.find((item) => item.label === 'Components')?.textEdit?.newText, 'Components=');
    assert.equal(await server.end(), 0);
  });
});

describe('a silent.ini in its package', function () {
  this.timeout(30_000);

  it('is read with the description beside it: its system decides, and what is answered later may be missing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gp-beside-'));
    const server = await startLanguageServer();
    try {
      writeFileSync(join(folder, 'ip_description.xml'), goodFile('linux.ip_description.xml').text);
      const text = '[IPCommon]\nInstallPath=C:\\x\n[ConfigServer]\nHost=<Host name>\n';
      const uri = pathToFileURL(join(folder, 'genesys_silent.ini')).href;
      const alone = server.nextDiagnostics('file:///workspace/alone.genesys_silent.ini');
      server.open('alone.genesys_silent.ini', 'genesys-silent-ini', text);
      assert.ok((await alone).some(({ code }) => code === 'silentIni.placeholder'));
      server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'genesys-silent-ini', version: 1, text } });
      const codes = async () => (await server.request<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } })).items.map(({ code }) => code);
      await until(async () => (await codes()).join() === 'silentIni.install-path-relative', 'what the description tells');
    } finally {
      await server.end();
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the links of diagnostics', function () {
  this.timeout(30_000);

  it('lead to the pages of their formats, all of which are there', async () => {
    const server = await startLanguageServer({ documentation: 'file:///extension/docs/formats' });
    const [diagnostic] = await server.nextDiagnostics(server.open('a.xml', 'genesys-metadata', '<metaData><cfgApplication type="x" version="1.0"/></metaData>'));
    assert.equal(diagnostic?.codeDescription?.href, 'file:///extension/docs/formats/metadataXml.md');
    await server.end();
    const missing = readdirSync(join(projectRoot, 'src/core/formats')).filter((format) => existsSync(join(projectRoot, 'src/core/formats', format, 'messages.ts')) && format !== 'resultLog')
      .filter((format) => !existsSync(join(projectRoot, 'docs/formats', `${format}.md`)));
    assert.deepEqual(missing, []);
  });
});

describe('the good files', function () {
  this.timeout(30_000);

  it('get no diagnostic in the editor either', async () => {
    const server = await startLanguageServer();
    const languages: Record<string, string> = { silentIni: 'genesys-silent-ini', ipDescription: 'genesys-ip-description', metadataXml: 'genesys-metadata', spd: 'genesys-spd', tpl: 'genesys-tpl' };
    for (const { name, format, text } of goodTexts()) assert.deepEqual(await server.nextDiagnostics(server.open(name, languages[format] ?? '', text)), [], name);
    await server.end();
  });
});
