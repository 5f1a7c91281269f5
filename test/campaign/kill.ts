import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, createReadStream, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { connectToService, dataFolderAt, type ConnectOptions } from '../../src/service/client';
import { openSqlJsRepository } from '../../src/service/repository/sqljs/openRepository';
import type { KillPlan } from '../support/killingFiles';
import type { Order, Outcome } from '../support/packageChanger.entry';
import { projectRoot } from '../support/projectRoot';
import { createRandom } from '../support/random';
import { largeSample } from '../support/samplePackages/samples';
import { writeLargeSample } from '../support/samplePackages/writeSample';
import { buildProgram, buildServiceFiles, connectOptions, endService, kill, ownerPid } from '../support/serviceProcess';
import { until } from '../support/until';

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

/** What one client's package must be: as acknowledged, or, after an order whose outcome was lost, either way. */
interface Expected {
  readonly version: string;
  readonly path: string;
  readonly sha256: string;
  /** Undefined: not in the repository. */
  states: (string | undefined)[];
}

/** Orders given to each client between two kills at most; a plan that did not strike by then is made good by a kill from outside. */
const ordersPerRound = 8;
/** Durable operations that a service may make in a round; an import of 50 MB makes some 50. */
const longestRound = 60;
/** A pair of operations is common when at least this part of the services made it; others are chance meetings of the two clients. */
const common = 0.2;
/** Rounds for each kill at most, on the average; in some the planned moment does not come. */
const mostRounds = 4;
/** Every so many rounds all stored bytes are read back. */
const fullCheckEvery = 10;

/**
 * Kills the real service `count` times with SIGKILL between its durable operations, each pair of successive ones in turn, while
 * two client processes import, edit and delete packages. After each kill a third client reads back every acknowledged change;
 * none is half there, and no volume is left that nothing refers to.
 */
export async function run({ count = 200, seed, log, size = 50e6, perTransition = 3 }: KillOptions): Promise<void> {
  const random = createRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'gp-kill-'));
  const dataFolder = join(folder, 'data');
  const planFile = join(folder, 'kill-plan.json');
  const reportFile = join(folder, 'transitions');
  const serviceFiles = await buildServiceFiles('test/support/killingService.entry.ts', join(folder, 'service'));
  const connection: Partial<ConnectOptions> = { parentPid: process.pid, serviceFiles };
  const clients: ChangingClient[] = [];
  try {
    writeFileSync(reportFile, '');
    const program = await buildProgram('test/support/packageChanger.entry.ts');
    for (let number = 0; number < 2; number++) {
      const packages: Expected[] = [];
      for (const seedOfPackage of [number * 2 + 1, number * 2 + 2]) packages.push(await makePackage(join(folder, 'archives'), size, seedOfPackage));
      clients.push(startClient(program, { dataFolder, connection }, packages));
    }
    const expected = clients.flatMap((client) => client.packages);
    let outside = 0;
    for (let killed = 0, rounds = 0; killed < count; rounds++) {
      assert.ok(rounds < count * mostRounds, `${killed} kills in ${rounds} rounds`);
      const before = cuts(reportFile).length;
      const plan = choosePlan(reportFile, random);
      writeFileSync(planFile, JSON.stringify(plan));
      await Promise.all(clients.map((client) => client.work(random)));
      // The log is folded into an image while a service rests or ends: a plan for that moment strikes there.
      if (plan.transition !== '' && ownerPid(dataFolder) !== undefined) await endByRequest(dataFolder, connection);
      // Any moment: an end from outside is as good a test.
      const pid = ownerPid(dataFolder);
      if (pid !== undefined) kill(pid, 'SIGKILL');
      await until(() => ownerPid(dataFolder) === undefined, 'the killed service to be gone');
      const struck = cuts(reportFile).length > before;
      if (!struck && pid !== undefined) outside += 1;
      // A service that ended in peace was not killed, but is looked at all the same.
      if (struck || pid !== undefined) killed += 1;
      writeFileSync(planFile, JSON.stringify({ transition: '', latest: 0 } satisfies KillPlan));
      await checkAll(dataFolder, connection, expected, rounds % fullCheckEvery === 0 || killed === count);
      if (killed % 10 === 0) log(`${killed} kills in ${rounds + 1} rounds`);
    }
    const report = cutsByPair(reportFile);
    log(`${count} kills, ${count - outside} between two chosen operations, ${outside} at any moment; common pairs of operations and how often each was cut:`);
    for (const { transition, cut } of report) log(`  ${String(cut).padStart(3)} × ${transition}`);
    const short = report.filter(({ cut }) => cut < perTransition).map(({ transition }) => transition);
    assert.deepEqual(short, [], `pairs cut fewer than ${perTransition} times`);
  } finally {
    for (const client of clients) client.end();
    await endService(dataFolder);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function makePackage(folder: string, size: number, seed: number): Promise<Expected> {
  const path = await writeLargeSample(size, folder, seed);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return { version: `8.5.000.${String(seed).padStart(2, '0')}`, path, sha256: hash.digest('hex'), states: [undefined] };
}

/** The common pair of operations that was cut least, or, for one round in three, any moment. */
function choosePlan(reportFile: string, random: (limit: number) => number): KillPlan {
  const latest = 1 + Math.floor(random(longestRound));
  const pairs = cutsByPair(reportFile);
  const least = Math.min(...pairs.map(({ cut }) => cut));
  const candidates = pairs.filter(({ cut }) => cut === least);
  const chosen = candidates[Math.floor(random(candidates.length))];
  return chosen === undefined || random(3) < 1 ? { transition: '', latest } : { transition: chosen.transition, latest: longestRound };
}

/** The common pairs of successive operations, and how often each was cut. */
function cutsByPair(reportFile: string): { readonly transition: string; readonly cut: number }[] {
  const lines = readFileSync(reportFile, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('!'));
  const services = lines.filter((line) => line.startsWith('start→')).length;
  const cutPairs = cuts(reportFile);
  return [...new Set(lines)]
    .filter((pair) => !pair.startsWith('start→') && lines.filter((line) => line === pair).length >= services * common)
    .map((transition) => ({ transition, cut: cutPairs.filter((pair) => pair === transition).length }));
}

function cuts(reportFile: string): string[] {
  return readFileSync(reportFile, 'utf8').split('\n').filter((line) => line.startsWith('!')).map((line) => line.slice(1));
}

interface ChangingClient {
  readonly packages: readonly Expected[];
  /** Gives orders until the service is lost, or enough were given. */
  work(random: (limit: number) => number): Promise<void>;
  end(): void;
}

function startClient(program: string, options: object, packages: readonly Expected[]): ChangingClient {
  const child: ChildProcess = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('a client without pipes');
  const answers: Interface = createInterface({ input: stdout });
  const obey = (order: Order): Promise<Outcome> => new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error('a client process ended'));
    child.once('exit', ended);
    answers.once('line', (line) => {
      child.off('exit', ended);
      resolve(JSON.parse(line) as Outcome);
    });
    stdin.write(`${JSON.stringify(order)}\n`);
  });
  let edits = 0;
  return {
    packages,
    work: async (random) => {
      for (let number = 0; number < ordersPerRound; number++) {
        const one = packages[Math.floor(random(packages.length))];
        if (one === undefined) return;
        const [now] = one.states;
        const order: Order = now === undefined ? { kind: 'import', path: one.path }
          : random(10) < 7 ? { kind: 'edit', version: one.version, description: `edit ${(edits += 1)}` } : { kind: 'delete', version: one.version };
        const next = order.kind === 'edit' ? order.description : order.kind === 'delete' ? undefined : largeSample.description;
        const { result, reason } = await obey(order);
        assert.notEqual(result, 'refused', `${JSON.stringify(order)}: ${reason ?? ''}`);
        one.states = result === 'done' ? [next] : [now, next];
        if (result === 'lost') return;
      }
    },
    end: () => child.kill(),
  };
}

/** Has the service end itself; the plan may end it on the way. */
async function endByRequest(dataFolder: string, connection: Partial<ConnectOptions>): Promise<void> {
  const pid = ownerPid(dataFolder);
  const client = await connectToService(connectOptions(dataFolder, connection));
  await client.request('service/stop', { force: true }).catch(() => undefined);
  client.close();
  await until(() => ownerPid(dataFolder) !== pid, 'the service to end itself');
}

/** A third client reads everything back; then the folder itself is looked at. */
async function checkAll(dataFolder: string, connection: Partial<ConnectOptions>, expected: readonly Expected[], content: boolean): Promise<void> {
  const client = await connectToService(connectOptions(dataFolder, connection));
  const found = await client.request('packages/list', {});
  for (const one of expected) {
    const present = found.filter((item) => item.version === one.version);
    assert.ok(present.length <= 1, `${one.version} is there ${present.length} times`);
    const state = present[0]?.description;
    assert.ok(one.states.includes(state), `${one.version}: ${String(state)} was read back, ${one.states.map(String).join(' or ')} was acknowledged`);
    one.states = [state];
    if (present[0] === undefined) continue;
    assert.equal(present[0].sha256, one.sha256);
    assert.ok((await client.request('packages/files', { id: present[0].id })).some((file) => file.path === 'ip/ip_description.xml'));
  }
  assert.deepEqual(found.filter((item) => !expected.some((one) => one.version === item.version)), []);
  for (const { id, state } of await client.request('imports/list', {})) {
    assert.notEqual(state, 'running', `import ${id} runs although its service is dead`);
    await client.request('imports/dismiss', { id });
  }
  const closed = new Promise<void>((resolve) => {
    client.onClosed(() => resolve());
  });
  await client.request('service/stop', {});
  await closed;
  await until(() => ownerPid(dataFolder) === undefined, 'the stopped service to be gone');
  await checkFolder(dataFolderAt(dataFolder).repository, expected, content);
}

/** Opens a copy of the repository: it must find nothing to collect, and give back the very bytes that were imported. */
async function checkFolder(repositoryFolder: string, expected: readonly Expected[], content: boolean): Promise<void> {
  const copy = `${repositoryFolder}-copy`;
  mkdirSync(join(copy, 'volumes'), { recursive: true });
  try {
    for (const part of ['catalogue', 'journals']) cpSync(join(repositoryFolder, part), join(copy, part), { recursive: true });
    // Volumes never change, so a second name for each does.
    for (const name of readdirSync(join(repositoryFolder, 'volumes'))) linkSync(join(repositoryFolder, 'volumes', name), join(copy, 'volumes', name));
    const volumes = (): string[] => readdirSync(join(copy, 'volumes')).sort();
    const before = volumes();
    const repository = await openSqlJsRepository({
      folder: copy, wasm: join(projectRoot, 'node_modules/sql.js/dist/sql-wasm.wasm'), now: () => new Date(), newId: (prefix) => `${prefix}-check`,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined }, mayCommit: () => Promise.resolve(true),
    });
    try {
      assert.equal(repository.readOnly, undefined);
      assert.deepEqual(volumes(), before, 'volumes that nothing refers to were left');
      if (!content) return;
      for (const one of expected.filter((each) => each.states[0] !== undefined)) {
        const hash = createHash('sha256');
        for await (const bytes of repository.readContent(one.sha256)) hash.update(bytes);
        assert.equal(hash.digest('hex'), one.sha256, `the content of ${one.version}`);
      }
    } finally {
      await repository.close();
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
