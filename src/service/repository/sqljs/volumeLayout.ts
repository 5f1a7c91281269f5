/** A stretch of a volume's content and where it lies in the volume's file. */
export interface ContentStretch {
  /** Offset in the file. */
  readonly at: number;
  /** Offset in the content. */
  readonly start: number;
  readonly size: number;
}

/** Bytes of the file's header, which comes before its first page's own (file format, 1.3). */
const headerSize = 100;
const interiorPage = 5;
const leafPage = 13;

/**
 * Where SQLite has put the blobs of a table (`position` INTEGER PRIMARY KEY, `bytes` BLOB) in a file, in the order of their
 * positions (SQLite's "Database File Format", 1.6 B-tree pages and 2.1 Record format). A blob that does not fit its page
 * goes on in a chain of pages.
 * @param root number of the table's root page; not the first of the file
 * @throws RangeError where the file is not laid out so
 */
export function findContent(file: Uint8Array, root: number): readonly ContentStretch[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const pageSize = view.getUint16(16);
  const usable = pageSize - view.getUint8(20);
  const found: ContentStretch[] = [];
  const seen = new Set<number>();
  readPage(root);
  return found;

  function readPage(number: number): void {
    // In a file of somebody's making pages could lead back to themselves.
    if (seen.has(number)) throw new RangeError(`page ${number} is there twice`);
    seen.add(number);
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
    const payload = readNumber(view, cell);
    const position = readNumber(view, payload.end);
    let at = position.end;
    let size = localSize(payload.value);
    const overflow = at + size;
    // The record: the length of its header, the types of its columns, then the blob alone; the position is the row's number.
    const header = readNumber(view, at).value;
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
}

/**
 * The root page of a table, from the file's schema ("Database File Format", 2.6: type, name, table, root page, SQL).
 * @throws RangeError where the schema has no such table, or does not fit one page
 */
export function findTable(file: Uint8Array, table: string): number {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (view.getUint8(headerSize) !== leafPage) throw new RangeError('the schema does not fit one page');
  const cells = view.getUint16(headerSize + 3);
  for (let i = 0; i < cells; i++) {
    const [type, name, , root] = readRecord(file, view, view.getUint16(headerSize + 8 + 2 * i));
    if (type === 'table' && name === table && typeof root === 'number') return root;
  }
  throw new RangeError(`there is no table ${table}`);
}

/** The values of a row that lies on its page whole, as far as they are texts and whole numbers. */
function readRecord(file: Uint8Array, view: DataView, cell: number): readonly (string | number | undefined)[] {
  const payload = readNumber(view, cell);
  const row = readNumber(view, payload.end);
  const header = readNumber(view, row.end);
  const values: (string | number | undefined)[] = [];
  let at = row.end + header.value;
  for (let next = header.end; next < row.end + header.value;) {
    const type = readNumber(view, next);
    next = type.end;
    const size = valueSize(type.value);
    values.push(type.value >= 13 && type.value % 2 === 1 ? Buffer.from(file.subarray(at, at + size)).toString('utf8') : wholeNumber(view, at, type.value, size));
    at += size;
  }
  return values;
}

/** Bytes of a value by its type ("Database File Format", 2.1). */
function valueSize(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type] ?? 0;
}

function wholeNumber(view: DataView, at: number, type: number, size: number): number | undefined {
  if (type === 8 || type === 9) return type - 8;
  if (type === 0 || type > 5) return undefined;
  let value = view.getInt8(at);
  for (let i = 1; i < size; i++) value = value * 256 + view.getUint8(at + i);
  return value;
}

/** A number of seven bits a byte, the highest first, below 2^49: no size or position here comes near that. */
function readNumber(view: DataView, at: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let end = at; end < at + 7; end++) {
    const byte = view.getUint8(end);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: end + 1 };
  }
  throw new RangeError('a number is too long');
}
