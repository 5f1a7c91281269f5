import assert from 'node:assert/strict';
import { basename } from 'node:path';
import type { RepositoryReport } from '../../../src/core/repository/report';
import type { SqlJsRepository } from '../../../src/service/repository/sqljs/openRepository';
import { refuses } from './contract/session';
import { FakeDisk } from './fakeDisk';
import { importSample, readAll, sampleBytes, sampleDeployment, sampleHost, sha256Of } from './samples';
import { openTestRepository } from './sqljs';

const folder = '/repository';
const options = { signal: new AbortController().signal, report: () => undefined };
const codesOf = ({ problems }: Pick<RepositoryReport, 'problems'>) => problems.map(({ code, file }) => [code, file]);

/** Two packages in several volumes each, and a deployment that has ended. */
async function makeRepository(): Promise<{ readonly files: ReadonlyMap<string, Buffer>; readonly first: Buffer; readonly second: Buffer }> {
  const disk = new FakeDisk();
  const first = sampleBytes(150_000, 'first');
  const second = sampleBytes(90_000, 'second');
  let repository = await openTestRepository(folder, { files: disk.files });
  const one = await importSample(repository, first, { name: 'First', group: 'Kept', description: 'Words of a person' });
  await importSample(repository, second, { name: 'Second' });
  // Another image, so that there is an older one.
  await repository.close();
  repository = await openTestRepository(folder, { files: disk.files });
  const host = await repository.addHost(sampleHost('host'));
  const deployment = await repository.addDeployment(sampleDeployment(one, [host]));
  await repository.appendDeploymentEvents(deployment.id, [{ type: 'ended', state: 'complete' }]);
  await repository.close();
  return { files: disk.afterKill().contents(), first, second };
}

describe('looking after a repository', function () {
  this.timeout(60_000);
  let sample: Awaited<ReturnType<typeof makeRepository>>;
  let disk: FakeDisk;
  let repository: SqlJsRepository;

  before(async () => {
    sample = await makeRepository();
  });
  beforeEach(async () => {
    disk = FakeDisk.holding(new Map([...sample.files].map(([name, bytes]) => [name, Buffer.from(bytes)])));
    repository = await openTestRepository(folder, { files: disk.files });
  });
  afterEach(() => repository.close());

  const find = (ending: string, from = disk) => [...from.contents().keys()].filter((name) => name.endsWith(ending) && !name.includes('/quarantine/')).sort();
  const quarantined = () => [...disk.contents().keys()].filter((name) => name.startsWith(`${folder}/quarantine/`));

  /** Changes a file under the repository that is open. */
  async function change(file: string, by: (bytes: Buffer) => Buffer | undefined): Promise<void> {
    const bytes = by(Buffer.from(disk.contents().get(file) ?? Buffer.alloc(0)));
    await disk.files.remove(file);
    if (bytes === undefined) return;
    const made = await disk.files.create(file);
    await made.append(bytes);
    await made.sync();
    await made.close();
  }
  const flip = (bytes: Buffer): Buffer => {
    bytes[Math.floor(bytes.length / 2)]! ^= 4;
    return bytes;
  };
  const halve = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2);
  const remove = (): undefined => undefined;

  /** A volume of the first package alone. */
  function volumeOf(bytes: Buffer): string {
    const holding = find('.volume').filter((file) => disk.contents().get(file)?.includes(bytes.subarray(1000, 5000)));
    assert.equal(holding.length, 1);
    return holding[0]!;
  }

  it('a sound one has no problem, and the report says what was read', async () => {
    const percents: number[] = [];
    const report = await repository.upkeep.check({ ...options, report: (percent) => percents.push(percent) });
    assert.deepEqual(report.problems, []);
    assert.equal(report.checked.packages, 2);
    assert.equal(report.checked.bytes, sample.first.length + sample.second.length);
    assert.equal(percents[0], 0);
    assert.equal(percents.at(-1), 100);
    assert.ok(percents.every((percent, i) => i === 0 || percent > percents[i - 1]!));
    const repair = await repository.upkeep.repair(options);
    assert.deepEqual(repair, { repaired: [], left: [], packages: [] });
    assert.deepEqual(quarantined(), []);
  });

  for (const [what, by, code] of [
    ['a missing volume', remove, 'volume-missing'], ['a flipped byte in a volume', flip, 'volume-damaged'], ['a volume cut off', halve, 'volume-damaged'],
  ] as const) {
    it(`${what} is found with its package, and the others go on; repair takes the package out and keeps all that was there`, async () => {
      const file = volumeOf(sample.first);
      await change(file, by);
      const damaged = disk.contents().get(file);
      const { problems } = await repository.upkeep.check(options);
      assert.deepEqual(problems, [{ code, severity: 'error', file: `volumes/${basename(file)}`, packages: ['First 8.5.100.37 (ENU, Linux 32/64-bit)'] }]);

      const repair = await repository.upkeep.repair(options);
      assert.deepEqual([repair.repaired, repair.left, repair.packages], [problems, [], problems[0]?.packages]);
      assert.deepEqual((await repository.listPackages()).map(({ name }) => name), ['Second']);
      assert.ok((await readAll(repository, sha256Of(sample.second))).equals(sample.second));
      assert.deepEqual((await repository.upkeep.check(options)).problems, []);

      // What a person entered, and every byte that was there.
      const report = JSON.parse(String(disk.contents().get(`${repair.quarantine}/report.json`))) as { packages: { tenants: Record<string, unknown>[] }[] };
      assert.deepEqual([report.packages[0]?.tenants[0]?.['group_name'], report.packages[0]?.tenants[0]?.['description']], ['Kept', 'Words of a person']);
      const kept = quarantined().filter((name) => name.endsWith('.volume')).map((name) => basename(name));
      assert.equal(kept.length, by === remove ? 2 : 3);
      if (damaged) assert.ok(disk.contents().get(`${repair.quarantine}/volumes/${basename(file)}`)?.equals(damaged));

      // The package can be imported again, also after a start.
      await importSample(repository, sample.first, { name: 'First' });
      assert.ok((await readAll(repository, sha256Of(sample.first))).equals(sample.first));
    });
  }

  it('a volume and a file that belong to nobody are found, and repair moves them into quarantine', async () => {
    const orphan = `${folder}/volumes/${'a'.repeat(64)}.volume`;
    const unfinished = `${folder}/volumes/${'b'.repeat(64)}.volume.7.new`;
    for (const file of [orphan, unfinished, `${folder}/volumes/notes.txt`]) await change(file, () => Buffer.from('somebody’s'));
    const report = await repository.upkeep.check(options);
    assert.deepEqual(codesOf(report), [
      ['volume-orphaned', `volumes/${basename(orphan)}`], ['file-unfinished', `volumes/${basename(unfinished)}`], ['file-foreign', 'volumes/notes.txt'],
    ]);
    assert.ok(report.problems.every(({ severity }) => severity === 'warning'));
    const { quarantine } = await repository.upkeep.repair(options);
    assert.equal(String(disk.contents().get(`${quarantine}/volumes/notes.txt`)), 'somebody’s');
    assert.deepEqual((await repository.upkeep.check(options)).problems, []);
    assert.equal((await repository.listPackages()).length, 2);
  });

  for (const [what, by] of [['truncated', halve], ['flipped in a page', flip]] as const) {
    it(`an image that is ${what} is found while the service has it in memory, and repair writes a new one`, async () => {
      const image = find('.image').at(-1)!;
      await change(image, by);
      const report = await repository.upkeep.check(options);
      assert.deepEqual(codesOf(report), [['image-damaged', `catalogue/${basename(image)}`]]);
      const { quarantine } = await repository.upkeep.repair(options);
      assert.ok(disk.contents().has(`${quarantine}/catalogue/${basename(image)}`));
      assert.deepEqual((await repository.upkeep.check(options)).problems, []);
      // A kill at this moment loses nothing.
      const after = disk.afterKill();
      const again = await openTestRepository(folder, { files: after.files });
      assert.equal(again.readOnly, undefined);
      assert.equal((await again.listPackages()).length, 2);
      await again.close();
    });
  }

  it('a log with a flipped byte, or one that lost what was acknowledged, is found and replaced by an image', async () => {
    for (const by of [flip, halve]) {
      await repository.addHost(sampleHost(`host-${by.name}`));
      await repository.addHost(sampleHost(`other-${by.name}`));
      const log = find('.log').at(-1)!;
      await change(log, by);
      const report = await repository.upkeep.check(options);
      assert.deepEqual(report.problems.map(({ file }) => file), [`catalogue/${basename(log)}`]);
      assert.match(report.problems[0]!.code, /^(log|state)-damaged$/);
      await repository.upkeep.repair(options);
      assert.deepEqual((await repository.upkeep.check(options)).problems, []);
    }
    const again = await openTestRepository(folder, { files: disk.afterKill().files });
    assert.equal((await again.listHosts()).length, 5);
    await again.close();
  });

  it('a repository that opens for reading only can be checked, and repair goes on from what is left', async () => {
    await repository.close();
    const image = find('.image').at(-1)!;
    await change(image, flip);
    for (const log of find('.log')) await change(log, remove);
    repository = await openTestRepository(folder, { files: disk.files });
    assert.ok(repository.readOnly);
    assert.ok((await repository.upkeep.check(options)).problems.some(({ code, file }) => code === 'image-damaged' && file === `catalogue/${basename(image)}`));
    await repository.upkeep.repair(options);
    assert.equal(repository.readOnly, undefined);
    assert.deepEqual((await repository.upkeep.check(options)).problems, []);
    assert.ok([...disk.contents().keys()].some((name) => name.includes(basename(image)) && name.endsWith('.damaged')), 'the damaged image is still there');
  });

  it('a damaged log of a deployment is named, and repair keeps what is intact of it', async () => {
    const [deployment] = await repository.listDeployments();
    const journal = find('.jsonl')[0]!;
    const whole = disk.contents().get(journal)!;
    await change(journal, (bytes) => Buffer.concat([bytes, flip(Buffer.from(bytes)), bytes]));
    const { problems } = await repository.upkeep.check(options);
    assert.deepEqual(problems.map(({ code, offset }) => [code, offset]), [['journal-damaged', whole.length]]);
    assert.match(problems[0]?.subject ?? '', /^First 8\.5\.100\.37/);
    await repository.upkeep.repair(options);
    assert.ok(disk.contents().get(journal)?.equals(whole));
    assert.equal((await repository.readDeploymentEvents(deployment!.id, 0, 10)).length, 1);
    assert.deepEqual((await repository.upkeep.check(options)).problems, []);

    await change(journal, remove);
    assert.deepEqual(codesOf(await repository.upkeep.check(options)), [['journal-missing', `journals/${basename(journal)}`]]);
    await change(`${folder}/journals/deployment-of-nobody.jsonl`, () => Buffer.from('{}\n'));
    await repository.upkeep.repair(options);
    assert.deepEqual((await repository.upkeep.check(options)).problems, []);
  });

  it('repair that is killed at any moment, with a loss of power, loses nothing', async () => {
    const file = volumeOf(sample.first);
    const damage = flip(Buffer.from(disk.contents().get(file)!));
    await change(file, () => damage);
    await change(find('.image').at(-1)!, flip);
    const start = disk.contents();
    for (let at = 1; ; at += 3) {
      const killed = FakeDisk.holding(new Map([...start].map(([name, bytes]) => [name, Buffer.from(bytes)])));
      const one = await openTestRepository(folder, { files: killed.files });
      const begin = killed.operations;
      const ended = new Promise<false>((resolve) => {
        killed.fault = () => {
          if (killed.operations - begin < at) return undefined;
          resolve(false);
          return 'end';
        };
      });
      const finished = await Promise.race([one.upkeep.repair(options).then(() => true), ended]);
      const left = killed.afterPowerLoss();
      const holds = (bytes: Buffer) => [...left.contents().values()].some((found) => found.equals(bytes));
      assert.ok(holds(damage), `kill ${at}: the damaged volume is gone`);
      const again = await openTestRepository(folder, { files: left.files });
      if (again.readOnly) await again.useRecoveredCopy();
      assert.ok((await again.listPackages()).some(({ name }) => name === 'Second'), `kill ${at}`);
      assert.ok((await readAll(again, sha256Of(sample.second))).equals(sample.second));
      await again.upkeep.repair(options);
      assert.deepEqual((await again.upkeep.check(options)).problems, [], `kill ${at}`);
      await again.close();
      if (finished) {
        assert.ok(at > 20, 'it was killed often enough');
        break;
      }
    }
  });

  it('a check that is stopped ends, and changes go on meanwhile', async () => {
    const stop = new AbortController();
    const checking = repository.upkeep.check({ signal: stop.signal, report: (percent) => {
      if (percent >= 5) stop.abort(new Error('stopped'));
    } });
    await repository.addHost(sampleHost('meanwhile'));
    await assert.rejects(checking, /stopped/);
    assert.deepEqual((await repository.upkeep.check(options)).problems, []);
  });

  it('a package that is imported or deleted during a check is no problem', async () => {
    let changed: Promise<unknown> | undefined;
    const { problems } = await repository.upkeep.check({ ...options, report: (percent) => {
      if (percent < 5) return;
      changed ??= (async () => {
        await importSample(repository, sampleBytes(200_000, 'third'), { name: 'Third' });
        const first = (await repository.listPackages()).find(({ name }) => name === 'First')!;
        await repository.deletePackage(first.id, first.tenantId);
      })();
    } });
    await changed;
    assert.deepEqual(problems, []);
    assert.deepEqual((await repository.upkeep.check(options)).problems, []);
  });

  it('two repairs at once are refused', async () => {
    const first = repository.upkeep.repair(options);
    await refuses('repository/upkeep-runs', repository.upkeep.repair(options));
    await first;
  });
});
