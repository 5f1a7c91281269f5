import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PackageSummary } from '../../../src/core/packages/model';
import { startSshd, type Sshd } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { addExamplePackage, randomBytes } from './support/examplePackage';
import { assertNothingLeft, plainShell, type DeployFixture, type TestHost } from './support/fixture';
import { useDeployHostWithPackage } from './support/useDeployHost';

describe('a deployment to a host with a fault', function () {
  this.timeout(40_000);
  const folder = useTemporaryFolder();
  let sshd: Sshd;
  let fixture: DeployFixture;
  let host: TestHost;
  let added: PackageSummary;
  useDeployHostWithPackage(folder, (parts) => {
    ({ sshd, fixture, host, added } = parts);
  });

  it('fails at its check where tar is missing, and is complete once it is there', async () => {
    const programs = join(folder(), 'programs');
    mkdirSync(programs);
    for (const name of readdirSync('/usr/bin')) if (name !== 'tar') symlinkSync(join('/usr/bin', name), join(programs, name));
    const bare = await startSshd({ ...plainShell, extraConfig: `SetEnv HOME=/nonexistent PATH=${programs}` });
    try {
      const poor = await fixture.addHost('poor', bare);
      const run = await fixture.start(fixture.inputs(added, [poor]));
      const [failed] = (await run.ended).hosts;
      assert.deepEqual([failed?.state, failed?.step, failed?.error?.code, failed?.left], ['failed', 'check', 'deploy/tools-missing', []]);
      assertNothingLeft(poor);
      symlinkSync('/usr/bin/tar', join(programs, 'tar'));
      assert.equal((await (await fixture.resume(run.id)).ended).state, 'complete');
    } finally {
      await bare.stop();
    }
  });

  it('goes by the exit code where the result log is garbled, says so, and leaves nothing', async () => {
    writeFileSync(`${host.target}.garbled`, '');
    const ended = await (await fixture.start(fixture.inputs(added, [host], { behaviour: 'mendable' }))).ended;
    assert.equal(ended.state, 'complete');
    assert.ok((await fixture.events(ended.id)).some((event) => event.type === 'fact' && event.name === 'resultMissing'));
    assertNothingLeft(host);
  });

  it('is complete over a slow link, though the transfer takes longer than it may be without any byte', async () => {
    const link = await throttle(sshd, 64 * 1024);
    try {
      const slow = await fixture.addHost('far-away', { ...sshd, address: '127.0.0.1', port: link.port });
      const big = await addExamplePackage(fixture.repository, { version: '9.0.003.00', files: { 'ip/payload': randomBytes(1_500_000) } });
      const manager = fixture.createManager({ timeouts: { transfer: 1500 } });
      const run = await fixture.start(fixture.inputs(big, [slow]), { manager });
      assert.equal((await run.ended).state, 'complete', fixture.log.join('\n'));
      assertNothingLeft(slow);
    } finally {
      await link.close();
    }
  });
});

/** A link to a server that lets so many bytes through in a twentieth of a second. */
async function throttle({ address, port }: Pick<Sshd, 'address' | 'port'>, bytes: number): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, address);
    for (const socket of [near, far]) sockets.add(socket.on('error', () => undefined));
    const carry = async (): Promise<void> => {
      for await (const chunk of near as AsyncIterable<Buffer>) {
        for (let start = 0; start < chunk.length; start += bytes) {
          far.write(chunk.subarray(start, start + bytes));
          await pause((50 * Math.min(bytes, chunk.length - start)) / bytes);
        }
      }
      far.end();
    };
    carry().catch(() => far.destroy());
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    }),
  };
}
