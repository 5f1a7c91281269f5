/** An entry that a field offers. */
export interface CompletionEntry {
  /** What the field holds once the entry is taken. */
  readonly value: string;
  /** Shown in place of the value, e.g. `New group “Voice”`. */
  readonly label?: string;
  /** Tells it from others, e.g. a path. Shown, not searched. */
  readonly detail?: string;
}

/** An entry that contains what was typed, cut where it does. */
export interface CompletionMatch {
  readonly entry: CompletionEntry;
  /** The value before, in and after the match; without a match the whole value is `before`. */
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

export interface Completions {
  readonly shown: readonly CompletionMatch[];
  /** Further entries that match. */
  readonly more: number;
}

/** Entries that a list shows at once. */
const most = 50;

/** The entries that contain `typed` anywhere, in any case, accents or not; in their own order, at most 50. */
export function findCompletions(entries: readonly CompletionEntry[], typed: string, limit = most): Completions {
  const wanted = fold(typed.trim()).text;
  const shown: CompletionMatch[] = [];
  let found = 0;
  for (const entry of entries) {
    const folded = fold(entry.value);
    const at = folded.text.indexOf(wanted);
    if (at < 0) continue;
    found++;
    if (shown.length >= limit) continue;
    const start = folded.originOf(at);
    const end = folded.originOf(at + wanted.length);
    shown.push(wanted === '' ? { entry, before: entry.value, match: '', after: '' } : {
      entry, before: entry.value.slice(0, start), match: entry.value.slice(start, end), after: entry.value.slice(end),
    });
  }
  return { shown, more: found - shown.length };
}

/** Lower case without accents, and for each place in it the place in the text. */
function fold(text: string): { readonly text: string; readonly originOf: (at: number) => number } {
  // Most values by far; and a list of thousands is folded at every key.
  if (/^[\u0000-\u007f]*$/.test(text)) return { text: text.toLowerCase(), originOf: (at) => at };
  let folded = '';
  const origin: number[] = [];
  let at = 0;
  for (const character of text) {
    const plain = character.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    for (let i = 0; i < plain.length; i++) origin.push(at);
    folded += plain;
    at += character.length;
  }
  return { text: folded, originOf: (place) => origin[place] ?? text.length };
}
