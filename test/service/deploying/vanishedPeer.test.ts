import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { PackageSummary } from '../../../src/core/packages/model';
import { createHostConnector } from '../../../src/service/deploying/ssh/createHostConnector';
import { startRelay, type Relay } from '../../support/relay';
import type { Sshd } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { addExamplePackage, randomBytes } from './support/examplePackage';
import { assertNothingLeft, assertOnlyPackageKept, type DeployFixture, type FollowedRun, type TestHost } from './support/fixture';
import { useDeployHost } from './support/useDeployHost';

describe('a host that vanishes in mid-transfer, without a word', function () {
  this.timeout(60_000);
  const folder = useTemporaryFolder();
  let sshd: Sshd;
  let fixture: DeployFixture;
  let relay: Relay;
  let host: TestHost;
  let added: PackageSummary;
  useDeployHost(folder, (parts) => {
    ({ sshd, fixture } = parts);
  });
  beforeEach(async () => {
    relay = await startRelay(sshd);
    host = await fixture.addHost('far-away', { ...sshd, address: '127.0.0.1', port: relay.port });
    added = await addExamplePackage(fixture.repository, { version: '9.0.003.00', files: { 'ip/first': randomBytes(500_000), 'ip/payload': randomBytes(12_000_000) } });
  });
  afterEach(() => relay.close());

  it('and stays away: the run ends as failed, says how much was sent and that lock and folder may be there', async () => {
    const run = await startAndVanish('silent');
    const [ended] = (await run.ended).hosts;
    assert.deepEqual([ended?.state, ended?.step, ended?.error?.code], ['failed', 'transfer', 'deploy/connection-lost']);
    assert.ok(Number(ended?.error?.args['sent']) >= 1 && Number(ended?.error?.args['total']) >= 12);
    assert.match(ended?.error?.causes?.join() ?? '', /no sign of life/);
    assert.deepEqual(ended?.left, [join(host.host.stagingFolder, run.id), host.host.lockFolder]);
  });

  it('and can be reached again: it is cleaned up over a new connection, and the next attempt completes it', async () => {
    const run = await startAndVanish('pass');
    const lost = await run.ended;
    assert.deepEqual([lost.hosts[0]?.step, lost.hosts[0]?.error?.code, lost.hosts[0]?.left], ['transfer', 'deploy/connection-lost', []]);
    assertOnlyPackageKept(host, lost);
    assert.equal((await (await fixture.resume(run.id)).ended).state, 'complete');
    assertNothingLeft(host);
  });

  it('is cleaned up over a new connection also where nothing but the silence of the transfer tells', async () => {
    const run = await startAndVanish('pass', { keepaliveInterval: 0, transfer: 3000 });
    const stalled = await run.ended;
    assert.deepEqual([stalled.hosts[0]?.step, stalled.hosts[0]?.error?.code, stalled.hosts[0]?.left], ['transfer', 'deploy/transfer-stalled', []]);
    assertOnlyPackageKept(host, stalled);
  });

  async function startAndVanish(newOnes: 'pass' | 'silent', { keepaliveInterval = 500, transfer = 60_000 } = {}): Promise<FollowedRun> {
    const { redactor, log } = fixture.parts;
    const connector = createHostConnector({ repository: fixture.repository, homeFolder: join(folder(), 'home'), log, redactor, connectTimeout: 2000, keepaliveInterval });
    const manager = fixture.createManager({ connector, timeouts: { transfer } });
    const run = await fixture.start(fixture.inputs(added, [host]), { manager });
    let vanished = false;
    manager.follow(run.id, {
      onEvents: () => undefined,
      onProgress: ({ bytesDone }) => {
        if (vanished || bytesDone < 1_000_000) return;
        vanished = true;
        relay.vanish(newOnes);
      },
    });
    return run;
  }
});
