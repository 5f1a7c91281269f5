import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describeError, isProductError, type ProductError } from '../../../src/core/errors';
import { describeNote } from '../../../src/core/text/contentText';
import { loneDefinitionPath } from '../../../src/core/packages/solution';
import { defaultArchiveLimits, type ArchiveReport } from '../../../src/service/archive/archive';
import { readArchive } from '../../../src/service/archive/readArchive';
import { readEntry } from '../../../src/service/archive/readEntry';
import { createContentRecognizer, type RecognizedContent } from '../../../src/service/importing/recognizeContent';
import { writeDefinition } from '../../support/samplePackages/definitions';
import { writeIpDescription } from '../../support/samplePackages/description';
import { samples } from '../../support/samplePackages/samples';
import { writeApd, writeMetadataXml } from '../../support/samplePackages/templates';
import { buildZip } from '../archive/support/buildZip';
import { memorySource } from '../archive/support/memorySource';

type Files = Readonly<Record<string, string | Buffer>>;
const ipDescription = writeIpDescription(samples.plugIn.description);
const zip = (files: Files): Buffer => buildZip(Object.entries(files).map(([name, content]) => ({ name, content }))).bytes;

async function recognize(bytes: Buffer, name = 'source.zip'): Promise<RecognizedContent & { readonly archive: ArchiveReport }> {
  const recognizer = createContentRecognizer(name);
  const archive = await readArchive(memorySource(bytes, name), defaultArchiveLimits, recognizer);
  recognizer.identity();
  return { ...recognizer.result(), archive };
}

async function refusal(bytes: Buffer, name?: string): Promise<ProductError> {
  try {
    await recognize(bytes, name);
  } catch (error) {
    if (isProductError(error)) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: 'it was recognized' });
}

describe('a solution definition is recognized', () => {
  const xml = Buffer.from(writeDefinition());

  it('as XML alone, which is read like an archive of one file whatever its name', async () => {
    for (const name of ['segment.xml', 'segment.spd', 'anything']) {
      const found = await recognize(xml, name);
      assert.deepEqual([found.kind, found.name, found.version, found.localeId, found.osGroup, found.computerTypes], ['solution-definition', 'Voice Platform Segment', '2.1.0', '', '', []]);
      assert.equal(found.solution?.path, loneDefinitionPath);
      const sha256 = createHash('sha256').update(xml).digest('hex');
      assert.deepEqual(found.archive, { format: 'xml', unpackedSize: xml.length, sha256, files: [{ path: loneDefinitionPath, type: 'file', size: xml.length, sha256 }] });
      const pieces: Uint8Array[] = [];
      for await (const piece of readEntry(memorySource(xml), 'xml', found.archive.files[0]!)) pieces.push(piece);
      assert.ok(Buffer.concat(pieces).equals(xml));
    }
  });

  it('in a zip, at its root or in a folder, beside any other files', async () => {
    for (const path of ['segment.xml', 'Segment/definition.SPD']) {
      const found = await recognize(zip({ 'read.me': 'x', 'other.xml': '<other/>', [path]: xml, 'deep/er/other.xml': xml }));
      assert.deepEqual([found.kind, found.solution?.path, found.archive.format], ['solution-definition', path, 'zip']);
    }
  });

  it('with an empty beginning, a byte order mark or no declaration', async () => {
    for (const beginning of ['\ufeff<?xml version="1.0"?>\n', '\n<!-- of the segment -->\n', '']) {
      assert.equal((await recognize(Buffer.from(writeDefinition().replace(/^<\?xml.*\n/, beginning)), 'a.xml')).name, 'Voice Platform Segment');
    }
  });

  it('not where a package is: then it is one of its files', async () => {
    assert.equal((await recognize(zip({ 'ip/ip_description.xml': ipDescription, 'segment.xml': xml }))).kind, 'application');
    assert.equal((await refusal(zip({ 'ip/segment.xml': xml, 'a/b/segment.xml': xml }))).code, 'import/no-description');
  });
});

describe('a solution definition is refused', () => {
  it('with file, line and reason in both languages when it is broken', async () => {
    const broken = Buffer.from(writeDefinition().replace('</dialog>', '</dialogue>'));
    const alone = await refusal(broken, 'segment.xml');
    assert.deepEqual([alone.code, alone.args['line']], ['import/definition-unreadable', 15]);
    assert.match(describeError('en', alone), /^segment\.xml: the solution definition cannot be used, line 15, column 7: The end tag says dialogue, but dialog is open\. /);
    assert.match(describeError('fr', await refusal(zip({ 'a/b.xml': broken }))), /^source\.zip\u00a0: la définition de solution a\/b\.xml est inutilisable, ligne 15, colonne 7\u00a0: La balise de fin/);
  });

  it('without a name, and XML of another kind by what its root is', async () => {
    assert.match(describeError('en', await refusal(Buffer.from(writeDefinition({ name: '' })))), /line 4.*The value of name is empty/);
    assert.match(describeError('en', await refusal(Buffer.from('<?xml version="1.0"?>\n<metaData/>'), 'LCA.xml')), /LCA\.xml: the solution definition cannot be used, line 2, column 2: The root element is metaData instead of solutionDefinition/);
    assert.equal((await refusal(Buffer.from('<html></html>'))).code, 'archive/not-an-archive');
  });

  it('when a zip holds several, and when it is immense', async () => {
    const several = await refusal(zip({ 'a.xml': writeDefinition(), 'b/b.spd': writeDefinition({ name: 'B' }) }));
    assert.match(describeError('en', several), /holds 2 solution definitions: a\.xml, b\/b\.spd\./);
    const immense = Buffer.from(`${writeDefinition()}<!--${' '.repeat(1_100_000)}-->`);
    assert.equal((await refusal(immense, 'a.xml')).code, 'archive/entry-too-large');
    assert.equal((await refusal(zip({ 'a.xml': immense }))).code, 'import/no-description');
  });
});

describe('a plug-in’s template', () => {
  const options = { log: { verbose: 'standard' }, reporting: { 'refresh-interval': '60' } };
  const template = { name: 'gax_rpt', applicationType: 107, version: '9.0.001.12', options };
  const plugIn = (content: string | Buffer): Promise<RecognizedContent> => recognize(zip({ 'ip/ip_description.xml': ipDescription, 'templates/gax_rpt.tpl': content }));

  for (const [form, content] of [
    ['metadata XML', writeMetadataXml(template)], ['an application template', Buffer.from(writeApd(template))], ['option text', '[log]\nverbose = standard\n[reporting]\nrefresh-interval=60\n'],
  ] as const) {
    it(`makes an application template with its default options, read as ${form}`, async () => {
      const found = await plugIn(content);
      assert.equal(found.kind, 'plug-in');
      assert.deepEqual(found.templateOptions?.map(({ path, options: told }) => [path, told.map((one) => `${one.section}/${one.option}=${one.defaultValue}`)]), [
        ['templates/gax_rpt.tpl', ['log/verbose=standard', 'reporting/refresh-interval=60']],
      ]);
      assert.equal(found.templates[0]?.optionCount, 2);
      assert.equal(found.notes, undefined);
    });
  }

  it('that is none of these is said in a note, with file, line and reason, and refused by nobody', async () => {
    const found = await plugIn('[log]\nverbose = standard\n\u0000\u0001');
    assert.deepEqual([found.kind, found.templateOptions, found.templates], ['plug-in', undefined, [{ name: 'gax_rpt', path: 'templates/gax_rpt.tpl', format: 'tpl', notUnderstood: true }]]);
    assert.equal(found.notes?.[0]?.kind, 'templateNotUnderstood');
    const [note] = (await plugIn('no section\nhere')).notes ?? [];
    assert.deepEqual([note?.kind, note?.path, note?.line], ['templateNotUnderstood', 'templates/gax_rpt.tpl', 1]);
    assert.equal(note && describeNote('en', note), 'templates/gax_rpt.tpl, line 1 is not understood: This is no XML, no APD template and no text of [section] and key = value lines. Its default options are not known; everything else of the package is there.');
    assert.match(note ? describeNote('fr', note) : '', /^templates\/gax_rpt\.tpl, ligne 1, n’est pas compris\u00a0: Ce n’est ni du XML/);
  });

  it('of which one line says nothing keeps the other options, and the note names the line', async () => {
    const found = await plugIn('[log]\nverbose = standard\njust words\n');
    assert.equal(found.templates[0]?.optionCount, 1);
    assert.deepEqual(found.notes?.map(({ kind, line }) => [kind, line]), [['templatePartlyUnderstood', 3]]);
  });

  it('with broken XML says the line of the fault', async () => {
    const found = await plugIn(writeMetadataXml(template).replace('</options>', '</option>'));
    const [note] = found.notes ?? [];
    assert.ok(note);
    assert.equal(note.kind, 'templateNotUnderstood');
    assert.match(describeNote('en', note), /line \d+ is not understood: The end tag says option/);
  });
});

describe('the metadata of a template', () => {
  it('brings privileges, and says how to install', async () => {
    const metadata = writeMetadataXml({ name: 'A', applicationType: 107, version: '9.0', options: {}, tasks: { 'A.canUse': 'Use A' } });
    const found = await recognize(zip({ 'ip/ip_description.xml': ipDescription, 'templates/A.xml': metadata }));
    assert.deepEqual(found.tasks?.map(({ name }) => name), ['A.canUse']);
    assert.deepEqual(found.installation, [{ path: 'templates/A.xml', name: 'silentInstallation', displayName: 'Silent installation', type: 'GenesysSilent' }]);
  });
});
