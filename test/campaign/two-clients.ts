import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectToService, type ConnectOptions } from '../../src/service/client';
import { createRandom } from '../support/random';
import { buildProgram, connectOptions, endService, kill, ownerPid } from '../support/serviceProcess';
import { until } from '../support/until';

const kills = 5;
const names = ['anna', 'bert'];

/**
 * Two client processes make `count` changes each while the service is killed five times, at moments drawn from `seed`:
 * every change is acknowledged in the end, and a third client reads every one back, once.
 */
export async function run({ count = 200, seed, log, serviceFiles }: {
  readonly count?: number; readonly seed: number; readonly log: (line: string) => void; readonly serviceFiles?: string;
}): Promise<void> {
  const random = createRandom(seed);
  const program = await buildProgram('test/support/changingClient.entry.ts');
  const folder = mkdtempSync(join(tmpdir(), 'gp-two-'));
  const dataFolder = join(folder, 'data');
  const connection: Partial<ConnectOptions> = { parentPid: process.pid, ...(serviceFiles !== undefined && { serviceFiles }) };
  const acknowledged: string[] = [];
  try {
    const clients = names.map((name) => runClient(program, { dataFolder, name, count, connection }, (tenant) => acknowledged.push(tenant)));
    const ended = Promise.all(clients);
    for (let number = 1; number <= kills; number++) {
      const moment = Math.floor((2 * count * (number - 1 + random(1))) / kills);
      await Promise.race([ended, until(() => acknowledged.length >= moment && ownerPid(dataFolder) !== undefined, `change ${moment}`, 60_000)]);
      const pid = ownerPid(dataFolder);
      if (pid !== undefined) kill(pid, 'SIGKILL');
      log(`killed the service after ${acknowledged.length} of ${2 * count} changes`);
    }
    await ended;
    const expected = names.flatMap((name) => Array.from({ length: count }, (_, i) => `${name}-${i + 1}`)).sort();
    assert.deepEqual([...acknowledged].sort(), expected);

    const third = await connectToService(connectOptions(dataFolder, connection));
    const found = (await third.request('tenants/list', {})).map((tenant) => tenant.name).filter((name) => name !== 'Environment');
    assert.deepEqual([...found].sort(), expected);
    assert.ok(third.status.generation > kills, `generation ${third.status.generation}: the service was not killed ${kills} times`);
    third.close();
    log(`${acknowledged.length} acknowledged, ${found.length} read back`);
  } finally {
    await endService(dataFolder);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Resolves when the client process has made all its changes. */
function runClient(program: string, wishes: object, onAcknowledged: (tenant: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const client = spawn(process.execPath, [program, JSON.stringify(wishes)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let rest = '';
    let complaints = '';
    client.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(onAcknowledged);
    });
    client.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints += text;
    });
    client.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`a client ended with ${code}: ${complaints}`))));
  });
}
