/** Matches `*` (any run of characters) and `?` (any one), in linear memory and without a regular expression: patterns come from files. */
export function matchesPattern(pattern: string, name: string): boolean {
  let p = 0;
  let n = 0;
  let star = -1;
  let resume = 0;
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++;
      resume = n;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n])) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** Matches a list of patterns, some negated with `!`: a negated one that fits excludes the name, whatever else fits. */
export function matchesPatternList(patterns: readonly string[], name: string): boolean {
  let matched = false;
  for (const item of patterns) {
    const negated = item.startsWith('!');
    if (!matchesPattern(negated ? item.slice(1) : item, name)) continue;
    if (negated) return false;
    matched = true;
  }
  return matched;
}
