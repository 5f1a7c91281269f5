import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, join, relative } from 'node:path';
import { isProductError } from '../../../src/core/errors';
import type { ServiceClient } from '../../../src/service/client';
import { processorTime } from '../../support/processorTime';
import { useService } from '../../support/serviceProcess';
import type { HostileCase, Refused } from '../archive/support/expectRefusal';
import { tarCases } from '../archive/support/tarCases';
import { zipCases } from '../archive/support/zipCases';
import { expectImportError } from './support/expectImportError';
import { bombCases, damageCases, nestedCases, packageCases } from './support/packageCases';

interface Written {
  readonly title: string;
  readonly path: string;
  readonly expected: Refused;
}

/** What one archive may cost the whole service. */
const mostMemory = 300e6;
const mostSeconds = 10;

/** Those that need limits of their own, or a visitor, are read alone elsewhere; the bombs here are over the real limits. */
const withRealLimits = (cases: readonly HostileCase[]) => cases.filter(({ limits, visitor }) => limits === undefined && visitor === undefined);

describe('hostile and damaged archives given to the service', () => {
  const service = useService();

  function write(cases: readonly HostileCase[], ending: string): readonly Written[] {
    const folder = join(service.folder(), 'archives');
    fs.mkdirSync(folder, { recursive: true });
    return cases.map(({ title, bytes, expected }, number) => {
      const path = join(folder, `${number}${ending}`);
      fs.writeFileSync(path, bytes());
      return { title, path, expected: typeof expected === 'function' ? expected() : expected };
    });
  }

  const sourceOf = (path: string) => ({ source: { method: 'archive' as const, path } });

  /** Imports an archive that must be refused, and compares the refusal. */
  async function expectFailure(client: ServiceClient, { title, path, expected }: Written, method: 'archive' | 'support-archives' = 'archive'): Promise<void> {
    const { id } = await client.request('imports/start', { source: { method, path } });
    const record = await client.request('imports/wait', { id });
    assert.equal(record.state, 'failed', title);
    expectImportError(record.error, { title, name: basename(path), expected });
    await client.request('imports/dismiss', { id });
  }

  for (const [format, ending, cases] of [['tar.gz', '.tar.gz', tarCases], ['zip', '.zip', zipCases]] as const) {
    it(`each ${format} is refused for what is wrong with it, by name and place; nothing of it stays`, async function () {
      this.timeout(120_000);
      const written = write([...withRealLimits(cases), ...damageCases(format), ...packageCases(format)], ending);
      assert.ok(written.length > 100, `${written.length} cases`);
      const client = await service.connect();
      const { pid } = client.status;
      const repository = join(service.dataFolder(), 'repository');

      const empty = listing(repository);
      for (const each of written) await assert.rejects(client.request('imports/inspect', sourceOf(each.path)), (error) => expectImportError(isProductError(error) ? error : undefined, { ...each, name: basename(each.path) }));
      assert.deepEqual(listing(repository), empty, 'looking writes nothing at all');

      const before = processorTime(pid);
      await Promise.all(written.map((each) => expectFailure(client, each)));
      assert.ok(!(processorTime(pid) - before > mostSeconds), `all of them take less than one may: ${processorTime(pid) - before} s`);
      // What changed is the catalogue's log alone: that there were imports, how they ended, that they were dismissed.
      assert.deepEqual(withoutLog(listing(repository)), withoutLog(empty));
      assert.deepEqual(await client.request('imports/list', {}), []);
      assert.deepEqual(await client.request('packages/list', {}), []);
      const { peak } = (await client.request('service/status', {})).memory;
      assert.ok(peak < mostMemory, `${peak} bytes`);
    });
  }

  for (const [method, cases] of [['archive', bombCases], ['support-archives', nestedCases]] as const) {
    for (const hostile of cases) {
      it(`${hostile.title}: the service refuses it in little time and memory`, async function () {
        this.timeout(120_000);
        const client = await service.connect();
        const before = processorTime(client.status.pid);
        const [written] = write([hostile], '.archive');
        assert.ok(written !== undefined && fs.statSync(written.path).size < 20e6, 'a bomb is small');
        await expectFailure(client, written, method);
        const taken = processorTime(client.status.pid) - before;
        assert.ok(!(taken > mostSeconds), `${taken} s of processor time`);
        const { peak } = (await client.request('service/status', {})).memory;
        assert.ok(peak < mostMemory, `${peak} bytes`);
        assert.deepEqual(fs.readdirSync(join(service.dataFolder(), 'repository', 'volumes')), []);
      });
    }
  }
});

/** Every file below a folder, with a hash of its bytes. */
function listing(folder: string): readonly string[] {
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name))
    .map((path) => `${relative(folder, path)} ${createHash('sha256').update(fs.readFileSync(path)).digest('hex')}`)
    .sort();
}

function withoutLog(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => !line.startsWith('catalogue'));
}
