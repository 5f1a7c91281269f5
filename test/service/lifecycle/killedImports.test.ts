import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ImportSource } from '../../../src/core/packages/importSource';
import { writeLargeSample } from '../../support/samplePackages/writeSample';
import { samples } from '../../support/samplePackages/samples';
import { writeSampleParts } from '../../support/samplePackages/placeSample';
import { kill, useService } from '../../support/serviceProcess';

/** Long enough that the service dies in the middle. */
const size = 30_000_000;

describe('a service killed during an import', function () {
  this.timeout(120_000);
  const service = useService();
  /** Made once: it takes as long as an import. */
  let archive = '';
  before(async () => {
    archive = await writeLargeSample(size, fs.mkdtempSync(join(tmpdir(), 'gp-')));
  });
  after(() => fs.rmSync(dirname(archive), { recursive: true }));

  const ways: Readonly<Record<ImportSource['method'], (archive: string, folder: string) => Promise<ImportSource>>> = {
    archive: (path) => Promise.resolve({ method: 'archive', path }),
    async parts(path, folder) {
      const { xml, apd } = await writeSampleParts(samples.lca, join(folder, 'templates'));
      return { method: 'parts', path, xml, apd };
    },
    directory: (archive, folder) => Promise.resolve({ method: 'directory', path: unpack(archive, join(folder, 'cd')) }),
    repository: (archive, folder) => Promise.resolve({ method: 'repository', path: unpack(archive, join(folder, 'repository', 'a')) }),
    'support-archives': (archive, folder) => {
      const path = join(folder, 'support.zip');
      execFileSync('zip', ['-q', '-0', '-j', path, archive]);
      return Promise.resolve({ method: 'support-archives', path });
    },
  };

  for (const [method, place] of Object.entries(ways)) {
    it(`begins it anew and ends it whole, as ${method}`, async () => {
      const media = join(service.folder(), 'media');
      fs.mkdirSync(media);
      const source = await place(archive, media);
      const first = await service.connect();
      const { id } = await first.request('imports/start', { source });
      const reached = new Promise<void>((resolve) => {
        first.on('changed', () => void first.request('imports/list', {}).then(([record]) => {
          if (record === undefined || record.percent > 20) resolve();
        }, () => undefined));
      });
      await reached;
      kill(first.status.pid, 'SIGKILL');
      const second = await service.connect();
      const ended = await second.request('imports/wait', { id }).catch(() => undefined);
      // It may have ended just before its service did.
      if (ended !== undefined) assert.deepEqual([ended.state, ended.source], ['complete', source]);
      const packages = await second.request('packages/list', {});
      assert.equal(packages.length, 1);
      assert.deepEqual(await second.request('imports/list', {}), []);
      assert.deepEqual((await second.request('repository/check', {})).problems, []);
    });
  }
});

function unpack(archive: string, to: string): string {
  fs.mkdirSync(to, { recursive: true });
  execFileSync('tar', ['-xzf', archive, '-C', to]);
  return to;
}
