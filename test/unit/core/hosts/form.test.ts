import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import * as v from 'valibot';
import { checkHostForm, firstProblem, hostFormOf, isSameHost, readHostForm, splitAddress, type HostForm } from '../../../../src/core/hosts/form';
import { describeHostProblem } from '../../../../src/core/text/hostText';
import { hostSettings } from '../../../../src/protocol/service';
import { anyText } from '../../../support/anyText';

const right: HostForm = { name: 'eu-mcp-01', address: '10.20.4.31', port: '22', user: 'genesys', signIn: 'agent', keyFile: '', installAs: 'default', installUser: '', stagingFolder: '', lockFolder: '', tags: '', tenantId: '' };

/** Texts as people and intruders enter them. */
const text = fc.oneof(
  fc.constantFrom('', ' ', 'eu-mcp-01', '-oProxyCommand=x', 'a b', 'a/b', 'a\\b', 'fe80::1%eth0', '/var/tmp', '/var/tmp/with blank', 'relative', '~/.ssh/id', 'C:\\keys\\id', '0', '22', '65535', '65536', '1e3', '0x16', 'é', 'a\u0000b', 'x'.repeat(300)),
  fc.string({ maxLength: 20 }), anyText({ maxLength: 8 }),
);
const form = fc.record<HostForm>({
  name: text, address: text, port: text, user: text, signIn: fc.constantFrom('sshConfig', 'agent', 'key', 'password'), keyFile: text,
  installAs: fc.constantFrom('default', 'loginUser', 'sudo', 'sudoPassword', 'su'), installUser: text, stagingFolder: text, lockFolder: text, tags: text, tenantId: fc.constant(''),
});

describe('the form of a host', () => {
  it('has nothing wrong with right values, of every way to sign in', () => {
    for (const change of [{}, { signIn: 'password' }, { signIn: 'key', keyFile: '~/.ssh/id_ed25519' }, { signIn: 'key', keyFile: 'C:\\keys\\id' }, { stagingFolder: '/srv/staging', lockFolder: '/srv/lock' }] as const) {
      deepEqual(checkHostForm({ ...right, ...change }, ['other']), {});
    }
  });

  it('names each wrong field with its reason', () => {
    const cases: readonly (readonly [Partial<HostForm>, object])[] = [
      [{ name: '' }, { name: 'nameWrong' }], [{ name: 'two words' }, { name: 'nameWrong' }], [{ name: 'OTHER' }, { name: 'nameTaken' }],
      [{ address: 'user@host' }, { address: 'addressWrong' }], [{ address: '-oProxyCommand=x' }, { address: 'addressWrong' }],
      [{ port: '' }, {}], [{ port: '0' }, { port: 'portWrong' }], [{ port: '65536' }, { port: 'portWrong' }], [{ port: '2 2' }, { port: 'portWrong' }], [{ port: '1e3' }, { port: 'portWrong' }],
      [{ user: '' }, {}], [{ installAs: 'su', installUser: '' }, { installUser: 'userWrong' }], [{ installAs: 'sudo', installUser: '-u' }, { installUser: 'userWrong' }], [{ installAs: 'loginUser', installUser: '-u' }, {}], [{ user: 'a b' }, { user: 'userWrong' }],
      [{ signIn: 'key', keyFile: '' }, { keyFile: 'keyFileWrong' }], [{ signIn: 'key', keyFile: 'id_rsa' }, { keyFile: 'keyFileWrong' }], [{ signIn: 'agent', keyFile: 'id_rsa' }, {}],
      [{ stagingFolder: 'tmp' }, { stagingFolder: 'folderWrong' }], [{ lockFolder: '/a b' }, { lockFolder: 'folderWrong' }],
      [{ tags: 'production, emea' }, {}], [{ tags: 'x'.repeat(65) }, { tags: 'tagsWrong' }], [{ tags: Array.from({ length: 51 }, (_, i) => `t${i}`).join(' ') }, { tags: 'tagsWrong' }],
    ];
    for (const [change, problems] of cases) deepEqual(checkHostForm({ ...right, ...change }, ['other']), problems, JSON.stringify(change));
  });

  it('goes to the first wrong field in the order of the page', () => {
    equal(firstProblem(checkHostForm({ ...right, lockFolder: 'x', port: 'x', user: '' }, [])), 'port');
    equal(firstProblem({}), undefined);
  });

  it('says what is wrong in both languages', () => {
    equal(describeHostProblem('en', 'portWrong'), 'Enter a number from 1 to 65535, or nothing.');
    equal(describeHostProblem('fr', 'portWrong'), 'Saisissez un nombre de 1 à 65535, ou rien.');
    equal(describeHostProblem('en', undefined), undefined);
  });

  it('lets nothing pass that the service would refuse', () => {
    fc.assert(fc.property(form, (entered) => {
      if (firstProblem(checkHostForm(entered, [])) !== undefined) return;
      const checked = v.safeParse(hostSettings, readHostForm(entered));
      equal(checked.success, true, JSON.stringify(checked.issues?.map((issue) => issue.message)));
    }), { numRuns: 3000 });
  });

  it('keeps settings as they are on the way into a form and back', () => {
    fc.assert(fc.property(form, (entered) => {
      if (firstProblem(checkHostForm(entered, [])) !== undefined) return;
      const settings = readHostForm(entered);
      deepEqual(readHostForm(hostFormOf(settings)), settings);
      equal(isSameHost(settings, readHostForm(hostFormOf(settings))), true);
    }), { numRuns: 1000 });
    equal(isSameHost(readHostForm(right), readHostForm({ ...right, port: '23' })), false);
  });

  it('takes an address apart that was entered with its port', () => {
    deepEqual(splitAddress({ ...right, address: '10.0.0.1:2222' }), { ...right, address: '10.0.0.1', port: '2222' });
    deepEqual(splitAddress({ ...right, address: '[fe80::1]:2022' }), { ...right, address: 'fe80::1', port: '2022' });
    for (const address of ['10.0.0.1', 'fe80::1', 'host:0', 'nonsense:']) equal(splitAddress({ ...right, address }).address, address);
  });
});
