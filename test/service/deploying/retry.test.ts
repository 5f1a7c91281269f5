import assert from 'node:assert/strict';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageSummary } from '../../../src/core/packages/model';
import type { Sshd } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { assertNothingLeft, assertOnlyPackageKept, noQuestions, type DeployFixture, type TestHost } from './support/fixture';
import { useDeployHostWithPackage } from './support/useDeployHost';

const asked = { acceptNewHostKey: true, questions: noQuestions, startedBy: 'bob@desk' };

describe('a failed host that is tried again', () => {
  const folder = useTemporaryFolder();
  let sshd: Sshd;
  let fixture: DeployFixture;
  let host: TestHost;
  let added: PackageSummary;
  useDeployHostWithPackage(folder, (parts) => {
    ({ sshd, fixture, host, added } = parts);
  });

  it('is sent nothing again after a failed installation, and nothing but the package waits for it', async () => {
    const failed = await failAtResult();
    assertOnlyPackageKept(host, failed);
    rmSync(`${host.target}.broken`);
    const resumed = await (await fixture.resume(failed.id)).ended;
    assert.deepEqual([resumed.state, resumed.hosts[0]?.kept, resumed.hosts[0]?.left], ['complete', undefined, []]);
    const events = await fixture.events(failed.id);
    assert.deepEqual(sendings(events), ['archive']);
    assert.ok(events.some((event) => event.type === 'stepSkipped' && event.step === 'transfer' && event.reason === 'equal-content'));
    assertNothingLeft(host);
  });

  it('goes on where it failed also in its second and third attempt', async () => {
    const failed = await failAtResult();
    const again = await (await fixture.resume(failed.id)).ended;
    assert.deepEqual([again.hosts[0]?.state, again.hosts[0]?.step], ['failed', 'result']);
    assertOnlyPackageKept(host, again);
    rmSync(`${host.target}.broken`);
    assert.equal((await (await fixture.resume(failed.id)).ended).state, 'complete');
    assert.deepEqual(sendings(await fixture.events(failed.id)), ['archive']);
  });

  it('still says what is kept when it cannot be reached, and takes it up when it can', async () => {
    const failed = await failAtResult();
    await fixture.repository.editHost(host.host.id, { ...host.host, port: 1 });
    const unreached = await (await fixture.resume(failed.id)).ended;
    assert.deepEqual([unreached.hosts[0]?.step, unreached.hosts[0]?.kept], ['connect', join(host.host.stagingFolder, failed.id)]);
    await fixture.repository.editHost(host.host.id, { ...host.host, port: sshd.port });
    rmSync(`${host.target}.broken`);
    assert.equal((await (await fixture.resume(failed.id)).ended).state, 'complete');
    assert.deepEqual(sendings(await fixture.events(failed.id)), ['archive']);
    assertNothingLeft(host);
  });

  it('finds what it kept where its staging folder was, though another one is set now', async () => {
    const failed = await failAtResult();
    await fixture.repository.editHost(host.host.id, { ...host.host, stagingFolder: join(folder(), 'elsewhere') });
    rmSync(`${host.target}.broken`);
    assert.equal((await (await fixture.resume(failed.id)).ended).state, 'complete');
    assert.deepEqual(sendings(await fixture.events(failed.id)), ['archive']);
    assertNothingLeft(host);
  });

  it('gives the package it kept to a new deployment of the same content', async () => {
    await failAtResult();
    rmSync(`${host.target}.broken`);
    const other = await fixture.start(fixture.inputs(added, [host]));
    assert.equal((await other.ended).state, 'complete');
    assert.deepEqual(sendings(await fixture.events(other.id)), []);
    assertNothingLeft(host);
  });

  it('has what it kept removed when the deployment is cleaned up, stays failed, and can be tried again all the same', async () => {
    const failed = await failAtResult();
    const cleaned = await fixture.manager.cleanUp(failed.id, asked);
    assert.deepEqual([cleaned.state, cleaned.hosts[0]?.state, cleaned.hosts[0]?.error?.code, cleaned.hosts[0]?.kept], ['failed', 'failed', 'deploy/installer-error', undefined]);
    assertNothingLeft(host);
    rmSync(`${host.target}.broken`);
    assert.equal((await (await fixture.resume(failed.id)).ended).state, 'complete');
    assert.deepEqual(sendings(await fixture.events(failed.id)), ['archive', 'archive']);
  });

  it('leaves nothing when its next attempt is stopped', async () => {
    const failed = await failAtResult();
    const resumed = await fixture.resume(failed.id);
    await resumed.stepBegins('verify');
    await fixture.manager.stop(failed.id);
    const { hosts: [run] } = await fixture.repository.getDeployment(failed.id);
    assert.deepEqual([run?.state, run?.kept, run?.left], ['cancelled', undefined, []]);
    assertNothingLeft(host);
  });

  /** A deployment whose installer reports an error, as long as a file is there. */
  async function failAtResult() {
    writeFileSync(`${host.target}.broken`, '');
    const failed = await (await fixture.start(fixture.inputs(added, [host], { behaviour: 'mendable' }))).ended;
    assert.deepEqual([failed.hosts[0]?.state, failed.hosts[0]?.step, failed.hosts[0]?.left], ['failed', 'result', []]);
    assert.ok(existsSync(join(host.staging, failed.id, 'package/ip/install.sh')), readdirSync(host.staging).join());
    return failed;
  }
});

/** How the package was sent, each time it was. */
function sendings(events: Awaited<ReturnType<DeployFixture['events']>>): readonly string[] {
  return events.flatMap((event) => (event.type === 'fact' && event.name === 'sending' ? [event.value] : []));
}
