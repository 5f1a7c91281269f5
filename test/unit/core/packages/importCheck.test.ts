import assert from 'node:assert/strict';
import { checkImportDraft, readableSources, type ImportFacts } from '../../../../src/core/packages/importCheck';
import { cleanPath, type ImportDraft, type ImportTenant } from '../../../../src/core/packages/importDraft';
import type { PackageInspection } from '../../../../src/core/packages/inspection';
import { describeImportProblem } from '../../../../src/core/text/importWizardText';
import { importDraftOf as draft } from './importDrafts';

const tenants: readonly ImportTenant[] = [
  { id: 't1', name: 'Environment', groups: ['Framework', 'Media'], offeredGroup: 'Framework', mayReplace: false },
  { id: 't2', name: 'North', groups: [], offeredGroup: '', mayReplace: true },
];
const facts: ImportFacts = { platform: 'posix', mounts: {}, tenants, findings: [], unsearched: [] };
const wrong = (over: Partial<ImportDraft>, more: Partial<ImportFacts> = {}) => checkImportDraft(draft(over), { ...facts, ...more }).map(({ field, kind }) => `${field} ${kind}`);
const lca: PackageInspection = {
  identity: { name: 'Local Control Agent', version: '8.5.100.37', localeId: 'ENU', osGroup: 'linux', computerTypes: ['Intel EM64T'] },
  nickname: 'LCA', kind: 'application', templates: [], size: 1, presentIn: ['t1'],
};

describe('the input of an import', () => {
  it('with a whole path, a tenant and any group is right, also before the file has been read', () => {
    assert.deepEqual(wrong({}), []);
    assert.deepEqual(wrong({ group: 'A new one', tenant: 'north' }), []);
    assert.deepEqual(wrong({}, { findings: [{ source: { method: 'archive', path: '/p/a.zip' }, state: 'reading' }] }), []);
    assert.deepEqual(wrong({}, { findings: [{ source: { method: 'archive', path: '/p/a.zip' }, state: 'notRead' }] }), []);
  });

  it('without a path is wrong, each field of its own', () => {
    assert.deepEqual(wrong({ paths: ['', '/p/a.zip', '  '] }), ['path-0 pathMissing', 'path-2 pathMissing']);
  });

  it('needs a whole path, which depends on where the files are', () => {
    for (const path of ['a.zip', './a.zip', '~/a.zip', 'C:\\a.zip']) assert.deepEqual(wrong({ paths: [path] }), ['path-0 pathNotWhole'], path);
    for (const path of ['C:\\a.zip', 'c:/a.zip', '\\\\nas\\share\\a.zip', '//nas/share/a.zip']) assert.deepEqual(wrong({ paths: [path] }, { platform: 'windows' }), [], path);
    for (const path of ['a.zip', '\\a.zip', '/p/a.zip', 'C:a.zip']) assert.deepEqual(wrong({ paths: [path] }, { platform: 'windows' }), ['path-0 pathNotWhole'], path);
  });

  it('takes no path that no file can have', () => {
    for (const path of ['/p/a\u0000.zip', '/p/a\nb.zip', `/${'x'.repeat(5000)}`]) assert.deepEqual(wrong({ paths: [path] }), ['path-0 pathWrong']);
  });

  it('a path may have blanks and quotes around it, as file managers copy it', () => {
    assert.deepEqual([cleanPath('  "/p/my a.zip" '), cleanPath('/p/"a".zip'), cleanPath('""')], ['/p/my a.zip', '/p/"a".zip', '']);
    assert.deepEqual(wrong({ paths: ['"/p/a.zip"'] }), []);
  });

  it('names a file once', () => {
    assert.deepEqual(wrong({ paths: ['/p/a.zip', '/p/b.zip', ' "/p/a.zip"'] }), ['path-2 pathTwice']);
  });

  it('refuses what reading has refused, in the words of the import', () => {
    const findings: ImportFacts['findings'] = [{ source: { method: 'archive', path: '/p/a.zip' }, state: 'refused', error: { code: 'archive/not-an-archive', args: { archive: 'a.zip' } } }];
    const [problem] = checkImportDraft(draft(), { ...facts, findings });
    assert.match(describeImportProblem('en', problem!), /^a\.zip is neither a zip nor a tar\.gz/);
    assert.match(describeImportProblem('fr', problem!), /^a\.zip n’est ni/);
    assert.deepEqual(wrong({ paths: ['/p/b.zip'] }, { findings }), []);
  });

  it('refuses a package that the tenant holds, not one that another tenant holds', () => {
    const findings: ImportFacts['findings'] = [{ source: { method: 'archive', path: '/p/a.zip' }, state: 'recognized', package: lca }];
    const [problem] = checkImportDraft(draft(), { ...facts, findings });
    assert.equal(describeImportProblem('en', problem!), 'Local Control Agent 8.5.100.37 (ENU, Linux 64-bit) is already in the repository for Environment. Replacing it needs the privilege “Replace installation packages and solution definitions”.');
    assert.match(describeImportProblem('fr', problem!), /\(ENU, Linux 64\sbits\) est déjà .* privilège «\s/);
    assert.deepEqual(wrong({ tenant: 'North' }, { findings }), []);
  });

  it('needs a tenant that there is, and a group that can be a name', () => {
    assert.deepEqual(wrong({ tenant: ' ' }), ['tenant tenantMissing']);
    assert.deepEqual(wrong({ tenant: 'Nowhere' }), ['tenant tenantUnknown']);
    assert.deepEqual(wrong({ group: 'x'.repeat(256) }), ['group groupTooLong']);
    assert.deepEqual(wrong({ group: 'a\tb' }), ['group groupWrong']);
  });

  it('names everything that is wrong, in the order of the fields', () => {
    assert.deepEqual(wrong({ paths: [''], tenant: '', group: '\u0001' }), ['path-0 pathMissing', 'tenant tenantMissing', 'group groupWrong']);
  });

  it('may be a package that is there, for who may replace it', () => {
    const findings: ImportFacts['findings'] = [{ source: { method: 'archive', path: '/p/a.zip' }, state: 'recognized', package: { ...lca, presentIn: ['t1', 't2'] } }];
    assert.deepEqual(wrong({}, { findings }), ['path-0 present']);
    assert.deepEqual(wrong({ tenant: 'North' }, { findings }), []);
  });

  it('may name a share where this machine knows it, and says what to do where it does not', () => {
    for (const path of ['\\\\nas\\share\\a.zip', '//nas/share/a.zip', 'file://nas/share/a.zip']) {
      assert.deepEqual(wrong({ paths: [path] }), ['path-0 refused'], path);
      assert.deepEqual(wrong({ paths: [path] }, { mounts: { '//nas/share': '/mnt/share' } }), [], path);
    }
    const [problem] = checkImportDraft(draft({ paths: ['//nas/share/a.zip'] }), facts);
    assert.match(describeImportProblem('en', problem!), /mounted.*gaxPackages\.import\.mountMap/);
    assert.deepEqual(wrong({ paths: ['file:///p/a.zip'] }), []);
    assert.deepEqual(wrong({ method: 'directory', places: ['//nas/share'] }), ['place-0 refused']);
  });

  it('in parts needs three files, each of which is missed by its name', () => {
    assert.deepEqual(wrong({ method: 'parts' }), ['part-path pathMissing', 'part-xml xmlMissing', 'part-apd apdMissing']);
    assert.deepEqual(wrong({ method: 'parts', parts: { path: '/a.zip', xml: 'a.xml', apd: '/a.apd' } }), ['part-xml pathNotWhole']);
    assert.deepEqual(wrong({ method: 'parts', parts: { path: '/a.zip', xml: '/a.xml', apd: '/a.apd' } }), []);
  });

  it('in parts is refused when the package has two templates, and names them', () => {
    const templates = ['A', 'B'].flatMap((name) => (['apd', 'xml'] as const).map((format) => ({ name, path: `${name}.${format}`, format })));
    const findings: ImportFacts['findings'] = [{ source: { method: 'archive', path: '/a.zip' }, state: 'recognized', package: { ...lca, templates } }];
    const parts = { path: '/a.zip', xml: '/a.xml', apd: '/a.apd' };
    const [problem] = checkImportDraft(draft({ method: 'parts', parts }), { ...facts, findings });
    assert.equal(problem?.field, 'part-path');
    assert.equal(describeImportProblem('en', problem), 'This package has 2 templates: A, B. Use “Package archive with its templates”.');
    assert.equal(describeImportProblem('fr', problem), 'Ce package a 2 modèles\u00a0: A, B. Utilisez «\u00a0Téléchargement de package d’installation (inclut modèles)\u00a0».');
  });

  it('in parts says what does not fit beside the file that the refusal names', () => {
    const parts = { path: '/p/a.zip', xml: '/p/A.xml', apd: '/p/A.apd' };
    const findings = (file: string): ImportFacts['findings'] => [{ source: { method: 'parts', ...parts }, state: 'refused', error: { code: 'import/source-changed', args: { file } } }];
    for (const [file, field] of [['A.apd', 'part-apd'], ['/p/A.xml', 'part-xml'], ['a.zip', 'part-path'], ['other', 'part-path']] as const) {
      assert.deepEqual(wrong({ method: 'parts', parts }, { findings: findings(file) }), [`${field} refused`]);
    }
  });

  it('of places needs whole paths, each once, that could be searched', () => {
    const places = (...named: readonly string[]) => ({ method: 'directory', places: named } as const);
    assert.deepEqual(wrong(places('')), ['place-0 placeMissing']);
    assert.deepEqual(wrong(places('packages')), ['place-0 placeNotWhole']);
    assert.deepEqual(wrong(places('/a', '/b', '/a')), ['place-2 pathTwice']);
    assert.deepEqual(wrong(places('/a', '/b'), { unsearched: [{ path: '/b', error: { code: 'import/not-a-file', args: { file: '/b' } } }] }), ['place-1 refused']);
    assert.deepEqual(wrong(places('/a')), []);
  });
});

describe('the sources of a draft that are read before it is right', () => {
  const sources = (over: Partial<ImportDraft>) => readableSources(draft(over), { platform: 'posix', mounts: {} });

  it('are the archives whose path can be one', () => {
    assert.deepEqual(sources({ paths: ['/a.zip', 'b.zip', ' "/c.zip" ', '//nas/s/d.zip'] }), [{ method: 'archive', path: '/a.zip' }, { method: 'archive', path: '/c.zip' }]);
  });

  it('are the archive of a package in parts, and all three once they are named', () => {
    const parts = { path: '/a.zip', xml: '/a.xml', apd: '' };
    assert.deepEqual(sources({ method: 'parts', parts }), [{ method: 'archive', path: '/a.zip' }]);
    assert.deepEqual(sources({ method: 'parts', parts: { ...parts, apd: '/a.apd' } }), [{ method: 'archive', path: '/a.zip' }, { method: 'parts', path: '/a.zip', xml: '/a.xml', apd: '/a.apd' }]);
    assert.deepEqual(sources({ method: 'parts', parts: { ...parts, path: '' } }), []);
  });

  it('are none where a place is searched', () => {
    assert.deepEqual(sources({ method: 'directory', places: ['/a'] }), []);
  });
});
