import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/runCommandLine';
import { createFakeTerminal } from '../../support/fakeTerminal';
import { goodApd, goodFile } from '../../support/formats/goodFiles';
import { projectRoot } from '../../support/projectRoot';
import { samples, type SampleName } from '../../support/samplePackages/samples';
import { writeSample } from '../../support/samplePackages/writeSample';
import { createTextPositions } from '../../../src/core/language/textPositions';

const fixtures = join(projectRoot, 'test/fixtures/formats');

/** Runs a command without any service, which none of these may need. */
async function gaxpkg(...args: string[]): Promise<{ code: number; out: string; notes: string }> {
  const terminal = createFakeTerminal();
  const code = await runCommandLine(args, { terminal, environment: { GAXPKG_DATA: '/nowhere' }, serviceFiles: '/nowhere', runtime: '/nowhere' });
  return { code, out: terminal.outText, notes: terminal.noteText };
}

describe('gaxpkg lint', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gp-lint-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
    return path;
  };

  it('finds nothing in good files', async () => {
    const { code, out, notes } = await gaxpkg('lint', fixtures);
    assert.deepEqual([code, out], [0, '']);
    assert.match(notes, /^10 files checked: 0 errors, 0 warnings, 0 hints\.$/);
  });

  it('prints place, severity, sentence and code, and fails on an error', async () => {
    const path = write('a/genesys_silent.ini', '[IPCommon]\r\nInstallPath=/opt/x\r\nDataModel =64\r\n');
    const { code, out } = await gaxpkg('lint', folder);
    assert.equal(code, 1);
    assert.equal(out, `${path}:3:1: error: The installer takes the blanks around DataModel as part of the key and does not find it. [silentIni.blank-around-key]`);
  });

  it('speaks French', async () => {
    write('genesys_silent.ini', '[IPCommon]\nInstallPath=opt\n');
    assert.match((await gaxpkg('lint', folder, '--locale', 'fr')).out, /InstallPath doit être un chemin absolu/);
    assert.match((await gaxpkg('--locale', 'fr', 'lint', folder)).notes, /1 fichier vérifié\u00a0: 1 erreur/);
  });

  it('lets warnings pass up to a number', async () => {
    write('x.ip_description.xml', goodFile('linux.ip_description.xml').text.replace('2023-05-31', 'today'));
    assert.equal((await gaxpkg('lint', folder)).code, 0);
    assert.equal((await gaxpkg('lint', folder, '--max-warnings', '1')).code, 0);
    assert.equal((await gaxpkg('lint', folder, '--max-warnings=0')).code, 1);
    assert.equal((await gaxpkg('lint', folder, '--max-warnings', 'few')).code, 2);
  });

  it('looks into packages of both kinds, and finds nothing untrue in them', async () => {
    for (const name of ['lca', 'mediaControl', 'chatWindows', 'gaxPlugin'].filter((one): one is SampleName => one in samples)) await writeSample(samples[name], folder);
    const { code, out, notes } = await gaxpkg('lint', folder);
    assert.equal(code, 0, out);
    assert.doesNotMatch(out, /: (error|warning): /);
    assert.match(notes, /^\d\d? files checked/);
  });

  it('names the file inside of a package', async () => {
    const archive = await writeSample({ ...samples.lca, entries: async () => [...await samples.lca.entries(), { path: 'templates/Broken.xml', content: '<metaData>' }] }, folder);
    const { code, out } = await gaxpkg('lint', archive, '--format', 'json');
    assert.equal(code, 1);
    const errors = (JSON.parse(out) as { path: string; entry: string; code: string; severity: string; place: unknown }[]).filter((finding) => finding.severity === 'error');
    assert.deepEqual(errors.map(({ path, entry, code: rule, place }) => ({ path, entry, rule, place })),
      [{ path: archive, entry: 'templates/Broken.xml', rule: 'xml.unclosed-element', place: { line: 1, column: 2, endLine: 1, endColumn: 10 } }]);
  });

  it('compares the two templates of one name', async () => {
    write('t/Dialer_91.xml', goodFile('Dialer_91.xml').text);
    write('t/DIALER_91.apd', goodApd({ log: { verbose: 'standard' } }));
    const { out } = await gaxpkg('lint', join(folder, 't'));
    assert.equal(out.match(/templatePair\.not-in-apd/g)?.length, 5);
    const named = await gaxpkg('lint', join(folder, 't/Dialer_91.xml'), join(folder, 't/DIALER_91.apd'));
    assert.equal(named.out.match(/templatePair\.not-in-apd/g)?.length, 5);
  });

  it('does not ask of a package’s own silent.ini what is answered when it is deployed', async () => {
    write('ip/ip_description.xml', goodFile('linux.ip_description.xml').text);
    write('ip/genesys_silent.ini', '[IPCommon]\nInstallPath=<Path>\n[ConfigServer]\nHost=\n');
    assert.equal((await gaxpkg('lint', folder)).out, '');
    write('ip/genesys_silent.ini', '[IPCommon]\nInstallPath=C:\\x\n');
    assert.match((await gaxpkg('lint', folder)).out, /install-path-relative/);
  });

  it('fails when something cannot be checked', async () => {
    const broken = write('IP_X_1b1_ENU_linux.tar.gz', 'no archive');
    assert.match((await gaxpkg('lint', folder)).out, /IP_X_1b1_ENU_linux\.tar\.gz: error: .* \[archive\/not-an-archive\]$/);
    assert.equal((await gaxpkg('lint', broken)).code, 1);
    const missing = await gaxpkg('lint', join(folder, 'missing'));
    assert.deepEqual([missing.code, /\[lint\.missing\]/.test(missing.out)], [1, true]);
    assert.match((await gaxpkg('lint', write('notes.txt', 'x'))).out, /warning: .*\[lint\.unknown-format\]$/);
    assert.equal((await gaxpkg('lint')).code, 2);
    assert.equal((await gaxpkg('lint', folder, '--format', 'xml')).code, 2);
  });

  it('follows no link and leaves other files alone', async () => {
    symlinkSync(folder, join(folder, 'loop'));
    write('pom.xml', '<project>');
    write('php.ini', 'broken');
    write('node_modules/x/genesys_silent.ini', 'broken');
    const { code, out, notes } = await gaxpkg('lint', folder);
    assert.deepEqual([code, out], [0, '']);
    assert.match(notes, /^0 files/);
  });

  it('writes SARIF 2.1.0', async () => {
    write('my files/genesys_silent.ini', '[IPCommon]\nInstallPath=opt\n');
    write('a.apd', Uint8Array.of(...goodApd(), 0));
    const { out } = await gaxpkg('lint', folder, '--format=sarif');
    const log = JSON.parse(out) as { version: string; runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string; ruleIndex: number; level: string; locations: { physicalLocation: { artifactLocation: { uri: string }; region: unknown } }[] }[] }[] };
    assert.equal(log.version, '2.1.0');
    const [run] = log.runs;
    assert.deepEqual(run?.results.map(({ ruleId, level, locations }) => [ruleId, level, locations[0]?.physicalLocation.artifactLocation.uri.slice(-28), locations[0]?.physicalLocation.region]), [
      ['apd.trailing-bytes', 'warning', `file://${folder}/a.apd`.slice(-28), { byteOffset: goodApd().length, byteLength: 1 }],
      ['silentIni.install-path-relative', 'error', '/my%20files/genesys_silent.ini'.slice(-28), { startLine: 2, startColumn: 13, endLine: 2, endColumn: 16 }],
    ]);
    for (const { ruleId, ruleIndex } of run.results) assert.equal(run.tool.driver.rules[ruleIndex]?.id, ruleId);
  });
});

describe('gaxpkg apd', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gp-apd-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('decodes and encodes back to the same bytes', async () => {
    const [apd, json, again] = ['a.apd', 'a.json', 'b.apd'].map((name) => join(folder, name)) as [string, string, string];
    writeFileSync(apd, goodApd());
    const decoded = await gaxpkg('apd', 'decode', apd);
    assert.equal(decoded.code, 0);
    assert.equal((JSON.parse(decoded.out) as { name: string }).name, 'Dialer_91');
    writeFileSync(json, decoded.out);
    assert.deepEqual(await gaxpkg('apd', 'encode', json, '-o', again), { code: 0, out: '', notes: '' });
    assert.deepEqual(readFileSync(again), readFileSync(apd));
  });

  it('refuses a damaged template and JSON of another form, and says where', async () => {
    const path = join(folder, 'x');
    writeFileSync(path, goodApd().subarray(0, 300));
    const damaged = await gaxpkg('apd', 'decode', path);
    assert.equal(damaged.code, 1);
    assert.match(damaged.notes, /error: .*\[apd\.wrong-length\]/);
    assert.equal(damaged.out, '');
    writeFileSync(path, '{"name": "a", "type": "23"}');
    assert.match((await gaxpkg('apd', 'encode', path, '-o', `${path}.apd`)).notes, /x:1:1: error: .* see sections\. \[apd\.text-wrong-form\]/);
    writeFileSync(path, 'no JSON');
    assert.match((await gaxpkg('apd', 'encode', path, '-o', `${path}.apd`)).notes, /x:1:1: error: .*\[apd\.text-not-json\]/);
    writeFileSync(path, '{"name": "a",\n "name": "b"}');
    assert.match((await gaxpkg('apd', 'encode', path, '-o', `${path}.apd`)).notes, /x:2:2: error: .*\[apd\.text-repeated\]/);
    assert.match((await gaxpkg('apd', 'decode', join(folder, 'missing'))).notes, /ENOENT/);
    writeFileSync(path, JSON.stringify({ name: 'n'.repeat(200), type: 1, version: '1', state: 1, sections: {} }));
    const long = await gaxpkg('apd', 'encode', path, '-o', `${path}.apd`);
    assert.deepEqual([long.code, /field-too-long/.test(long.notes)], [1, true]);
    for (const args of [[], ['fold'], ['decode'], ['encode', path], ['diff', path], ['decode', path, path]]) assert.equal((await gaxpkg('apd', ...args)).code, 2);
  });

  it('makes one file of a pair of the other, and says what it cannot hold', async () => {
    const [xml, apd, back] = ['Dialer_91.xml', 'made.apd', 'Dialer_91.made.xml'].map((name) => join(folder, name)) as [string, string, string];
    writeFileSync(xml, goodFile('Dialer_91.xml').text);
    const made = await gaxpkg('apd', 'from-xml', xml, '-o', apd);
    assert.equal(made.code, 0);
    assert.match(made.notes, /made\.apd cannot hold: 6 display names, /);
    assert.deepEqual(await gaxpkg('apd', 'diff', xml, apd), { code: 0, out: '', notes: '' });
    const again = await gaxpkg('apd', 'to-xml', apd, '-o', back);
    assert.deepEqual([again.code, /cannot hold: the name of the template\./.test(again.notes)], [0, true]);
    assert.deepEqual(await gaxpkg('apd', 'diff', back, apd), { code: 0, out: '', notes: '' });
    writeFileSync(xml, '<metaData>\n  <cfgApplication type="x"/>\n</metaData>');
    const refused = await gaxpkg('apd', 'from-xml', xml, '-o', join(folder, 'refused.apd'));
    assert.deepEqual([refused.code, /Dialer_91\.xml:2:25: error: .*\[metadataXml\.bad-type\]/.test(refused.notes), existsSync(join(folder, 'refused.apd'))], [1, true, false]);
  });

  it('tells the differences of a pair, and whether they matter', async () => {
    const [xml, apd] = [join(folder, 'a.xml'), join(folder, 'b.apd')];
    writeFileSync(xml, goodFile('Dialer_91.xml').text);
    writeFileSync(apd, goodApd());
    assert.deepEqual(await gaxpkg('apd', 'diff', xml, apd), { code: 0, out: '', notes: '' });
    writeFileSync(apd, goodApd({ log: { verbose: 'standard', more: '1' } }));
    const { code, out } = await gaxpkg('apd', 'diff', xml, apd);
    assert.equal(code, 1);
    assert.deepEqual([out.match(/not-in-apd/g)?.length, out.match(/not-in-xml/g)?.length], [5, 1]);
    writeFileSync(xml, '<metaData>');
    assert.equal((await gaxpkg('apd', 'diff', xml, apd)).code, 1);
  });
});

describe('text positions', () => {
  it('count lines as editors do, and go back', () => {
    const positions = createTextPositions('a\r\nbc\n\rd');
    assert.deepEqual([0, 1, 2, 3, 5, 6, 7, 8, 99].map((offset) => Object.values(positions.positionAt(offset)).join(':')), ['0:0', '0:1', '0:1', '1:0', '1:2', '2:0', '3:0', '3:1', '3:1']);
    assert.deepEqual([{ line: 0, character: 9 }, { line: 1, character: 1 }, { line: 9, character: 0 }, { line: -1, character: 5 }].map((position) => positions.offsetAt(position)), [1, 4, 8, 0]);
  });
});
