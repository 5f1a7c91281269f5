/** A version cut into its parts once, for lists that compare each of thousands with many others. */
export interface ParsedVersion {
  readonly text: string;
  /** Numbers as such; one too long for a number as a big one. */
  readonly parts: readonly (number | bigint | string)[];
}

/** Digits that a number holds exactly. */
const exactDigits = 15;

export function parseVersion(text: string): ParsedVersion {
  return { text, parts: text.split('.').map((part) => (/^\d+$/.test(part) ? (part.length <= exactDigits ? Number(part) : BigInt(part)) : part)) };
}

/**
 * Orders two dotted versions by their numbers: 8.5.9 comes before 8.5.10. A missing part counts as zero; equal numbers
 * with different spelling (`9.0.046` and `9.0.46`) are ordered by text, so that the order is total.
 * @returns negative, zero or positive, as `Array.prototype.sort` wants it
 */
export function compareVersions(a: string, b: string): number {
  return compareParsedVersions(parseVersion(a), parseVersion(b));
}

/** The same for versions that are cut already. */
export function compareParsedVersions(left: ParsedVersion, right: ParsedVersion): number {
  for (let i = 0; i < Math.max(left.parts.length, right.parts.length); i++) {
    const x = left.parts[i] ?? 0;
    const y = right.parts[i] ?? 0;
    const order = typeof x !== 'string' && typeof y !== 'string' ? compare(x, y) : compare(spelling(left, i), spelling(right, i));
    if (order !== 0) return order;
  }
  return compare(left.text, right.text);
}

/** A part as it was written. */
function spelling({ text }: ParsedVersion, index: number): string {
  return text.split('.')[index] ?? '0';
}

function compare<T extends number | bigint | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
