import assert from 'node:assert/strict';
import { ProductError } from '../../../../src/core/errors';
import type { PackageInspection } from '../../../../src/core/packages/inspection';
import { createArchiveReader, type ArchiveReader } from '../../../../src/extension/pages/importWizard/archiveReader';
import { createFakeService, type FakeService } from '../fakeService';

interface Asked {
  readonly path: string;
  readonly signal: AbortSignal | undefined;
  readonly answer: (found: Partial<PackageInspection>) => void;
  readonly refuse: (error: Error) => void;
}

describe('reading the files of a wizard', () => {
  let service: FakeService;
  let asked: Asked[];
  let changes: number;
  let reader: ArchiveReader;
  const states = () => reader.findings.map(({ path, state }) => `${path} ${state}`);
  /** What has been answered has been taken in. */
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  beforeEach(() => {
    service = createFakeService();
    asked = [];
    changes = 0;
    service.answer('imports/inspect', ({ source: { path } }, signal) => new Promise((resolve, reject) => {
      asked.push({ path, signal, answer: (found) => resolve(found as PackageInspection), refuse: reject });
      signal?.addEventListener('abort', () => reject(new ProductError('general/cancelled')));
    }));
    reader = createArchiveReader(service, () => changes++);
  });

  it('asks once for each file, and takes back what is no longer wanted', async () => {
    reader.want(['/a', '/b', '/a']);
    reader.want(['/b']);
    await settled();
    assert.deepEqual(asked.map(({ path, signal }) => [path, signal?.aborted]), [['/a', true], ['/b', false]]);
    assert.deepEqual(states(), ['/b reading']);
    asked[1]?.answer({});
    await settled();
    assert.deepEqual(states(), ['/b recognized']);
    assert.ok(changes >= 3);
  });

  it('tells how far it is, and that the file could be opened', async () => {
    reader.want(['/a']);
    let isOpen = false;
    void reader.opened('/a').then(() => (isOpen = true));
    await settled();
    assert.equal(isOpen, false);
    service.send('importInspection', { source: { method: 'archive', path: '/a' }, percent: 0 });
    service.send('importInspection', { source: { method: 'archive', path: '/b' }, percent: 50 });
    await settled();
    assert.equal(isOpen, true);
    assert.deepEqual(reader.findings, [{ path: '/a', state: 'reading', percent: 0 }]);
  });

  it('what the service refuses is wrong with the file; a service that went, or a person who stopped it, says nothing of it', async () => {
    reader.want(['/a', '/b', '/c']);
    asked[0]?.refuse(new ProductError('archive/not-an-archive', { archive: 'a' }));
    asked[1]?.refuse(new ProductError('service/connection-lost', { method: 'imports/inspect' }));
    reader.stopReading('/c');
    await Promise.all(['/a', '/b', '/c'].map((path) => reader.opened(path)));
    await settled();
    assert.deepEqual(states(), ['/a refused', '/b notRead', '/c notRead']);
  });

  it('a file that is read once more is what the later reading says, whenever the earlier one ends', async () => {
    reader.want(['/a']);
    reader.want(['/a'], '/a');
    assert.deepEqual(asked.map(({ signal }) => signal?.aborted), [true, false]);
    asked[1]?.answer({});
    await settled();
    asked[0]?.refuse(new ProductError('archive/not-an-archive', { archive: 'a' }));
    await settled();
    assert.deepEqual(states(), ['/a recognized']);
  });

  it('takes everything back in the end', () => {
    reader.want(['/a']);
    reader.dispose();
    assert.equal(asked[0]?.signal?.aborted, true);
    service.send('importInspection', { source: { method: 'archive', path: '/a' }, percent: 9 });
    assert.deepEqual(states(), []);
  });
});
