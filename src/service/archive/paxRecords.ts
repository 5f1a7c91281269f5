/** The records of one pax header that change what is unpacked; other keys (owners, times of access, comments) are left out. */
export interface PaxRecords {
  readonly path?: string;
  readonly linkpath?: string;
  readonly size?: number;
  /** Seconds since 1970. */
  readonly mtime?: number;
  /** Set when the entry is a sparse file. */
  readonly sparse?: true;
}

export type PaxProblem = 'damaged' | 'ambiguous' | 'encoding';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads the content of a pax extended header: lines `LENGTH KEY=VALUE\n`, the length counting itself (POSIX.1-2001 pax).
 * A key that decides what is unpacked and stands twice, or is empty, is ambiguous: programs differ on it.
 */
export function parsePaxRecords(content: Uint8Array): PaxRecords | PaxProblem {
  const found = new Map<string, string>();
  let rest = content;
  while (rest.length > 0) {
    const blank = rest.indexOf(0x20);
    const digits = blank > 0 && blank < 12 ? Buffer.from(rest.subarray(0, blank)).toString('latin1') : '';
    const length = /^[1-9]\d*$/.test(digits) ? Number(digits) : 0;
    if (length <= blank + 2 || length > rest.length || rest[length - 1] !== 0x0a) return 'damaged';
    const record = rest.subarray(blank + 1, length - 1);
    const equals = record.indexOf(0x3d);
    if (equals < 1) return 'damaged';
    const key = Buffer.from(record.subarray(0, equals)).toString('latin1');
    if (isDeciding(key)) {
      if (found.has(key)) return 'ambiguous';
      const value = decode(record.subarray(equals + 1));
      if (value === undefined) return 'encoding';
      if (value === '') return 'ambiguous';
      found.set(key, value);
    }
    rest = rest.subarray(length);
  }
  return interpret(found);
}

function isDeciding(key: string): boolean {
  return key === 'path' || key === 'linkpath' || key === 'size' || key === 'mtime' || key === 'hdrcharset' || key.startsWith('GNU.sparse.');
}

function interpret(found: ReadonlyMap<string, string>): PaxRecords | PaxProblem {
  const charset = found.get('hdrcharset');
  if (charset !== undefined && charset !== 'ISO-IR 10646 2000 UTF-8') return 'encoding';
  const size = found.get('size');
  const mtime = found.get('mtime');
  if (size !== undefined && !(/^\d+$/.test(size) && Number.isSafeInteger(Number(size)))) return 'damaged';
  if (mtime !== undefined && !/^-?\d+(\.\d*)?$/.test(mtime)) return 'damaged';
  const path = found.get('path');
  const linkpath = found.get('linkpath');
  const sparse = [...found.keys()].some((key) => key.startsWith('GNU.sparse.'));
  return {
    ...(path !== undefined && { path }),
    ...(linkpath !== undefined && { linkpath }),
    ...(size !== undefined && { size: Number(size) }),
    ...(mtime !== undefined && { mtime: Number(mtime) }),
    ...(sparse && { sparse }),
  };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
