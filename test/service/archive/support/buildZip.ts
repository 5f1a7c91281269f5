import { deflateRawSync } from 'node:zlib';
import { crc32ByTable } from '../../../../src/service/archive/crc32';

export interface ZipEntryOptions {
  readonly name: string | Buffer;
  /** Name in the local header, when it is to differ. */
  readonly localName?: string;
  readonly content?: string | Buffer;
  /** The packed bytes, when they are not to be the content's. */
  readonly packed?: Buffer;
  readonly method?: number;
  /** Upper half of the external attributes; also makes the entry one of a Unix system. */
  readonly unixMode?: number;
  readonly flags?: number;
  readonly localFlags?: number;
  readonly crc?: number;
  /** States another unpacked size. */
  readonly size?: number;
  readonly packedSize?: number;
  /** A data descriptor instead of sizes in the local header: with its mark, without it, or with 64-bit sizes. */
  readonly descriptor?: 'marked' | 'bare' | 'wide';
  readonly zip64?: boolean;
  /** Further extra fields of the directory, and of the local header. */
  readonly extra?: Buffer;
  readonly localExtra?: Buffer;
  /** Method and unpacked size in the local header, when they are to differ. */
  readonly localMethod?: number;
  readonly localSize?: number;
  /** Uses the offset of this entry (by number) instead of its own data. */
  readonly sameDataAs?: number;
  readonly disk?: number;
  /** Bytes of nobody before the entry. */
  readonly before?: Buffer;
  readonly damageDescriptor?: boolean;
}

export interface ZipOptions {
  readonly before?: Buffer;
  readonly after?: Buffer;
  readonly beforeDirectory?: Buffer;
  readonly comment?: string;
  /** States this many entries. */
  readonly count?: number;
  /** Repeats the last record of the directory until it has so many; with a 64-bit end record. */
  readonly zip64Count?: number;
  readonly disk?: number;
  readonly changeEnd?: (end: Buffer) => void;
  /** Reverses the order of the central directory. */
  readonly reverse?: boolean;
}

export interface BuiltZip {
  readonly bytes: Buffer;
  /** Position of each entry's local header. */
  readonly offsets: readonly number[];
  readonly directory: number;
}

/** A zip, as raw as wished. */
export function buildZip(entries: readonly ZipEntryOptions[], options: ZipOptions = {}): BuiltZip {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let position = 0;
  const put = (part: Buffer) => {
    parts.push(part);
    position += part.length;
  };
  if (options.before) put(options.before);
  for (const entry of entries) {
    if (entry.before) put(entry.before);
    const made = zipEntry(entry);
    const offset = entry.sameDataAs === undefined ? position : (offsets[entry.sameDataAs] ?? 0);
    offsets.push(offset);
    if (entry.sameDataAs === undefined) put(made.local);
    directory.push(made.central(offset));
  }
  if (options.beforeDirectory) put(options.beforeDirectory);
  const start = position;
  if (options.reverse) directory.reverse();
  for (const record of directory) put(record);
  const last = directory.at(-1);
  if (options.zip64Count !== undefined && last) put(Buffer.concat(Array.from({ length: options.zip64Count - directory.length }, () => last)));
  const directoryEnd = position;
  if (options.zip64Count !== undefined) put(zip64End(options.zip64Count, start, directoryEnd));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(options.disk ?? 0, 4);
  end.writeUInt16LE(options.disk ?? 0, 6);
  const count = options.zip64Count === undefined ? (options.count ?? entries.length) : 0xffff;
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directoryEnd - start, 12);
  end.writeUInt32LE(start, 16);
  end.writeUInt16LE((options.comment ?? '').length, 20);
  options.changeEnd?.(end);
  put(end);
  put(Buffer.from(options.comment ?? '', 'latin1'));
  if (options.after) put(options.after);
  return { bytes: Buffer.concat(parts), offsets, directory: start };
}

function zipEntry(entry: ZipEntryOptions): { local: Buffer; central: (offset: number) => Buffer } {
  const content = Buffer.isBuffer(entry.content) ? entry.content : Buffer.from(entry.content ?? '', 'utf8');
  const method = entry.method ?? 8;
  const packed = entry.packed ?? (method === 8 ? deflateRawSync(content) : content);
  const crc = entry.crc ?? crc32ByTable(content, 0);
  const size = entry.size ?? content.length;
  const packedSize = entry.packedSize ?? packed.length;
  const name = Buffer.isBuffer(entry.name) ? entry.name : Buffer.from(entry.name, 'utf8');
  const localName = entry.localName === undefined ? name : Buffer.from(entry.localName, 'utf8');
  const flags = entry.flags ?? ((entry.descriptor ? 8 : 0) | (Buffer.isBuffer(entry.name) ? 0 : 0x800));
  const localFlags = entry.localFlags ?? flags;
  const zip64 = entry.zip64 ? zip64Extra(size, packedSize) : Buffer.alloc(0);
  const extra = Buffer.concat([zip64, entry.extra ?? Buffer.alloc(0)]);
  const localExtra = Buffer.concat([entry.descriptor ? Buffer.alloc(0) : zip64, entry.localExtra ?? Buffer.alloc(0)]);
  const stated = entry.zip64 ? [0xffffffff, 0xffffffff] : [packedSize, size];

  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(entry.zip64 ? 45 : 20, 4);
  local.writeUInt16LE(localFlags, 6);
  local.writeUInt16LE(entry.localMethod ?? method, 8);
  local.writeUInt32LE(0x5a_21_00_00, 10);
  if (!entry.descriptor) {
    local.writeUInt32LE(crc, 14);
    local.writeUInt32LE(stated[0] ?? 0, 18);
    local.writeUInt32LE(entry.localSize ?? stated[1] ?? 0, 22);
  }
  local.writeUInt16LE(localName.length, 26);
  local.writeUInt16LE(localExtra.length, 28);

  return {
    local: Buffer.concat([local, localName, localExtra, packed, descriptorOf(entry, crc, packedSize, size)]),
    central(offset) {
      const record = Buffer.alloc(46);
      record.writeUInt32LE(0x02014b50, 0);
      record.writeUInt16LE(entry.unixMode === undefined ? 20 : (3 << 8) | 20, 4);
      record.writeUInt16LE(20, 6);
      record.writeUInt16LE(flags, 8);
      record.writeUInt16LE(method, 10);
      record.writeUInt32LE(0x5a_21_00_00, 12);
      record.writeUInt32LE(crc, 16);
      record.writeUInt32LE(stated[0] ?? 0, 20);
      record.writeUInt32LE(stated[1] ?? 0, 24);
      record.writeUInt16LE(name.length, 28);
      record.writeUInt16LE(extra.length, 30);
      record.writeUInt16LE(entry.disk ?? 0, 34);
      record.writeUInt32LE(((entry.unixMode ?? 0) * 0x10000) >>> 0, 38);
      record.writeUInt32LE(offset, 42);
      return Buffer.concat([record, name, extra]);
    },
  };
}

/** The field with which Info-ZIP gives a name in UTF-8 beside the header's (APPNOTE 4.6.9). */
export function unicodePath(header: string, name: string): Buffer {
  const field = Buffer.alloc(9 + Buffer.byteLength(name));
  field.writeUInt16LE(0x7075, 0);
  field.writeUInt16LE(field.length - 4, 2);
  field.writeUInt8(1, 4);
  field.writeUInt32LE(crc32ByTable(Buffer.from(header, 'latin1'), 0), 5);
  field.write(name, 9);
  return field;
}

/** The 64-bit end record of a directory and its locator (APPNOTE 4.3.14, 4.3.15). */
function zip64End(count: number, start: number, end: number): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  for (const at of [24, 32]) record.writeBigUInt64LE(BigInt(count), at);
  record.writeBigUInt64LE(BigInt(end - start), 40);
  record.writeBigUInt64LE(BigInt(start), 48);
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(end), 64);
  record.writeUInt32LE(1, 72);
  return record;
}

function zip64Extra(size: number, packedSize: number): Buffer {
  const extra = Buffer.alloc(20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeBigUInt64LE(BigInt(size), 4);
  extra.writeBigUInt64LE(BigInt(packedSize), 12);
  return extra;
}

function descriptorOf(entry: ZipEntryOptions, crc: number, packedSize: number, size: number): Buffer {
  if (entry.descriptor === undefined) return Buffer.alloc(0);
  const bytes = Buffer.alloc(entry.descriptor === 'wide' ? 24 : 16);
  bytes.writeUInt32LE(0x08074b50, 0);
  bytes.writeUInt32LE(entry.damageDescriptor ? (crc ^ 1) >>> 0 : crc, 4);
  if (entry.descriptor === 'wide') {
    bytes.writeBigUInt64LE(BigInt(packedSize), 8);
    bytes.writeBigUInt64LE(BigInt(size), 16);
  } else {
    bytes.writeUInt32LE(packedSize, 8);
    bytes.writeUInt32LE(size, 12);
  }
  return entry.descriptor === 'bare' ? bytes.subarray(4) : bytes;
}
