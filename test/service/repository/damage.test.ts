import * as assert from 'node:assert/strict';
import { basename } from 'node:path';
import { isProductError } from '../../../src/core/errors';
import { environmentTenant } from '../../../src/core/packages/model';
import type { Repository } from '../../../src/service/repository/repository';
import { refuses } from './contract/session';
import { FakeDisk } from './fakeDisk';
import { importSample, readAll, sampleBytes, sampleDeployment, sampleHost } from './samples';
import { openTestRepository } from './sqljs';

const folder = '/repository';
const names = (repository: Repository) => repository.listHosts().then((hosts) => hosts.map(({ name }) => name));

interface Sample {
  readonly files: ReadonlyMap<string, Buffer>;
  /** The names of the hosts after each change. */
  readonly states: readonly (readonly string[])[];
}

/** A repository of some changes, as its service left it. `folds`: how often it was closed in between. */
async function makeSample(folds: number): Promise<Sample> {
  const disk = new FakeDisk();
  const states: string[][] = [[]];
  let repository = await openTestRepository(folder, { files: disk.files });
  const add = async (name: string) => {
    await repository.addHost(sampleHost(name));
    states.push([...states.at(-1)!, name]);
  };
  for (let fold = 0; fold < folds; fold++) {
    for (const i of [1, 2]) await add(`host-${fold}-${i}`);
    await repository.close();
    repository = await openTestRepository(folder, { files: disk.files });
  }
  for (const i of [1, 2, 3]) await add(`tail-${i}`);
  return { files: disk.afterKill().contents(), states };
}

/** Opens the sample with one file changed; undefined when it is refused by name. */
async function openChanged(sample: Sample, file: string, change: (bytes: Buffer) => Buffer): Promise<{ repository: Repository; disk: FakeDisk } | undefined> {
  const disk = FakeDisk.holding(new Map([...sample.files, [file, change(Buffer.from(sample.files.get(file)!))]]));
  try {
    return { repository: await openTestRepository(folder, { files: disk.files }), disk };
  } catch (error) {
    if (!isProductError(error)) throw error;
    assert.match(error.code, /^repository\/(beyond-recovery|newer-schema)$/);
    return undefined;
  }
}

const flip = (at: number, bit: number) => (bytes: Buffer) => {
  bytes[at]! ^= 1 << bit;
  return bytes;
};

const newest = (sample: Sample, ending: string) => [...sample.files.keys()].filter((file) => file.endsWith(ending)).sort().at(-1)!;

describe('a damaged repository', function () {
  this.timeout(60_000);
  let sample: Sample;

  before(async () => {
    sample = await makeSample(2);
  });

  it('opens at the last acknowledged change when the process was killed', async () => {
    const { repository } = (await openChanged(sample, newest(sample, '.log'), (bytes) => bytes))!;
    assert.equal(repository.readOnly, undefined);
    assert.deepEqual(await names(repository), sample.states.at(-1));
    await repository.close();
  });

  it('gives the changes before it when the last record is cut off anywhere', async () => {
    const log = newest(sample, '.log');
    const size = sample.files.get(log)!.length;
    const lastRecord = size - sample.files.get(log)!.lastIndexOf('GXR1');
    for (let cut = 1; cut <= lastRecord; cut++) {
      const { repository } = (await openChanged(sample, log, (bytes) => bytes.subarray(0, size - cut)))!;
      assert.equal(repository.readOnly, undefined, `cut ${cut}`);
      assert.deepEqual(await names(repository), sample.states.at(-2), `cut ${cut}`);
      if (cut % 50 === 0) {
        await repository.addHost(sampleHost('after'));
        assert.equal((await names(repository)).length, sample.states.at(-1)!.length);
      }
    }
  });

  it('gives an earlier state, says that changes are missing and writes nothing, wherever a bit of the log is flipped', async () => {
    const log = newest(sample, '.log');
    const size = sample.files.get(log)!.length;
    for (let at = 0; at < size; at += 7) {
      const { repository, disk } = (await openChanged(sample, log, flip(at, at % 8)))!;
      const operations = disk.operations;
      const state = await names(repository);
      const missing = sample.states.length - 1 - state.length;
      assert.deepEqual(state, sample.states[state.length], `byte ${at}`);
      assert.ok(missing > 0, `byte ${at}`);
      assert.equal(repository.readOnly?.code, 'repository/damaged');
      assert.equal(repository.readOnly.args['n'], missing, `byte ${at}`);
      await refuses('repository/read-only', repository.addHost(sampleHost('late')));
      await repository.close();
      assert.equal(disk.operations, operations);
    }
  });

  it('rolls an older image forward without loss, read-only, wherever a bit of the newest image is flipped', async () => {
    const image = newest(sample, '.image');
    const size = sample.files.get(image)!.length;
    for (let at = 0; at < size; at += 1499) {
      const { repository } = (await openChanged(sample, image, flip(at, at % 8)))!;
      assert.equal(repository.readOnly?.code, 'repository/damaged');
      assert.deepEqual({ file: repository.readOnly.args['file'], n: repository.readOnly.args['n'] }, { file: image, n: 0 });
      assert.deepEqual(await names(repository), sample.states.at(-1));
    }
  });

  it('opens at an older state when newest image and the log before it are damaged, and counts what is missing', async () => {
    const image = newest(sample, '.image');
    const log = [...sample.files.keys()].filter((file) => file.endsWith('.log') && file < image).sort().at(-1)!;
    const disk = FakeDisk.holding(new Map([
      ...sample.files, [image, flip(5000, 1)(Buffer.from(sample.files.get(image)!))], [log, flip(sample.files.get(log)!.length - 5, 1)(Buffer.from(sample.files.get(log)!))],
    ]));
    const repository = await openTestRepository(folder, { files: disk.files });
    const state = await names(repository);
    assert.deepEqual(state, sample.states[3]);
    assert.equal(repository.readOnly?.args['n'], sample.states.length - 1 - 3);
  });

  it('names a log that has vanished', async () => {
    const image = newest(sample, '.image');
    const log = [...sample.files.keys()].filter((file) => file.endsWith('.log') && file < image).sort().at(-1)!;
    const files = new Map([...sample.files, [image, Buffer.from('nothing')]]);
    files.delete(log);
    const repository = await openTestRepository(folder, { files: FakeDisk.holding(files).files });
    assert.deepEqual({ reason: repository.readOnly?.args['reason'], file: repository.readOnly?.args['file'] }, { reason: 'missing', file: log });
  });

  it('goes on from the recovered state when a person says so, and sets the damaged files aside', async () => {
    const log = newest(sample, '.log');
    const second = sample.files.get(log)!.indexOf('GXR1', sample.files.get(log)!.indexOf('GXR1', 4) + 4);
    const { repository, disk } = (await openChanged(sample, log, flip(second + 40, 3)))!;
    const state = await names(repository);
    const told: string[][] = [];
    repository.onChanged((areas) => told.push([...areas]));
    await Promise.all([repository.useRecoveredCopy(), repository.useRecoveredCopy()]);
    assert.equal(repository.readOnly, undefined);
    assert.ok(told[0]?.includes('packages'));
    await repository.addHost(sampleHost('afterwards'));
    await repository.useRecoveredCopy();

    const again = await openTestRepository(folder, { files: disk.afterPowerLoss().files });
    assert.equal(again.readOnly, undefined);
    assert.deepEqual(await names(again), ['afterwards', ...state].sort());
  });

  it('refuses by name, and writes nothing, when no image is left that can be read', async () => {
    const old = await makeSample(5);
    const damaged = new Map([...old.files].map(([file, bytes]) => [file, file.endsWith('.image') ? flip(4000, 0)(Buffer.from(bytes)) : bytes]));
    const disk = FakeDisk.holding(damaged);
    await refuses('repository/beyond-recovery', openTestRepository(folder, { files: disk.files }));
    assert.deepEqual(disk.contents(), damaged);
  });

  it('rolls forward from the very beginning while all logs are kept', async () => {
    const young = await makeSample(0);
    const image = newest(young, '.image');
    const { repository } = (await openChanged(young, image, () => Buffer.alloc(0)))!;
    assert.equal(repository.readOnly?.args['n'], 0);
    assert.deepEqual(await names(repository), young.states.at(-1));
  });

  it('refuses to begin anew where volumes or journals lie without a catalogue', async () => {
    const disk = FakeDisk.holding(new Map([[`${folder}/volumes/${'a'.repeat(64)}.volume`, Buffer.from('x')]]));
    await refuses('repository/catalogue-missing', openTestRepository(folder, { files: disk.files }));
    assert.equal(disk.contents().size, 1);
  });

  it('refuses a newer format by name and writes nothing', async () => {
    const { encodeImage, decodeImage } = await import('../../../src/service/repository/sqljs/image');
    const image = newest(sample, '.image');
    const { database, label } = decodeImage(sample.files.get(image)!);
    const newer = Buffer.concat(encodeImage(database!, { ...label!, schema: 99 }));
    const disk = FakeDisk.holding(new Map([...sample.files, [image, newer]]));
    await assert.rejects(openTestRepository(folder, { files: disk.files }), (error) => {
      assert.ok(isProductError(error, 'repository/newer-schema'));
      assert.equal(error.args['found'], '1.99');
      return true;
    });
    assert.deepEqual(disk.contents().size, sample.files.size);
    assert.deepEqual(disk.contents().get(image), newer);
  });
});

describe('a damaged volume', () => {
  const bytes = sampleBytes(150_000, 'volume');

  async function makeVolumes() {
    const disk = new FakeDisk();
    const repository = await openTestRepository(folder, { files: disk.files });
    const summary = await importSample(repository, bytes);
    await repository.close();
    return { files: disk.afterKill().contents(), summary };
  }

  it('is never read as if it were intact: the package and the volume are named', async () => {
    const { files, summary } = await makeVolumes();
    const volumes = [...files.keys()].filter((file) => file.endsWith('.volume'));
    assert.equal(volumes.length, 3);
    for (const volume of volumes) {
      const size = files.get(volume)!.length;
      for (let at = 0; at < size; at += 7919) {
        const repository = await openTestRepository(folder, { files: FakeDisk.holding(new Map([...files, [volume, flip(at, at % 8)(Buffer.from(files.get(volume)!))]])).files });
        await assert.rejects(readAll(repository, summary.sha256), (error) => {
          assert.ok(isProductError(error, 'repository/content-damaged'));
          assert.match(String(error.args['package']), /Local Control Agent 8\.5\.100\.37/);
          assert.equal(basename(String(error.args['volume'])), basename(volume));
          return true;
        });
        await repository.close();
      }
    }
  });

  it('that has vanished is named', async () => {
    const { files, summary } = await makeVolumes();
    const volume = [...files.keys()].find((file) => file.endsWith('.volume'))!;
    files.delete(volume);
    const repository = await openTestRepository(folder, { files: FakeDisk.holding(files).files });
    await refuses('repository/content-damaged', readAll(repository, summary.sha256));
    await repository.close();
  });

  it('is whole again when the package is deleted and imported once more', async () => {
    const { files, summary } = await makeVolumes();
    const volume = [...files.keys()].find((file) => file.endsWith('.volume'))!;
    const disk = FakeDisk.holding(new Map([...files, [volume, flip(9000, 2)(Buffer.from(files.get(volume)!))]]));
    const repository = await openTestRepository(folder, { files: disk.files });
    await repository.deletePackage(summary.id, environmentTenant.id);
    await importSample(repository, bytes);
    assert.deepEqual(await readAll(repository, summary.sha256), bytes);
    await repository.close();
  });
});

describe('a damaged journal', () => {
  async function makeJournal() {
    const disk = new FakeDisk();
    const repository = await openTestRepository(folder, { files: disk.files });
    const host = await repository.addHost(sampleHost('alpha'));
    const summary = await importSample(repository, sampleBytes(10, 'journal'));
    const deployment = await repository.addDeployment(sampleDeployment(summary, [host]));
    for (let i = 0; i < 5; i++) await repository.appendDeploymentEvents(deployment.id, [{ type: 'output', host: host.id, stream: 'stdout', text: `line ${i}` }]);
    await repository.appendDeploymentEvents(deployment.id, [{ type: 'hostStarted', host: host.id }]);
    const files = disk.afterKill().contents();
    const journal = [...files.keys()].find((file) => file.endsWith('.jsonl'))!;
    return { files, journal, deployment, host, summary };
  }

  it('gives the events before the cut when its last line is cut off anywhere, and takes new ones', async () => {
    const { files, journal, deployment, host } = await makeJournal();
    const whole = files.get(journal)!;
    const lastLine = whole.subarray(0, -1).lastIndexOf('\n') + 1;
    for (let size = lastLine; size < whole.length; size += 9) {
      const disk = FakeDisk.holding(new Map([...files, [journal, whole.subarray(0, size)]]));
      const repository = await openTestRepository(folder, { files: disk.files });
      assert.equal((await repository.readDeploymentEvents(deployment.id, 0, 100)).length, 5);
      await repository.appendDeploymentEvents(deployment.id, [{ type: 'hostStarted', host: host.id }]);
      assert.equal((await repository.getDeployment(deployment.id)).hosts[0]?.state, 'running');
      const events = await (await openTestRepository(folder, { files: disk.afterPowerLoss().files })).readDeploymentEvents(deployment.id, 0, 100);
      assert.deepEqual(events.map(({ sequence }) => sequence), [1, 2, 3, 4, 5, 6]);
    }
  });

  it('gives the events before a flipped bit, then says where the damage is, and lets the host be used again', async () => {
    const { files, journal, deployment, host, summary } = await makeJournal();
    const whole = files.get(journal)!;
    const lines = whole.toString().split('\n').slice(0, -1);
    for (let at = 0; at < whole.length - 1; at += 5) {
      const disk = FakeDisk.holding(new Map([...files, [journal, flip(at, at % 7)(Buffer.from(whole))]]));
      const repository = await openTestRepository(folder, { files: disk.files });
      const intact = whole.subarray(0, at).toString().split('\n').length - 1;
      const events = intact > 0 ? await repository.readDeploymentEvents(deployment.id, 0, 100) : [];
      assert.equal(events.length, intact, `byte ${at}`);
      // The very last line may also look like one that never ended.
      if (intact === lines.length - 1 && (await repository.getDeployment(deployment.id)).state === 'running') continue;
      await refuses('repository/journal-damaged', repository.readDeploymentEvents(deployment.id, intact, 100));
      await refuses('repository/journal-damaged', repository.appendDeploymentEvents(deployment.id, [{ type: 'hostStarted', host: host.id }]));
      const standing = await repository.getDeployment(deployment.id);
      assert.deepEqual([standing.state, standing.hosts[0]?.state], ['interrupted', 'unknown'], `byte ${at}`);
      await repository.addDeployment(sampleDeployment(summary, [host]));
    }
  });
});
