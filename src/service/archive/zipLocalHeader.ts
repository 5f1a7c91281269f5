import type { Entry } from '@zip.js/zip.js';
import { refusal, type Place } from './refusal';
import type { WindowedReader } from './windowedReader';

/** Where an entry's parts lie in the file. */
export interface ZipEntryRange {
  readonly dataStart: number;
  /** After the data and its descriptor. */
  readonly end: number;
}

const localHeaderMark = 0x04034b50;
const descriptorMark = 0x08074b50;
const localHeaderSize = 30;
/** General purpose bits that must agree: encrypted, data descriptor, strong encryption, UTF-8. */
const decidingFlags = 0x1 | 0x8 | 0x40 | 0x800;
const hasDescriptor = 0x8;
const unicodePath = 0x7075;

/**
 * Compares the local header of an entry, and the data descriptor after its content, with what the central directory says
 * (APPNOTE 4.3.7, 4.3.9). Programs that read a zip as a stream believe the local header, others the directory.
 * @throws ProductError `archive/damaged-header`, `archive/ambiguous`, `archive/truncated`
 */
export async function checkLocalHeader(reader: WindowedReader, entry: Entry, place: Place): Promise<ZipEntryRange> {
  const fixed = await reader.read(entry.offset, localHeaderSize);
  if (fixed.length < localHeaderSize) throw refusal('archive/truncated', place);
  const header = viewOf(fixed);
  if (header.getUint32(0, true) !== localHeaderMark) throw refusal('archive/damaged-header', place);
  const flags = header.getUint16(6, true);
  const method = header.getUint16(8, true);
  const stated = { crc: header.getUint32(14, true), packed: header.getUint32(18, true), unpacked: header.getUint32(22, true) };
  const nameLength = header.getUint16(26, true);
  const extraLength = header.getUint16(28, true);

  const variable = await reader.read(entry.offset + localHeaderSize, nameLength + extraLength);
  if (variable.length < nameLength + extraLength) throw refusal('archive/truncated', place);
  const name = variable.subarray(0, nameLength);
  const zip64 = readZip64(variable.subarray(nameLength), stated);
  if (zip64 === undefined) throw refusal('archive/damaged-header', place);
  const same =
    Buffer.compare(name, entry.rawFilename) === 0
    && (flags & decidingFlags) === ((entry.rawBitFlag ?? 0) & decidingFlags)
    && method === entry.compressionMethod;
  const otherName = [variable.subarray(nameLength), entry.rawExtraField].some((extra) => hasOtherName(extra, entry));
  if (!same || otherName) throw refusal('archive/ambiguous', place);

  const dataStart = entry.offset + localHeaderSize + nameLength + extraLength;
  const dataEnd = dataStart + entry.compressedSize;
  if ((flags & hasDescriptor) === 0) {
    if (stated.crc !== entry.crc32 || zip64.packed !== entry.compressedSize || zip64.unpacked !== entry.uncompressedSize) throw refusal('archive/ambiguous', place);
    return { dataStart, end: dataEnd };
  }
  return { dataStart, end: dataEnd + (await checkDescriptor(reader, entry, dataEnd, place)) };
}

/**
 * Whether a Unicode path field (id 0x7075, APPNOTE 4.6.9) names another file than the header. Programs that do not know the
 * field take the header's name; beside a name in ASCII it has nothing to say.
 */
function hasOtherName(extra: Uint8Array, entry: Entry): boolean {
  const header = Buffer.from(entry.rawFilename).toString('latin1');
  return [...extraFields(extra)].some(({ id, data }) => {
    if (id !== unicodePath) return false;
    const name = Buffer.from(data.subarray(5)).toString('utf8');
    return name !== entry.filename || (/^[\u0000-\u007f]*$/.test(header) && name !== header);
  });
}

/** The fields of an extra field, up to the first that is cut. */
function* extraFields(extra: Uint8Array): Generator<{ readonly id: number; readonly data: Uint8Array }> {
  const view = viewOf(extra);
  for (let position = 0; position + 4 <= extra.length; ) {
    const end = position + 4 + view.getUint16(position + 2, true);
    if (end > extra.length) return;
    yield { id: view.getUint16(position, true), data: extra.subarray(position + 4, end) };
    position = end;
  }
}

/** The sizes of a local header, from its zip64 extra field (id 1) where the header holds only ones. */
function readZip64(extra: Uint8Array, stated: { packed: number; unpacked: number }): { packed: number; unpacked: number } | undefined {
  const view = viewOf(extra);
  let { packed, unpacked } = stated;
  for (let position = 0; position + 4 <= extra.length; ) {
    const id = view.getUint16(position, true);
    const length = view.getUint16(position + 2, true);
    let value = position + 4;
    const end = value + length;
    if (end > extra.length) return undefined;
    if (id === 1) {
      const next = (): number => {
        const number = value + 8 <= end ? Number(view.getBigUint64(value, true)) : NaN;
        value += 8;
        return number;
      };
      if (stated.unpacked === 0xffffffff) unpacked = next();
      if (stated.packed === 0xffffffff) packed = next();
    }
    position = end;
  }
  return { packed, unpacked };
}

/** A descriptor has a mark or not, and 32 or 64 bit sizes: the layout that agrees with the directory. @returns its length */
async function checkDescriptor(reader: WindowedReader, entry: Entry, position: number, place: Place): Promise<number> {
  const bytes = await reader.read(position, 24);
  const view = viewOf(bytes);
  for (const wide of entry.zip64 ? [true, false] : [false, true]) {
    for (const start of [4, 0]) {
      const length = start + (wide ? 20 : 12);
      if (bytes.length < length || (start === 4 && view.getUint32(0, true) !== descriptorMark)) continue;
      const packed = wide ? Number(view.getBigUint64(start + 4, true)) : view.getUint32(start + 4, true);
      const unpacked = wide ? Number(view.getBigUint64(start + 12, true)) : view.getUint32(start + 8, true);
      if (view.getUint32(start, true) === entry.crc32 && packed === entry.compressedSize && unpacked === entry.uncompressedSize) return length;
    }
  }
  throw refusal('archive/ambiguous', place);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
