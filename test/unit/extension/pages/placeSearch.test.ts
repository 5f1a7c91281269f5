import assert from 'node:assert/strict';
import { ProductError } from '../../../../src/core/errors';
import type { ScannedPackage } from '../../../../src/core/packages/scan';
import { createPlaceSearch, createTenantFinder, type PlaceSearch } from '../../../../src/extension/pages/importWizard/placeSearch';
import type { FoundSources } from '../../../../src/protocol/page/importWizard';
import { createFakeService, type FakeService } from '../fakeService';

const found = (path: string, more: Partial<ScannedPackage> = {}): ScannedPackage => ({
  source: { method: 'directory', path }, identity: { name: path, version: '1', localeId: 'ENU', osGroup: 'linux', computerTypes: [] },
  nickname: '', kind: 'application', size: 1, presence: 'new', presentIn: [], ...more,
});

describe('searching places for packages', () => {
  let service: FakeService;
  let search: PlaceSearch;
  let told: FoundSources[];
  let asked: { readonly path: string; readonly signal: AbortSignal | undefined; readonly answer: (packages: readonly ScannedPackage[], stopped?: boolean) => void; readonly refuse: (error: Error) => void }[];
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const paths = (): readonly string[] => search.packages.map(({ source }) => source.path);

  beforeEach(() => {
    service = createFakeService();
    told = [];
    asked = [];
    service.answer('imports/scan', ({ method = 'directory', path }, signal) => new Promise((resolve, reject) => {
      asked.push({ path, signal, answer: (packages, stopped = false) => resolve({ method, path, foldersRead: 9, packages, unreadable: [], stopped }), refuse: reject });
      signal?.addEventListener('abort', () => reject(new ProductError('general/cancelled')));
    }));
    search = createPlaceSearch({ service, onFound: (sources) => told.push(sources), onChange: () => undefined });
  });
  const begin = (...places: readonly string[]): Promise<boolean> => search.start({ method: 'directory', places, mounts: {} });

  it('tells each package once, as it is found and at the end', async () => {
    const begun = begin('/cd');
    service.send('importScan', { path: '/cd', foldersRead: 3, found: [found('/cd/a')], unreadable: [] });
    assert.equal(await begun, true);
    asked[0]?.answer([found('/cd/a'), found('/cd/b')]);
    await settled();
    assert.deepEqual(told.map(({ packages }) => packages.map(({ source }) => source.path)), [['/cd/a'], ['/cd/b']]);
    assert.deepEqual([search.view?.state, search.view?.foldersRead, search.view?.seconds], ['complete', 9, 1]);
    assert.deepEqual(search.all?.packages.length, 2);
  });

  it('searches one place after the other, and goes on past one that cannot be searched', async () => {
    const begun = begin('/one', '/two');
    assert.deepEqual(asked.map(({ path }) => path), ['/one']);
    asked[0]?.refuse(new ProductError('import/file-missing', { file: '/one', reason: 'ENOENT' }));
    await settled();
    assert.deepEqual(asked.map(({ path }) => path), ['/one', '/two']);
    asked[1]?.answer([found('/two/a')]);
    assert.equal(await begun, true);
    assert.deepEqual(search.unsearched.map(({ path }) => path), ['/one']);
    assert.deepEqual(paths(), ['/two/a']);
  });

  it('does not begin where no place can be searched', async () => {
    const begun = begin('/one');
    asked[0]?.refuse(new ProductError('import/file-missing', { file: '/one', reason: 'ENOENT' }));
    assert.equal(await begun, false);
    assert.equal(search.view?.state, 'complete');
  });

  it('stops when asked, keeps what was found, and hears nothing more', async () => {
    void begin('/cd');
    service.send('importScan', { path: '/cd', foldersRead: 1, found: [found('/cd/a')], unreadable: [] });
    search.stop();
    assert.equal(asked[0]?.signal?.aborted, true);
    service.send('importScan', { path: '/cd', foldersRead: 2, found: [found('/cd/b')], unreadable: [] });
    await settled();
    assert.deepEqual([search.view?.state, search.view?.foldersRead], ['stopped', 1]);
    assert.deepEqual(paths(), ['/cd/a']);
  });

  it('ends as stopped where there was more than can be listed', async () => {
    void begin('/cd');
    asked[0]?.answer([found('/cd/a')], true);
    await settled();
    assert.equal(search.view?.state, 'stopped');
  });

  it('that breaks off is told so, and a new one takes its place', async () => {
    void begin('/cd');
    service.send('importScan', { path: '/cd', foldersRead: 1, found: [found('/cd/a')], unreadable: [] });
    asked[0]?.refuse(new ProductError('service/connection-lost', { method: 'imports/scan' }));
    await settled();
    assert.equal(search.view?.state, 'failed');
    void begin('/cd');
    assert.deepEqual(search.all, { number: 2, packages: [], unreadable: [] });
  });

  it('follows the list of packages', async () => {
    void begin('/cd');
    asked[0]?.answer([found('/cd/a'), found('/cd/b')]);
    await settled();
    const finder = createTenantFinder();
    const list = [{ ...found('/cd/a').identity, tenantId: 't1' }];
    search.update(finder(list));
    assert.deepEqual(told.at(-1)?.packages.map(({ source, presentIn }) => [source.path, presentIn]), [['/cd/a', ['t1']]]);
    const before = told.length;
    search.update(finder(list));
    assert.equal(told.length, before, 'nothing is told twice');
  });

  it('takes everything back in the end', () => {
    void begin('/cd');
    search.dispose();
    assert.equal(asked[0]?.signal?.aborted, true);
    service.send('importScan', { path: '/cd', foldersRead: 2, found: [found('/cd/b')], unreadable: [] });
    assert.deepEqual(told, []);
  });
});
