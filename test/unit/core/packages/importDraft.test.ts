import assert from 'node:assert/strict';
import {
  checkImportDraft, cleanPath, isFilled, mostArchives, newImportDraft, withoutPath, withPaths, withTenant, type ImportDraft, type ImportFacts, type ImportTenant,
} from '../../../../src/core/packages/importDraft';
import type { PackageInspection } from '../../../../src/core/packages/inspection';
import { describeImportProblem } from '../../../../src/core/text/importWizardText';

const tenants: readonly ImportTenant[] = [
  { id: 't1', name: 'Environment', groups: ['Framework', 'Media'], offeredGroup: 'Framework' },
  { id: 't2', name: 'North', groups: [], offeredGroup: '' },
];
const facts: ImportFacts = { platform: 'posix', tenants, findings: [] };
const draft = (over: Partial<ImportDraft> = {}): ImportDraft => ({ method: 'archive', paths: ['/p/a.zip'], tenant: 'Environment', group: '', ...over });
const wrong = (over: Partial<ImportDraft>, more: Partial<ImportFacts> = {}) => checkImportDraft(draft(over), { ...facts, ...more }).map(({ field, kind }) => `${field} ${kind}`);
const lca: PackageInspection = {
  identity: { name: 'Local Control Agent', version: '8.5.100.37', localeId: 'ENU', osGroup: 'linux', computerTypes: ['Intel EM64T'] },
  nickname: 'LCA', kind: 'application', templates: [], size: 1, presentIn: ['t1'],
};

describe('the input of an import', () => {
  it('with a whole path, a tenant and any group is right, also before the file has been read', () => {
    assert.deepEqual(wrong({}), []);
    assert.deepEqual(wrong({ group: 'A new one', tenant: 'north' }), []);
    assert.deepEqual(wrong({}, { findings: [{ path: '/p/a.zip', state: 'reading' }] }), []);
    assert.deepEqual(wrong({}, { findings: [{ path: '/p/a.zip', state: 'notRead' }] }), []);
  });

  it('without a path is wrong, each field of its own', () => {
    assert.deepEqual(wrong({ paths: ['', '/p/a.zip', '  '] }), ['path-0 pathMissing', 'path-2 pathMissing']);
  });

  it('needs a whole path, which depends on where the files are', () => {
    for (const path of ['a.zip', './a.zip', '~/a.zip', 'C:\\a.zip', '\\\\nas\\a.zip']) assert.deepEqual(wrong({ paths: [path] }), ['path-0 pathNotWhole'], path);
    for (const path of ['C:\\a.zip', 'c:/a.zip', '\\\\nas\\share\\a.zip', '//nas/share/a.zip']) assert.deepEqual(wrong({ paths: [path] }, { platform: 'windows' }), [], path);
    for (const path of ['a.zip', '\\a.zip', '/p/a.zip', 'C:a.zip', '\\\\']) assert.deepEqual(wrong({ paths: [path] }, { platform: 'windows' }), ['path-0 pathNotWhole'], path);
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
    const findings: ImportFacts['findings'] = [{ path: '/p/a.zip', state: 'refused', error: { code: 'archive/not-an-archive', args: { archive: 'a.zip' } } }];
    const [problem] = checkImportDraft(draft(), { ...facts, findings });
    assert.match(describeImportProblem('en', problem!), /^a\.zip is neither a zip nor a tar\.gz/);
    assert.match(describeImportProblem('fr', problem!), /^a\.zip n’est ni/);
    assert.deepEqual(wrong({ paths: ['/p/b.zip'] }, { findings }), []);
  });

  it('refuses a package that the tenant holds, not one that another tenant holds', () => {
    const findings: ImportFacts['findings'] = [{ path: '/p/a.zip', state: 'recognized', package: lca }];
    const [problem] = checkImportDraft(draft(), { ...facts, findings });
    assert.equal(describeImportProblem('en', problem!), 'Local Control Agent 8.5.100.37 (ENU, Linux 64-bit) is already in the repository for Environment. Choose another archive or tenant.');
    assert.match(describeImportProblem('fr', problem!), /\(ENU, Linux 64\sbits\) est déjà/);
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
});

describe('the draft of an import', () => {
  it('begins with the tenant used last and its group, or with those given', () => {
    assert.deepEqual(newImportDraft(tenants), { method: 'archive', paths: [''], tenant: 'Environment', group: 'Framework' });
    assert.deepEqual(newImportDraft(tenants, 't2'), { method: 'archive', paths: [''], tenant: 'North', group: '' });
    assert.deepEqual(newImportDraft(tenants, 't2', 'Media').group, 'Media');
    assert.deepEqual(newImportDraft([]), { method: 'archive', paths: [''], tenant: '', group: '' });
  });

  it('offers the group of another tenant, unless a person has entered one', () => {
    const north = withTenant(draft({ group: 'Framework' }), 'North', tenants);
    assert.deepEqual([north.tenant, north.group], ['North', '']);
    assert.equal(withTenant(north, 'Environment', tenants).group, 'Framework');
    assert.equal(withTenant(draft({ group: 'Mine' }), 'North', tenants).group, 'Mine');
    assert.deepEqual(withTenant(draft({ group: 'Framework' }), 'Nor', tenants), draft({ group: 'Framework', tenant: 'Nor' }));
  });

  it('takes files into empty fields first, none twice, and no more than it can hold', () => {
    assert.deepEqual(withPaths(draft({ paths: [''] }), ['/a', '/b']).paths, ['/a', '/b']);
    assert.deepEqual(withPaths(draft({ paths: ['/a', ''] }), ['/b', '/a', '/c']).paths, ['/a', '/b', '/c']);
    assert.deepEqual(withPaths(draft({ paths: ['/a', '/b'] }), ['/c', '/d'], 0).paths, ['/c', '/b', '/d']);
    assert.deepEqual(withPaths(draft({ paths: ['/a'] }), ['/a'], 0).paths, ['/a']);
    assert.deepEqual(withPaths(draft({ paths: ['/a'] }), [], 0).paths, ['/a']);
    assert.equal(withPaths(draft(), Array.from({ length: 200 }, (_, i) => `/f${i}`)).paths.length, mostArchives);
  });

  it('always has a field for a path', () => {
    assert.deepEqual(withoutPath(draft({ paths: ['/a', '/b'] }), 0).paths, ['/b']);
    assert.deepEqual(withoutPath(draft({ paths: ['/a'] }), 0).paths, ['']);
  });

  it('is worth asking about once a file is chosen', () => {
    assert.deepEqual([isFilled(draft()), isFilled(draft({ paths: ['', ' '] }))], [true, false]);
  });
});
