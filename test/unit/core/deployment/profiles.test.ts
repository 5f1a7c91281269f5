import assert from 'node:assert/strict';
import { nothingSaid, type ApplicationObject, type DeployedPackage, type DeploymentInputs, type Installation } from '../../../../src/core/deployment/model';
import { lostSecrets, prefillInputs, restoreEdits, type PrefillSource } from '../../../../src/core/deployment/prefill';
import { isSameProduct, profilesOf } from '../../../../src/core/deployment/profiles';
import { checkReplaced, resolveReplaced } from '../../../../src/core/deployment/replacedDeployments';
import type { PackageSummary } from '../../../../src/core/packages/model';
import { sampleApplication, sampleDeployed, samplePackage } from '../../extension/sampleLists';
import { exampleInputs } from './examples';

const stored = ['9.0.1', '9.0.9', '9.0.10'].map((version) => samplePackage({ id: `p-${version}`, version }));
const identityOf = (item: PackageSummary) => ({ name: item.name, version: item.version, localeId: item.localeId, osGroup: item.osGroup, computerTypes: item.computerTypes });

function deployedAs(version: string, change: Partial<DeployedPackage> = {}): DeployedPackage {
  return sampleDeployed({ id: 'r1', packageId: `p-${version}`, package: { ...identityOf(stored[0]!), version }, ...change });
}

function installed(version: string, change: Partial<Installation> = {}): Installation {
  const { status: _, ...rest } = deployedAs(version);
  return { ...rest, id: `i-${version}`, deploymentId: `d-${version}`, replaced: [], ...change };
}

describe('isSameProduct', () => {
  const lca = { name: 'Local Control Agent', nickname: 'LCA', localeId: 'ENU', osGroup: 'linux' };

  it('goes by name or nickname, language and operating system', () => {
    assert.ok(isSameProduct(lca, { ...lca, name: 'Genesys Local Control Agent' }));
    assert.ok(isSameProduct(lca, { ...lca, nickname: undefined }));
    assert.ok(isSameProduct(lca, { ...lca, osGroup: 'Linux' }));
    assert.ok(!isSameProduct(lca, { ...lca, osGroup: 'windows' }));
    assert.ok(!isSameProduct(lca, { ...lca, localeId: 'FRA' }));
    assert.ok(!isSameProduct({ ...lca, nickname: '' }, { ...lca, name: 'Other', nickname: '' }));
  });
});

describe('what can take the place of a deployed package', () => {
  it('are higher versions of the product, as versions go, the highest first', () => {
    const others = [samplePackage({ id: 'x', name: 'Other', nickname: 'Other', version: '99' }), samplePackage({ id: 'y', version: '99', tenantId: 'other' }), samplePackage({ id: 'z', version: '99', localeId: 'FRA' })];
    assert.deepEqual(profilesOf(deployedAs('9.0.1'), [], [...stored, ...others]).upgrades.map(({ packageId }) => packageId), ['p-9.0.10', 'p-9.0.9']);
    assert.deepEqual(profilesOf(deployedAs('9.0.10'), [], stored).upgrades, []);
  });

  const rollBack = (present: string, history: readonly string[], change: Partial<DeployedPackage> = {}, packages = stored): unknown => {
    const found = profilesOf(deployedAs(present, change), history.map((version) => installed(version)), packages).rollBack;
    return found.possible ? [found.package.version, found.packageId, found.installation.deploymentId] : found.reason;
  };

  it('is, for a roll back, the version that was there before, however often it was installed', () => {
    assert.deepEqual(rollBack('9.0.10', ['9.0.10', '9.0.10', '9.0.9', '9.0.1']), ['9.0.9', 'p-9.0.9', 'd-9.0.9']);
    assert.equal(rollBack('9.0.1', ['9.0.1', '9.0.10']), 'nothing-before');
    assert.equal(rollBack('9.0.1', []), 'nothing-before');
  });

  it('goes back once more after a roll back, not forth again', () => {
    assert.deepEqual(rollBack('9.0.9', ['9.0.9', '9.0.10', '9.0.9', '9.0.1']), ['9.0.1', 'p-9.0.1', 'd-9.0.1']);
  });

  it('is the version that was to be replaced where the last deployment did not end well', () => {
    assert.deepEqual(rollBack('9.0.9', ['9.0.9', '9.0.1'], { status: 'failed' }), ['9.0.9', 'p-9.0.9', 'd-9.0.9']);
    assert.deepEqual(rollBack('9.0.9', ['9.0.9', '9.0.1'], { status: 'unknown' }), ['9.0.9', 'p-9.0.9', 'd-9.0.9']);
  });

  it('is nothing when the repository no longer has the package, and what was imported again when it has', () => {
    const without = stored.filter(({ version }) => version !== '9.0.9');
    assert.equal(rollBack('9.0.10', ['9.0.10', '9.0.9'], {}, without), 'package-gone');
    assert.deepEqual(rollBack('9.0.10', ['9.0.10', '9.0.9'], {}, [...without, { ...stored[1]!, id: 'again' }]), ['9.0.9', 'again', 'd-9.0.9']);
  });
});

describe('resolveReplaced', () => {
  const context = { package: stored[2]!, packages: stored, deployed: [deployedAs('9.0.1'), deployedAs('9.0.9', { id: 'r2', hostId: 'h2', applicationName: 'A' }), deployedAs('9.0.1', { id: 'r3', hostId: 'h2', applicationName: 'B' })], hostName: (id: string) => `name of ${id}` };
  const inputs = (change: Partial<DeploymentInputs>): DeploymentInputs => exampleInputs({ profile: 'upgrade', packageId: 'p-9.0.10', ...change });
  const codes = (change: Partial<DeploymentInputs>) => resolveReplaced(inputs(change), context).problems.map(({ hostId, problem }) => [hostId, problem.code]);

  it('finds the one deployed package of the product, and leaves its application object its name', () => {
    const { inputs: resolved, problems } = resolveReplaced(inputs({ hostIds: ['h1'] }), context);
    assert.deepEqual([resolved.replaces, resolved.hostApplications, problems], [[{ hostId: 'h1', deployedId: 'r1' }], [{ hostId: 'h1', name: 'LCA_eu-mcp-01' }], []]);
  });

  it('takes a name that was entered for the one to move to', () => {
    const { inputs: resolved } = resolveReplaced(inputs({ hostIds: ['h1'], applicationName: 'New_{host}' }), context);
    assert.deepEqual([resolved.applicationName, resolved.hostApplications], ['New_{host}', undefined]);
  });

  it('asks which one is meant where a host has several, unless the application object is named', () => {
    assert.deepEqual(codes({ hostIds: ['h2'] }), [['h2', 'deploy/several-deployed']]);
    assert.deepEqual(resolveReplaced(inputs({ hostIds: ['h2'], applicationName: 'B' }), context).inputs.replaces, [{ hostId: 'h2', deployedId: 'r3' }]);
    assert.deepEqual(resolveReplaced(inputs({ hostIds: ['h2'], replaces: [{ hostId: 'h2', deployedId: 'r2' }] }), context).inputs.replaces, [{ hostId: 'h2', deployedId: 'r2' }]);
  });

  it('says where there is nothing of the product, and where it was replaced since', () => {
    assert.deepEqual(codes({ hostIds: ['h1', 'h3'], replaces: [{ hostId: 'h1', deployedId: 'gone' }] }), [['h1', 'deploy/replaced-since'], ['h3', 'deploy/nothing-deployed']]);
    assert.deepEqual(codes({ hostIds: ['h1'], tenantId: 'other' }), [['h1', 'deploy/nothing-deployed']]);
    // What stands on another host is not taken for this one's.
    assert.deepEqual(codes({ hostIds: ['h3'], replaces: [{ hostId: 'h3', deployedId: 'r1' }] }), [['h3', 'deploy/replaced-since']]);
  });

  it('lets only higher versions upgrade, and only the version before roll back', () => {
    const present = deployedAs('9.0.9');
    const profiles = profilesOf(present, [installed('9.0.9'), installed('9.0.1')], stored);
    const check = (profile: 'upgrade' | 'rollBack', index: number) => checkReplaced(profile, stored[index]!, present, profiles)?.code;
    assert.deepEqual([0, 1, 2].map((index) => check('upgrade', index)), ['deploy/not-higher', 'deploy/not-higher', undefined]);
    assert.deepEqual([0, 1, 2].map((index) => check('rollBack', index)), [undefined, 'deploy/not-before', 'deploy/not-before']);
    assert.equal(checkReplaced('rollBack', stored[0]!, present, profilesOf(present, [], stored))?.code, 'deploy/nothing-before');
    assert.equal(checkReplaced('rollBack', stored[0]!, present, profilesOf(present, [installed('9.0.1')], stored.slice(1)))?.code, 'deploy/before-gone');
  });
});

describe('prefillInputs', () => {
  const entered = (change: Partial<DeploymentInputs>): DeploymentInputs => exampleInputs({ hostIds: ['h1', 'h2'], ...change });
  const source = (hostId: string, inputs: DeploymentInputs | undefined, change: Partial<PrefillSource> = {}): PrefillSource => ({
    deployed: deployedAs('9.0.1', { id: `r-${hostId}`, hostId }), installation: { applicationName: `LCA_${hostId}`, installPath: '/opt/lca' }, edits: [], ...(inputs && { inputs }), ...change,
  });

  it('has the hosts, what is replaced, the values of then and the folder, without a secret', () => {
    const inputs = entered({
      values: [{ section: 'LCA', key: 'UseGDA', value: 'NotUse' }], hostValues: [{ hostId: 'h2', section: 'LCA', key: 'TuneStartupFiles', value: 'no' }],
      secretKeys: [{ section: 'ConfigServer', key: 'Password' }], application: { tenantObject: 'T', port: '1', primaryServer: '', backupServer: '' }, skipReinstallation: true,
    });
    assert.deepEqual(prefillInputs('upgrade', { packageId: 'p2', tenantId: 'environment' }, [source('h1', inputs), source('h2', inputs)]), {
      packageId: 'p2', tenantId: 'environment', profile: 'upgrade', hostIds: ['h1', 'h2'],
      replaces: [{ hostId: 'h1', deployedId: 'r-h1' }, { hostId: 'h2', deployedId: 'r-h2' }],
      values: [{ section: 'LCA', key: 'UseGDA', value: 'NotUse' }, { section: 'IPCommon', key: 'InstallPath', value: '/opt/lca' }],
      hostValues: [{ hostId: 'h2', section: 'LCA', key: 'TuneStartupFiles', value: 'no' }],
      secretKeys: [{ section: 'ConfigServer', key: 'Password' }], applicationName: '',
      hostApplications: [{ hostId: 'h1', name: 'LCA_h1' }, { hostId: 'h2', name: 'LCA_h2' }], skipReinstallation: false,
    });
  });

  it('keeps apart what differs from host to host, also where two deployments installed them', () => {
    const one = entered({ hostIds: ['h1'], values: [{ section: 'IPCommon', key: 'InstallPath', value: '/opt/a' }, { section: 'X', key: 'y', value: '1' }] });
    const two = entered({ hostIds: ['h2'], values: [{ section: 'IPCommon', key: 'InstallPath', value: '/opt/b' }, { section: 'X', key: 'y', value: '1' }] });
    const { values, hostValues } = prefillInputs('upgrade', { packageId: 'p2', tenantId: 'environment' }, [source('h1', one), source('h2', two), source('h3', undefined)]);
    assert.deepEqual(values, []);
    assert.deepEqual(hostValues?.map(({ hostId, key, value }) => [hostId, key, value]), [['h1', 'InstallPath', '/opt/a'], ['h1', 'y', '1'], ['h2', 'InstallPath', '/opt/b'], ['h2', 'y', '1'], ['h3', 'InstallPath', '/opt/lca']]);
  });
});

describe('restoreEdits', () => {
  const field = (key: string, before: string, after: string) => ({ part: 'field' as const, section: '', key, before, after });
  const option = (key: string, before: string, after: string) => ({ part: 'options' as const, section: 'log', key, before, after });
  const present: ApplicationObject = { ...sampleApplication({ id: 'a1' }), ...nothingSaid, port: '6000', commandLine: './later', options: { log: { verbose: 'all', own: 'changed since' } } };

  it('gives back what installations since have replaced, in the order they did, but nothing that was changed after them', () => {
    const since = [
      { replaced: [field('port', '5000', '6000'), field('version', '2', '3'), option('own', 'before', 'after')] },
      { replaced: [field('port', '4000', '5000'), option('verbose', 'none', 'all'), field('workingDirectory', '/a', '/b')] },
    ];
    assert.deepEqual(restoreEdits(present, since, 'h1').map(({ hostId, key, value }) => [hostId, key, value]), [['h1', 'port', '4000'], ['h1', 'verbose', 'none']]);
  });

  it('gives back nothing where nothing was replaced', () => {
    assert.deepEqual(restoreEdits(present, [{ replaced: [] }], 'h1'), []);
  });

  it('gives back no secret that was taken out, but names it as long as nobody has entered one since', () => {
    const secret = { part: 'options' as const, section: 'db', key: 'password', before: '••••••••', after: '' };
    const emptied = { ...present, options: { db: { password: '' } } };
    assert.deepEqual(restoreEdits(emptied, [{ replaced: [secret] }], 'h1'), []);
    assert.deepEqual(lostSecrets(emptied, [{ replaced: [secret, option('verbose', 'none', '')] }, { replaced: [secret] }]), ['db/password']);
    assert.deepEqual(lostSecrets({ ...present, options: { db: { password: '••••••••' } } }, [{ replaced: [secret] }]), []);
  });
});
