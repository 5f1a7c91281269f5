import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { isProductError } from '../../../src/core/errors';
import { prepareDataFolder, type DataFolder } from '../../../src/service/lifecycle/dataFolder';
import { isSameMachine, parseHardwareId, thisMachine, type Machine } from '../../../src/service/lifecycle/machine';
import { parseOwnerRecord, printOwnerRecord, type OwnerRecord } from '../../../src/service/lifecycle/ownerRecord';
import { claimOwnership, judgeOwner, readOwner, type Ownership } from '../../../src/service/lifecycle/ownership';
import { findProcess, isProcessAlive, parseProcStat } from '../../../src/service/lifecycle/processIdentity';
import { useTemporaryFolder } from '../../support/temporaryFolder';

const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
const here: Machine = { name: 'build-7', id: 'id-7', boot: 'boot-1', processSpace: 'pid:[1]' };
const record: OwnerRecord = { machine: here, pid: 4711, start: '100', endpoint: '/tmp/none.sock', version: '1.0.0' };
const judge = (changes: Partial<OwnerRecord>, alive = true): string => judgeOwner(3, { ...record, ...changes }, here, () => alive).kind;

describe('the owner of a data folder', () => {
  const temporary = useTemporaryFolder();
  let folder: DataFolder;
  let server: Server | undefined;
  beforeEach(() => {
    folder = prepareDataFolder(join(temporary(), 'data'));
  });
  afterEach(() => server?.close());

  const claim = (endpoint = join(temporary(), 'own.sock')): Promise<Ownership | undefined> =>
    claimOwnership({ folder, endpoint, version: '1.0.0', log: silentLog, refusalLimit: 300 });
  /** Makes it look as if this very process owned the folder, with that endpoint. */
  const writeOwner = (generation: number, changes: Partial<OwnerRecord> = {}): void => {
    const mine = { machine: thisMachine(), pid: process.pid, start: findProcess(process.pid)?.start ?? '', endpoint: join(temporary(), 'no.sock'), version: '1' };
    writeFileSync(join(folder.service, `owner.${generation}`), printOwnerRecord({ ...mine, ...changes }));
  };
  const listen = async (path: string): Promise<string> => {
    server = createServer();
    await new Promise<void>((resolve) => server?.listen(path, resolve));
    return path;
  };

  describe('as judged from its file', () => {
    it('is there while its process runs', () => assert.equal(judge({}), 'held'));
    it('is gone with its process', () => assert.equal(judge({}, false), 'free'));
    it('is gone after it gave the folder up, whatever runs under its number', () => assert.equal(judge({ ended: true }), 'free'));
    it('is gone after a restart of the machine, whatever runs under its number', () =>
      assert.equal(judge({ machine: { ...here, boot: 'boot-0' } }), 'free'));
    it('is elsewhere on another machine, even of the same name', () =>
      assert.equal(judge({ machine: { ...here, id: 'id-8' } }), 'elsewhere'));
    it('is the same machine under a new name', () => assert.equal(judge({ machine: { ...here, name: 'renamed' } }), 'held'));
    it('is out of sight in another container of the machine', () =>
      assert.equal(judge({ machine: { ...here, processSpace: 'pid:[2]' } }, false), 'out-of-sight'));
    it('is told apart by name where a machine has no id', () => {
      assert.ok(isSameMachine({ ...here, id: '' }, { ...here, name: 'BUILD-7' }));
      assert.ok(!isSameMachine({ ...here, id: '' }, { ...here, name: 'build-8' }));
    });
  });

  it('gets the first generation of a new folder, the next one after it has ended', async () => {
    const first = await claim();
    assert.equal(first?.generation, 1);
    assert.equal(first.mayCommit(), true);
    first.release();
    assert.equal(readOwner(folder).kind, 'free');
    assert.equal((await claim())?.generation, 2);
    assert.equal(first.mayCommit(), false);
  });

  it('is not replaced while it takes connections', async () => {
    writeOwner(4, { endpoint: await listen(join(temporary(), 'live.sock')) });
    assert.equal(await claim(), undefined);
  });

  it('is replaced when its process runs but its endpoint has refused for a time', async () => {
    writeOwner(4);
    assert.equal((await claim())?.generation, 5);
  });

  it('is replaced when its file stays unreadable', async () => {
    writeFileSync(join(folder.service, 'owner.9'), '{ "machine"');
    assert.equal((await claim())?.generation, 10);
  });

  it('is refused by name when it is on another machine, also while nothing answers', async () => {
    writeOwner(2, { machine: { ...thisMachine(), id: 'another', name: 'genesys-db-1' } });
    await assert.rejects(claim(), (error) =>
      isProductError(error, 'service/other-machine') && error.args['machine'] === 'genesys-db-1' && error.args['file'] === join(folder.service, 'owner.2'));
  });

  it('is refused when it is in another container and nothing shows its end', async () => {
    writeOwner(2, { machine: { ...thisMachine(), processSpace: 'pid:[42]' } });
    await assert.rejects(claim(), (error) => isProductError(error, 'service/other-machine'));
  });

  it('may not commit once a higher generation exists, or its file was replaced', async () => {
    const owned = await claim();
    writeOwner(2);
    assert.equal(owned?.mayCommit(), false);
    rmSync(join(folder.service, 'owner.2'));
    assert.equal(owned.mayCommit(), true);
    const text = readFileSync(join(folder.service, 'owner.1'));
    rmSync(join(folder.service, 'owner.1'));
    writeFileSync(join(folder.service, 'owner.1'), text);
    assert.equal(owned.mayCommit(), false);
  });

  it('does not give up a folder that is no longer its own', async () => {
    const owned = await claim();
    rmSync(join(folder.service, 'owner.1'));
    writeOwner(1, { pid: 1 });
    owned?.release();
    assert.equal(parseOwnerRecord(readFileSync(join(folder.service, 'owner.1'), 'utf8'))?.ended, undefined);
  });

  it('keeps a few old files and leaves no temporary ones', async () => {
    for (let generation = 1; generation <= 12; generation++) (await claim())?.release();
    const names = readdirSync(folder.service).sort();
    assert.equal(names.length, 8);
    assert.ok(names.includes('owner.12') && names.every((name) => /^owner\.\d+$/.test(name)));
  });

  it('is one of many who claim at once', async () => {
    const endpoint = await listen(join(temporary(), 'all.sock'));
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(endpoint)));
    assert.equal(claims.filter((owned) => owned !== undefined).length, 1);
  });

  it('is found by number and start of its process', function () {
    assert.equal(isProcessAlive({ pid: process.pid, start: findProcess(process.pid)?.start ?? '' }), true);
    assert.equal(findProcess(999_999_999), undefined);
    if (process.platform === 'linux') assert.equal(isProcessAlive({ pid: process.pid, start: '1' }), false);
  });

  it('is read from the system’s own words', () => {
    const stat = `4711 (a) b (c) Z ${Array.from({ length: 18 }, (_, i) => i).join(' ')} 987654 0 0`;
    assert.deepEqual(parseProcStat(stat), { state: 'Z', start: '987654' });
    assert.equal(parseHardwareId('  | "IOPlatformUUID" = "11111111-2222-3333-4444-555555555555"\n'), '11111111-2222-3333-4444-555555555555');
    assert.equal(parseHardwareId(''), '');
  });
});
