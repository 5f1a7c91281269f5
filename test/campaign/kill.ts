import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, createReadStream, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';
import type { AuditRecord } from '../../src/core/access/model';
import { loneDefinitionPath } from '../../src/core/packages/solution';
import { connectToService, dataFolderAt, type ConnectOptions, type ServiceClient } from '../../src/service/client';
import { openSqlJsRepository } from '../../src/service/repository/sqljs/openRepository';
import type { KillPlan } from '../support/killingFiles';
import type { Order, Outcome } from '../support/packageChanger.entry';
import { projectRoot } from '../support/projectRoot';
import { createRandom } from '../support/random';
import { writeDefinition } from '../support/samplePackages/definitions';
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

/** A package as its tenants hold it. */
interface Held {
  readonly description: string;
  /** Which of its two archives. */
  readonly content: 0 | 1;
  /** Whether the second tenant holds it, too. */
  readonly copied: boolean;
}

/** What one client's package must be: as acknowledged, or, after an order whose outcome was lost, either way. */
interface Expected {
  readonly version: string;
  /** What its own description says. */
  readonly description: string;
  /** A file inside it. */
  readonly file: string;
  /** Two archives of the same identity with different content. */
  readonly archives: readonly [Archive, Archive];
  /** Undefined: not in the repository. */
  states: (Held | undefined)[];
}

interface Archive {
  readonly path: string;
  readonly sha256: string;
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
 * two client processes import, replace, edit, copy and delete packages. After each kill a third client reads back every
 * acknowledged change; none is half there or without its record in the audit trail, the repository's own check finds nothing,
 * and no volume is left that nothing refers to.
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
      packages.push(makeDefinition(join(folder, 'definitions'), number));
      clients.push(startClient(program, { dataFolder, connection }, packages));
    }
    const expected = clients.flatMap((client) => client.packages);
    writeFileSync(planFile, JSON.stringify({ transition: '', latest: 0 } satisfies KillPlan));
    const second = await addTenant(dataFolder, connection);
    let outside = 0;
    for (let killed = 0, rounds = 0; killed < count; rounds++) {
      assert.ok(rounds < count * mostRounds, `${killed} kills in ${rounds} rounds`);
      const before = cuts(reportFile).length;
      const plan = choosePlan(reportFile, random);
      writeFileSync(planFile, JSON.stringify(plan));
      await Promise.all(clients.map((client) => client.work(random, second)));
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
      await checkAll(dataFolder, connection, { expected, second, acknowledged: clients.flatMap((client) => client.acknowledged) }, rounds % fullCheckEvery === 0 || killed === count);
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
  const archive = async (bytes: number, name: string): Promise<Archive> => {
    const path = await writeLargeSample(bytes, join(folder, name), seed);
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    return { path, sha256: hash.digest('hex') };
  };
  return {
    version: `8.5.000.${String(seed).padStart(2, '0')}`, description: largeSample.description, file: 'ip/ip_description.xml',
    archives: [await archive(size, 'first'), await archive(size + 1000, 'second')], states: [undefined],
  };
}

/** A solution definition as its XML alone: what holds for packages holds for it. */
function makeDefinition(folder: string, number: number): Expected {
  mkdirSync(folder, { recursive: true });
  const version = `2.${number}.0`;
  const archive = (more: string, name: string): Archive => {
    const path = join(folder, `${name}-${number}.xml`);
    const xml = writeDefinition({ version, more });
    writeFileSync(path, xml);
    return { path, sha256: createHash('sha256').update(xml).digest('hex') };
  };
  return { version, description: 'Agents and media control of one segment.', file: loneDefinitionPath, archives: [archive('', 'first'), archive('<!-- second -->', 'second')], states: [undefined] };
}

async function addTenant(dataFolder: string, connection: Partial<ConnectOptions>): Promise<string> {
  const client = await connectToService(connectOptions(dataFolder, connection));
  const { id } = await client.request('tenants/add', { name: 'Second' });
  client.close();
  return id;
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
  /** The requests of its orders that were acknowledged. */
  readonly acknowledged: readonly string[];
  /** Gives orders until the service is lost, or enough were given. */
  work(random: (limit: number) => number, secondTenant: string): Promise<void>;
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
  const acknowledged: string[] = [];
  return {
    packages,
    acknowledged,
    work: async (random, secondTenant) => {
      for (let number = 0; number < ordersPerRound; number++) {
        const one = packages[Math.floor(random(packages.length))];
        if (one === undefined) return;
        const [now] = one.states;
        const { order, next } = chooseOrder(one, now, random, { secondTenant, edit: `edit ${(edits += 1)}` });
        const { result, reason } = await obey(order);
        assert.notEqual(result, 'refused', `${JSON.stringify(order)}: ${reason ?? ''}`);
        one.states = result === 'done' ? [next] : [now, next];
        if (result === 'lost') return;
        acknowledged.push(requests[order.kind]);
      }
    },
    end: () => child.kill(),
  };
}

/** The request that each order is. */
const requests: Readonly<Record<Order['kind'], string>> = {
  import: 'imports/start', replace: 'imports/start', edit: 'packages/edit', copy: 'packages/copyToTenants', delete: 'packages/delete',
};

/** Something to do with a package as it is now, and what it is afterwards. */
function chooseOrder(
  { version, archives, description }: Expected, now: Held | undefined, random: (limit: number) => number, with_: { readonly secondTenant: string; readonly edit: string },
): { readonly order: Order; readonly next: Held | undefined } {
  if (now === undefined) return { order: { kind: 'import', path: archives[0].path }, next: { description, content: 0, copied: false } };
  const dice = Math.floor(random(10));
  if (dice < 4) return { order: { kind: 'edit', version, description: with_.edit }, next: { ...now, description: with_.edit } };
  if (dice < 6) return { order: { kind: 'copy', version, to: with_.secondTenant }, next: { ...now, copied: true } };
  if (dice < 8) {
    const content = now.content === 0 ? 1 : 0;
    return { order: { kind: 'replace', path: archives[content].path }, next: { ...now, content } };
  }
  return { order: { kind: 'delete', version }, next: undefined };
}

/** Has the service end itself; the plan may end it on the way. */
async function endByRequest(dataFolder: string, connection: Partial<ConnectOptions>): Promise<void> {
  const pid = ownerPid(dataFolder);
  const client = await connectToService(connectOptions(dataFolder, connection));
  await client.request('service/stop', { force: true }).catch(() => undefined);
  client.close();
  await until(() => ownerPid(dataFolder) !== pid, 'the service to end itself');
}

interface Promised {
  readonly expected: readonly Expected[];
  readonly second: string;
  readonly acknowledged: readonly string[];
}

/** A third client reads everything back; then the folder itself is looked at. */
async function checkAll(dataFolder: string, connection: Partial<ConnectOptions>, { expected, second, acknowledged }: Promised, content: boolean): Promise<void> {
  const client = await connectToService(connectOptions(dataFolder, connection));
  // What a killed service was importing begins anew with this one.
  for (const { id, state } of await client.request('imports/list', {})) if (state === 'running') await client.request('imports/wait', { id });
  const found = await client.request('packages/list', {});
  for (const one of expected) {
    const present = found.filter((item) => item.version === one.version);
    const [own, ...more] = present.filter((item) => item.tenantId !== second);
    const copies = present.filter((item) => item.tenantId === second);
    assert.ok(more.length === 0 && copies.length <= 1 && copies.every((item) => item.id === own?.id), `${one.version} is there ${present.length} times`);
    const state = own && stateOf(one, own, copies.length > 0);
    assert.ok(one.states.some((each) => isDeepStrictEqual(each, state)), `${one.version}: ${JSON.stringify(state)} was read back, ${JSON.stringify(one.states)} was acknowledged`);
    one.states = [state];
    if (own) assert.ok((await client.request('packages/files', { id: own.id })).some((file) => file.path === one.file));
  }
  assert.deepEqual(found.filter((item) => !expected.some((one) => one.version === item.version)), []);
  assert.deepEqual((await client.request('repository/check', {})).problems, []);
  const records = await readTrail(client);
  for (const action of new Set(acknowledged)) {
    const [told, done] = [acknowledged.filter((each) => each === action).length, records.filter((each) => each.action === action && each.outcome === 'done').length];
    assert.ok(done >= told, `${told} × ${action} were acknowledged, ${done} are in the audit trail`);
  }
  for (const { id, state } of await client.request('imports/list', {})) {
    assert.notEqual(state, 'running', `import ${id} runs although it has ended`);
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

function stateOf({ archives }: Expected, { sha256, description }: { readonly sha256: string; readonly description: string }, copied: boolean): Held {
  const content = archives.findIndex((archive) => archive.sha256 === sha256);
  assert.ok(content === 0 || content === 1, `the content ${sha256} was never stored as a whole`);
  return { description, content, copied };
}

async function readTrail(client: ServiceClient): Promise<readonly AuditRecord[]> {
  const all: AuditRecord[] = [];
  for (;;) {
    const page = await client.request('audit/list', { after: all.at(-1)?.seq ?? 0 });
    if (page.length === 0) return all;
    all.push(...page);
  }
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
      for (const { version, archives, states: [state] } of expected) {
        if (state === undefined) continue;
        const { sha256 } = archives[state.content];
        const hash = createHash('sha256');
        for await (const bytes of repository.readContent(sha256)) hash.update(bytes);
        assert.equal(hash.digest('hex'), sha256, `the content of ${version}`);
      }
    } finally {
      await repository.close();
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
