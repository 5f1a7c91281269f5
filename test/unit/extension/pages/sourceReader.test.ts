import assert from 'node:assert/strict';
import { ProductError } from '../../../../src/core/errors';
import type { ImportSource } from '../../../../src/core/packages/importSource';
import type { PackageInspection } from '../../../../src/core/packages/inspection';
import { createSourceReader, type SourceReader } from '../../../../src/extension/pages/importWizard/sourceReader';
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
  let reader: SourceReader;
  const states = () => reader.findings.map(({ source, state }) => `${source.path} ${state}`);
  const archives = (...paths: readonly string[]): readonly ImportSource[] => paths.map((path) => ({ method: 'archive', path }));
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
    reader = createSourceReader(service, () => ({ '//nas/p': '/mnt/p' }), () => changes++);
  });

  it('asks once for each file, and takes back what is no longer wanted', async () => {
    reader.want(archives('/a', '/b', '/a'));
    reader.want(archives('/b'));
    await settled();
    assert.deepEqual(asked.map(({ path, signal }) => [path, signal?.aborted]), [['/a', true], ['/b', false]]);
    assert.deepEqual(states(), ['/b reading']);
    asked[1]?.answer({});
    await settled();
    assert.deepEqual(states(), ['/b recognized']);
    assert.ok(changes >= 3);
  });

  it('tells how far it is, and that the file could be opened', async () => {
    reader.want(archives('/a'));
    let isOpen = false;
    void reader.opened({ method: 'archive', path: '/a' }).then(() => (isOpen = true));
    await settled();
    assert.equal(isOpen, false);
    service.send('importInspection', { source: { method: 'archive', path: '/a' }, percent: 0 });
    service.send('importInspection', { source: { method: 'archive', path: '/b' }, percent: 50 });
    await settled();
    assert.equal(isOpen, true);
    assert.deepEqual(reader.findings, [{ source: { method: 'archive', path: '/a' }, state: 'reading', percent: 0 }]);
  });

  it('what the service refuses is wrong with the file; a service that went, or a person who stopped it, says nothing of it', async () => {
    reader.want(archives('/a', '/b', '/c'));
    asked[0]?.refuse(new ProductError('archive/not-an-archive', { archive: 'a' }));
    asked[1]?.refuse(new ProductError('service/connection-lost', { method: 'imports/inspect' }));
    reader.stopReading('/c');
    await Promise.all(archives('/a', '/b', '/c').map((source) => reader.opened(source)));
    await settled();
    assert.deepEqual(states(), ['/a refused', '/b notRead', '/c notRead']);
  });

  it('a file that is read once more is what the later reading says, whenever the earlier one ends', async () => {
    reader.want(archives('/a'));
    reader.want(archives('/a'), '/a');
    assert.deepEqual(asked.map(({ signal }) => signal?.aborted), [true, false]);
    asked[1]?.answer({});
    await settled();
    asked[0]?.refuse(new ProductError('archive/not-an-archive', { archive: 'a' }));
    await settled();
    assert.deepEqual(states(), ['/a recognized']);
  });

  it('reads the archive of a package in parts alone, and the three files together', async () => {
    const parts: ImportSource = { method: 'parts', path: '/a', xml: '/a.xml', apd: '/a.apd' };
    reader.want([...archives('/a'), parts]);
    service.send('importInspection', { source: parts, percent: 20 });
    asked[0]?.answer({});
    await settled();
    assert.deepEqual(states(), ['/a recognized', '/a reading']);
    reader.want([...archives('/a'), { ...parts, apd: '/b.apd' }]);
    assert.deepEqual(asked.map(({ signal }) => signal?.aborted), [false, true, false]);
  });

  it('takes everything back in the end', () => {
    reader.want(archives('/a'));
    reader.dispose();
    assert.equal(asked[0]?.signal?.aborted, true);
    service.send('importInspection', { source: { method: 'archive', path: '/a' }, percent: 9 });
    assert.deepEqual(states(), []);
  });
});
