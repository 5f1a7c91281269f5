import type { RawEntry } from './checkEntry';
import { parsePaxRecords, type PaxRecords } from './paxRecords';
import { printableBytes, printableName } from './printableName';
import { refusal, type ArchiveErrorCode, type Place } from './refusal';
import { blockSize, decodeTarHeader, isZero, type TarHeader } from './tarHeader';

/** Receives the entries of a tar in order. `data` comes for files alone, as often as needed. */
export interface TarSink {
  begin(entry: RawEntry, place: Place): void;
  data(bytes: Uint8Array): void;
  end(): void;
}

export interface TarParser {
  /** Takes the next bytes of the tar; calls the sink before it returns. */
  write(bytes: Uint8Array): void;
  /** Says that there are no more bytes. @throws ProductError `archive/truncated` */
  finish(): void;
  /** Bytes taken so far. */
  readonly position: number;
  /** Printable name of the entry it stands in; empty between entries. */
  readonly entry: string;
}

/** Bytes of one pax header or GNU long name. */
const longestExtension = 1024 * 1024;
/** Sizes from here on do not fit a ustar header; only there may pax and header differ. */
const ustarSizeLimit = 8 * 1024 ** 3;

/** What stands before an entry and belongs to it. */
interface Extensions {
  pax?: PaxRecords;
  name?: Uint8Array;
  linkName?: Uint8Array;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a tar as a strict machine: v7, ustar, GNU long names and pax. The original bytes go to the `tar` of a host later,
 * so whatever tar programs take differently (a second opinion on a name or size, data after the end, content on links) is
 * refused here. tar-stream accepts all of those silently, which is why it only writes tars in this product.
 */
export function createTarParser(archive: string, sink: TarSink): TarParser {
  const block = new Uint8Array(blockSize);
  let filled = 0;
  let position = 0;
  let remaining = 0;
  let padding = 0;
  let ended = false;
  let entry = '';
  let extension: { readonly kind: string; readonly place: Place; readonly bytes: Uint8Array[] } | undefined;
  let extensions: Extensions = {};
  let defaultModified: number | undefined;

  function takeHeader(bytes: Uint8Array, offset: number): void {
    const place: Place = { archive, entry: '', offset };
    const header = decodeFirst(bytes, place);
    if (header === undefined) {
      if (Object.keys(extensions).length > 0) throw refusal('archive/damaged-header', place);
      ended = true;
      return;
    }
    const here = { ...place, entry: printableBytes(header.name) };
    if ('xgLK'.includes(header.kind)) {
      if (header.size > longestExtension) throw refusal('archive/header-too-large', here, { limit: longestExtension });
      extension = { kind: header.kind, place: here, bytes: [] };
      setRemaining(header.size);
      if (header.size === 0) endExtension();
      return;
    }
    const raw = toRawEntry(header, here);
    extensions = {};
    entry = printableName(raw.name);
    sink.begin(raw, { ...place, entry });
    setRemaining(raw.size);
    if (raw.size === 0) endEntry();
  }

  function decodeFirst(bytes: Uint8Array, place: Place): TarHeader | undefined {
    const marked = Buffer.from(bytes.subarray(257, 262)).toString('latin1') === 'ustar';
    try {
      return decodeTarHeader(bytes, place);
    } catch (error) {
      throw place.offset === 0 && !marked ? refusal('archive/not-a-tar', place, {}, error) : error;
    }
  }

  function setRemaining(size: number): void {
    remaining = size;
    padding = (blockSize - (size % blockSize)) % blockSize;
  }

  function endEntry(): void {
    sink.end();
    entry = '';
  }

  function endExtension(): void {
    if (extension === undefined) return;
    const { kind, place } = extension;
    const content = Buffer.concat(extension.bytes);
    extension = undefined;
    if (kind === 'x' || kind === 'g') {
      const records = parsePaxRecords(content);
      if (typeof records === 'string') throw refusal(paxCodes[records], place);
      if (kind === 'g') takeGlobal(records, place);
      else if (extensions.pax === undefined) extensions.pax = records;
      else throw refusal('archive/ambiguous', place);
    } else {
      const key = kind === 'L' ? 'name' : 'linkName';
      if (extensions[key] !== undefined) throw refusal('archive/ambiguous', place);
      extensions[key] = gnuName(content, place);
    }
  }

  function takeGlobal(records: PaxRecords, place: Place): void {
    // Programs differ on whether a global record holds for names and sizes; nobody has a use for it.
    if (records.path !== undefined || records.linkpath !== undefined || records.size !== undefined || records.sparse) {
      throw refusal('archive/ambiguous', place);
    }
    defaultModified = records.mtime;
  }

  function toRawEntry(header: TarHeader, place: Place): RawEntry {
    const { pax = {}, name, linkName } = extensions;
    if ((pax.path !== undefined && name !== undefined) || (pax.linkpath !== undefined && linkName !== undefined)) throw refusal('archive/ambiguous', place);
    const path = pax.path ?? decodeName(name ?? header.name, place);
    const here = { ...place, entry: printableName(path) };
    if (pax.sparse || header.kind === 'S') throw refusal('archive/sparse-file', here);
    if (pax.size !== undefined && pax.size !== header.size && pax.size < ustarSizeLimit) throw refusal('archive/ambiguous', here);
    const type = typeOf(header.kind, path, here);
    const modified = pax.mtime ?? defaultModified ?? header.modified;
    return {
      name: path,
      type,
      size: pax.size ?? header.size,
      mode: header.mode,
      modified: new Date(modified * 1000),
      ...((type === 'symlink' || type === 'hardlink') && { target: pax.linkpath ?? decodeName(linkName ?? header.linkName, here) }),
    };
  }

  function take(bytes: Uint8Array): number {
    if (remaining > 0) {
      const length = Math.min(remaining, bytes.length);
      if (extension === undefined) sink.data(bytes.subarray(0, length));
      else extension.bytes.push(bytes.slice(0, length));
      remaining -= length;
      position += length;
      if (remaining === 0) {
        if (extension === undefined) endEntry();
        else endExtension();
      }
      return length;
    }
    if (padding > 0) {
      const length = Math.min(padding, bytes.length);
      padding -= length;
      position += length;
      return length;
    }
    if (ended) {
      const foreign = isZero(bytes) ? -1 : bytes.findIndex((byte) => byte !== 0);
      if (foreign >= 0) throw refusal('archive/trailing-data', { archive, entry: '', offset: position + foreign });
      position += bytes.length;
      return bytes.length;
    }
    const length = Math.min(blockSize - filled, bytes.length);
    block.set(bytes.subarray(0, length), filled);
    filled += length;
    position += length;
    if (filled === blockSize) {
      filled = 0;
      takeHeader(block, position - blockSize);
    }
    return length;
  }

  return {
    get position() {
      return position;
    },
    get entry() {
      return entry;
    },
    write(bytes) {
      for (let rest = bytes; rest.length > 0; ) rest = rest.subarray(take(rest));
    },
    finish() {
      // A lone block of zeros is an end for every tar program; none at all is what a cut archive looks like.
      if (!ended) throw refusal(position < blockSize ? 'archive/not-a-tar' : 'archive/truncated', { archive, entry, offset: position });
    },
  };
}

const paxCodes = {
  damaged: 'archive/damaged-header',
  ambiguous: 'archive/ambiguous',
  encoding: 'archive/name-encoding',
} as const satisfies Record<string, ArchiveErrorCode>;

/** GNU `L` and `K`: the name and its NUL. Some programs read up to the NUL, others as far as the stated size. */
function gnuName(content: Uint8Array, place: Place): Uint8Array {
  const end = content.indexOf(0);
  if (end < 0 || !isZero(content.subarray(end))) throw refusal('archive/ambiguous', place);
  return content.subarray(0, end);
}

function decodeName(bytes: Uint8Array, place: Place): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw refusal('archive/name-encoding', { ...place, entry: printableBytes(bytes) }, {}, cause);
  }
}

function typeOf(kind: string, path: string, place: Place): RawEntry['type'] {
  switch (kind) {
    case '0':
    case '7':
      return path.endsWith('/') ? 'directory' : 'file';
    case '1':
      return 'hardlink';
    case '2':
      return 'symlink';
    case '5':
      return 'directory';
    case '3':
    case '4':
    case '6':
      throw refusal('archive/special-file', place);
    default:
      throw refusal('archive/unsupported-entry', place, { kind: `tar ${printableName(kind)}` });
  }
}
