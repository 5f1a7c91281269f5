import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { valuesOf } from '../../../src/core/configuration/applicationValue';
import { nothingSaid, type ApplicationObject, type DeploymentInputs } from '../../../src/core/deployment/model';
import { describeFact } from '../../../src/core/text/deploymentText';
import { isProductError } from '../../../src/core/errors';
import { environmentTenant, type PackageSummary } from '../../../src/core/packages/model';
import { defaultArchiveLimits } from '../../../src/service/archive/archive';
import { createImportManager } from '../../../src/service/importing/importManager';
import { archiveImport } from '../../support/archiveImport';
import { gaxSamples } from '../../support/samplePackages/gaxSamples';
import { samples, type Sample } from '../../support/samplePackages/samples';
import { writeSample } from '../../support/samplePackages/writeSample';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { assertNothingLeft, noQuestions, type DeployFixture, type TestHost } from './support/fixture';
import { useDeployHost } from './support/useDeployHost';

describe('plug-ins of GAX, on a real host', function () {
  this.timeout(60_000);
  const folder = useTemporaryFolder();
  let fixture: DeployFixture;
  let host: TestHost;

  useDeployHost(folder, (parts) => {
    ({ fixture, host } = parts);
  });

  const library = (directory: string): string => join(directory, 'webapp', 'WEB-INF', 'lib');
  const plugInPath = (): string => join(folder(), 'plugin');
  const gaxDirectory = (): string => join(folder(), 'gax');

  it('copies the files into the GAX directory, adds new options alone, and is recorded beside GAX itself', async () => {
    const gax = await installGax();
    const before = await onlyApplication();
    const added = await importSample(samples.plugIn);
    const { state, hosts: [run] } = await (await fixture.start(plugInInputs(added))).ended;
    assert.equal(state, 'complete', fixture.log.join('\n'));
    assert.deepEqual([run?.applicationName, run?.filesToCopy], [before.name, undefined]);
    assert.deepEqual(readdirSync(library(gaxDirectory())).sort(), ['gax-core.jar', 'gax-sample-export.jar', 'gax-sample-reporting.jar']);
    assertNothingLeft({ ...host, target: plugInPath() });

    const after = await onlyApplication();
    const options = { ...before.options, reporting: { 'refresh-interval': '30', 'maximum-rows': '5000' }, 'reporting.export': { format: 'csv' } };
    assert.deepEqual(after, { ...before, options });

    const records = await fixture.repository.listDeployedPackages();
    assert.deepEqual(records.map((one) => [one.package.name, one.applicationId, one.plugIn, one.status, one.installPath]).sort(), [
      [samples.plugIn.description.name, before.id, 'gaxSampleRpt', 'complete', plugInPath()],
      [gax.name, before.id, undefined, 'complete', gaxDirectory()],
    ].sort());
    assert.equal((await fixture.repository.listInstallations(before.id)).length, 1);
    assert.equal((await fixture.repository.listInstallations(before.id, 'gaxSampleRpt')).length, 1);
  });

  it('installs into a wrong GAX directory too, and says everywhere what to copy where', async () => {
    await installGax();
    const wrong = join(folder(), 'elsewhere');
    mkdirSync(wrong);
    const inputs = plugInInputs(await importSample(samples.plugIn), { gaxDirectory: wrong });
    const [planned] = (await plan(inputs)).hosts;
    assert.deepEqual(planned?.problems, []);
    assert.deepEqual(planned.warnings, [{ code: 'plugIn/not-gax-directory', args: { host: 'eu-sip-04', path: wrong } }]);
    assert.deepEqual(planned.plugIn, { added: 2, stay: 8, gax: { directory: wrong, hasLibrary: false } });

    const run = await fixture.start(inputs);
    const [ended] = (await run.ended).hosts;
    const expected = { from: plugInPath(), files: ['lib/gax-sample-export.jar', 'lib/gax-sample-reporting.jar'], gaxDirectory: gaxDirectory() };
    assert.equal(ended?.state, 'complete', fixture.log.join('\n'));
    assert.deepEqual(ended.filesToCopy, expected);
    const [record] = (await fixture.repository.listDeployedPackages()).filter(({ plugIn }) => plugIn !== undefined);
    assert.deepEqual([record?.status, record?.filesToCopy], ['complete', expected]);
    assert.deepEqual(readdirSync(library(gaxDirectory())), ['gax-core.jar']);
    assert.ok(existsSync(join(plugInPath(), 'lib', 'gax-sample-export.jar')));
    const told = (await fixture.events(run.id)).flatMap((event) => (event.type === 'fact' && event.name === 'filesNotCopied' ? [describeFact('en', event.name, event.value, event.args)] : []));
    assert.deepEqual(told, [`Installed, but its files are not in GAX: copy 2 files from ${plugInPath()} to ${gaxDirectory()}/webapp/WEB-INF/lib, then restart GAX`]);

    // The same again with the right directory leaves nothing to do.
    const again = await (await fixture.start(plugInInputs(await onlyPlugIn()))).ended;
    assert.equal(again.hosts[0]?.filesToCopy, undefined);
    assert.deepEqual((await fixture.repository.listDeployedPackages()).map(({ filesToCopy }) => filesToCopy), [undefined, undefined]);
  });

  it('asks which one where a host has several GAX applications, and refuses a host with none', async () => {
    const added = await importSample(samples.plugIn);
    assert.deepEqual(await problemsOf(plugInInputs(added)), ['plugIn/no-gax']);
    await addGax('GAX_one');
    assert.deepEqual(await problemsOf(plugInInputs(added)), []);
    await addGax('GAX_two');
    assert.deepEqual(await problemsOf(plugInInputs(added)), ['plugIn/several-gax']);
    assert.deepEqual(await problemsOf(plugInInputs(added, { applicationName: 'URServer' })), ['plugIn/not-gax']);
    await assert.rejects(fixture.start(plugInInputs(added)), (error) => isProductError(error, 'deploy/inputs'));

    mkdirSync(library(gaxDirectory()), { recursive: true });
    const { state, hosts: [run] } = await (await fixture.start(plugInInputs(added, { applicationName: 'GAX_two' }))).ended;
    assert.deepEqual([state, run?.applicationName, run?.filesToCopy], ['complete', 'GAX_two', undefined], fixture.log.join('\n'));
    const objects = await fixture.repository.listApplications();
    assert.deepEqual(objects.map(({ name, options }) => [name, Object.keys(options)]), [['GAX_one', []], ['GAX_two', ['reporting', 'reporting.export']]]);
  });

  it('takes the working directory of the GAX application object for the GAX directory, and changes nothing else of it', async () => {
    await addGax('GAX_one');
    mkdirSync(library(gaxDirectory()), { recursive: true });
    const added = await importSample(samples.plugIn);
    const run = await fixture.start(plugInInputs(added, { gaxDirectory: null }));
    assert.equal((await run.ended).hosts[0]?.filesToCopy, undefined, fixture.log.join('\n'));
    assert.deepEqual(readdirSync(library(gaxDirectory())).sort(), ['gax-sample-export.jar', 'gax-sample-reporting.jar']);
    const { hostValues } = await fixture.repository.getDeploymentInputs(run.id);
    assert.deepEqual(hostValues, [{ hostId: host.host.id, section: 'gaxSampleRpt', key: 'GAX_Directory', value: gaxDirectory() }]);

    const refused = plugInInputs(added, { application: { tenantObject: '', port: '4711', primaryServer: '', backupServer: '' }, skipReinstallation: true });
    assert.deepEqual(await problemsOf(refused), ['plugIn/not-asked', 'plugIn/not-asked']);
    const overGax = plugInInputs(added, { gaxDirectory: plugInPath() });
    assert.deepEqual(await problemsOf(overGax), ['plugIn/path-is-gax']);
  });

  it('upgrades and rolls back: options that the newer version has are added, none is removed or changed', async () => {
    await installGax();
    const added = await importSample(samples.plugIn);
    await (await fixture.start(plugInInputs(added))).ended;
    const newer = await importSample(gaxSamples.plugInNewer);
    const deployed = async () => (await fixture.repository.listDeployedPackages()).find(({ plugIn }) => plugIn !== undefined);
    const upgraded = await (await fixture.start(await fixture.manager.prefill('upgrade', newer.id, [(await deployed())?.id ?? '']))).ended;
    assert.equal(upgraded.state, 'complete', fixture.log.join('\n'));
    assert.equal((await deployed())?.package.version, '9.0.002.01');
    const { options, version } = await onlyApplication();
    assert.deepEqual([version, options['reporting'], options['reporting.export']], ['9.0.000.15', { 'refresh-interval': '30', 'maximum-rows': '5000', columns: '12' }, { format: 'csv' }]);
    assert.match(readFileSync(join(library(gaxDirectory()), 'gax-sample-reporting.jar'), 'utf8'), /9\.0\.002\.01/);

    const back = await (await fixture.start(await fixture.manager.prefill('rollBack', added.id, [(await deployed())?.id ?? '']))).ended;
    assert.equal(back.state, 'complete', fixture.log.join('\n'));
    assert.deepEqual([(await deployed())?.package.version, (await onlyApplication()).options], ['9.0.001.12', options]);
    assert.match(readFileSync(join(library(gaxDirectory()), 'gax-sample-reporting.jar'), 'utf8'), /9\.0\.001\.12/);
  });

  it('runs only while the GAX directory is what the plan saw, and plans a plug-in for Windows without one', async () => {
    await installGax();
    const inputs = plugInInputs(await importSample(samples.plugIn));
    const made = await plan(inputs);
    assert.deepEqual(made.hosts[0]?.plugIn?.gax, { directory: gaxDirectory(), hasLibrary: true, version: '9.0.000.15' });
    rmSync(library(gaxDirectory()), { recursive: true });
    const { hosts: [run] } = await (await fixture.start(inputs, { plan: [made.hash] })).ended;
    assert.deepEqual([run?.state, run?.error?.code, run?.error?.args['what']], ['failed', 'deploy/host-changed', 'gaxDirectory']);

    const onWindows = await importSample(gaxSamples.plugInWindows);
    const [planned] = (await plan({ ...plugInInputs(onWindows, { gaxDirectory: null }), values: [] })).hosts;
    assert.deepEqual(planned?.plugIn, { added: 0, stay: 8 });
    assert.equal(planned.silentIni, '[IPCommon]\r\nInstallPath=C:\\GCTI\\gax-sample-reporting\r\n');
  });

  function plugInInputs(
    added: PackageSummary, { gaxDirectory: directory = gaxDirectory(), ...change }: Partial<DeploymentInputs> & { readonly gaxDirectory?: string | null } = {},
  ): DeploymentInputs {
    return fixture.inputs(added, [host], {
      values: [
        { section: 'IPCommon', key: 'InstallPath', value: plugInPath() },
        ...(directory === null ? [] : [{ section: 'gaxSampleRpt', key: 'GAX_Directory', value: directory }]),
      ],
      ...change,
    });
  }

  async function plan(inputs: DeploymentInputs) {
    return await fixture.manager.plan(inputs, noQuestions, new AbortController().signal);
  }

  async function problemsOf(inputs: DeploymentInputs): Promise<readonly string[]> {
    return (await fixture.manager.check(inputs, 'en')).filter(({ severity }) => severity === 'error').map(({ code }) => code);
  }

  async function installGax(): Promise<PackageSummary> {
    const added = await importSample(gaxSamples.gax);
    const { state } = await (await fixture.start(fixture.inputs(added, [host], { values: [{ section: 'IPCommon', key: 'InstallPath', value: gaxDirectory() }] }))).ended;
    assert.equal(state, 'complete', fixture.log.join('\n'));
    return added;
  }

  async function onlyApplication(): Promise<ApplicationObject> {
    const [application, ...others] = await fixture.repository.listApplications();
    assert.ok(application);
    assert.deepEqual(others, []);
    assert.ok(valuesOf(application).length > 0);
    return application;
  }

  async function onlyPlugIn(): Promise<PackageSummary> {
    const [added] = (await fixture.repository.listPackages()).filter(({ kind }) => kind === 'plug-in');
    assert.ok(added);
    return added;
  }

  async function addGax(name: string): Promise<void> {
    await fixture.repository.saveApplication({
      ...nothingSaid, id: `a-${name}`, name, tenantId: environmentTenant.id, hostId: host.host.id, type: 184, version: '9.0.000.15', workingDirectory: gaxDirectory(),
      commandLine: './product', commandLineArguments: '', tenantObject: 'Environment', port: '8080', primaryServer: '', backupServer: '', state: 'enabled',
    });
  }

  async function importSample(sample: Sample): Promise<PackageSummary> {
    const imports = createImportManager({ repository: fixture.repository, limits: defaultArchiveLimits, log: fixture.parts.log });
    const record = await imports.wait((await imports.start(archiveImport(await writeSample(sample, join(folder(), 'media'))))).id);
    assert.equal(record.state, 'complete', JSON.stringify(record.error));
    const summary = (await fixture.repository.listPackages()).find((each) => each.id === record.packageId);
    assert.ok(summary);
    return summary;
  }
});
