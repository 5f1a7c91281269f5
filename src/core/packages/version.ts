/**
 * Orders two dotted versions by their numbers: 8.5.9 comes before 8.5.10. A missing part counts as zero; equal numbers
 * with different spelling (`9.0.046` and `9.0.46`) are ordered by text, so that the order is total.
 * @returns negative, zero or positive, as `Array.prototype.sort` wants it
 */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const x = left[i] ?? '0';
    const y = right[i] ?? '0';
    const numeric = /^\d+$/.test(x) && /^\d+$/.test(y);
    const order = numeric ? compareNumbers(BigInt(x), BigInt(y)) : compareTexts(x, y);
    if (order !== 0) return order;
  }
  return compareTexts(a, b);
}

function compareNumbers(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
