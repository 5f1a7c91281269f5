import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connectToService } from '../../src/service/client';
import { connectOptions, endService, findServicesOf, kill, readServiceLog } from '../support/serviceProcess';
import { createRandom } from '../support/random';
import { until } from '../support/until';

const starters = 4;

/**
 * The owner is killed, then four clients at once want a service: exactly one may become the owner, and all four must
 * reach it. `count` rounds on one data folder, with the pauses between starters drawn from `seed`.
 */
export async function run({ count = 60, seed, log, serviceFiles }: {
  readonly count?: number; readonly seed: number; readonly log: (line: string) => void; readonly serviceFiles?: string;
}): Promise<void> {
  const random = createRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'gp-owners-'));
  const dataFolder = join(folder, 'data');
  const options = connectOptions(dataFolder, { ...(serviceFiles !== undefined && { serviceFiles }) });
  let generation = 0;
  try {
    for (let round = 1; round <= count; round++) {
      const logged = readServiceLog(dataFolder).length;
      const clients = await Promise.all(Array.from({ length: starters }, async () => {
        await delay(random(25));
        return connectToService(options);
      }));
      const owners = new Set(clients.map(({ status }) => `process ${status.pid}, generation ${status.generation}`));
      assert.equal(owners.size, 1, `round ${round}: ${[...owners].join(' and ')}`);
      const { pid, generation: reached } = clients[0]!.status;
      await until(() => findServicesOf(dataFolder).length === 1, 'the starters that came too late to end');
      const claims = [...readServiceLog(dataFolder).slice(logged).matchAll(/service: version .* generation (\d+),/g)].map(([, number]) => Number(number));
      assert.deepEqual(claims, [reached], `round ${round}: claimed ${claims.join(', ')}`);
      assert.ok(reached > generation, `round ${round}: generation ${reached} after ${generation}`);
      generation = reached;
      kill(pid, 'SIGKILL');
      for (const client of clients) client.close();
      if (round % 10 === 0) log(`${round} of ${count} rounds, one owner each`);
    }
  } finally {
    await endService(dataFolder);
    rmSync(folder, { recursive: true, force: true });
  }
}
