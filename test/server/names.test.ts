import assert from 'node:assert/strict';
import type { Location, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { applyEdits } from '../../src/core/language/applyEdits';
import { createTextPositions } from '../../src/core/language/textPositions';
import { goodApd, goodFile } from '../support/formats/goodFiles';
import { startLanguageServer, type LanguageServer } from '../support/language/languageServer';

const spd = goodFile('stat.spd').text;
const metadata = goodFile('Dialer_91.xml').text;

describe('names in the language server', function () {
  this.timeout(30_000);
  let server: LanguageServer;
  let count = 0;
  before('start it', async () => {
    server = await startLanguageServer();
  });
  after('end it', () => server.end());

  /** Opens a text in which `|` marks a place, and puts a question about the name there. */
  function asker(languageId: string, marked: string) {
    const offset = marked.indexOf('|');
    const text = marked.slice(0, offset) + marked.slice(offset + 1);
    const positions = createTextPositions(text);
    const at = { textDocument: { uri: server.open(`names${++count}.xml`, languageId, text) }, position: positions.positionAt(offset) };
    const line = ({ range }: { range: Range }) => `${text.slice(0, positions.offsetAt(range.start)).slice(-12).replaceAll(/\s+/g, ' ')}⟦${text.slice(positions.offsetAt(range.start), positions.offsetAt(range.end))}⟧`;
    return {
      definitions: async () => (await server.request<Location[]>('textDocument/definition', at)).map(line),
      references: async (includeDeclaration = false) => (await server.request<Location[]>('textDocument/references', { ...at, context: { includeDeclaration } })).map(line),
      prepare: () => server.request<{ range: Range; placeholder: string }>('textDocument/prepareRename', at),
      async rename(newName: string) {
        const { changes } = await server.request<WorkspaceEdit>('textDocument/rename', { ...at, newName });
        const edits: TextEdit[] = changes?.[at.textDocument.uri] ?? [];
        return applyEdits(text, edits.map(({ range, newText }) => ({ start: positions.offsetAt(range.start), end: positions.offsetAt(range.end), text: newText })));
      },
    };
  }

  describe('of a solution definition', () => {
    const atUse = spd.replace('cond="port', 'cond="po|rt');

    it('leads from an expression, condition or script to the input', async () => {
      for (const marked of [atUse, spd.replace('"${port}"', '"${po|rt}"'), spd.replace("log('going to '", "log(port|, 'going to '")]) assert.deepEqual(await asker('genesys-spd', marked).definitions(), ['input name="⟦port⟧']);
    });

    it('leads to the variable of a script and the result of a command', async () => {
      assert.deepEqual(await asker('genesys-spd', spd.replace('"${target}"', '"${targ|et}"')).definitions(), ['<script>var ⟦target⟧']);
      assert.deepEqual(await asker('genesys-spd', spd.replace('${tenantObject.', '${|tenantObject.')).definitions(), ['01" result="⟦tenantObject⟧']);
    });

    it('finds all uses, with the definition when asked for', async () => {
      assert.deepEqual(await asker('genesys-spd', spd.replace('<input name="hostName"', '<input name="host|Name"')).references(true), ['input name="⟦hostName⟧', 'ar target = ⟦hostName⟧', 'ost host="${⟦hostName⟧']);
      assert.deepEqual(await asker('genesys-spd', atUse).references(), [' <if cond="⟦port⟧', ' appPort="${⟦port⟧']);
    });

    it('renames an input everywhere, in scripts and conditions too, and nothing else that is called so', async () => {
      const withMore = atUse.replace("log('going to ' + target);", "log({port, x: port.port, 'port': 1}); [1].map(function (port) { return port; }); // port");
      const renamed = await asker('genesys-spd', withMore).rename('sipPort');
      assert.equal(renamed, withMore.replace('|', '').replace('<input name="port"', '<input name="sipPort"').replace('cond="port', 'cond="sipPort').replace('"${port}"', '"${sipPort}"').replace('{port, x: port.port', '{port: sipPort, x: sipPort.port'));
    });

    it('renames the input of one profile alone, unless a text outside of the profiles uses it', async () => {
      const own = spd.replace('${TENANT}-${siteName}', '${TENANT}');
      assert.match(await asker('genesys-spd', own.replace('title="Site"/></dialog>', 'title="Site" default="${siteN|ame}"/></dialog>')).rename('place'), /name="siteName"[^]*<dialog><input name="place" title="Site" default="\$\{place\}"/);
      assert.ok(!(await asker('genesys-spd', spd.replace('${siteName}</dep', '${site|Name}</dep')).rename('place')).includes('siteName'));
    });

    for (const [what, marked, newName, expected] of [
      ['a name that is no identifier', atUse, 'my-port', /“my-port” cannot be the name of a variable/],
      ['a word of JavaScript', atUse, 'while', /“while” cannot be/],
      ['no name', atUse, '', /The new name is empty/],
      ['a name that is there', atUse, 'kind', /“kind” is there already/],
      ['a name of the vendor', atUse, 'TENANT', /“TENANT” is there already/],
      ['what the vendor named', spd.replace('${TENANT}-', '${TEN|ANT}-'), 'x', /TENANT is a name of the vendor/],
      ['what nothing defines', spd.replace('"${target}"', '"${some|thing}"'), 'x', /Nothing in this file defines something/],
      ['anything in a file that is not well-formed', atUse.replace('</execution>', ''), 'x', /not well-formed XML/],
      ['anything beside a script that does not parse', atUse.replace('var target =', 'var = target'), 'x', /is not JavaScript/],
      ['running text', spd.replace('Installs one', 'Inst|alls one'), 'x', /Nothing that can be renamed/],
    ] as const) {
      it(`refuses to rename ${what}, and says why`, async () => {
        await assert.rejects(asker('genesys-spd', marked).rename(newName), expected);
      });
    }

    it('says beforehand what would be renamed, or why it cannot be', async () => {
      const { placeholder, range } = await asker('genesys-spd', atUse).prepare();
      assert.deepEqual([placeholder, range.end.character - range.start.character], ['port', 4]);
      await assert.rejects(asker('genesys-spd', spd.replace('${TENANT}-', '${TEN|ANT}-')).prepare(), /name of the vendor/);
    });
  });

  describe('of a metadata template', () => {
    const withGroup = metadata.replace('groupId="grpAdvSetup"', 'groupId="Call|Tasks"');

    it('leads from a reference to its group, and renames both', async () => {
      assert.deepEqual(await asker('genesys-metadata', withGroup).definitions(), ['group name="⟦CallTasks⟧']);
      const renamed = await asker('genesys-metadata', withGroup).rename('Calls & More');
      assert.equal(renamed, withGroup.replace('|', '').replaceAll('CallTasks', 'Calls &amp; More'));
      await assert.rejects(asker('genesys-metadata', metadata.replace('"grpAdv', '"grp|Adv')).rename('x'), /grpAdvSetup is a name of the vendor/);
      await assert.rejects(asker('genesys-metadata', withGroup).rename('groupMain'), /“groupMain” is there already/);
    });

    it('leads from a default to its choice, and renames both', async () => {
      assert.deepEqual(await asker('genesys-metadata', metadata.replace('default="oldest"', 'default="old|est"')).definitions(), ['tion value="⟦oldest⟧']);
      assert.equal(await asker('genesys-metadata', metadata.replace('default="mon, tue"', 'default="mon, tu|e"')).rename('tuesday'), metadata.replaceAll('tue"', 'tuesday"'));
      await assert.rejects(asker('genesys-metadata', metadata.replace('default="mon, tue"', 'default="mon, tu|e"')).rename('a,b'), /holds the character that separates/);
      await assert.rejects(asker('genesys-metadata', metadata.replace('default="mon, tue"', 'default="mon, tu|e"')).rename('wed'), /“wed” is there already/);
    });

    it('renames an option and a section, not to a name beside it', async () => {
      assert.equal(await asker('genesys-metadata', metadata.replace('name="&lt;media-type&gt;.lines"', 'name="&lt;media|-type&gt;.lines"')).rename('<any>'), metadata.replace('&lt;media-type&gt;.lines', '&lt;any&gt;'));
      assert.equal(await asker('genesys-metadata', metadata.replace('name="dialing"', 'name="dial|ing"')).rename('calling'), metadata.replace('name="dialing"', 'name="calling"'));
      await assert.rejects(asker('genesys-metadata', metadata.replace('name="prefix"', 'name="|prefix"')).rename('order'), /“order” is there already/);
    });
  });

  it('have nothing to refer to in a silent.ini', async () => {
    const ask = asker('genesys-silent-ini', '[IPCommon]\nInstall|Path=/x\n');
    assert.deepEqual(await ask.definitions(), []);
    await assert.rejects(ask.prepare(), /Nothing that can be renamed/);
  });
});

describe('an option that the APD beside the file has too', function () {
  this.timeout(30_000);
  const files = new Map([['mem:/t/Dialer_91.apd', goodApd()]]);
  const uri = 'mem:/t/Dialer_91.xml';
  const position = createTextPositions(metadata).positionAt(metadata.indexOf('"prefix"') + 3);

  async function open(asks: boolean): Promise<LanguageServer> {
    const server = await startLanguageServer({ files, asks });
    const loaded = server.nextDiagnostics(uri).then(() => server.nextDiagnostics(uri));
    server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'genesys-metadata', version: 4, text: metadata } });
    await loaded;
    return server;
  }

  it('is found there as well, and renamed in the XML once the person has agreed that the APD keeps the name', async () => {
    const server = await open(true);
    const places = await server.request<Location[]>('textDocument/references', { textDocument: { uri }, position, context: { includeDeclaration: true } });
    assert.deepEqual(places.map((place) => place.uri), [uri, 'mem:/t/Dialer_91.apd']);
    const { start, end } = places[1]!.range;
    assert.match(Buffer.from(goodApd().subarray(start.character, end.character)).toString('latin1'), /prefix/);
    const { changes, documentChanges, changeAnnotations } = await server.request<WorkspaceEdit>('textDocument/rename', { textDocument: { uri }, position, newName: 'start' });
    assert.equal(changes, undefined);
    assert.deepEqual(changeAnnotations, { keptInApd: { label: 'Rename prefix in the XML alone', description: 'Dialer_91.apd is binary and keeps the old name. Create the APD from the XML anew afterwards.', needsConfirmation: true } });
    const [change] = documentChanges as { textDocument: { version: number }; edits: { newText: string; annotationId: string }[] }[];
    assert.deepEqual([change?.textDocument.version, change?.edits.map(({ newText, annotationId }) => [newText, annotationId])], [4, [['start', 'keptInApd']]]);
    await server.end();
  });

  it('is not renamed where the editor cannot ask', async () => {
    const server = await open(false);
    await assert.rejects(server.request('textDocument/rename', { textDocument: { uri }, position, newName: 'start' }), /Dialer_91\.apd is binary and keeps the old name prefix/);
    await server.end();
  });
});
