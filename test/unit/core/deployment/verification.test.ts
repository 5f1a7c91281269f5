import { deepEqual } from 'node:assert/strict';
import { asExpected, expectedFiles, expectedOnWindows, parseFileList, sortFiles, summarizeVerification } from '../../../../src/core/deployment/verification';
import type { PackageFile } from '../../../../src/core/packages/model';

const file = (path: string, sha256 = `hash of ${path}`): PackageFile => ({ path, type: 'file', size: path.length, sha256 });

describe('what an installation is to have', () => {
  const index = [
    { path: 'ip', type: 'directory', size: 0 } as const, file('ip/install.sh'), file('ip/data.tar.gz'), file('ip/gunzip'), file('ip/genesys_silent.ini'), file('ip/ip_description.xml'),
    file('ip/uninstall/uninstall.sh'), file('ip/lib/a.so'), file('templates/X.apd'),
  ];
  const payload: readonly PackageFile[] = [
    file('product'), file('conf/product.conf'), file('ip_description.xml', 'an older one'), { path: 'twin', type: 'hardlink', size: 0, target: 'product' },
    { path: 'product_64', type: 'symlink', size: 0, target: 'product' }, { path: 'conf', type: 'directory', size: 0 },
  ];

  it('is its payload and what the installer copies beside it; other files of the package count where they are', () => {
    deepEqual(expectedFiles(index, 'ip', payload).map(({ path, sha256, from, sure }) => [path, sha256, from, sure]), [
      ['conf/product.conf', 'hash of conf/product.conf', 'payload', true],
      ['ip_description.xml', 'hash of ip/ip_description.xml', 'package', true],
      ['lib/a.so', 'hash of ip/lib/a.so', 'package', false],
      ['product', 'hash of product', 'payload', true],
      ['twin', 'hash of product', 'payload', true],
      ['uninstall/uninstall.sh', 'hash of ip/uninstall/uninstall.sh', 'package', true],
    ]);
    deepEqual(expectedFiles([file('ip_description.xml'), file('install.sh')], '', []).map(({ path }) => path), ['ip_description.xml'], 'an installer in the root of its package');
  });

  it('is told apart from what is missing on a host and what is extra there; a link of the package is not extra', () => {
    const present = parseFileList('./product\n./run.sh\n./conf/product.conf\n./product_64\n./odd\u0001name\n');
    const { compare, missing, extra } = sortFiles(expectedFiles(index, 'ip', payload), present, new Set(['product_64', 'conf', 'twin']));
    deepEqual(compare.map(({ path }) => path), ['conf/product.conf', 'product']);
    deepEqual(missing, ['ip_description.xml', 'twin', 'uninstall/uninstall.sh']);
    deepEqual(extra, ['odd\nname', 'run.sh']);
  });

  it('is of a package for Windows what lies open in it; its description is to be there, and names differ in more than their case', () => {
    const files = ['ip/Setup.exe', 'ip/setup.iss', 'ip/data1.cab', 'ip/Data1.hdr', 'ip/ISSetup.dll', 'ip/genesys_silent.ini', 'ip/IP_Description.xml', 'ip/conf/product.cfg', 'templates/X.apd'].map((path) => file(path));
    const expected = expectedOnWindows(files, 'ip');
    deepEqual(expected.map(({ path, sure }) => [path, sure]), [['IP_Description.xml', true], ['conf/product.cfg', false]]);
    const { compare, missing, extra } = sortFiles(expected, asExpected(new Set(['ip_description.xml', 'Conf/Product.cfg', 'gone.log']), expected));
    deepEqual([compare.map(({ path }) => path), missing, extra], [['IP_Description.xml', 'conf/product.cfg'], [], ['gone.log']]);
  });

  it('differs by what is changed or missing, not by what is extra', () => {
    const found = { at: '2026-11-22T10:15:41.870Z', by: 'anna@desk', compared: 3, changed: ['a'], missing: ['b', 'c'], extra: ['run.sh'], extraCount: 1 };
    deepEqual(summarizeVerification(found), { at: found.at, by: 'anna@desk', differing: 3 });
  });
});
