import { equal, ok } from 'node:assert/strict';
import { join } from 'node:path';
import type { Host } from '../../../src/core/hosts/model';
import { connectToService, type ServiceClient } from '../../../src/service/client';
import { connectOptions } from '../../support/serviceProcess';
import type { Sshd } from '../../support/sshd';

/** Works on the repository that a window shows, as the command line would: what a test needs to be there, without pressing keys for it. */
export async function withService<T>(dataFolder: string, work: (client: ServiceClient) => Promise<T>): Promise<T> {
  const client = await connectToService(connectOptions(dataFolder));
  try {
    return await work(client);
  } finally {
    client.close();
  }
}

export async function importNow(client: ServiceClient, path: string): Promise<void> {
  const { id } = await client.request('imports/start', { source: { method: 'archive', path } });
  const ended = await client.request('imports/wait', { id });
  equal(ended.state, 'complete', JSON.stringify(ended.error));
}

/** Adds the SSH server as a host that keeps its staging and lock inside a folder of the test. */
export async function addHostNow(client: ServiceClient, sshd: Sshd, name: string, folder: string): Promise<Host> {
  const host = await client.request('hosts/add', {
    name, address: sshd.address, port: sshd.port, user: sshd.user, authentication: { kind: 'key', keyFile: sshd.clientKey },
    stagingFolder: join(folder, name, 'staging'), lockFolder: join(folder, name, 'lock'),
  });
  return client.request('hosts/test', { id: host.id, acceptNewHostKey: true });
}

/** Downloads a package of the repository that a window shows. @returns the path of the download */
export function downloadNow(dataFolder: string, name: string, version: string, folder: string): Promise<string> {
  return withService(dataFolder, async (client) => {
    const item = (await client.request('packages/list', {})).find((each) => each.name === name && each.version === version);
    ok(item, `${name} ${version}`);
    const target = join(folder, `download of ${name} ${version}`);
    const { id } = await client.request('packages/download', { id: item.id, tenantId: item.tenantId, target, overwrite: true });
    equal((await client.request('downloads/wait', { id })).state, 'complete');
    return target;
  });
}
