import assert from 'node:assert/strict';
import type { PackageFile } from '../../../src/core/packages/model';
import { createPackageIndex } from '../../../src/extension/documents/packageIndex';
import { parsePackageAddress, printPackageAddress } from '../../../src/extension/documents/packageUri';

describe('addresses of files inside packages', () => {
  const item = { id: 'package-1a', name: 'Chat / Server', version: '8.5.106.10' };

  it('come back as they were made, also with what a path can hold', () => {
    for (const path of ['', 'ip/ip_description.xml', 'templates/Größe «é» #1?.xml']) {
      assert.deepEqual(parsePackageAddress(printPackageAddress(item, path)), { packageId: 'package-1a', path });
    }
    assert.deepEqual(printPackageAddress(item, 'ip/a'), { authority: 'package-1a', path: '/Chat ∕ Server 8.5.106.10/ip/a' });
  });

  for (const [authority, path] of [
    ['', '/x/a'], ['..', '/x/a'], ['package 1', '/x/a'], ['package-1a', ''], ['package-1a', '/'], ['package-1a', '/x/../a'], ['package-1a', '/x//a'], ['package-1a', '/x/./a'], ['package-1a', 'x/a'],
  ] as const) {
    it(`“${authority}” with “${path}” is none`, () => assert.equal(parsePackageAddress({ authority, path }), undefined));
  }
});

describe('the tree of a package’s files', () => {
  const files: PackageFile[] = [
    { path: 'ip/data/a.txt', type: 'file', size: 3, modifiedAt: '2024-01-01T00:00:00.000Z' }, { path: 'ip/link', type: 'symlink', size: 0, target: 'data/a.txt' },
    { path: 'ip/dead', type: 'symlink', size: 0, target: '../../etc/passwd' }, { path: 'empty', type: 'directory', size: 0 }, { path: 'top', type: 'file', size: 1 },
  ];
  const index = createPackageIndex(files);

  it('has folders that only paths name, and lists each by name', () => {
    assert.deepEqual(index.list('')?.map(({ name }) => name), ['empty', 'ip', 'top']);
    assert.deepEqual(index.list('ip')?.map(({ name, path }) => [name, path]), [['data', 'ip/data'], ['dead', 'ip/dead'], ['link', 'ip/link']]);
    assert.deepEqual(index.list('empty'), []);
    assert.equal(index.list('top'), undefined);
    assert.equal(index.list('nowhere'), undefined);
  });

  it('finds files, follows links, and leaves out those that lead out of the package', () => {
    assert.deepEqual([index.find('ip')?.kind, index.find('ip/data')?.kind, index.find('ip/dead'), index.find('nowhere')], ['folder', 'folder', undefined, undefined]);
    const found = index.find('ip/link');
    assert.ok(found?.kind === 'file' && found.isLink && found.file.path === 'ip/data/a.txt' && found.modifiedAt === '2024-01-01T00:00:00.000Z');
  });
});
