import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import initSqlJs from 'sql.js';
import { isProductError } from '../../../src/core/errors';
import type { Repository } from '../../../src/service/repository/repository';
import { createCatalogueFolder } from '../../../src/service/repository/sqljs/catalogueFolder';
import { readHistory } from '../../../src/service/repository/sqljs/history';
import { createRandom } from '../../support/random';
import { FakeDisk, type Fault } from './fakeDisk';
import { look, Model, perform, type Operation } from './model';
import { openTestRepository } from './sqljs';
import { sampleHost } from './samples';

const folder = '/repository';
/** Folds after a few changes, so that folds meet everything else. */
const foldRules = { idle: 1, worthwhile: 1, most: 3000 };

const small = (max: number) => fc.integer({ min: 0, max });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ kind: fc.constant('addTenant' as const), tenant: small(2) }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('import' as const), tenant: small(2), version: small(3), bytes: small(5) }) },
  fc.record({ kind: fc.constant('edit' as const), tenant: small(2), version: small(3), group: fc.constantFrom('a', 'b') }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), tenant: small(2), version: small(3) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('addHost' as const), host: small(2) }) },
  fc.record({ kind: fc.constant('editHost' as const), host: small(2), user: fc.constantFrom('x', 'y') }),
  fc.record({ kind: fc.constant('removeHost' as const), host: small(2) }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('deploy' as const), host: small(2), version: small(3) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('output' as const), host: small(2), lines: fc.integer({ min: 1, max: 5 }) }) },
  fc.record({ kind: fc.constant('end' as const), host: small(2) }),
);

/** What happens at the n-th change of the disk after an operation began. */
interface Trouble {
  readonly kind: 'none' | 'reopen' | 'killed' | 'power' | 'full' | 'broken once' | 'broken from here';
  readonly at: number;
}

const trouble: fc.Arbitrary<Trouble> = fc.record({
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constant('none' as const) },
    fc.constantFrom('reopen' as const, 'killed' as const, 'power' as const, 'full' as const, 'broken once' as const, 'broken from here' as const),
  ),
  at: small(25),
});

const faults: Readonly<Record<Trouble['kind'], Fault | undefined>> = {
  none: undefined, reopen: undefined, killed: 'end', power: 'end', full: 'ENOSPC', 'broken once': 'EIO', 'broken from here': 'EIO',
};

/** Lets an operation meet its trouble. @returns what became of it */
async function performWith(disk: FakeDisk, repository: Repository, each: Operation, { kind, at }: Trouble): Promise<'done' | 'refused' | 'lost' | { code: string }> {
  const first = disk.operations + at;
  const fault = faults[kind];
  let met: (() => void) | undefined;
  const ended = new Promise<'lost'>((resolve) => { met = () => resolve('lost'); });
  disk.fault = () => {
    const now = disk.operations - 1;
    const strikes = fault !== undefined && (kind === 'broken from here' ? now >= first : now === first);
    if (!strikes) return undefined;
    if (fault === 'end') met?.();
    return fault;
  };
  try {
    const outcome = await Promise.race([perform(repository, each).then(() => 'done' as const), ended]);
    return outcome;
  } catch (error) {
    if (!isProductError(error)) throw error;
    return ['repository/disk-full', 'repository/write-failed'].includes(error.code) ? 'refused' : { code: error.code };
  } finally {
    if (kind === 'full' || kind === 'broken once') disk.fault = () => undefined;
  }
}

/** Once it is open, everything on the disk has its reason: no half-written file, no volume that nothing refers to. */
async function assertTidy(left: ReadonlyMap<string, Buffer>): Promise<void> {
  const disk = FakeDisk.holding(left);
  await openTestRepository(folder, { files: disk.files });
  const history = await readHistory({ files: disk.files, folder: createCatalogueFolder(`${folder}/catalogue`), sql: await initSqlJs() });
  assert.ok(history && !history.damage);
  const known = new Set(history.catalogue.all('SELECT volume FROM content_volumes UNION SELECT volume FROM dropped_volumes').map(({ volume }) => String(volume)));
  history.catalogue.close();
  for (const file of disk.contents().keys()) {
    assert.doesNotMatch(file, /\.new$/);
    const volume = /([0-9a-f]{64})\.volume$/.exec(file)?.[1];
    if (volume !== undefined) assert.ok(known.has(volume), `nothing refers to ${file}`);
  }
}

describe('the embedded repository under crashes and failing disks', function () {
  this.timeout(120_000);

  it('looks like the model after any operations, kills, losses of power, full and broken disks', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(operation, trouble), { minLength: 5, maxLength: 25 }), fc.nat(), async (steps, seed) => {
      let disk = new FakeDisk(createRandom(seed + 1));
      let repository = await openTestRepository(folder, { files: disk.files, foldRules });
      let model = new Model();
      for (const [each, bad] of steps) {
        const after = model.copy();
        const refusal = after.apply(each);
        const outcome = await performWith(disk, repository, each, bad);
        const possible = [model];
        if (outcome === 'done') {
          assert.equal(refusal, undefined, `${each.kind} should have been refused`);
          possible[0] = after;
        } else if (outcome === 'lost' || (outcome === 'refused' && bad.kind === 'broken from here')) {
          // Nobody was told that it happened: before or after, nothing between.
          if (refusal === undefined) possible.push(after);
        } else if (outcome !== 'refused') {
          assert.equal(outcome.code, refusal);
        }
        if (bad.kind !== 'none' && bad.kind !== 'full' && bad.kind !== 'broken once') {
          if (bad.kind === 'reopen') await repository.close();
          disk = bad.kind === 'power' ? disk.afterPowerLoss() : disk.afterKill();
          await assertTidy(disk.contents());
          repository = await openTestRepository(folder, { files: disk.files, foldRules });
        }
        assert.equal(repository.readOnly, undefined);
        model = await settle(repository, model, possible, bad.kind);
      }
      await repository.close();
    }), { numRuns: 40, seed: 7, endOnFailure: true });
  });

  it('keeps whatever was acknowledged when the power goes right afterwards', async () => {
    const steps: Operation[] = [
      { kind: 'addHost', host: 1 }, { kind: 'editHost', host: 1, user: 'x' }, { kind: 'import', tenant: 0, version: 1, bytes: 4 },
      { kind: 'deploy', host: 1, version: 1 }, { kind: 'output', host: 1, lines: 3 }, { kind: 'end', host: 1 }, { kind: 'delete', tenant: 0, version: 1 },
    ];
    for (let seed = 1; seed <= 8; seed++) {
      for (let done = 1; done <= steps.length; done++) {
        const disk = new FakeDisk(createRandom(seed));
        const repository = await openTestRepository(folder, { files: disk.files, foldRules: { ...foldRules, most: 1e9 } });
        const model = new Model();
        for (const step of steps.slice(0, done)) {
          model.apply(step);
          await perform(repository, step);
        }
        const next = await openTestRepository(folder, { files: disk.afterPowerLoss().files });
        assert.ok(model.matches(await look(next), model.deployments.map(({ synced }) => synced)), `seed ${seed}, after ${done} steps`);
      }
    }
  });

  it('never brings back a change that was refused, even when the process ends right afterwards', async () => {
    for (const failing of ['append', 'sync']) {
      for (const folded of [true, false]) {
        const disk = new FakeDisk(createRandom(5));
        let repository = await openTestRepository(folder, { files: disk.files });
        await repository.addHost(sampleHost('alpha'));
        if (folded) {
          await repository.close();
          repository = await openTestRepository(folder, { files: disk.files });
        }
        let failures = 1;
        disk.fault = (done, path) => (done === failing && path.endsWith('.log') && failures-- > 0 ? 'EIO' : undefined);
        const refused = await Promise.allSettled(['beta', 'gamma'].map((name) => repository.addHost(sampleHost(name))));
        for (const result of refused) assert.ok(result.status === 'rejected' && isProductError(result.reason, 'repository/write-failed'));
        assert.deepEqual((await repository.listHosts()).map(({ name }) => name), ['alpha']);
        const next = await openTestRepository(folder, { files: disk.afterKill().files });
        assert.deepEqual((await next.listHosts()).map(({ name }) => name), ['alpha'], `${failing}, ${folded ? 'new log' : 'same log'}`);
        assert.equal(next.readOnly, undefined);
      }
    }
  });

  it('keeps the order of changes made at the same moment: with each, all before it', async () => {
    for (let at = 0; at < 12; at++) {
      const disk = new FakeDisk(createRandom(at + 1));
      const repository = await openTestRepository(folder, { files: disk.files });
      const last = disk.operations + at + 1;
      const ended = new Promise((resolve) => {
        disk.fault = () => {
          if (disk.operations < last) return undefined;
          resolve(undefined);
          return 'end';
        };
      });
      const acknowledged: number[] = [];
      for (let group = 0; group < 4; group++) {
        const writes = Array.from({ length: 10 }, (_, i) => repository.addHost(sampleHost(`host-${group}${i}`)).then(() => acknowledged.push(group * 10 + i)));
        await Promise.race([Promise.all(writes), ended]);
      }
      const next = await openTestRepository(folder, { files: disk.afterPowerLoss().files });
      const there = (await next.listHosts()).map(({ name }) => Number(name.slice(5)));
      assert.deepEqual(there, Array.from({ length: there.length }, (_, i) => i));
      for (const number of acknowledged) assert.ok(there.includes(number), `host-${number} was acknowledged`);
    }
  });

  it('acknowledges nothing, and writes nothing more, once another service is the owner', async () => {
    const disk = new FakeDisk();
    let owner = true;
    const repository = await openTestRepository(folder, { files: disk.files, mayCommit: () => Promise.resolve(owner) });
    await repository.addHost(sampleHost('alpha'));
    owner = false;
    const operations = disk.operations;
    const refused = await Promise.allSettled(['beta', 'gamma'].map((name) => repository.addHost(sampleHost(name))));
    for (const result of refused) assert.ok(result.status === 'rejected' && isProductError(result.reason, 'repository/not-owner'));
    await assert.rejects(repository.listHosts(), (error) => isProductError(error, 'repository/not-owner'));
    await repository.close();
    assert.equal(disk.operations, operations);
  });

  it('leaves a log alone that another service made under the name it wanted', async () => {
    const disk = new FakeDisk();
    const repository = await openTestRepository(folder, { files: disk.files });
    const other = await disk.files.create(`${folder}/catalogue/00000002.log`);
    await other.append(Buffer.from('not ours'));
    await assert.rejects(repository.addHost(sampleHost('alpha')), (error) => isProductError(error, 'repository/write-failed'));
    assert.equal(String(disk.contents().get(`${folder}/catalogue/00000002.log`)), 'not ours');
  });

  it('forgets what an owner that had lost its folder still wrote, and goes on with what the new one wrote', async () => {
    const disk = new FakeDisk();
    let answers = [true];
    const old = await openTestRepository(folder, { files: disk.files, mayCommit: () => Promise.resolve(answers.length > 1 ? answers.shift() ?? false : answers[0] ?? false) });
    await old.addHost(sampleHost('alpha'));
    const next = await openTestRepository(folder, { files: disk.files });
    await next.addHost(sampleHost('beta'));
    answers = [true, false];
    await assert.rejects(old.addHost(sampleHost('stale')), (error) => isProductError(error, 'repository/not-owner'));
    const last = await openTestRepository(folder, { files: disk.afterKill().files });
    assert.equal(last.readOnly, undefined);
    assert.deepEqual((await last.listHosts()).map(({ name }) => name), ['alpha', 'beta']);
  });

  it('does not acknowledge a change that was written while another service took over', async () => {
    const disk = new FakeDisk();
    let answers = [true];
    const repository = await openTestRepository(folder, { files: disk.files, mayCommit: () => Promise.resolve(answers.length > 1 ? answers.shift() ?? false : answers[0] ?? false) });
    answers = [true, false];
    await assert.rejects(repository.addHost(sampleHost('alpha')), (error) => isProductError(error, 'repository/not-owner'));
  });
});

/** Finds out which of the possible states the repository is in. */
async function settle(repository: Repository, before: Model, possible: readonly Model[], bad: Trouble['kind']): Promise<Model> {
  const seen = await look(repository);
  for (const model of possible) {
    const acknowledged = model === possible[0] ? model : before;
    const floors = model.deployments.map((_, i) => (bad === 'power' ? acknowledged.deployments[i]?.synced : acknowledged.deployments[i]?.events) ?? 0);
    if (model.matches(seen, floors)) return model;
  }
  assert.deepEqual(seen, possible.at(-1)?.see());
  throw new Error('not reached');
}
