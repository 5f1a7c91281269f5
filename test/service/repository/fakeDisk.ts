import { basename, dirname } from 'node:path';
import type { AppendOnlyFile, DurableFiles } from '../../../src/service/repository/sqljs/durableFiles';
import { createRandom } from '../../support/random';

/** What goes wrong at an operation: an error of the system, or the end of the process in the middle of it. */
export type Fault = 'ENOSPC' | 'EIO' | 'end';

interface Content {
  bytes: Buffer;
  /** How many of them survive a loss of power. */
  synced: number;
}

/** A change of names that only survives a loss of power once its folder is synced. */
interface NameChange {
  readonly folder: string;
  readonly name: string;
  readonly content: Content | undefined;
}

/**
 * A disk in memory that keeps what was synced apart from what was merely written, so that a loss of power can be played:
 * unsynced names are lost or kept at random, unsynced bytes are cut off or come back as sectors of zeros.
 */
export class FakeDisk {
  private readonly names = new Map<string, Content>();
  private readonly durableNames = new Map<string, Content>();
  private readonly folders = new Set<string>();
  private unsynced: NameChange[] = [];
  private ended = false;
  /** Asked before each operation that changes the disk. */
  fault: (operation: string, path: string) => Fault | undefined = () => undefined;
  /** Operations that changed the disk so far. */
  operations = 0;
  /** Their names, as `sync 00000002.log`. */
  readonly done: string[] = [];
  freeBytes = 1e12;

  constructor(private readonly random: (limit: number) => number = createRandom(1)) {}

  /** The disk as a process sees it. */
  readonly files: DurableFiles = {
    makeFolder: (folder) => this.change('makeFolder', folder, () => {
      for (let each = folder; each !== dirname(each); each = dirname(each)) this.folders.add(each);
    }),
    list: (folder) => this.look(() => [...this.names.keys()].filter((path) => dirname(path) === folder).map((path) => path.slice(folder.length + 1)).sort()),
    size: (file) => this.look(() => this.names.get(file)?.bytes.length),
    read: (file, start = 0, end) => this.look(() => Buffer.from(this.get(file).bytes.subarray(start, end))),
    create: (file) => this.change('create', file, () => {
      if (!this.folders.has(dirname(file))) throw systemError('ENOENT', file);
      if (this.names.has(file)) throw systemError('EEXIST', file);
      this.rename(file, { bytes: Buffer.alloc(0), synced: 0 });
      return this.appendTo(file);
    }),
    extend: (file) => this.change('extend', file, () => {
      this.get(file);
      return this.appendTo(file);
    }),
    truncate: (file, size) => this.change('truncate', file, () => {
      const content = this.get(file);
      content.bytes = content.bytes.subarray(0, size);
      content.synced = content.bytes.length;
    }),
    rename: (from, to) => this.change('rename', to, () => {
      const content = this.get(from);
      this.rename(from, undefined);
      this.rename(to, content);
    }),
    remove: (file) => this.change('remove', file, () => {
      if (this.names.has(file)) this.rename(file, undefined);
    }),
    syncFolder: (folder) => this.change('syncFolder', folder, () => {
      for (const change of this.unsynced) if (change.folder === folder) apply(this.durableNames, change);
      this.unsynced = this.unsynced.filter((change) => change.folder !== folder);
    }),
    freeBytes: () => this.look(() => this.freeBytes),
  };

  /** What the next process finds after this one was killed: all that was written, synced or not. */
  afterKill(): FakeDisk {
    const next = new FakeDisk(this.random);
    for (const folder of this.folders) next.folders.add(folder);
    for (const [path, { bytes, synced }] of this.names) next.names.set(path, { bytes, synced });
    for (const [path, content] of this.durableNames) next.durableNames.set(path, content);
    next.unsynced = this.unsynced;
    this.ended = true;
    return next;
  }

  /** What the next process finds after a loss of power. */
  afterPowerLoss(): FakeDisk {
    const next = new FakeDisk(this.random);
    for (const folder of this.folders) next.folders.add(folder);
    const surviving = new Map(this.durableNames);
    const lost = new Set<string>();
    for (const change of this.unsynced) {
      // Changes of one name keep their order; those of different names are independent.
      if (lost.has(change.name) || this.chance(2) === 0) lost.add(change.name);
      else apply(surviving, change);
    }
    for (const [path, content] of surviving) {
      const bytes = this.survivingBytes(content);
      const kept = { bytes, synced: bytes.length };
      next.names.set(path, kept);
      next.durableNames.set(path, kept);
    }
    this.ended = true;
    return next;
  }

  /** All files with their bytes, for tests that damage them. */
  contents(): Map<string, Buffer> {
    return new Map([...this.names].map(([path, { bytes }]) => [path, Buffer.from(bytes)]));
  }

  /** A disk that holds these files, all of them durable. */
  static holding(contents: ReadonlyMap<string, Buffer>, random?: (limit: number) => number): FakeDisk {
    const disk = new FakeDisk(random);
    for (const [path, bytes] of contents) {
      const content = { bytes, synced: bytes.length };
      disk.names.set(path, content);
      disk.durableNames.set(path, content);
      for (let each = dirname(path); each !== dirname(each); each = dirname(each)) disk.folders.add(each);
    }
    return disk;
  }

  /** A whole number below `limit`. */
  private chance(limit: number): number {
    return Math.floor(this.random(limit));
  }

  private survivingBytes({ bytes, synced }: Content): Buffer {
    const unsynced = bytes.length - synced;
    if (unsynced <= 0) return Buffer.from(bytes);
    if (this.chance(2) === 0) return Buffer.from(bytes.subarray(0, synced + this.chance(unsynced + 1)));
    // The size reached the disk, some sectors did not.
    const surviving = Buffer.from(bytes);
    for (let at = synced; at < bytes.length;) {
      const end = Math.min(bytes.length, (Math.floor(at / 512) + 1) * 512);
      if (this.chance(2) === 0) surviving.fill(0, at, end);
      at = end;
    }
    return surviving;
  }

  private appendTo(file: string): AppendOnlyFile {
    const content = this.get(file);
    return {
      append: async (bytes) => {
        const fault = await this.begin('append', file);
        const written = fault === undefined ? bytes.length : this.chance(bytes.length);
        content.bytes = Buffer.concat([content.bytes, bytes.subarray(0, written)]);
        if (fault) await this.fail(fault, file);
      },
      sync: () => this.change('sync', file, () => {
        content.synced = content.bytes.length;
      }),
      close: () => this.look(() => undefined),
    };
  }

  private rename(path: string, content: Content | undefined): void {
    const change = { folder: dirname(path), name: path, content };
    apply(this.names, change);
    this.unsynced.push(change);
  }

  private get(file: string): Content {
    const content = this.names.get(file);
    if (!content) throw systemError('ENOENT', file);
    return content;
  }

  private async begin(operation: string, path: string): Promise<Fault | undefined> {
    await this.alive();
    this.operations++;
    this.done.push(`${operation} ${basename(path)}`);
    return this.fault(operation, path);
  }

  private async fail(fault: Fault, path: string): Promise<never> {
    if (fault !== 'end') throw systemError(fault, path);
    this.ended = true;
    return new Promise<never>(() => undefined);
  }

  private async change<T>(operation: string, path: string, body: () => T): Promise<T> {
    const fault = await this.begin(operation, path);
    if (fault) return this.fail(fault, path);
    return body();
  }

  private async look<T>(body: () => T): Promise<T> {
    await this.alive();
    return body();
  }

  /** After the end of the process none of its operations ever comes back. */
  private async alive(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.ended) await new Promise<never>(() => undefined);
  }
}

function apply(names: Map<string, Content>, { name, content }: NameChange): void {
  if (content) names.set(name, content);
  else names.delete(name);
}

function systemError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}
