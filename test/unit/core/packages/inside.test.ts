import assert from 'node:assert/strict';
import { listDifferences } from '../../../../src/core/packages/comparedFiles';
import { comparePackages } from '../../../../src/core/packages/comparison';
import type { PackageFile } from '../../../../src/core/packages/model';
import { findPackageFile } from '../../../../src/core/packages/packageLinks';

const file = (path: string, sha256 = 'a', more: Partial<PackageFile> = {}): PackageFile => ({ path, type: 'file', size: 10, sha256, ...more });
const link = (path: string, target: string, type: 'symlink' | 'hardlink' = 'symlink'): PackageFile => ({ path, type, size: 0, target });

describe('links inside a package', () => {
  const files = new Map([
    file('ip/a'), file('top'), link('ip/b', 'a'), link('ip/c', './b'), link('ip/up', '../top'), link('ip/hard', 'ip/a', 'hardlink'), link('ip/out', '../../top'),
    link('ip/absolute', '/ip/a'), link('ip/round', 'around'), link('ip/around', 'round'), link('ip/folder', '../ip'), { path: 'ip', type: 'directory', size: 0 } as const,
  ].map((each) => [each.path, each]));
  for (const [path, found] of [
    ['ip/a', 'ip/a'], ['ip/b', 'ip/a'], ['ip/c', 'ip/a'], ['ip/up', 'top'], ['ip/hard', 'ip/a'],
    ['ip/out', undefined], ['ip/absolute', undefined], ['ip/round', undefined], ['ip/folder', undefined], ['ip', undefined], ['nowhere', undefined],
  ] as const) {
    it(`${path} is ${found ?? 'no file'}`, () => assert.equal(findPackageFile(files, path)?.path, found));
  }
});

describe('two packages compared', () => {
  it('by hash, kind and target, without their folders', () => {
    const first = [file('ip/same'), file('ip/changed', 'a'), file('ip/gone'), link('ip/link', 'x'), { path: 'ip', type: 'directory', size: 0 } as const];
    const other = [file('ip/same'), file('ip/changed', 'b', { size: 20 }), file('ip/new'), link('ip/link', 'y'), { path: 'other', type: 'directory', size: 0 } as const];
    assert.deepEqual(comparePackages({ files: first, installerFolder: 'ip' }, { files: other, installerFolder: 'ip' }), {
      added: [{ path: 'ip/new', size: 10 }], removed: [{ path: 'ip/gone', size: 10 }], same: 1,
      changed: [{ path: 'ip/changed', size: 10, otherPath: 'ip/changed', otherSize: 20 }, { path: 'ip/link', size: 0, otherPath: 'ip/link', otherSize: 0 }],
    });
  });

  it('below the folder that holds the installer, whatever its name', () => {
    const first = [file('LCA 37/ip/a', 'a'), file('LCA 37/templates/t', 't'), file('ip/a', 'elsewhere')];
    const other = [file('LCA 40/ip/a', 'b'), file('LCA 40/templates/t', 't')];
    assert.deepEqual(comparePackages({ files: first, installerFolder: 'LCA 37/ip' }, { files: other, installerFolder: 'LCA 40/ip' }), {
      added: [], removed: [{ path: 'ip/a', size: 10 }], same: 1, changed: [{ path: 'LCA 37/ip/a', size: 10, otherPath: 'LCA 40/ip/a', otherSize: 10 }],
    });
  });

  it('with the folder of templates spelled otherwise', () => {
    const { changed, same, added, removed } = comparePackages({ files: [file('templates/T.xml', 'a'), file('templates/T.apd')], installerFolder: 'ip' }, { files: [file('TemplateS/T.xml', 'b'), file('TemplateS/T.apd')], installerFolder: 'ip' });
    assert.deepEqual([changed.map(({ path, otherPath }) => [path, otherPath]), same, added, removed], [[['templates/T.xml', 'TemplateS/T.xml']], 1, [], []]);
  });

  it('are listed kind by kind, and say which of them a comparison of texts can show', () => {
    const differences = listDifferences({
      added: [{ path: 'a.xml', size: 1 }, { path: 'b.jar', size: 1 }], removed: [{ path: 'c.ini', size: 1 }], same: 0,
      changed: [{ path: 'd.apd', size: 1, otherPath: 'd.apd', otherSize: 1 }, { path: 'e.log', size: 1, otherPath: 'e.log', otherSize: 50_000_000 }, { path: 'ip/tar', size: 1, otherPath: 'ip/tar', otherSize: 2 }],
    });
    assert.deepEqual(differences.map(({ kind, path, otherPath, isText }) => [kind, path, otherPath, isText]), [
      ['changed', 'd.apd', 'd.apd', true], ['changed', 'e.log', 'e.log', false], ['changed', 'ip/tar', 'ip/tar', false],
      ['added', undefined, 'a.xml', true], ['added', undefined, 'b.jar', false], ['removed', 'c.ini', undefined, true],
    ]);
  });
});
