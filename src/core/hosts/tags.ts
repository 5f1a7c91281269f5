/** Tags that one host can have. */
export const mostTags = 50;

/** A tag has at most 64 characters, no blank and no comma: those stand between tags, and between the words that confirm a deployment. */
export const tagPattern = /^[^\s,\u0000-\u001f\u007f]{1,64}$/u;

/** The key by which tags are the same: case does not tell them apart. */
export function tagKey(tag: string): string {
  return tag.toLowerCase();
}

/** Tags without repeats, in the order of their letters; of two that differ in case alone the first stays. */
export function orderTags(tags: readonly string[]): readonly string[] {
  const first = new Map<string, string>();
  for (const tag of tags) if (!first.has(tagKey(tag))) first.set(tagKey(tag), tag);
  return [...first.values()].sort((a, b) => (tagKey(a) < tagKey(b) ? -1 : 1));
}

/** Tags as a person writes them in one line, between commas or blanks. */
export function readTags(text: string): readonly string[] {
  return orderTags(text.split(/[\s,]+/u).filter((tag) => tag !== ''));
}

/** The same the other way round. */
export function printTags(tags: readonly string[]): string {
  return tags.join(', ');
}
