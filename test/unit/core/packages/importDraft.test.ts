import assert from 'node:assert/strict';
import {
  isFilled, mostArchives, mostPlaces, newImportDraft, withArchiveOfParts, withoutPath, withoutPlace, withPaths, withPlaces, withTenant, type ImportTenant,
} from '../../../../src/core/packages/importDraft';
import { withDropped } from '../../../../src/core/packages/droppedSources';
import { noChoice } from '../../../../src/core/packages/scanChoice';
import { importDraftOf as draft } from './importDrafts';

const tenants: readonly ImportTenant[] = [
  { id: 't1', name: 'Environment', groups: ['Framework', 'Media'], offeredGroup: 'Framework', mayReplace: true },
  { id: 't2', name: 'North', groups: [], offeredGroup: '', mayReplace: true },
];

describe('the draft of an import', () => {
  it('begins with the tenant used last and its group, or with those given', () => {
    const empty = { method: 'archive', paths: [''], parts: { path: '', xml: '', apd: '' }, places: [''], choice: noChoice };
    assert.deepEqual(newImportDraft(tenants), { ...empty, tenant: 'Environment', group: 'Framework' });
    assert.deepEqual(newImportDraft(tenants, 't2'), { ...empty, tenant: 'North', group: '' });
    assert.deepEqual(newImportDraft(tenants, 't2', 'Media').group, 'Media');
    assert.deepEqual(newImportDraft([]), { ...empty, tenant: '', group: '' });
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

  it('is worth asking about whichever method was filled', () => {
    assert.equal(isFilled(draft({ paths: [''], parts: { path: '', xml: ' ', apd: '/a.apd' } })), true);
    assert.equal(isFilled(draft({ paths: [''], places: ['/a'] })), true);
  });

  it('gives up what was chosen of other places', () => {
    const chosen = draft({ choice: { base: 'all', except: ['/a/b'] }, places: ['/a'] });
    assert.deepEqual(withPlaces(chosen, ['/c']), { ...chosen, places: ['/a', '/c'], choice: noChoice });
    assert.deepEqual(withoutPlace(chosen, 0), { ...chosen, places: [''], choice: noChoice });
    assert.equal(withPlaces(chosen, Array.from({ length: 50 }, (_, i) => `/p${i}`)).places.length, mostPlaces);
  });

  it('takes the archive along to the method for archives with their templates', () => {
    const moved = withArchiveOfParts(draft({ method: 'parts', paths: [''], parts: { path: ' "/p/b.zip"', xml: '/a.xml', apd: '' } }));
    assert.deepEqual([moved.method, moved.paths, moved.parts.path], ['archive', ['/p/b.zip'], '']);
  });
});

describe('files and folders that were dropped', () => {
  const empty = draft({ paths: [''] });
  const folder = (path: string, ...names: readonly string[]) => ({ path, entries: names.map((name) => ({ name: name.replace('/', ''), isFolder: name.endsWith('/') })) });
  const files = (...paths: readonly string[]) => paths.map((path) => ({ path }));

  it('are archives, one or many', () => {
    assert.deepEqual(withDropped(empty, files('/a.zip', '/b.tar.gz')), { ...empty, method: 'archive', paths: ['/a.zip', '/b.tar.gz'] });
    assert.deepEqual(withDropped({ ...empty, method: 'directory' }, files('/a.zip')).method, 'archive');
  });

  it('are a package in parts when one archive comes with its XML and APD, at once or one after the other', () => {
    const parts = { path: '/a.zip', xml: '/A.xml', apd: '/A.APD' };
    assert.deepEqual(withDropped(empty, files('/A.xml', '/a.zip', '/A.APD')), { ...empty, method: 'parts', parts });
    const first = withDropped({ ...empty, method: 'parts' }, files('/a.zip'));
    assert.deepEqual(withDropped(withDropped(first, files('/A.xml')), files('/A.APD')).parts, parts);
    assert.deepEqual(withDropped(empty, files('/A.APD')).method, 'parts');
  });

  it('are archives when an XML comes alone or several packages come: that is a solution definition', () => {
    assert.deepEqual(withDropped(empty, files('/s.xml')), { ...empty, method: 'archive', paths: ['/s.xml'] });
    assert.deepEqual(withDropped(empty, files('/a.zip', '/b.zip', '/A.apd')).method, 'archive');
  });

  it('are places to search when they are folders, all of them', () => {
    assert.deepEqual(withDropped(empty, [folder('/cd', 'ip/', 'readme.txt'), folder('/other')]), { ...empty, method: 'directory', places: ['/cd', '/other'] });
    assert.deepEqual(withDropped(empty, [folder('/cd', 'ip/'), { path: '/a.zip' }]).places, ['/cd', '/a.zip']);
  });

  it('come from support when a folder holds archives alone', () => {
    assert.equal(withDropped(empty, [folder('/s', 'a.zip', 'B.TAR.GZ', 'readme.txt')]).method, 'support-archives');
    assert.equal(withDropped(empty, [folder('/s', 'a.zip', 'more/')]).method, 'directory');
    assert.equal(withDropped(empty, [folder('/s', 'readme.txt')]).method, 'directory');
  });

  it('change nothing when there are none', () => {
    assert.equal(withDropped(empty, []), empty);
  });
});
