import { strict as assert } from 'node:assert';
import { isProductError, type ErrorCode } from '../../../../src/core/errors';
import { locatePath, locateSource, type Locating } from '../../../../src/core/packages/uncPath';

const mounts = { '//media/packages': '/mnt/packages/', '\\\\MEDIA\\packages\\8.5': '/mnt/old', '//other/share': 'relative' };
const linux: Locating = { platform: 'posix', mounts };
const windows: Locating = { platform: 'windows', mounts: {} };

describe('the place of a source', () => {
  const places: readonly [named: string, locating: Locating, path: string][] = [
    ['/media/cd', linux, '/media/cd'],
    ['\\\\media\\packages\\LCA\\ip', linux, '/mnt/packages/LCA/ip'],
    ['//Media/Packages/LCA.zip', linux, '/mnt/packages/LCA.zip'],
    ['//media/packages', linux, '/mnt/packages'],
    ['//media/packages/8.5/LCA.zip', linux, '/mnt/old/LCA.zip'],
    ['//media/packages/8.51/LCA.zip', linux, '/mnt/packages/8.51/LCA.zip'],
    ['file:///media/a%20b/LCA.zip', linux, '/media/a b/LCA.zip'],
    ['file://localhost/media/LCA.zip', linux, '/media/LCA.zip'],
    ['file://media/packages/LCA.zip', linux, '/mnt/packages/LCA.zip'],
    ['//media/packages/8.5/LCA.zip', windows, '\\\\media\\packages\\8.5\\LCA.zip'],
    ['\\\\media\\packages', windows, '\\\\media\\packages'],
    ['file:///D:/packages/LCA.zip', windows, 'D:/packages/LCA.zip'],
    ['D:\\packages', windows, 'D:\\packages'],
  ];
  for (const [named, locating, path] of places) {
    it(`is ${path} for ${named} on ${locating.platform}`, () => assert.equal(locatePath(named, locating), path));
  }

  const refusals: readonly [named: string, locating: Locating, code: ErrorCode][] = [
    ['//nowhere/packages/LCA.zip', linux, 'import/not-mounted'],
    ['//media/secrets/LCA.zip', linux, 'import/not-mounted'],
    ['//other/share/LCA.zip', linux, 'import/not-mounted'],
    ['//media/packages/../secrets/LCA.zip', linux, 'import/address-unusable'],
    ['http://media/LCA.zip', linux, 'import/address-unusable'],
    ['vscode-remote://wsl/LCA.zip', linux, 'import/address-unusable'],
    ['file:LCA.zip', linux, 'import/address-unusable'],
    ['file:///media/a%2Fb.zip', linux, 'import/address-unusable'],
    ['file:///media/%00.zip', linux, 'import/address-unusable'],
    ['file:///media/%zz.zip', linux, 'import/address-unusable'],
    ['LCA.zip', linux, 'import/relative-path'],
    ['/packages', windows, 'import/relative-path'],
    ['\\\\?\\D:\\packages', windows, 'import/relative-path'],
  ];
  for (const [named, locating, code] of refusals) {
    it(`is refused for ${named} on ${locating.platform}: ${code}`, () => {
      assert.throws(() => locatePath(named, locating), (error) => isProductError(error, code));
    });
  }

  it('names the share that is not mounted', () => {
    assert.throws(() => locatePath('\\\\nowhere\\share\\a\\b', linux), (error) => isProductError(error) && error.args['share'] === '//nowhere/share');
  });

  it('holds for each file of a package in parts', () => {
    assert.deepEqual(
      locateSource({ method: 'parts', path: '//media/packages/a.zip', xml: 'file:///t/a.xml', apd: '/t/a.apd' }, linux),
      { method: 'parts', path: '/mnt/packages/a.zip', xml: '/t/a.xml', apd: '/t/a.apd' },
    );
  });
});
