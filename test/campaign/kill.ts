import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isProductError } from '../../src/core/errors';
import { connectToService } from '../../src/service/client';
import { createRandom } from '../support/random';
import { buildProgram, buildServiceFiles, connectOptions, endService, kill, ownerPid } from '../support/serviceProcess';
import { until } from '../support/until';
import { makeDefinition, makePackage, type Expected } from './killing/expected';
import { startClient, type ChangingClient } from './killing/orders';
import { choosePlan, cuts, cutsByPair, writePlan, type KillFiles } from './killing/plans';
import { checkAll, type Service } from './killing/promises';

export interface KillOptions {
  /** Kills. */
  readonly count?: number;
  readonly seed: number;
  readonly log: (line: string) => void;
  /** Bytes of each package. */
  readonly size?: number;
  /** How often each common pair of successive durable operations must have been cut. */
  readonly perTransition?: number;
}

/** Rounds for each kill at most, on the average; in some the planned moment does not come. */
const mostRounds = 4;
/** Every so many rounds all stored bytes are read back. */
const fullCheckEvery = 10;

/**
 * Kills the real service `count` times with SIGKILL between its durable operations, each pair of successive ones in turn, while
 * two client processes import, replace, edit, copy and delete packages, or while it puts in order what the kill before left.
 * After each round a third client reads back every acknowledged change; none is half there or without its record in the audit
 * trail, the repository's own check finds nothing, and no volume is left that nothing refers to.
 */
export async function run({ count = 200, seed, log, size = 50e6, perTransition = 3 }: KillOptions): Promise<void> {
  const random = createRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'gp-kill-'));
  const dataFolder = join(folder, 'data');
  const files: KillFiles = { plan: join(folder, 'kill-plan.json'), report: join(folder, 'transitions') };
  const serviceFiles = await buildServiceFiles('test/support/killingService.entry.ts', join(folder, 'service'));
  const service: Service = { dataFolder, connection: { parentPid: process.pid, serviceFiles } };
  const clients: ChangingClient[] = [];
  try {
    writeFileSync(files.report, '');
    const program = await buildProgram('test/support/packageChanger.entry.ts');
    for (let number = 0; number < 2; number++) {
      const packages: Expected[] = [];
      for (const seedOfPackage of [number * 2 + 1, number * 2 + 2]) packages.push(await makePackage(join(folder, 'archives'), size, seedOfPackage));
      packages.push(makeDefinition(join(folder, 'definitions'), number));
      clients.push(startClient(program, service, packages));
    }
    const expected = clients.flatMap((client) => client.packages);
    writePlan(files);
    const second = await addTenant(service);
    let killed = 0;
    let outside = 0;
    for (let rounds = 1, told = 0; killed < count; rounds++) {
      assert.ok(rounds <= count * mostRounds, `${killed} kills in ${rounds} rounds`);
      const before = cuts(files).length;
      const plan = choosePlan(files, random);
      writePlan(files, plan);
      await Promise.all(clients.map((client) => client.work(random, second)));
      if (plan.transition !== '' && !cuts(files).slice(before).includes(plan.transition)) {
        // The pair stands where a service puts its volumes in order as it opens, or folds its log as it ends: it strikes there.
        writePlan(files, { ...plan, latest: 0 });
        await openAndEnd(service);
      }
      // Any moment: an end from outside is as good a test.
      const pid = ownerPid(dataFolder);
      if (pid !== undefined) kill(pid, 'SIGKILL');
      await until(() => ownerPid(dataFolder) === undefined, 'the killed service to be gone');
      const struck = cuts(files).length - before;
      if (struck === 0 && pid !== undefined) outside += 1;
      // A service that ended in peace was not killed, but is looked at all the same.
      killed += Math.max(struck, pid === undefined ? 0 : 1);
      writePlan(files);
      const acknowledged = clients.flatMap((client) => client.acknowledged);
      await checkAll(service, { expected, second, acknowledged }, rounds % fullCheckEvery === 1 || killed >= count);
      if (killed - told < 10) continue;
      told = killed;
      log(`${killed} kills in ${rounds} rounds`);
    }
    const report = cutsByPair(files);
    log(`${killed} kills, ${killed - outside} between two operations, ${outside} from outside; common pairs of operations and how often each was cut:`);
    for (const { transition, cut } of report) log(`  ${String(cut).padStart(3)} × ${transition}`);
    const short = report.filter(({ cut }) => cut < perTransition).map(({ transition }) => transition);
    assert.deepEqual(short, [], `pairs cut fewer than ${perTransition} times`);
  } finally {
    for (const client of clients) client.end();
    await endService(dataFolder);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function addTenant({ dataFolder, connection }: Service): Promise<string> {
  const client = await connectToService(connectOptions(dataFolder, connection));
  const { id } = await client.request('tenants/add', { name: 'Second' });
  client.close();
  return id;
}

/** Has the service, or a new one, end itself; its plan may end it on the way. */
async function openAndEnd({ dataFolder, connection }: Service): Promise<void> {
  try {
    const client = await connectToService(connectOptions(dataFolder, connection));
    const pid = ownerPid(dataFolder);
    await client.request('service/stop', { force: true }).catch(() => undefined);
    client.close();
    await until(() => ownerPid(dataFolder) !== pid, 'the service to end itself');
  } catch (error) {
    // Killed while it opened, as often as it was started.
    if (!isProductError(error) || !error.code.startsWith('service/')) throw error;
  }
}
