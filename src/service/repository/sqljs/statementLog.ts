import type { ExecutedStatement } from './catalogue';
import type { CatalogueFolder } from './catalogueFolder';
import type { AppendOnlyFile, DurableFiles } from './durableFiles';
import { fileFormat, type LogPosition } from './image';
import { encodePayload, type LoggedChange, type LogHeader } from './logRecords';
import { chainStart, encodeRecord } from './recordFormat';
import { newestSchema } from './migrations/migrations';

/** Appends changes to the log, durably. One call at a time. */
export interface StatementLog {
  /** The place after the last durable change. */
  readonly position: LogPosition;
  /** Bytes of all logs that no image holds yet. */
  readonly bytes: number;
  /**
   * Makes some transactions durable with one write and one fdatasync. When it rejects, `undo` must follow.
   * @param at ISO 8601, UTC
   */
  append(transactions: readonly (readonly ExecutedStatement[])[], at: string): Promise<void>;
  /** Takes back what a failed append may have left, durably, and leaves that file alone from now on. */
  undo(): Promise<void>;
  /** Closes the file; the next change goes to a new one. */
  seal(): Promise<void>;
  /** An image holds `bytes` of what the logs held. */
  imageWritten(bytes: number): void;
}

interface OpenLog {
  readonly number: number;
  readonly file: AppendOnlyFile;
}

/** Continues the sequence of changes at `position`, in a new file that is made with the first change. */
export function createStatementLog(options: {
  files: DurableFiles;
  folder: CatalogueFolder;
  position: LogPosition;
  /** Bytes of earlier logs that no image holds. */
  bytes: number;
  readonly nextNumber: () => number;
}): StatementLog {
  const { files, folder, nextNumber } = options;
  let position = options.position;
  let bytes = options.bytes;
  let open: OpenLog | undefined;
  /** The file that a failed append was writing to, with its durable size; 0 when it was made by that append. */
  let failed: { readonly path: string; readonly size: number } | undefined;

  const make = async (): Promise<OpenLog> => {
    const number = nextNumber();
    return { number, file: await files.create(folder.log(number)) };
  };

  const seal = async () => {
    const closing = open;
    open = undefined;
    await closing?.file.close();
  };

  return {
    get position() { return position; },
    get bytes() { return bytes; },
    async append(transactions, at) {
      const isNew = open === undefined;
      // A file that this service did not make is not its to undo.
      open ??= await make();
      const { number, file } = open;
      failed = { path: folder.log(number), size: isNew ? 0 : position.size };

      const pieces: Buffer[] = [];
      let last = isNew ? chainStart : Buffer.from(position.digest, 'hex');
      let { change } = position;
      const add = (record: LogHeader | LoggedChange) => {
        const encoded = encodeRecord(last, encodePayload(record));
        last = encoded.digest;
        pieces.push(encoded.bytes);
      };
      if (isNew) add({ format: fileFormat, schema: newestSchema, after: position });
      for (const statements of transactions) add({ change: ++change, at, statements });

      const all = Buffer.concat(pieces);
      await file.append(all);
      await file.sync();
      if (isNew) await files.syncFolder(folder.path);
      position = { file: number, size: failed.size + all.length, digest: last.toString('hex'), change };
      bytes += all.length;
      failed = undefined;
    },
    async undo() {
      const { path, size } = failed ?? {};
      failed = undefined;
      try {
        await seal();
      } finally {
        if (path !== undefined && size !== undefined && (await files.size(path) ?? 0) > size) await files.truncate(path, size);
        if (path !== undefined && size === 0) await files.remove(path);
      }
    },
    seal,
    imageWritten(held) {
      bytes -= held;
    },
  };
}
