import assert from 'node:assert/strict';
import { configServersOfGax, gaxApplicationsOn } from '../../../../src/core/configuration/gaxApplication';
import { checkInputs } from '../../../../src/core/deployment/checkInputs';
import type { PackageFacts } from '../../../../src/core/deployment/facts';
import type { DeploymentInputs } from '../../../../src/core/deployment/model';
import { gaxDirectoryIn, planDeployment, stepOf } from '../../../../src/core/deployment/plan';
import { planWarnings } from '../../../../src/core/deployment/planWarnings';
import { completePlugIn, gaxDirectoryKey, plugInOf, samePlace } from '../../../../src/core/deployment/plugIn';
import { nothingSaid, plugInSteps, type ApplicationObject } from '../../../../src/core/deployment/model';
import { exampleFacts, exampleFolder, exampleInputs, examplePackage, exampleSubject } from './examples';

const gax: ApplicationObject = {
  ...nothingSaid, id: 'g1', name: 'GAX_one', tenantId: 'environment', hostId: 'h1', type: 184, version: '9.0', workingDirectory: '/opt/gax', commandLine: './gax', commandLineArguments: '',
  tenantObject: 'Environment', port: '', primaryServer: 'confserv', backupServer: '', state: 'enabled',
};
const silentIni = '[IPCommon]\nInstallPath=/opt/plug-in\n[gaxarm]\nGAX_Directory=/opt/genesys/gax\n';
const plugIn: PackageFacts = examplePackage({
  plugIn: true, nickname: 'gaxarm', silentIni, identity: { name: 'Audio Resources plug-in', version: '9.0.000.12', localeId: 'ENU', osGroup: 'linux', computerTypes: ['Intel EM64T'] },
});
const onWindows: PackageFacts = { ...plugIn, identity: { ...plugIn.identity, osGroup: 'windows' }, silentIni: '[IPCommon]\nInstallPath=C:\\GCTI\\arm\n' };
const directory = (value: string) => ({ section: 'gaxarm', key: 'GAX_Directory', value });

describe('the GAX application objects of a host', () => {
  const old = { ...gax, id: 'g2', type: 107, commandLine: './launcher', workingDirectory: '/opt/x' };
  const cases: readonly (readonly [what: string, objects: readonly ApplicationObject[], found: readonly string[]])[] = [
    ['are those of type Genesys Administrator Server', [gax, { ...gax, name: 'URS', type: 15 }], ['GAX_one']],
    ['are only those of this host that are not planned', [{ ...gax, hostId: 'h2' }, { ...gax, state: 'planned' }], []],
    ['are Generic Servers that name GAX, where there is no other', [{ ...old, name: 'gax_old' }, { ...old, name: 'LCA' }, { ...old, name: 'A', workingDirectory: '/opt/genesys/GAX' }], ['gax_old', 'A']],
    ['are no Generic Servers where there is a Genesys Administrator Server', [{ ...old, name: 'gax_old' }, gax], ['GAX_one']],
    ['are several, where there are', [gax, { ...gax, name: 'GAX_two' }], ['GAX_one', 'GAX_two']],
  ];
  for (const [what, objects, found] of cases) it(what, () => assert.deepEqual(gaxApplicationsOn(objects, 'h1').map(({ name }) => name), found));

  it('lend their Configuration Servers to others', () => assert.deepEqual(configServersOfGax([gax]), { primaryServer: 'confserv', backupServer: '' }));
});

describe('a plug-in', () => {
  it('is told apart by its nickname, and names its GAX directory in its own section on Linux alone', () => {
    assert.deepEqual([plugInOf(plugIn), plugInOf({ ...plugIn, nickname: '' }), plugInOf(examplePackage())], ['gaxarm', 'Audio Resources plug-in', undefined]);
    const keyOf = (facts: PackageFacts) => gaxDirectoryKey({ ...facts, ...facts.identity });
    assert.deepEqual([keyOf(plugIn), keyOf({ ...plugIn, silentIni: '' }), keyOf({ ...plugIn, silentIni: '[ARM]\nGAX_Directory=\n' })?.section, keyOf(onWindows)], [
      { section: 'gaxarm', key: 'GAX_Directory' }, { section: 'gaxarm', key: 'GAX_Directory' }, 'ARM', undefined,
    ]);
  });

  it('goes into the only GAX of each host, its directory taken from there', () => {
    const { inputs, problems } = complete({ hostIds: ['h1', 'h2'] }, [gax, { ...gax, hostId: 'h2', name: 'GAX_two', workingDirectory: '/srv/gax' }]);
    assert.deepEqual([inputs.hostApplications, problems], [[{ hostId: 'h1', name: 'GAX_one' }, { hostId: 'h2', name: 'GAX_two' }], []]);
    assert.deepEqual(inputs.hostValues, [{ hostId: 'h1', ...directory('/opt/gax') }, { hostId: 'h2', ...directory('/srv/gax') }]);
  });

  it('keeps a GAX directory that was entered, for all hosts or for one', () => {
    assert.equal(complete({ values: [directory('/opt/mine')] }).inputs.hostValues, undefined);
    const own = [{ hostId: 'h1', ...directory('/opt/own') }];
    assert.deepEqual(complete({ values: [directory('/opt/mine')], hostValues: own }).inputs.hostValues, own);
  });

  it('goes where the deployed plug-in is, whatever GAX is called by now', () => {
    const moved = { ...gax, name: 'GAX_moved' };
    const inputs = exampleInputs({ profile: 'upgrade', hostApplications: [{ hostId: 'h1', name: 'GAX_one' }] });
    const { inputs: completed, problems } = completePlugIn(inputs, { package: asPackage(plugIn), applications: [moved, { ...gax, id: 'g2' }], hostName: (id) => id, present: () => moved });
    assert.deepEqual([completed.hostApplications, problems], [[{ hostId: 'h1', name: 'GAX_moved' }], []]);
  });

  const refused: readonly (readonly [what: string, change: Partial<DeploymentInputs>, objects: readonly ApplicationObject[], code: string])[] = [
    ['a host without GAX', {}, [], 'plugIn/no-gax'],
    ['several GAX of which none is named', {}, [gax, { ...gax, name: 'GAX_two' }], 'plugIn/several-gax'],
    ['an object that is none of GAX', { applicationName: 'URS' }, [gax, { ...gax, name: 'URS', type: 15 }], 'plugIn/not-gax'],
    ['a GAX directory that was emptied', { values: [directory('  ')] }, [gax], 'plugIn/gax-directory-missing'],
    ['no GAX directory at all', {}, [{ ...gax, workingDirectory: '' }], 'plugIn/gax-directory-missing'],
    ['a GAX directory that is no absolute path', { values: [directory('gax')] }, [gax], 'plugIn/gax-directory-relative'],
  ];
  for (const [what, change, objects, code] of refused) {
    it(`refuses ${what}`, () => assert.deepEqual(complete(change, objects).problems.map(({ hostId, problem }) => [hostId, problem.code]), [['h1', code]]));
  }

  it('takes a Generic Server that a person names, and one of several GAX', () => {
    const generic = { ...gax, name: 'old', type: 107, commandLine: '', workingDirectory: '/opt/old' };
    assert.deepEqual(complete({ applicationName: 'old' }, [generic]).inputs.hostApplications, [{ hostId: 'h1', name: 'old' }]);
    assert.deepEqual(complete({ applicationName: 'GAX_two' }, [gax, { ...gax, name: 'GAX_two' }]).inputs.hostApplications, [{ hostId: 'h1', name: 'GAX_two' }]);
  });

  it('refuses what plug-ins do not have, and a plug-in path that is GAX itself', () => {
    const codes = (change: Partial<DeploymentInputs>, facts = plugIn) =>
      checkInputs(exampleInputs(change), { package: facts, hasInstaller: true, hosts: [{ id: 'h1', name: 'eu-gax-01' }] }, 'en').filter(({ severity }) => severity === 'error').map(({ code }) => code);
    assert.deepEqual(codes({}), []);
    assert.deepEqual(codes({ application: { tenantObject: '', port: '1', primaryServer: '', backupServer: '' } }), ['plugIn/not-asked']);
    assert.deepEqual(codes({ skipReinstallation: true, application: { tenantObject: '', port: '', primaryServer: '', backupServer: '' } }), ['plugIn/not-asked']);
    assert.deepEqual(codes({ applicationEdits: [{ part: 'field', section: '', key: 'port', value: '1' }, { part: 'options', section: 'arm', key: 'x', value: '1' }] }), ['plugIn/not-asked']);
    assert.deepEqual(codes({ hostValues: [{ hostId: 'h1', ...directory('/opt/plug-in/') }] }), ['plugIn/path-is-gax']);
    assert.ok(samePlace('/opt//gax/', '/opt/gax') && !samePlace('/opt/gax', '/opt/gax2') && !samePlace('/opt/gax', '/opt/GAX'));
  });

  it('is refused over GAX itself on Windows as well, where the application object alone says where that is', () => {
    const at = (workingDirectory: string) => completePlugIn(exampleInputs(), {
      package: asPackage(onWindows), applications: [{ ...gax, workingDirectory }], hostName: (id) => id, present: () => undefined,
    }).problems.map(({ problem }) => problem.code);
    assert.deepEqual([at('c:/gcti/ARM/'), at('C:\\GCTI\\gax'), at('')], [['plugIn/path-is-gax'], [], []]);
  });

  it('is planned with a step more, for which the host is asked about the GAX directory', () => {
    const inputs = exampleInputs({ hostValues: [{ hostId: 'h1', ...directory('/opt/gax') }], hostApplications: [{ hostId: 'h1', name: 'GAX_one' }] });
    const locked = exampleFacts({ target: { ...exampleFolder('/opt/plug-in'), filled: false, backups: [] }, gax: { directory: '/opt/gax', hasLibrary: true, writable: false } });
    const [plan] = planDeployment(inputs, plugIn, [exampleSubject({ merges: true, facts: locked })]);
    assert.deepEqual([plan?.steps.map(({ step }) => step), plan?.applicationName], [plugInSteps, 'GAX_one']);
    assert.equal(plan && gaxDirectoryIn(plan), '/opt/gax');
    assert.deepEqual(plan?.problems.map(({ code, args }) => [code, args['folder']]), [['deploy/not-writable', '/opt/gax/webapp/WEB-INF/lib']]);
    const [windows] = planDeployment(exampleInputs(), onWindows, [exampleSubject({ merges: true })]);
    assert.deepEqual([windows && stepOf(windows, 'plugIn'), windows?.installPath], [{ step: 'plugIn' }, 'C:\\GCTI\\arm']);
  });

  it('warns of a directory that is not GAX’s, and says nothing of where and how old GAX itself is', () => {
    const [plan] = planDeployment(exampleInputs(), plugIn, [exampleSubject({ merges: true })]);
    assert.ok(plan);
    const warn = (hasLibrary: boolean) => planWarnings({
      host: 'eu-gax-02', inputs: { profile: 'install' }, package: plugIn, plan, existing: gax, merged: gax, facts: exampleFacts({ gax: { directory: '/opt/x', hasLibrary, writable: hasLibrary } }),
    });
    assert.deepEqual([warn(true), warn(false)], [[], [{ code: 'plugIn/not-gax-directory', args: { host: 'eu-gax-02', path: '/opt/x' } }]]);
  });

  function complete(change: Partial<DeploymentInputs> = {}, applications: readonly ApplicationObject[] = [gax]) {
    return completePlugIn(exampleInputs(change), { package: asPackage(plugIn), applications, hostName: (id) => `host ${id}`, present: () => undefined });
  }

  function asPackage({ identity, nickname, silentIni: file }: PackageFacts) {
    return { ...identity, nickname, silentIni: file };
  }
});
