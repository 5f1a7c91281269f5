/** Longer words are not compared: the cost grows with the product of the lengths. */
const longestCompared = 64;

/** The number of changed, missing, added or swapped characters between two words, or `limit + 1` when it is above `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit || a.length > longestCompared || b.length > longestCompared) return limit + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : change;
      const value = Math.min(change, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      next.push(value);
      best = Math.min(best, value);
    }
    // A swap looks two rows back.
    if (best > limit && Math.min(...row) > limit) return limit + 1;
    before = row;
    row = next;
  }
  return Math.min(row[b.length] ?? 0, limit + 1);
}

/** The candidate that `word` was probably meant to be: equal but for case, or one change away (words of 3 to 5 letters) or two (longer ones). */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const lower = word.toLowerCase();
  const limit = word.length < 3 ? 0 : word.length < 6 ? 1 : 2;
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const distance = editDistance(lower, candidate.toLowerCase(), limit);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}
