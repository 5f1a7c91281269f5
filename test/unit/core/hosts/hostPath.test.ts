import assert from 'node:assert/strict';
import fc from 'fast-check';
import { childPath, isHostFolder, isWindowsPath, plainFolder } from '../../../../src/core/hosts/hostPath';

describe('paths of hosts', () => {
  it('are joined in the manner of their own system', () => {
    assert.equal(childPath('/var/tmp/gax', 'd-1', 'package/ip'), '/var/tmp/gax/d-1/package/ip');
    assert.equal(childPath('C:\\ProgramData\\gax', 'd-1', 'package/ip'), 'C:\\ProgramData\\gax\\d-1\\package\\ip');
    assert.deepEqual([childPath('C:\\', 'gax'), childPath('/', 'gax'), childPath('/srv/', 'a', ''), childPath('D:\\a')], ['C:\\gax', '/gax', '/srv/a', 'D:\\a']);
  });

  it('lose what stands at their end by mistake', () => {
    assert.deepEqual(['/srv/gax//', '/', 'C:/gax/', 'C:\\\\gax\\', 'C:\\'].map(plainFolder), ['/srv/gax', '/', 'C:\\gax', 'C:\\gax', 'C:\\']);
  });

  it('can hold what a deployment keeps where no program takes them apart', () => {
    for (const good of ['/var/tmp/gax-packages', '/', '/srv/é', 'C:\\ProgramData\\gax-packages', 'd:/gax', 'C:\\', 'C:\\Ünï\\a.b', 'C:\\gax\\']) assert.ok(isHostFolder(good), good);
    for (const bad of [
      '', 'gax', '~/gax', '/a b', '\\gax', 'C:gax', '\\\\nas\\gax', 'C:\\Program Files', "C:\\it's", 'C:\\a"b', 'C:\\%TEMP%', 'C:\\a&b', 'C:\\a(b)', 'C:\\a^b', 'C:\\a!b', 'C:\\a;b', 'C:\\a,b',
      'C:\\a:b', 'C:\\a*', 'C:\\..\\x', 'C:\\.', 'C:\\a.', `C:\\${'x'.repeat(300)}`,
    ]) assert.ok(!isHostFolder(bad), bad);
    const word = fc.stringMatching(/^[^\s\u0000/]{1,20}$/);
    fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (names) => isHostFolder(`/${names.join('/')}`) && !isWindowsPath(`/${names.join('/')}`)));
  });
});
