import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deploymentSteps } from '../../../src/core/deployment/model';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { addExamplePackage, type Behaviour } from './support/examplePackage';
import { assertNothingLeft, assertOnlyPackageKept, type DeployFixture, type TestHost } from './support/fixture';
import { useDeployHost } from './support/useDeployHost';

describe('a deployment to a real host', () => {
  const folder = useTemporaryFolder();
  let fixture: DeployFixture;
  let host: TestHost;

  useDeployHost(folder, (parts) => {
    ({ fixture, host } = parts);
  });

  for (const format of ['tar.gz', 'zip'] as const) {
    it(`installs a ${format}: files, record and application object are there, nothing else is left`, async () => {
      const added = await addExamplePackage(fixture.repository, { format });
      const run = await fixture.start(fixture.inputs(added, [host]));
      const deployment = await run.ended;

      assert.equal(deployment.state, 'complete', fixture.log.join('\n') + JSON.stringify(deployment.hosts));
      assert.deepEqual(readdirSync(host.target).sort(), ['data.txt', 'ip_description.xml', 'run.sh']);
      assert.equal(readFileSync(join(host.target, 'data.txt'), 'utf8'), 'content of 9.0.001.02\n');
      assertNothingLeft(host);

      const [record] = await fixture.repository.listDeployedPackages();
      assert.deepEqual([record?.hostName, record?.applicationName, record?.status, record?.installPath, record?.deploymentId],
        ['eu-sip-04', 'Example_eu-sip-04', 'complete', host.target, deployment.id]);
      const [application] = await fixture.repository.listApplications();
      assert.deepEqual([application?.type, application?.version, application?.workingDirectory, application?.commandLine, application?.state],
        [7, '9.0.001.02', host.target, './example', 'enabled']);
      assert.equal(application?.commandLineArguments, '-host cs.example.com -port 2020 -app "Example_eu-sip-04"');
      assert.deepEqual(application.options, { log: { verbose: 'all' } });
    });
  }

  it('stores every step in order, and the installer’s output line by line', async () => {
    const added = await addExamplePackage(fixture.repository);
    const run = await fixture.start(fixture.inputs(added, [host]));
    await run.ended;
    const events = await fixture.events(run.id);
    assert.deepEqual(events.map((event) => event.sequence), events.map((_, i) => i + 1));
    assert.deepEqual(events.flatMap((event) => (event.type === 'stepStarted' ? [event.step] : [])), deploymentSteps);
    assert.deepEqual(events.flatMap((event) => (event.type === 'stepDone' ? [event.step] : [])), deploymentSteps);
    assert.ok(events.some((event) => event.type === 'output' && event.stream === 'stdout' && event.text === `Installing into ${host.target}`));
    assert.ok(events.some((event) => event.type === 'output' && event.stream === 'stderr' && event.text.startsWith('Connecting with password')));
    const hostRun = (await fixture.manager.get(run.id)).hosts[0];
    assert.deepEqual([hostRun?.state, hostRun?.percent, hostRun?.left], ['complete', 100, []]);
  });

  it('keeps what an application object says when it is installed again, and adds what is new', async () => {
    const first = await addExamplePackage(fixture.repository);
    await (await fixture.start(fixture.inputs(first, [host]))).ended;
    const [before] = await fixture.repository.listApplications();
    await fixture.repository.saveApplication({ ...before!, commandLine: './mine', options: { log: { verbose: 'none' } } });
    const template = '<metaData><cfgApplication type="7"><configuration><options><section name="log"><parameter name="verbose"><format default="all"/></parameter>'
      + '<parameter name="segment"><format default="1000"/></parameter></section></options></configuration></cfgApplication></metaData>';
    const second = await addExamplePackage(fixture.repository, { version: '9.0.002.00', files: { 'templates/Example_900.xml': template } });
    const deployment = await (await fixture.start(fixture.inputs(second, [host]))).ended;

    assert.equal(deployment.state, 'complete');
    const applications = await fixture.repository.listApplications();
    assert.equal(applications.length, 1);
    assert.deepEqual(applications[0]?.options, { log: { verbose: 'none', segment: '1000' } });
    assert.deepEqual([applications[0].commandLine, applications[0].version], ['./mine', '9.0.002.00']);
    const events = await fixture.events(deployment.id);
    assert.ok(events.some((event) => event.type === 'fact' && event.name === 'installed' && event.value === 'Example Server 9.0.001.02'));
    assert.ok(events.some((event) => event.type === 'fact' && event.name === 'backup' && /\/target\/backup_[\d_-]+$/.test(event.value)), 'names the backup');
    assert.equal((await fixture.repository.listDeployedPackages()).length, 1);
  });

  it('leaves out a host that has the application when reinstallation is to be skipped', async () => {
    const added = await addExamplePackage(fixture.repository);
    await (await fixture.start(fixture.inputs(added, [host]))).ended;
    const deployment = await (await fixture.start(fixture.inputs(added, [host], { skipReinstallation: true }))).ended;
    assert.deepEqual([deployment.state, deployment.hosts[0]?.state, deployment.hosts[0]?.reason], ['complete', 'skipped', 'application-exists']);
  });

  const failures: readonly (readonly [Behaviour, string, Readonly<Record<string, unknown>>])[] = [
    ['error', 'deploy/installer-error', { message: 'Host name here was not found in Configuration Server.' }],
    ['silentDeath', 'deploy/installer-ended', { code: 3 }],
    ['killed', 'deploy/installer-ended', { code: 137 }],
  ];
  for (const [behaviour, code, args] of failures) {
    it(`reports an installer that ends with “${behaviour}” in its own words, and takes back what it planned`, async () => {
      const added = await addExamplePackage(fixture.repository);
      const deployment = await (await fixture.start(fixture.inputs(added, [host], { behaviour }))).ended;
      const [run] = deployment.hosts;
      assert.deepEqual([deployment.state, run?.state, run?.step, run?.error?.code], ['failed', 'failed', 'result', code]);
      for (const [name, value] of Object.entries(args)) assert.equal(run?.error?.args[name], value);
      assert.deepEqual(run?.left, []);
      assert.deepEqual(await fixture.repository.listApplications(), []);
      assert.deepEqual(await fixture.repository.listDeployedPackages(), []);
      assertOnlyPackageKept(host, deployment);
    });
  }

  it('trusts the result log before the exit code', async () => {
    const added = await addExamplePackage(fixture.repository);
    const deployment = await (await fixture.start(fixture.inputs(added, [host], { behaviour: 'contradiction' }))).ended;
    assert.equal(deployment.state, 'complete');
  });

  it('trusts the exit code where there is no result log', async () => {
    const added = await addExamplePackage(fixture.repository);
    const deployment = await (await fixture.start(fixture.inputs(added, [host], { behaviour: 'noLog' }))).ended;
    assert.equal(deployment.state, 'complete');
  });

  it('says that an earlier version is marked when its replacement fails', async () => {
    const added = await addExamplePackage(fixture.repository);
    await (await fixture.start(fixture.inputs(added, [host]))).ended;
    await (await fixture.start(fixture.inputs(added, [host], { behaviour: 'error' }))).ended;
    const [record] = await fixture.repository.listDeployedPackages();
    assert.deepEqual([record?.package.version, record?.status], ['9.0.001.02', 'failed']);
  });

  it('limits a flood of output and says how much was left out', async () => {
    const added = await addExamplePackage(fixture.repository);
    const deployment = await (await fixture.start(fixture.inputs(added, [host], { behaviour: 'flood' }))).ended;
    assert.equal(deployment.state, 'complete');
    const events = await fixture.events(deployment.id);
    const lines = events.filter((event) => event.type === 'output').length;
    assert.ok(lines >= 2000 && lines < 6000, `${lines} lines`);
    const leftOut = events.flatMap((event) => (event.type === 'fact' && event.name === 'outputLeftOut' ? [Number(event.value)] : []));
    assert.ok(leftOut.length > 0 && leftOut.every((bytes) => bytes > 0));
  });

  it('refuses a host before anything is changed: programs that run from the target, another product in it', async () => {
    const added = await addExamplePackage(fixture.repository);
    mkdirSync(host.target, { recursive: true });
    writeFileSync(join(host.target, 'ip_description.xml'), readFileSync(await otherDescription(folder())));
    const deployment = await (await fixture.start(fixture.inputs(added, [host]))).ended;
    assert.equal(deployment.hosts[0]?.error?.code, 'deploy/other-product');
    assert.equal(deployment.hosts[0].error.args['installed'], 'Other Server 1.0');
    assertNothingLeft(host);
  });

  it('refuses a package of another system at the host', async () => {
    const added = await addExamplePackage(fixture.repository, { osGroup: 'aix', files: { 'ip/extra': 'x' } });
    const deployment = await (await fixture.start(fixture.inputs(added, [host]))).ended;
    assert.deepEqual([deployment.hosts[0]?.step, deployment.hosts[0]?.error?.code], ['check', 'deploy/wrong-system']);
    assert.ok(!existsSync(host.staging) && !existsSync(host.lock));
  });

  it('to a protected host begins only once it is confirmed, whatever client asks, until its tag is protected no more', async () => {
    const { repository } = fixture;
    const edited = await repository.editHost(host.host.id, { ...host.host, tags: ['Production', 'emea'] });
    assert.deepEqual([edited.tags, edited.protectedBy], [['emea', 'Production'], ['Production']]);
    const added = await addExamplePackage(repository);
    const inputs = fixture.inputs(added, [host]);
    for (const confirmed of [undefined, [], ['production'], ['another']]) {
      await assert.rejects(fixture.start(inputs, { confirmed }), { code: 'deploy/not-confirmed', args: { package: 'Example Server 9.0.001.02', n: 1, hosts: 'eu-sip-04', phrase: 'eu-sip-04' } });
    }
    assert.deepEqual(await repository.listDeployments(), []);
    assert.equal((await (await fixture.start(inputs, { confirmed: ['eu-sip-04'] })).ended).state, 'complete');

    assert.deepEqual(await repository.protectTags(['core', 'CORE']), ['core']);
    assert.deepEqual((await repository.getHost(host.host.id)).protectedBy, []);
    assert.equal((await (await fixture.start(inputs)).ended).state, 'complete');
  });

  it('refuses to start with inputs that are wrong, and changes nothing', async () => {
    const added = await addExamplePackage(fixture.repository);
    const values = [{ section: 'Example', key: 'behaviour', value: 'ok' }];
    await assert.rejects(fixture.start(fixture.inputs(added, [host], { values })), { code: 'deploy/inputs', args: { package: 'Example Server 9.0.001.02', n: 1, fields: '[Example] behaviour' } });
    assert.deepEqual(await fixture.repository.listDeployments(), []);
  });

  it('unpacks with the archive’s modes into folders only the user may enter, and shows progress by bytes', async () => {
    const added = await addExamplePackage(fixture.repository);
    const progress: number[] = [];
    const run = await fixture.start(fixture.inputs(added, [host], { behaviour: 'slow' }));
    fixture.manager.follow(run.id, { onEvents: () => undefined, onProgress: ({ bytesDone, bytesTotal }) => progress.push(bytesDone / bytesTotal) });
    await run.seen((event) => event.type === 'output', 'output of the installer');
    const deploymentFolder = join(host.staging, run.id);
    assert.equal(statSync(host.staging).mode & 0o777, 0o700);
    assert.equal(statSync(deploymentFolder).mode & 0o777, 0o700);
    assert.equal(statSync(join(deploymentFolder, 'silent.ini')).mode & 0o777, 0o600);
    assert.equal(statSync(join(deploymentFolder, 'package/ip/install.sh')).mode & 0o777, 0o755);
    assert.equal(statSync(join(deploymentFolder, 'package/ip/data.txt')).mode & 0o777, 0o644);
    writeFileSync(join(deploymentFolder, 'package/go-on'), '');
    assert.equal((await run.ended).state, 'complete');
    assert.equal(progress.at(-1), 1);
    assertNothingLeft(host);
  });
});

function otherDescription(folder: string): Promise<string> {
  const file = join(folder, 'other.xml');
  writeFileSync(file, '<InstallationPackage><Product><Release Version="1.0"/><Name><Long>Other Server</Long><Nickname>Other</Nickname></Name><Language LocaleId="ENU"/></Product><Platforms OSGroupName="linux"/></InstallationPackage>');
  return Promise.resolve(file);
}
