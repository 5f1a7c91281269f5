import assert from 'node:assert/strict';
import { checkInputs, silentIniForm, type InputContext } from '../../../../src/core/deployment/checkInputs';
import type { DeploymentInputs } from '../../../../src/core/deployment/model';
import { mask } from '../../../../src/core/text/mask';
import { exampleInputs, examplePackage } from './examples';

const silentIni = '[IPCommon]\nInstallPath=<path>\n[ConfigServer]\nHost=<host>\nPort=2020\nUser=installer\nPassword=\nApplicationName=<name>\n[LCA]\nMCP_Schedule= 00:00\n';
const installPath = { section: 'IPCommon', key: 'InstallPath', value: '/opt/genesys/lca' };
const configHost = { section: 'ConfigServer', key: 'Host', value: 'cs.example.com' };

describe('checkInputs', () => {
  it('accepts what is complete; the application name fills itself in, and what is odd about the vendor’s file is no error', () => {
    assert.deepEqual(errorsOf({ values: [installPath, configHost] }), []);
  });

  const wrong: readonly (readonly [string, Partial<DeploymentInputs>, Partial<InputContext>, readonly string[]])[] = [
    ['a placeholder that nobody replaced', { values: [installPath] }, {}, ['silentIni.placeholder [ConfigServer] Host']],
    ['a value that the installer refuses', { values: [{ ...installPath, value: 'opt/lca' }, configHost] }, {}, ['silentIni.install-path-relative [IPCommon] InstallPath']],
    ['a key in the wrong case', { values: [installPath, configHost, { section: 'IPCommon', key: 'installpath', value: '/x' }] }, {}, ['silentIni.key-case [IPCommon] installpath']],
    ['a secret as a plain value', { values: [installPath, configHost, { section: 'ConfigServer', key: 'Password', value: 'x' }] }, {}, ['deploy/secret-as-value [ConfigServer] Password']],
    ['a key given twice', { values: [installPath, configHost], secretKeys: [configHost] }, {}, ['deploy/value-twice [ConfigServer] Host']],
    ['a key that no file can hold', { values: [installPath, configHost, { section: 'LCA', key: 'a=b', value: 'c' }] }, {}, ['format/silent-ini-value [LCA] a=b']],
    ['a host that is not there', { values: [installPath, configHost] }, { hosts: [undefined] }, ['deploy/host-unknown']],
    ['a host chosen twice', { values: [installPath, configHost], hostIds: ['h1', 'h1'] }, { hosts: [{ id: 'h1', name: 'a' }, { id: 'h1', name: 'a' }] }, ['deploy/host-twice']],
    ['what stands against replacing', { values: [installPath, configHost], profile: 'upgrade' }, { replacing: [{ hostId: 'h1', problem: { code: 'deploy/not-higher', args: {} } }] }, ['deploy/not-higher']],
    ['a value that no application object has', { values: [installPath, configHost], applicationEdits: [{ part: 'field', section: '', key: 'version', value: '9' }, { part: 'options', section: '', key: 'x', value: '9' }] }, {}, ['deploy/application-value', 'deploy/application-value']],
    ['a secret in the application object', { values: [installPath, configHost], applicationEdits: [{ part: 'annex', section: 'x', key: 'password', value: '9' }] }, {}, ['deploy/secret-option']],
    ['a package without installer', { values: [installPath, configHost] }, { hasInstaller: false }, ['deploy/installer-missing']],
    ['a release without silent mode', { values: [installPath, configHost] }, { package: examplePackage({ silentIni, identity: { ...examplePackage().identity, version: '7.2.100.01' } }) }, ['deploy/no-silent-mode']],
  ];
  for (const [what, inputs, context, expected] of wrong) {
    it(`finds ${what}`, () => assert.deepEqual(errorsOf(inputs, context), expected));
  }

  it('takes a secret key for answered, and warns of a host whose system was another one', () => {
    const problems = check({ values: [installPath, configHost], secretKeys: [{ section: 'ConfigServer', key: 'Password' }] }, {
      hosts: [{ id: 'h1', name: 'a', system: { osGroup: 'windows', architecture: 'x86_64', bits: 64, release: 'Windows Server 2019' } }],
    });
    assert.deepEqual(problems.map(({ code, severity }) => [code, severity]), [['deploy/host-system', 'warning']]);
  });

  it('speaks the reader’s language', () => {
    const [problem] = checkInputs(exampleInputs({ hostIds: ['h1', 'h1'] }), { package: examplePackage(), hasInstaller: true, hosts: [{ id: 'h1', name: 'a' }, { id: 'h1', name: 'a' }] }, 'fr');
    assert.equal(problem?.message, 'a est choisi deux fois. Choisissez chaque hôte une seule fois.');
  });
});

describe('silentIniForm', () => {
  it('offers the keys of the package’s file with the values so far, secrets never', () => {
    const { fields, preview } = silentIniForm(examplePackage({ silentIni: silentIni.replace('Password=', 'Password=vendor-secret') }), [installPath], 'en');
    assert.deepEqual(fields.find(({ key }) => key === 'InstallPath')?.value, '/opt/genesys/lca');
    assert.deepEqual([fields.find(({ key }) => key === 'Password')?.secret, fields.find(({ key }) => key === 'Password')?.value], [true, '']);
    assert.ok(preview.includes('InstallPath=/opt/genesys/lca\n') && preview.includes(`Password=${mask}\n`) && !preview.includes('vendor-secret'));
  });
});

function check(inputs: Partial<DeploymentInputs>, context: Partial<InputContext> = {}) {
  return checkInputs(exampleInputs(inputs), { package: examplePackage({ silentIni }), hasInstaller: true, hosts: [{ id: 'h1', name: 'a' }], ...context }, 'en');
}

function errorsOf(inputs: Partial<DeploymentInputs>, context: Partial<InputContext> = {}): string[] {
  return check(inputs, context).filter(({ severity }) => severity === 'error').map(({ code, section, key }) => (key === undefined ? code : `${code} [${section ?? ''}] ${key}`));
}
