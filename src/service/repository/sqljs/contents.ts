import { createHash } from 'node:crypto';
import type { SqlJsStatic } from 'sql.js';
import { ProductError } from '../../../core/errors';
import { describeIdentity } from '../../../core/packages/identity';
import type { PackageFile } from '../../../core/packages/model';
import type { ServiceLog } from '../../serviceLog';
import type { ContentWriter, Repository, StoredContent } from '../repository';
import type { Reader } from './catalogue';
import type { DurableFiles } from './durableFiles';
import { asIdentity, number, text } from './rows';
import type { Store, Transaction } from './store';
import { createVolumeBuilder, type OpenVolume, type VolumeBuilder, type VolumeSizes } from './volumeFile';
import { VolumeDamage, type Volumes } from './volumes';

/** Where a stretch of a content lies. */
interface Stretch {
  readonly volume: string;
  /** Offset in the content. */
  readonly start: number;
  readonly size: number;
}

/** A content that is stored, whose writer has not yet said what becomes of it. */
interface Claimed {
  readonly content: StoredContent;
  readonly stretches: readonly Stretch[];
  readonly indexVolume: string;
}

/** Volumes of one content that are written at a time: while one waits for the disk, the next is copied to it. */
const mostUnderWay = 2;

/** Free space that an import must leave for everybody else. */
const reserve = 16e6;

/** The stored archives: their bytes in volumes, what they consist of in the catalogue. */
export interface Contents extends Pick<Repository, 'writeContent' | 'releaseContent' | 'readContent'> {
  /** Makes sure that the catalogue knows a content that is stored. @throws ProductError `general/not-found` */
  register(transaction: Transaction, sha256: string): void;
  /** Takes a content out of the catalogue unless a package refers to it. Its volumes go once no kept image refers to them. */
  drop(transaction: Transaction, sha256: string): void;
  /** Ends the claim of a writer whose content has become a package. */
  settle(sha256: string): Promise<void>;
  listFiles(sha256: string): Promise<readonly PackageFile[]>;
  /** Removes volumes that a dead service left without a content. Called once, before anybody else is served. */
  collectLeftovers(): Promise<void>;
}

export function createContents(options: {
  store: Store;
  volumes: Volumes;
  files: DurableFiles;
  folder: string;
  sql: SqlJsStatic;
  sizes: VolumeSizes;
  readonly mayCommit: () => Promise<boolean>;
  log: ServiceLog;
}): Contents {
  const { store, volumes, files, folder, sizes, log } = options;
  const builder = createVolumeBuilder(options.sql, sizes);
  const claimed = new Map<string, Claimed[]>();

  const isNeeded = (name: string) => store.read((reader) =>
    reader.first('SELECT 1 FROM content_volumes WHERE volume = ? UNION SELECT 1 FROM dropped_volumes WHERE volume = ?', name, name) !== undefined);

  const removeUnneeded = async (names: readonly string[]) => {
    await volumes.remove(new Set(names), isNeeded).catch((error: unknown) => logLeftover(log, error));
  };

  const endClaim = async (sha256: string) => {
    const claim = claimed.get(sha256)?.pop();
    if (!claim) return;
    if (claimed.get(sha256)?.length === 0) claimed.delete(sha256);
    const names = claim.stretches.map(({ volume }) => volume);
    for (const name of names) volumes.release(name);
    await removeUnneeded(names);
  };

  /** Volumes that only images referred to which are gone now. */
  const collectDropped = async (oldestImage: number) => {
    if (store.readOnly || !(await options.mayCommit())) return;
    const dropped = await store.read((reader) =>
      reader.all('SELECT volume FROM dropped_volumes WHERE image < ? ORDER BY volume', oldestImage).map((row) => text(row, 'volume')));
    if (dropped.length === 0) return;
    const isUsedAgain = (name: string) => store.read((reader) => reader.first('SELECT 1 FROM content_volumes WHERE volume = ?', name) !== undefined);
    const gone = await volumes.remove(dropped, isUsedAgain);
    await store.write((transaction) => {
      for (const name of gone) transaction.run('DELETE FROM dropped_volumes WHERE volume = ? AND image < ?', name, oldestImage);
    });
  };
  store.onFolded((oldestImage) => collectDropped(oldestImage).catch((error: unknown) => logLeftover(log, error)));

  const layoutOf = async (sha256: string): Promise<Claimed> => {
    const known = await store.read((reader) => readLayout(reader, sha256)) ?? claimed.get(sha256)?.[0];
    if (!known) throw new ProductError('general/not-found', { kind: 'content', name: sha256 });
    return known;
  };

  /** Runs `body` on an open volume that stays where it is meanwhile. */
  async function* fromVolume<T>(sha256: string, name: string, body: (volume: OpenVolume) => Iterable<T>): AsyncGenerator<T, void> {
    volumes.claim(name);
    try {
      const { volume, giveBack } = await volumes.borrow(name);
      try {
        yield* body(volume);
      } finally {
        giveBack();
      }
    } catch (error) {
      if (!(error instanceof VolumeDamage)) throw error;
      throw new ProductError('repository/content-damaged', { package: await store.read((reader) => namePackage(reader, sha256)), volume: error.file, reason: error.reason });
    } finally {
      volumes.release(name);
    }
  }

  return {
    async writeContent(expectedSize) {
      store.requireWritable();
      const free = await files.freeBytes(folder);
      if (free < expectedSize + reserve) {
        const megabytes = (bytes: number) => Math.ceil(bytes / 1e6);
        throw new ProductError('repository/no-room', { folder, needed: megabytes(expectedSize + reserve), free: Math.floor(free / 1e6) });
      }
      return createWriter({
        builder, sizes, volumes,
        claim(made) {
          const { sha256 } = made.content;
          claimed.set(sha256, [...claimed.get(sha256) ?? [], made]);
        },
        abandon: removeUnneeded,
      });
    },
    releaseContent: endClaim,
    settle: endClaim,
    async *readContent(sha256, start = 0, end = Number.MAX_SAFE_INTEGER) {
      const { stretches } = await layoutOf(sha256);
      const wanted = stretches.filter((stretch) => Math.max(start, stretch.start) < Math.min(end, stretch.start + stretch.size));
      let prepared: (() => void) | undefined;
      try {
        for (const [place, stretch] of wanted.entries()) {
          const from = Math.max(start, stretch.start);
          const to = Math.min(end, stretch.start + stretch.size);
          const next = wanted[place + 1];
          // Read and checked while the reader takes what this one holds.
          const ahead = next === undefined ? undefined : volumes.prepare(next.volume);
          try {
            yield* fromVolume(sha256, stretch.volume, (volume) => volume.bytes(from - stretch.start, to - stretch.start));
          } finally {
            prepared?.();
            prepared = await ahead;
          }
        }
      } finally {
        prepared?.();
      }
    },
    async listFiles(sha256) {
      const { indexVolume } = await layoutOf(sha256);
      const all: PackageFile[] = [];
      for await (const file of fromVolume(sha256, indexVolume, (volume) => volume.files())) all.push(file);
      return all;
    },
    register(transaction, sha256) {
      if (transaction.first('SELECT 1 FROM contents WHERE sha256 = ?', sha256)) return;
      const made = claimed.get(sha256)?.at(-1);
      if (!made) throw new ProductError('general/not-found', { kind: 'content', name: sha256 });
      transaction.run('INSERT INTO contents (sha256, size, index_volume) VALUES (?, ?, ?)', sha256, made.content.size, made.indexVolume);
      for (const { volume, start, size } of made.stretches) {
        transaction.run('INSERT INTO content_volumes (content, start, size, volume) VALUES (?, ?, ?, ?)', sha256, start, size, volume);
        transaction.run('DELETE FROM dropped_volumes WHERE volume = ?', volume);
      }
    },
    drop(transaction, sha256) {
      if (transaction.first('SELECT 1 FROM packages WHERE content = ?', sha256)) return;
      const names = transaction.all('SELECT DISTINCT volume FROM content_volumes WHERE content = ? ORDER BY start', sha256).map((row) => text(row, 'volume'));
      transaction.run('DELETE FROM content_volumes WHERE content = ?', sha256);
      transaction.run('DELETE FROM contents WHERE sha256 = ?', sha256);
      for (const name of names) {
        if (transaction.first('SELECT 1 FROM content_volumes WHERE volume = ?', name)) continue;
        transaction.run(
          'INSERT INTO dropped_volumes (volume, image) VALUES (?, ?) ON CONFLICT (volume) DO UPDATE SET image = excluded.image', name, store.newestImage,
        );
      }
      store.ageImages();
    },
    async collectLeftovers() {
      if (store.readOnly || !(await options.mayCommit())) return;
      await volumes.remove(await volumes.list(), isNeeded);
      await collectDropped(store.oldestImage);
      if (await store.read((reader) => reader.first('SELECT 1 FROM dropped_volumes'))) store.ageImages();
    },
  };
}

function createWriter(options: {
  builder: VolumeBuilder;
  sizes: VolumeSizes;
  volumes: Volumes;
  claim(made: Claimed): void;
  abandon(names: readonly string[]): Promise<void>;
}): ContentWriter {
  const { builder, sizes, volumes } = options;
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafeSlow(sizes.volume);
  const stretches: Stretch[] = [];
  /** Full volumes that have been stored; the next ones are made in their memory. */
  const spare: Uint8Array[] = [];
  let filled = 0;
  let size = 0;
  /** The volumes that are on their way to the disk while the next one fills. */
  const storing = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  let over = false;

  /** Resolves when the volume is on its way. */
  const storeVolume = async (bytes: Uint8Array, start: number, length: number, stored: () => void = () => undefined) => {
    while (storing.size >= mostUnderWay) await Promise.race(storing);
    if (failure) throw failure.error;
    const underWay: Promise<void> = volumes.store(bytes).then(
      (volume) => {
        stretches.push({ volume, start, size: length });
        stored();
      },
      (error: unknown) => { failure ??= { error }; },
    ).then(() => void storing.delete(underWay));
    storing.add(underWay);
  };
  const storeFull = (bytes: Uint8Array, start: number) => {
    const volume = builder.full(bytes, spare.pop());
    return storeVolume(volume, start, sizes.volume, () => spare.push(volume));
  };
  const settle = async () => {
    await Promise.all(storing);
    if (failure) throw failure.error;
  };

  const abort = async () => {
    if (over) return;
    over = true;
    await Promise.all(storing);
    const names = stretches.map(({ volume }) => volume);
    for (const name of names) volumes.release(name);
    await options.abandon(names);
  };

  return {
    async write(bytes) {
      if (over) throw new Error('the content is finished or aborted');
      hash.update(bytes);
      for (let taken = 0; taken < bytes.length;) {
        const part = bytes.subarray(taken, taken + sizes.volume - filled);
        buffer.set(part, filled);
        filled += part.length;
        taken += part.length;
        size += part.length;
        if (filled < sizes.volume) continue;
        filled = 0;
        await storeFull(buffer, size - sizes.volume);
      }
    },
    sha256: () => hash.copy().digest('hex'),
    async finish(files) {
      if (over) throw new Error('the content is finished or aborted');
      try {
        await storeVolume(builder.index(buffer.subarray(0, filled), files), size - filled, filled);
        await settle();
        await volumes.sync();
      } catch (error) {
        await abort();
        throw error;
      }
      over = true;
      stretches.sort((one, other) => one.start - other.start);
      const content = { sha256: hash.digest('hex'), size };
      options.claim({ content, stretches, indexVolume: stretches.at(-1)?.volume ?? '' });
      return content;
    },
    abort,
  };
}

function readLayout(reader: Reader, sha256: string): Claimed | undefined {
  const content = reader.first('SELECT size, index_volume FROM contents WHERE sha256 = ?', sha256);
  if (!content) return undefined;
  const stretches = reader.all('SELECT volume, start, size FROM content_volumes WHERE content = ? ORDER BY start', sha256)
    .map((row) => ({ volume: text(row, 'volume'), start: number(row, 'start'), size: number(row, 'size') }));
  return { content: { sha256, size: number(content, 'size') }, stretches, indexVolume: text(content, 'index_volume') };
}

/** How a message names the package of a content. */
function namePackage(reader: Reader, sha256: string): string {
  const row = reader.first('SELECT * FROM packages WHERE content = ?', sha256);
  return row ? describeIdentity(asIdentity(row)) : sha256;
}

function logLeftover(log: ServiceLog, error: unknown): void {
  log.warn('repository', `volumes that nothing refers to stay behind for now: ${String(error)}`);
}
