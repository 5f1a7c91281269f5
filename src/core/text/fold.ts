/** A text as searches compare it: lower case without accents. */
export function foldForSearch(text: string): string {
  // Most texts by far, and a list of thousands is folded at every key.
  if (/^[\u0000-\u007f]*$/.test(text)) return text.toLowerCase();
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
