import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isProductError, type ErrorCode } from '../../../src/core/errors';
import type { ConnectOptions } from '../../../src/service/client';
import { dataFolderAt } from '../../../src/service/lifecycle/dataFolder';
import { readOwner } from '../../../src/service/lifecycle/ownership';
import { buildServiceFiles, endService, kill, ownerPid, readServiceLog, useService } from '../../support/serviceProcess';
import { until } from '../../support/until';

const entry = 'test/support/bareService.entry.ts';

function refusedWith(code: ErrorCode): (error: unknown) => boolean {
  return (error) => {
    assert.ok(isProductError(error, code), `expected ${code}, got ${String(error)}`);
    return true;
  };
}

describe('the life of the package service', () => {
  const service = useService(async () => ({ serviceFiles: await files() }));
  const files = (wishes: object = {}): Promise<string> =>
    buildServiceFiles(entry, join(service.folder(), `files${JSON.stringify(wishes).length}`), `globalThis.bareService = ${JSON.stringify(wishes)};`);
  const version = async (number: string, more: object = {}): Promise<Partial<ConnectOptions>> => ({
    version: number, serviceFiles: await files({ version: number, ...more }),
  });

  it('starts with its first client and answers the next one too', async () => {
    const first = await service.connect();
    const second = await service.connect();
    assert.equal(second.status.pid, first.status.pid);
    assert.equal((await first.request('service/status', {})).clients, 2);
    assert.equal(first.status.dataFolder, service.dataFolder());
  });

  it('tells every client what changed, many changes at once', async () => {
    const [one, two] = [await service.connect(), await service.connect()];
    const heard = { one: 0, two: 0 };
    one.on('changed', ({ areas }) => { heard.one += Number(areas.includes('tenants')); });
    two.on('changed', ({ areas }) => { heard.two += Number(areas.includes('tenants')); });
    await Promise.all(Array.from({ length: 50 }, (_, i) => one.request('tenants/add', { name: `t${i}` })));
    await until(() => heard.one >= 2 && heard.two >= 2, 'the first and the last event');
    assert.ok(heard.one < 25 && heard.two < 25, `${heard.one} and ${heard.two} events for 50 changes`);
  });

  it('closes its files to other users', async () => {
    await service.connect();
    const { service: folder, keyFile, logFile, path } = dataFolderAt(service.dataFolder());
    const modes = [path, folder, keyFile, logFile, join(folder, 'owner.1')].map((file) => (statSync(file).mode & 0o777).toString(8));
    assert.deepEqual(modes, ['700', '700', '600', '600', '600']);
  });

  it('ends by itself when it is idle, and gives the folder up', async () => {
    const client = await service.connect({ idleSeconds: 0.2 });
    client.close();
    await until(() => readOwner(dataFolderAt(service.dataFolder())).kind === 'free', 'the service to end');
    assert.match(readServiceLog(service.dataFolder()), /ends: idle/);
  });

  it('stays while work runs, also without clients', async () => {
    const client = await service.connect({ idleSeconds: 0.1 });
    await client.request('imports/start', { source: { method: 'archive', path: '/endless' } });
    const { pid } = client.status;
    client.close();
    const again = await service.connect();
    assert.equal(again.status.pid, pid);
    await again.request('imports/cancel', { id: 'i1' });
    again.close();
    await until(() => ownerPid(service.dataFolder()) === undefined, 'the service to end');
  });

  it('refuses to stop while work runs, unless it is forced', async () => {
    const client = await service.connect();
    await client.request('imports/start', { source: { method: 'archive', path: '/endless' } });
    await assert.rejects(client.request('service/stop', {}), refusedWith('service/busy'));
    const reason = new Promise((resolve) => client.onClosed(resolve));
    await client.request('service/stop', { force: true });
    assert.equal(await reason, 'stopped');
    await until(() => ownerPid(service.dataFolder()) === undefined, 'the service to end');
  });

  it('ends cleanly when the system asks', async () => {
    const client = await service.connect();
    kill(client.status.pid, 'SIGTERM');
    await until(() => client.closed, 'the connection to end');
    await until(() => readServiceLog(service.dataFolder()).includes('has ended'), 'the service to end');
    assert.equal(readOwner(dataFolderAt(service.dataFolder())).kind, 'free');
  });

  it('ends with the process it is tied to', async () => {
    const client = await service.connect({ parentPid: 999_999_999 });
    await until(() => client.closed, 'the service to end');
  });

  it('ends on an error that nobody caught, and says so in its log', async () => {
    const client = await service.connect();
    // The answer may or may not come before the end.
    await client.request('imports/start', { source: { method: 'archive', path: '/unforeseen' } }).catch(() => undefined);
    await until(() => client.closed, 'the service to end');
    assert.match(readServiceLog(service.dataFolder()), /nobody caught.*nobody catches \/unforeseen/);
    await assert.rejects(client.request('tenants/list', {}), refusedWith('service/closed'));
  });

  it('tells its client why it cannot serve', async () => {
    await assert.rejects(service.connect({ serviceFiles: await files({ openFails: 'no such disk' }) }), (error) =>
      isProductError(error, 'general/unexpected') && error.message.includes('no such disk'));
    await until(() => ownerPid(service.dataFolder()) === undefined, 'the service to end');
  });

  it('reports a service that does not start, with the reason from its log', async () => {
    const folder = await files({ broken: true });
    writeFileSync(join(folder, 'service.js'), 'throw new TypeError("made to fail");');
    await assert.rejects(service.connect({ serviceFiles: folder }), (error) =>
      isProductError(error, 'service/start-failed') && String(error.args['reason']).includes('made to fail'));
  });

  it('reports a runtime and service files that are not there', async () => {
    await assert.rejects(service.connect({ runtime: '/no/such/node' }), refusedWith('service/start-failed'));
    await assert.rejects(service.connect({ serviceFiles: '/no/such/folder' }), refusedWith('service/files-missing'));
  });

  it('starts nothing for a client that only looks', async () => {
    await assert.rejects(service.connect({ start: 'never' }), refusedWith('service/not-running'));
    assert.equal(existsSync(service.dataFolder()), false);
  });

  it('reports an owner that lives and does not answer, and leaves it alone', async () => {
    const { status } = await service.connect();
    kill(status.pid, 'SIGSTOP');
    await assert.rejects(service.connect({ answerLimit: 200 }), refusedWith('service/not-answering'));
    kill(status.pid, 'SIGCONT');
    const again = await service.connect();
    assert.equal(again.status.pid, status.pid);
    assert.equal(again.status.generation, 1);
  });

  it('is replaced after a kill, with the next generation', async () => {
    const first = await service.connect();
    kill(first.status.pid, 'SIGKILL');
    await until(() => first.closed, 'the connection to end');
    const second = await service.connect();
    assert.equal(second.status.generation, 2);
  });

  it('ends without writing when its folder is taken away', async () => {
    const client = await service.connect();
    renameSync(service.dataFolder(), join(service.folder(), 'moved'));
    await assert.rejects(client.request('tenants/add', { name: 'late' }));
    await until(() => client.closed, 'the service to end');
    await endService(join(service.folder(), 'moved'));
  });

  it('ends without writing when a newer owner exists', async () => {
    const client = await service.connect();
    const { service: folder } = dataFolderAt(service.dataFolder());
    writeFileSync(join(folder, 'owner.2'), readFileSync(join(folder, 'owner.1'), 'utf8').replace(/"pid": \d+/, '"pid": 1'));
    await assert.rejects(client.request('tenants/add', { name: 'late' }));
    await until(() => client.closed, 'the service to end');
    assert.match(readServiceLog(service.dataFolder()), /a newer owner exists/);
    rmSync(join(folder, 'owner.2'));
    await endService(service.dataFolder());
  });

  it('runs on when the folder its code came from is deleted, and the copy too', async () => {
    const source = await files();
    const client = await service.connect({ serviceFiles: source });
    rmSync(source, { recursive: true });
    const { service: folder } = dataFolderAt(service.dataFolder());
    for (const name of readdirSync(folder).filter((found) => /-[0-9a-f]{16}$/.test(found))) rmSync(join(folder, name), { recursive: true });
    await client.request('tenants/add', { name: 'after' });
    assert.deepEqual((await client.request('tenants/list', {})).map((tenant) => tenant.name), ['Environment', 'after']);
  });

  it('gets nothing of its client’s environment that it does not need', async function () {
    if (process.platform !== 'linux') this.skip();
    process.env['SSH_AUTH_SOCK'] = '/tmp/agent-of-the-test';
    process.env['TEST_PASSWORD'] = 'kept at home';
    try {
      const { status } = await service.connect();
      const environment = readFileSync(`/proc/${status.pid}/environ`, 'utf8');
      assert.doesNotMatch(environment, /agent-of-the-test|kept at home/);
      assert.match(environment, /ELECTRON_RUN_AS_NODE=1/);
    } finally {
      delete process.env['SSH_AUTH_SOCK'];
      delete process.env['TEST_PASSWORD'];
    }
  });

  describe('with another version', () => {
    it('hands over to a newer client while it is idle, and tells the others', async () => {
      const old = await service.connect(await version('1.2.9'));
      const reason = new Promise((resolve) => old.onClosed(resolve));
      const fresh = await service.connect(await version('1.2.10'));
      assert.equal(await reason, 'handover');
      assert.deepEqual([fresh.status.version, fresh.status.generation], ['1.2.10', 2]);
    });

    it('serves a newer client while it is busy', async () => {
      const old = await service.connect(await version('1.0.0'));
      await old.request('imports/start', { source: { method: 'archive', path: '/endless' } });
      const fresh = await service.connect(await version('2.0.0'));
      assert.equal(fresh.status.version, '1.0.0');
    });

    it('serves an older client', async () => {
      const fresh = await service.connect(await version('2.0.0'));
      const old = await service.connect(await version('1.0.0'));
      assert.equal(old.status.pid, fresh.status.pid);
    });

    it('says so to a newer client that it does not understand while it is busy, and hands over after that', async () => {
      const protocols = { protocols: [0, 1] };
      const old = await service.connect(await version('1.0.0', protocols));
      await old.request('imports/start', { source: { method: 'archive', path: '/endless' } });
      const newer = { ...(await version('3.0.0', { protocols: [2, 3] })), protocols: [2, 3] };
      await assert.rejects(service.connect(newer), refusedWith('service/protocol-too-old'));
      await old.request('imports/cancel', { id: 'i1' });
      assert.equal((await service.connect(newer)).status.version, '3.0.0');
    });

    it('says so to an older client that it does not understand any more', async () => {
      await service.connect({ ...(await version('3.0.0', { protocols: [2, 3] })), protocols: [2, 3] });
      await assert.rejects(service.connect(await version('1.0.0')), refusedWith('service/protocol-too-new'));
    });

    it('speaks the newest protocol that both know', async () => {
      await service.connect(await version('1.0.0', { protocols: [2, 1] }));
      const client = await service.connect({ ...(await version('1.0.0')), protocols: [1, 0] });
      assert.equal(client.status.protocol, 1);
    });
  });
});
