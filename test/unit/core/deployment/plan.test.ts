import assert from 'node:assert/strict';
import { deploymentSteps } from '../../../../src/core/deployment/model';
import { applicationNameFor, planDeployment, type PlanSubject } from '../../../../src/core/deployment/plan';
import type { PackageFacts } from '../../../../src/core/deployment/facts';
import { exampleFacts, exampleFolder, exampleInputs, examplePackage, exampleSubject } from './examples';

describe('planDeployment', () => {
  it('plans every step in order, with what it will do', () => {
    const plan = planOne();
    assert.deepEqual(plan.steps.map(({ step }) => step), deploymentSteps);
    assert.deepEqual(plan.steps.find(({ step }) => step === 'install'), {
      step: 'install', folder: '/var/tmp/gax-packages/d1/package/ip',
      command: './install.sh -s -fr /var/tmp/gax-packages/d1/silent.ini -fl /var/tmp/gax-packages/d1/result.log',
    });
    assert.deepEqual(plan.steps.find(({ step }) => step === 'transfer'), { step: 'transfer', into: '/var/tmp/gax-packages/d1/package', as: 'archive', bytes: 50e6 });
    assert.equal(plan.installPath, '/opt/genesys/lca');
    assert.deepEqual(plan.problems, []);
  });

  it('sends an archive that gzip made hardly smaller as a plain tar, which a host unpacks in a fraction of the time', () => {
    const transfer = (change: Partial<PackageFacts>) => planOne(change).steps.find(({ step }) => step === 'transfer');
    const into = '/var/tmp/gax-packages/d1/package';
    assert.deepEqual(transfer({ archiveSize: 52.1e6 }), { step: 'transfer', into, as: 'archive', bytes: 52.1e6 });
    assert.deepEqual(transfer({ archiveSize: 52.3e6 }), { step: 'transfer', into, as: 'tar', bytes: 60e6 });
    assert.deepEqual(transfer({ archiveFormat: 'zip', archiveSize: 20e6 }), { step: 'transfer', into, as: 'tar', bytes: 60e6 });
    assert.deepEqual(transfer({ archiveFormat: 'tar', archiveSize: 59e6 }), { step: 'transfer', into, as: 'tar', bytes: 59e6 });
  });

  it('names the application after nickname and host unless a name is given', () => {
    assert.equal(applicationNameFor('', 'LCA', 'eu-sip-04'), 'LCA_eu-sip-04');
    assert.equal(applicationNameFor('Agent of {host}', 'LCA', 'eu-sip-04'), 'Agent of eu-sip-04');
  });

  it('leaves out a host that has the application only when reinstallation is to be skipped', () => {
    assert.equal(planOne({}, {}, { applicationExists: true }).skip, undefined);
    assert.equal(planOne({}, { skipReinstallation: true }, { applicationExists: false }).skip, undefined);
    assert.equal(planOne({}, { skipReinstallation: true }, { applicationExists: true }).skip, 'application-exists');
  });

  it('adds up the needs of folders on one file system, the wrapper’s copy in /tmp too', () => {
    const plan = planOne();
    assert.deepEqual(plan.space, [{ mount: '/', folders: ['/var/tmp/gax-packages', '/tmp', '/opt/genesys/lca'], needed: 170e6, free: 1e9 }]);
  });

  it('finds too little space on the one file system that lacks it', () => {
    const facts = exampleFacts({ temporary: exampleFolder('/tmp', { mount: '/tmp', free: 2e6 }) });
    assert.deepEqual(planOne({}, {}, { facts }).problems, [{ code: 'deploy/disk-full', args: { host: 'eu-sip-04', folder: '/tmp', needed: 55, free: 2 } }]);
  });

  it('needs no staging space for content that an earlier attempt left there', () => {
    const facts = exampleFacts({ leftovers: [{ deploymentId: 'd0', sha256: 'aa' }], staging: exampleFolder('/var/tmp/gax-packages', { mount: '/var', free: 1e6 }) });
    assert.deepEqual(planOne({}, {}, { facts }).problems, []);
  });

  it('fills in the application name where the package asks for one and nobody gave it', () => {
    const silentIni = '[ConfigServer]\nHost=<host>\nApplicationName=<name>\n';
    assert.deepEqual(valuesOf(planOne({ silentIni })), [{ section: 'ConfigServer', key: 'ApplicationName', value: 'LCA_eu-sip-04' }]);
    const values = [{ section: 'ConfigServer', key: 'ApplicationName', value: 'Mine' }];
    assert.deepEqual(valuesOf(planOne({ silentIni }, { values })), values);
    assert.deepEqual(valuesOf(planOne({ silentIni: '[IPCommon]\nInstallPath=/opt/x\n' })), []);
  });

  const wrongHosts: readonly (readonly [string, string, Partial<PackageFacts>, Parameters<typeof exampleFacts>[0]])[] = [
    ['another operating system', 'deploy/wrong-system', { identity: { ...examplePackage().identity, osGroup: 'windows' } }, {}],
    ['a 64-bit package on a 32-bit host', 'deploy/wrong-system', {}, { system: { osGroup: 'linux', architecture: 'i686', bits: 32, release: 'CentOS 6' } }],
    ['another processor', 'deploy/wrong-system', {}, { system: { osGroup: 'linux', architecture: 'aarch64', bits: 64, release: 'Debian 12' } }],
    ['a release below every listed one', 'deploy/wrong-release', { supportedSystems: [{ name: 'Red Hat Enterprise Linux', version: '9' }, { name: 'CentOS', version: '8.10' }] }, {}],
    ['a release below those listed for the computer that it is', 'deploy/wrong-release', {
      identity: { ...examplePackage().identity, computerTypes: ['Intel 32 bit', 'Intel EM64T'] },
      supportedSystems: [{ name: 'Red Hat Enterprise Linux', version: '7', computerType: 'Sparc 64 bit' }, { name: 'Red Hat Enterprise Linux', version: '9', computerType: 'Intel EM64T' }],
    }, {}],
    ['a package for both widths of another processor', 'deploy/wrong-system', { identity: { ...examplePackage().identity, computerTypes: ['Sparc 32 bit', 'Sparc 64 bit'] } }, {}],
    ['no 32-bit loader where only the 32-bit computer fits', 'deploy/loader-missing', { identity: { ...examplePackage().identity, computerTypes: ['Intel 32 bit', 'Sparc 64 bit'] } }, { loader32: false }],
    ['a missing program', 'deploy/tools-missing', {}, { missingTools: ['tar'] }],
    ['no 32-bit loader for a 32-bit package', 'deploy/loader-missing', { identity: { ...examplePackage().identity, computerTypes: ['Intel 32 bit'] } }, { loader32: false }],
    ['noexec on /tmp', 'deploy/noexec', {}, { temporary: exampleFolder('/tmp', { noexec: true }) }],
    ['a target without write rights', 'deploy/not-writable', {}, { target: { ...exampleFolder('/opt/genesys/lca', { existing: '/opt', writable: false }), filled: false, backups: [] } }],
    ['a file in the way of the target', 'deploy/not-a-folder', {}, { target: { ...exampleFolder('/opt/genesys/lca', { existing: '/opt', blocked: true }), filled: false, backups: [] } }],
    ['a staging folder of someone else', 'deploy/foreign-folder', {}, { staging: exampleFolder('/var/tmp/gax-packages', { foreign: true }) }],
    ['a staging folder whose real path holds a blank', 'deploy/blank-in-path', {}, { staging: exampleFolder('/var/tmp/gax-packages', { real: '/data/my disk/gax' }) }],
    ['an installer that still runs', 'deploy/installer-running', {}, { installers: [{ deploymentId: 'd0', pid: 4711 }] }],
    ['programs that run from the target', 'deploy/programs-running', {}, { processes: [{ pid: 4711, program: '/opt/genesys/lca/lca' }] }],
    ['another product in the target', 'deploy/other-product', {}, { target: { ...exampleFolder('/opt/genesys/lca'), filled: true, backups: [], installed: { name: 'Media Control Platform', nickname: 'vpMediaControl', version: '9.0.046.06' } } }],
  ];
  for (const [what, code, packageChange, hostChange] of wrongHosts) {
    it(`refuses ${what}`, () => {
      assert.deepEqual(planOne(packageChange, {}, { facts: exampleFacts(hostChange) }).problems.map((problem) => problem.code), [code]);
    });
  }

  it('finds nothing in the way where an earlier attempt of the same deployment still installs', () => {
    const facts = exampleFacts({ installers: [{ deploymentId: 'd1', pid: 4711 }], processes: [{ pid: 4712, program: '/opt/genesys/lca/setup' }] });
    assert.deepEqual(planOne({}, {}, { facts }).problems, []);
  });

  it('accepts a release that reaches one of the listed ones, and one that cannot be told', () => {
    const supportedSystems = [{ name: 'Red Hat Enterprise Linux', version: '8.6.0' }, { name: 'CentOS', version: '9' }];
    assert.deepEqual(planOne({ supportedSystems }).problems, []);
    const { releaseVersion: _, ...unknown } = exampleFacts({});
    assert.deepEqual(planOne({ supportedSystems }, {}, { facts: unknown }).problems, []);
  });

  it('accepts an earlier version of the same product in the target, and a new staging folder below one of somebody else', () => {
    const target = { ...exampleFolder('/opt/genesys/lca'), filled: true, backups: [], installed: { name: 'Local Control Agent', nickname: 'lca', version: '8.1.0' } };
    const staging = exampleFolder('/var/tmp/gax-packages', { existing: '/var/tmp' });
    assert.deepEqual(planOne({}, {}, { facts: exampleFacts({ target, staging }) }).problems, []);
  });
});

function planOne(packageChange: Partial<PackageFacts> = {}, inputChange: Parameters<typeof exampleInputs>[0] = {}, subject: Partial<PlanSubject> = {}) {
  return planDeployment(exampleInputs(inputChange), examplePackage(packageChange), [exampleSubject(subject)])[0]!;
}

function valuesOf(plan: ReturnType<typeof planOne>) {
  const step = plan.steps.find((planned) => planned.step === 'silentIni');
  return step?.step === 'silentIni' ? step.values : undefined;
}
