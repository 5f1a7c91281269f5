import { isProductError, ProductError, toErrorData, type ErrorData } from '../../../core/errors';
import type { PackagePlace } from '../../../core/packages/copy';
import type { ChangedArea } from '../../../protocol/service';
import type { ServiceLog } from '../../serviceLog';
import type { ChangeListener } from '../repository';
import type { Reader, Writer } from './catalogue';
import { firstNumber, type CatalogueFolder } from './catalogueFolder';
import { createCommitQueue, type CommitGroup } from './commitQueue';
import type { DurableFiles } from './durableFiles';
import { asWriteError } from './fileErrors';
import type { History } from './history';
import type { LogPosition } from './image';
import { createImages } from './images';
import { createStatementLog } from './statementLog';
import { createChanges, type ChangeCalls } from './transactionChanges';

/** A transaction that can say which lists it changes. */
export interface Transaction extends Writer, ChangeCalls {}

/** When the log is folded into a new image. */
export interface FoldRules {
  /** Milliseconds without a change after which it may be folded. */
  readonly idle: number;
  /** Bytes of the log from which on that is worth it, if it is also an eighth of the image. */
  readonly worthwhile: number;
  /** Bytes of the log from which on it is folded at once. */
  readonly most: number;
}

export const defaultFoldRules: FoldRules = { idle: 3000, worthwhile: 64 * 1024, most: 16 * 1024 * 1024 };

/** The catalogue with its durability: every write is in the log before anyone hears of it. */
export interface Store {
  readonly readOnly: ErrorData | undefined;
  /** @throws ProductError what `write` would be refused with now */
  requireWritable(): void;
  /** Answers from durable changes only. `body` may run more than once. */
  read<T>(body: (reader: Reader) => T): Promise<T>;
  /** One transaction; resolves when it is durable. `body` may run more than once; when it throws, nothing has changed. */
  write<T>(body: (transaction: Transaction) => T): Promise<T>;
  onChanged(listener: ChangeListener): () => void;
  /** Tells the listeners of a change that is stored elsewhere. */
  tell(areas: readonly ChangedArea[]): void;
  /** The place after the last durable change. */
  readonly position: LogPosition;
  /** The whole database as a file, with durable changes only. */
  snapshot(): Promise<Uint8Array>;
  /** Runs `body` while no image is written and none removed. */
  withoutFolding<T>(body: () => Promise<T>): Promise<T>;
  /** Number of the last image whose making has begun: it and older ones may refer to what is in the catalogue now. */
  readonly newestImage: number;
  /** Number of the oldest image that is kept. */
  readonly oldestImage: number;
  /** Folds the log now. Never rejects for a full or failing disk: the log simply stays. */
  fold(): Promise<void>;
  /** Called at the end of each fold with the number of the oldest image that is kept; the fold waits for it. */
  onFolded(listener: (oldestImage: number) => Promise<void>): void;
  /** Makes idle times fold, even a short log, until no image of now is kept any more. */
  ageImages(): void;
  useRecoveredCopy(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the store on what was read from disk. @throws ProductError `repository/not-owner`, `repository/disk-full`, `repository/write-failed` */
export async function openStore(options: {
  history: History;
  /** Reads the files again, after a failed write. */
  readonly reload: () => Promise<History>;
  folder: CatalogueFolder;
  files: DurableFiles;
  readonly now: () => Date;
  readonly mayCommit: () => Promise<boolean>;
  log: ServiceLog;
  foldRules: FoldRules;
  /**
   * What is written before anything else. `one`: an image, since the tables are older than this build or nothing is on disk
   * yet. `inPlaceOfAll`: so many that no earlier image or log is kept, since they hold what must not be stored.
   */
  firstImages: 'none' | 'one' | 'inPlaceOfAll';
}): Promise<Store> {
  const { folder, files, now, log, foldRules } = options;
  let history = options.history;
  let damage = history.damage;
  let nextFile = firstNumber(history.found);
  const nextNumber = () => nextFile++;
  const openLog = () => createStatementLog({ files, folder, position: history.position, bytes: history.logBytes, nextNumber });
  let statements = openLog();

  /** Set once nothing may be read or written any more. */
  let ended: ProductError | undefined;
  /** While the catalogue is read from disk again, nobody looks at it. */
  let reloading: Promise<void> | undefined;
  /** While the log is being drained for an image, no transaction begins. */
  let writersHeld: Promise<void> | undefined;
  let folding: Promise<void> | undefined;
  let recovering: Promise<void> | undefined;
  let closed = false;
  let foldsWanted = 0;
  let idleTimer: NodeJS.Timeout | undefined;
  const changeListeners = new Set<ChangeListener>();
  const foldListeners = new Set<(oldestImage: number) => Promise<void>>();

  const askOwner = async () => {
    if (!(await options.mayCommit())) throw new ProductError('repository/not-owner', { folder: folder.path });
  };
  const images = createImages({ files, folder, existing: history, log, askOwner });
  const tell = (areas: readonly ChangedArea[], places?: readonly PackagePlace[]) => {
    if (areas.length === 0) return;
    for (const listener of [...changeListeners]) {
      try {
        listener(areas, places);
      } catch (error) {
        log.error('repository', 'a listener failed; the change itself is stored', error);
      }
    }
  };

  const reload = async () => {
    await statements.undo();
    const fresh = await options.reload();
    history.catalogue.close();
    history = fresh;
    damage = fresh.damage;
    nextFile = Math.max(nextFile, fresh.found.highest + 1);
    statements = openLog();
  };

  /** A failed write: takes it back on disk, then reads the catalogue from there again. */
  const takeBack = async (error: unknown): Promise<unknown> => {
    const reason = asWriteError(error, folder.log(nextFile - 1));
    if (isProductError(reason, 'repository/not-owner')) {
      // Another service writes here now: not even a repair may touch the files.
      ended = reason;
      return reason;
    }
    log.error('repository', 'a change could not be stored; the catalogue is read from disk again', error);
    reloading = reload();
    try {
      await reloading;
    } catch (second) {
      log.error('repository', 'the catalogue could not be read again', second);
      ended = isProductError(reason) ? reason : new ProductError('general/unexpected', { message: String(error) }, { cause: second });
    } finally {
      reloading = undefined;
    }
    return reason;
  };

  const queue = createCommitQueue({
    async store(transactions) {
      await askOwner();
      await statements.append(transactions, now().toISOString());
      // Asked again: whoever became the owner before this moment may have read the log without these changes.
      await askOwner();
    },
    takeBack,
    stored({ areas, places }) {
      tell([...areas], places);
      if (statements.bytes > foldRules.most) void fold();
      else armIdle();
    },
  });

  const armIdle = () => {
    clearTimeout(idleTimer);
    if (ended || damage) return;
    idleTimer = setTimeout(() => {
      const worthwhile = statements.bytes >= Math.max(foldRules.worthwhile, images.newestSize / 8);
      if (worthwhile || foldsWanted > 0) void fold();
    }, foldRules.idle);
    idleTimer.unref();
  };

  /** Takes the catalogue as it is on disk: no transaction is under way meanwhile. */
  const takeImage = async () => {
    let release: () => void = () => undefined;
    writersHeld = new Promise((resolve) => { release = resolve; });
    try {
      await queue.drained();
      if (ended) throw ended;
      await askOwner();
      const source = statements;
      const { position, bytes } = source;
      await source.seal();
      const number = nextNumber();
      images.begin(number);
      return { number, position, source, bytes, at: now().toISOString(), database: history.catalogue.export() };
    } finally {
      writersHeld = undefined;
      release();
    }
  };

  const writeImage = async () => {
    const taken = await takeImage();
    await images.write(taken);
    taken.source.imageWritten(taken.bytes);
    foldsWanted = Math.max(0, foldsWanted - 1);
    for (const listener of foldListeners) await listener(images.oldestKept);
    if (foldsWanted > 0) armIdle();
  };

  const fold = (): Promise<void> => {
    if (damage || ended) return Promise.resolve();
    folding ??= writeImage()
      .catch((error: unknown) => {
        if (isProductError(error, 'repository/not-owner')) ended = error;
        log.warn('repository', `the log could not be folded and stays as it is: ${String(error)}`);
      })
      .finally(() => { folding = undefined; });
    return folding;
  };

  const requireWritable = () => {
    if (ended) throw ended;
    if (damage) throw new ProductError('repository/read-only', { file: damage.file, folder: folder.path });
  };

  const recover = async () => {
    await writeImage().catch((error: unknown) => { throw asWriteError(error, folder.image(images.newest)); });
    await images.setAside(history);
    damage = undefined;
    tell(['access', 'tenants', 'packages', 'templates', 'imports', 'hosts', 'applications', 'deployments', 'deployedPackages']);
  };

  /** Runs `body` on the catalogue; again, when it saw changes that were taken back before they were stored. */
  const answer = async <T>(blocked: () => Promise<void> | undefined, body: () => { value: T; group?: CommitGroup }): Promise<T> => {
    for (;;) {
      for (let wait = blocked(); wait; wait = blocked()) await wait;
      if (ended) throw ended;
      const seen = queue.latest;
      let outcome: { value: T; group?: CommitGroup } | { error: unknown };
      try {
        outcome = body();
      } catch (error) {
        outcome = { error };
      }
      if ('group' in outcome) {
        const end = await outcome.group.outcome;
        if (!end.stored) throw end.error;
        return outcome.value;
      }
      if (seen && !(await seen.outcome).stored) continue;
      if ('error' in outcome) throw outcome.error;
      return outcome.value;
    }
  };

  const firstImages = damage || options.firstImages === 'none' ? 0 : options.firstImages === 'one' ? 1 : images.kept;
  for (let written = 0; written < firstImages; written++) {
    await writeImage().catch((error: unknown) => { throw asWriteError(error, folder.image(images.newest)); });
  }

  return {
    get readOnly() {
      return damage && toErrorData(new ProductError('repository/damaged', {
        folder: folder.path, file: damage.file, reason: damage.reason, offset: damage.offset, n: damage.missing, time: Date.parse(history.at),
      }));
    },
    get position() { return statements.position; },
    get newestImage() { return images.newest; },
    get oldestImage() { return images.oldestKept; },
    requireWritable,
    read: (body) => answer(() => reloading, () => ({ value: body(history.catalogue) })),
    write: (body) => answer(() => reloading ?? writersHeld, () => {
      requireWritable();
      const changes = createChanges();
      const { result, executed } = history.catalogue.transact((writer) => body({ ...writer, ...changes.calls }));
      return { value: result, ...(executed.length > 0 && { group: queue.add(executed, changes) }) };
    }),
    tell,
    onChanged(listener) {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    snapshot: () => answer(() => reloading, () => ({ value: history.catalogue.export() })),
    fold,
    async withoutFolding(body) {
      while (folding) await folding;
      const work = body();
      // In the place of a fold: whoever wants one now waits, and folds later.
      folding = work.then(() => undefined, () => undefined).finally(() => {
        folding = undefined;
        armIdle();
      });
      return work;
    },
    onFolded: (listener) => void foldListeners.add(listener),
    ageImages() {
      foldsWanted = images.kept;
      armIdle();
    },
    async useRecoveredCopy() {
      if (!damage || ended) return;
      recovering ??= recover().finally(() => { recovering = undefined; });
      await recovering;
    },
    async close() {
      clearTimeout(idleTimer);
      await queue.drained();
      await folding;
      if (statements.bytes > 0) await fold();
      ended ??= new ProductError('repository/closed', {});
      await queue.drained();
      await statements.seal();
      if (!closed) history.catalogue.close();
      closed = true;
    },
  };
}
