/** A stretch of a volume's content and where it lies in the volume's file. */
export interface ContentStretch {
  /** Offset in the file. */
  readonly at: number;
  /** Offset in the content. */
  readonly start: number;
  readonly size: number;
}

const interiorPage = 5;
const leafPage = 13;

/**
 * Where SQLite has put the blobs of a table (`position` INTEGER PRIMARY KEY, `bytes` BLOB) in a file, in the order of their
 * positions (SQLite's "Database File Format", 1.6 B-tree pages and 2.1 Record format). A blob that does not fit its page
 * goes on in a chain of pages.
 * @param root number of the table's root page; not the first of the file
 */
export function findContent(file: Uint8Array, root: number): readonly ContentStretch[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const pageSize = view.getUint16(16);
  const usable = pageSize - view.getUint8(20);
  const found: ContentStretch[] = [];
  readPage(root);
  return found;

  function readPage(number: number): void {
    const page = (number - 1) * pageSize;
    const kind = view.getUint8(page);
    const cells = view.getUint16(page + 3);
    if (kind === interiorPage) {
      for (let i = 0; i < cells; i++) readPage(view.getUint32(page + view.getUint16(page + 12 + 2 * i)));
      readPage(view.getUint32(page + 8));
      return;
    }
    if (kind !== leafPage) throw new RangeError(`page ${number} belongs to no table`);
    for (let i = 0; i < cells; i++) readCell(page + view.getUint16(page + 8 + 2 * i));
  }

  function readCell(cell: number): void {
    const payload = readNumber(cell);
    const position = readNumber(payload.end);
    let at = position.end;
    let size = localSize(payload.value);
    const overflow = at + size;
    // The record: the length of its header, the types of its columns, then the blob alone; the position is the row's number.
    const header = readNumber(at).value;
    let left = payload.value - header;
    at += header;
    size -= header;
    let start = position.value;
    let next = size < left ? view.getUint32(overflow) : 0;
    for (;;) {
      found.push({ at, start, size });
      start += size;
      left -= size;
      if (left === 0) return;
      if (next === 0) throw new RangeError('a blob ends too early');
      const page = (next - 1) * pageSize;
      next = view.getUint32(page);
      at = page + 4;
      size = Math.min(left, usable - 4);
    }
  }

  /** How much of a payload lies on the leaf itself. */
  function localSize(payload: number): number {
    if (payload <= usable - 35) return payload;
    const least = Math.floor(((usable - 12) * 32) / 255) - 23;
    const most = least + ((payload - least) % (usable - 4));
    return most <= usable - 35 ? most : least;
  }

  /** A number of seven bits a byte, the highest first, below 2^49: no size or position here comes near that. */
  function readNumber(at: number): { readonly value: number; readonly end: number } {
    let value = 0;
    for (let end = at; end < at + 7; end++) {
      const byte = view.getUint8(end);
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return { value, end: end + 1 };
    }
    throw new RangeError('a number is too long');
  }
}
