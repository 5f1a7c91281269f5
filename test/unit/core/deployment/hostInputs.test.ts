import assert from 'node:assert/strict';
import { checkInputs } from '../../../../src/core/deployment/checkInputs';
import { inputsForHost } from '../../../../src/core/deployment/hostInputs';
import type { DeploymentInputs } from '../../../../src/core/deployment/model';
import { planDeployment, stepOf } from '../../../../src/core/deployment/plan';
import { exampleInputs, examplePackage, exampleSubject } from './examples';

const path = (value: string) => ({ section: 'IPCommon', key: 'InstallPath', value });
const ownPath = (hostId: string, value: string) => ({ hostId, ...path(value) });

describe('inputs of single hosts', () => {
  it('win over what holds for all: values by key, the application by its name', () => {
    const inputs = exampleInputs({
      hostIds: ['h1', 'h2'], applicationName: 'LCA_{host}', values: [path('/opt/all'), { section: 'LCA', key: 'UseGDA', value: 'Use' }],
      hostValues: [ownPath('h2', '/opt/two')], hostApplications: [{ hostId: 'h2', name: 'LCA_two' }, { hostId: 'h1', name: ' ' }],
    });
    assert.deepEqual(inputsForHost(inputs, 'h1').values, inputs.values);
    assert.equal(inputsForHost(inputs, 'h1').applicationName, 'LCA_{host}');
    assert.deepEqual(inputsForHost(inputs, 'h2').values, [{ section: 'LCA', key: 'UseGDA', value: 'Use' }, path('/opt/two')]);
    assert.equal(inputsForHost(inputs, 'h2').applicationName, 'LCA_two');

    const plans = planDeployment(inputs, examplePackage(), [exampleSubject(), exampleSubject({ hostId: 'h2', hostName: 'eu-sip-05' })]);
    assert.deepEqual(plans.map((plan) => [plan.applicationName, plan.installPath]), [['LCA_eu-sip-04', '/opt/all'], ['LCA_two', '/opt/two']]);
    assert.deepEqual(stepOf(plans[1]!, 'silentIni').values.find(({ key }) => key === 'InstallPath')?.value, '/opt/two');
  });

  it('are checked for their host; what is wrong for all is said once', () => {
    const wrong = { section: 'LCA', key: 'UseGDA', value: 'Perhaps' };
    assert.deepEqual(problems({ values: [path('/opt/all'), wrong], hostValues: [ownPath('h2', 'opt/two')] }), [
      'silentIni.value-not-allowed UseGDA for all', 'silentIni.install-path-relative InstallPath for h2',
    ]);
  });

  it('leave what is missing for all alone when every host has its own', () => {
    assert.deepEqual(problems({ hostValues: [ownPath('h1', '/opt/one'), ownPath('h2', '/opt/two')] }), []);
    assert.deepEqual(problems({ hostValues: [ownPath('h1', '/opt/one')] }), ['silentIni.placeholder InstallPath for all']);
  });

  it('must hold no secret either', () => {
    assert.deepEqual(problems({ values: [path('/opt/all')], options: [{ section: 'log', key: 'password', value: 'x' }, { section: 'log', key: 'verbose', value: 'all' }] }), ['deploy/secret-option password for all']);
    assert.deepEqual(problems({ values: [path('/opt/all')], hostValues: [{ hostId: 'h1', section: 'Database', key: 'Password', value: 'x' }] }), ['deploy/secret-as-value Password for h1']);
  });
});

it('a package that wants its license accepted asks for it', () => {
  const inputs = exampleInputs({ values: [path('/opt/all')] });
  const context = { package: examplePackage({ licenseNeeded: true }), hasInstaller: true, hosts: [{ id: 'h1', name: 'a' }] };
  assert.deepEqual(checkInputs(inputs, context, 'en').map(({ severity, section, key }) => [severity, section, key]), [['error', 'License', 'LicenseAgreement']]);
  const accepted = exampleInputs({ values: [path('/opt/all'), { section: 'License', key: 'LicenseAgreement', value: 'Accepted' }] });
  assert.deepEqual(checkInputs(accepted, context, 'en'), []);
});

function problems(change: Partial<DeploymentInputs>): string[] {
  const context = {
    package: examplePackage({ silentIni: '[IPCommon]\nInstallPath=<path>\n[LCA]\nUseGDA=NotUse\n[Database]\nPassword=\n' }), hasInstaller: true,
    hosts: [{ id: 'h1', name: 'a' }, { id: 'h2', name: 'b' }],
  };
  return checkInputs(exampleInputs({ hostIds: ['h1', 'h2'], ...change }), context, 'en')
    .filter(({ severity }) => severity === 'error').map(({ code, key, hostId = 'all' }) => `${code} ${key ?? ''} for ${hostId}`);
}
