import { deepEqual } from 'node:assert/strict';
import { findPackages, parsePackageReference } from '../../../../src/core/packages/reference';

describe('a reference to a package', () => {
  it('is a name, or a name and a version after the last @', () => {
    deepEqual(parsePackageReference(' LCA '), { name: 'LCA' });
    deepEqual(parsePackageReference('Local Control Agent@8.5.100.37'), { name: 'Local Control Agent', version: '8.5.100.37' });
    deepEqual(parsePackageReference('me@home'), { name: 'me@home' });
    deepEqual(parsePackageReference('me@home@9.0.1'), { name: 'me@home', version: '9.0.1' });
    deepEqual(parsePackageReference('@8.5'), { name: '@8.5' });
  });

  it('stands for all packages of that nickname or full name in any case, or those of one version', () => {
    const packages = [
      { name: 'Local Control Agent', nickname: 'LCA', version: '8.5.100.31' },
      { name: 'Local Control Agent', nickname: 'LCA', version: '8.5.100.37' },
      { name: 'Media Control Platform', nickname: 'vpMediaControl', version: '9.0.046.06' },
    ];
    const versions = (text: string): string[] => findPackages(packages, parsePackageReference(text)).map((item) => item.version);
    deepEqual(versions('lca'), ['8.5.100.31', '8.5.100.37']);
    deepEqual(versions('LOCAL CONTROL AGENT@8.5.100.37'), ['8.5.100.37']);
    deepEqual(versions('VPMEDIACONTROL'), ['9.0.046.06']);
    deepEqual(versions('Local'), []);
    deepEqual(versions('LCA@8.5.100'), []);
  });
});
