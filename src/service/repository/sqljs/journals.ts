import * as path from 'node:path';
import { ProductError } from '../../../core/errors';
import type { DeploymentEvent, DeploymentEventBody } from '../../../core/deployment/model';
import type { AppendOnlyFile, DurableFiles } from './durableFiles';
import { asReadError, asWriteError } from './fileErrors';
import { decodeLine, encodeLine, isTornTail } from './journalLines';

/** The append-only journals of deployments, one file each. */
export interface Journals {
  /**
   * Stores events with their sequence numbers and times; calls of one tick share one write. State events are durable when
   * this resolves; output, commands and facts have been handed to the system.
   * @throws ProductError `repository/journal-damaged`, `repository/disk-full`, `repository/write-failed`, `repository/not-owner`
   */
  append(id: string, bodies: readonly DeploymentEventBody[]): Promise<readonly DeploymentEvent[]>;
  /** Stored events after a sequence number, at most `limit`. @throws ProductError `repository/journal-damaged` when the next one is behind the damage */
  read(id: string, after: number, limit: number): Promise<readonly DeploymentEvent[]>;
  /** Hands all readable events to `visit`, in order. @returns the damage that hides the rest, if any */
  scan(id: string, visit: (event: DeploymentEvent) => void): Promise<ProductError | undefined>;
  /** Reads the file of a journal anew and changes nothing. @returns the damage, with the offset up to which it is intact */
  inspect(id: string): Promise<ProductError | undefined>;
  /** The file was changed from outside: it is read anew with the next request. */
  forget(id: string): void;
  close(): Promise<void>;
}

interface Waiting {
  readonly bodies: readonly DeploymentEventBody[];
  readonly resolve: (events: readonly DeploymentEvent[]) => void;
  readonly reject: (error: unknown) => void;
}

interface Journal {
  readonly file: string;
  /** Bytes of whole, intact lines. */
  size: number;
  /** Sequence number of the last of them. */
  last: number;
  /** Where lines begin, one in a thousand, ascending. */
  readonly marks: { readonly sequence: number; readonly offset: number }[];
  readonly damage: ProductError | undefined;
  writer?: AppendOnlyFile;
  waiting: Waiting[];
  working?: Promise<void>;
}

const chunkSize = 1024 * 1024;
const markDistance = 1000;
const lineFeed = 0x0a;

/** True for an event that must survive a loss of power: it changes the state of the deployment. */
export function isState(body: DeploymentEventBody): boolean {
  return body.type !== 'output' && body.type !== 'command' && body.type !== 'fact';
}

export function createJournals(options: { files: DurableFiles; folder: string; now: () => Date; mayCommit: () => Promise<boolean> }): Journals {
  const { files, folder, now } = options;
  const journals = new Map<string, Promise<Journal>>();

  const open = async (id: string, visit?: (event: DeploymentEvent) => void): Promise<Journal> => {
    const file = path.join(folder, `${id}.jsonl`);
    const journal = { file, size: 0, last: 0, marks: [] as Journal['marks'], damage: undefined as ProductError | undefined, waiting: [] };
    const total = await files.size(file) ?? 0;
    const end = await readLines(files, file, 0, total, 0, (event, offset, length) => {
      mark(journal, event.sequence, offset);
      journal.last = event.sequence;
      journal.size = offset + length;
      visit?.(event);
      return true;
    });
    if (end.rest && !isTornTail(end.rest)) journal.damage = new ProductError('repository/journal-damaged', { file, offset: journal.size });
    return journal;
  };

  const opened = (id: string): Promise<Journal> => {
    let journal = journals.get(id);
    if (!journal) {
      journal = open(id);
      journals.set(id, journal);
      journal.catch(() => journals.delete(id));
    }
    return journal;
  };

  const openWriter = async (journal: Journal): Promise<AppendOnlyFile> => {
    const size = await files.size(journal.file);
    if (size === undefined) {
      const made = await files.create(journal.file);
      await files.syncFolder(folder);
      return made;
    }
    // What a dead service or a failed write left half written was never acknowledged.
    if (size > journal.size) await files.truncate(journal.file, journal.size);
    return files.extend(journal.file);
  };

  const askOwner = async () => {
    if (!(await options.mayCommit())) throw new ProductError('repository/not-owner', { folder });
  };

  const store = async (journal: Journal, group: readonly Waiting[]): Promise<DeploymentEvent[][]> => {
    if (journal.damage) throw journal.damage;
    await askOwner();
    journal.writer ??= await openWriter(journal);
    const at = now().toISOString();
    let sequence = journal.last;
    const events = group.map(({ bodies }) => bodies.map((body): DeploymentEvent => ({ ...body, sequence: ++sequence, at })));
    const lines = events.flat().map((event) => Buffer.from(encodeLine(event)));
    await journal.writer.append(Buffer.concat(lines));
    if (group.some(({ bodies }) => bodies.some(isState))) {
      await journal.writer.sync();
      await askOwner();
    }
    events.flat().forEach((event, i) => {
      mark(journal, event.sequence, journal.size);
      journal.size += lines[i]?.length ?? 0;
    });
    journal.last = sequence;
    return events;
  };

  const closeWriter = async (journal: Journal) => {
    const { writer } = journal;
    delete journal.writer;
    await writer?.close();
  };

  const work = async (journal: Journal) => {
    await new Promise((resolve) => setImmediate(resolve));
    while (journal.waiting.length > 0) {
      const group = journal.waiting;
      journal.waiting = [];
      try {
        const events = await store(journal, group);
        group.forEach(({ resolve }, i) => resolve(events[i] ?? []));
        if (events.flat().some(({ type }) => type === 'ended')) await closeWriter(journal);
      } catch (error) {
        const reason = asWriteError(error, journal.file);
        await closeWriter(journal).catch(() => undefined);
        // Opening it again cuts off what the failed write left; that is tried at once, so that nobody reads it after a crash.
        if (!(reason instanceof ProductError) || reason.code !== 'repository/not-owner') await cutRest(journal);
        for (const { reject } of group) reject(reason);
      }
    }
    delete journal.working;
  };

  const cutRest = async (journal: Journal) => {
    try {
      if ((await files.size(journal.file) ?? 0) > journal.size && !journal.damage) await files.truncate(journal.file, journal.size);
    } catch {
      // The disk does not even let itself be shortened: tried again before the next append.
    }
  };

  return {
    async append(id, bodies) {
      const journal = await opened(id);
      return new Promise((resolve, reject) => {
        journal.waiting.push({ bodies, resolve, reject });
        journal.working ??= work(journal);
      });
    },
    async read(id, after, limit) {
      const journal = await opened(id).catch((error: unknown) => { throw asReadError(error, path.join(folder, `${id}.jsonl`)); });
      if (journal.damage && after >= journal.last) throw journal.damage;
      if (after >= journal.last || limit <= 0) return [];
      const from = journal.marks.findLast(({ sequence }) => sequence <= after + 1) ?? { sequence: 1, offset: 0 };
      const events: DeploymentEvent[] = [];
      await readLines(files, journal.file, from.offset, journal.size, from.sequence - 1, (event) => {
        if (event.sequence > after) events.push(event);
        return events.length < limit;
      });
      return events;
    },
    async scan(id, visit) {
      const journal = open(id, visit);
      journals.set(id, journal);
      try {
        return (await journal).damage;
      } catch (error) {
        journals.delete(id);
        const reason = asReadError(error, path.join(folder, `${id}.jsonl`));
        if (reason instanceof ProductError) return reason;
        throw error;
      }
    },
    inspect: async (id) => (await open(id)).damage,
    forget: (id) => void journals.delete(id),
    async close() {
      for (const opening of journals.values()) {
        const journal = await opening.catch(() => undefined);
        await journal?.working;
        if (journal) await closeWriter(journal);
      }
      journals.clear();
    },
  };
}

function mark(journal: Pick<Journal, 'marks'>, sequence: number, offset: number): void {
  if (sequence % markDistance === 1) journal.marks.push({ sequence, offset });
}

/**
 * Reads whole lines from `start` to `end`, until `visit` returns false or a line is not intact.
 * @param before the sequence number before the first line
 * @returns with `rest`: the bytes from the first line on that is not intact
 */
async function readLines(
  files: DurableFiles, file: string, start: number, end: number, before: number,
  visit: (event: DeploymentEvent, offset: number, length: number) => boolean,
): Promise<{ readonly rest?: Buffer }> {
  let sequence = before;
  let offset = start;
  let pending = Buffer.alloc(0);
  for (let at = start; at < end;) {
    const chunk = await files.read(file, at, Math.min(at + chunkSize, end));
    if (chunk.length === 0) break;
    at += chunk.length;
    pending = Buffer.concat([pending, chunk]);
    let used = 0;
    for (let feed = pending.indexOf(lineFeed); feed >= 0; feed = pending.indexOf(lineFeed, used)) {
      const event = decodeLine(pending.toString('utf8', used, feed), sequence + 1);
      if (!event) return { rest: Buffer.concat([pending.subarray(used), await files.read(file, at, end)]) };
      sequence++;
      if (!visit(event, offset, feed + 1 - used)) return {};
      offset += feed + 1 - used;
      used = feed + 1;
    }
    pending = pending.subarray(used);
  }
  return pending.length > 0 ? { rest: pending } : {};
}
