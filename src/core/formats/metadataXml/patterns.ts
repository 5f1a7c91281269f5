/** What Java's engine has and ours has not: inline flags, possessive quantifiers, quoting, POSIX classes, class intersection, \A \Z \h. */
const javaOnly = /\(\?[a-z-]+[:)]|\(\?>|[+*?}]\+|\\[QEAZzGhHRX]|\\p\{|&&\[/i;

/**
 * Compiles a regular expression of a rule. `undefined`: it cannot be read. `unknown`: it uses what only the vendor's engine
 * knows, so nothing can be said of it.
 */
export function compilePattern(pattern: string): RegExp | 'unknown' | undefined {
  try {
    return new RegExp(pattern);
  } catch {
    return javaOnly.test(pattern) ? 'unknown' : undefined;
  }
}

/** Longer values are not tried. */
const longestTried = 200;

/**
 * Whether a value matches; `undefined` where trying could take too long: a hostile file must not hang us. So only patterns
 * are tried that repeat no group, look nowhere else, and have few open repetitions.
 */
export function matches(pattern: RegExp, value: string): boolean | undefined {
  const plain = pattern.source.replace(/\\./gs, 'x').replace(/\[[^\]]*\]/g, 'x');
  const repeatsGroup = /\)[*+?{]/.test(plain);
  const repetitions = plain.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0;
  const looksElsewhere = /\(\?[=!<]|\\[1-9]/.test(pattern.source);
  if (repeatsGroup || looksElsewhere || repetitions > 3 || value.length > longestTried) return undefined;
  return pattern.test(value);
}
