import type { Host } from './model';
import { tagKey } from './tags';

/** Tags that are protected in a repository until its administrator says otherwise. */
export const defaultProtectedTags: readonly string[] = ['production'];

type ProtectedHost = Pick<Host, 'name' | 'protectedBy'>;

/** Those of a host's tags that are among the protected ones, as the host spells them. */
export function protectingTags(tags: readonly string[], protectedTags: readonly string[]): readonly string[] {
  const keys = new Set(protectedTags.map(tagKey));
  return tags.filter((tag) => keys.has(tagKey(tag)));
}

/** A host with what a person's own setting protects as well: a setting adds protection and never takes any away. */
export function withOwnProtection<T extends Pick<Host, 'tags' | 'protectedBy'>>(host: T, ownTags: readonly string[]): T {
  const added = protectingTags(host.tags, ownTags).filter((tag) => !host.protectedBy.includes(tag));
  return added.length === 0 ? host : { ...host, protectedBy: host.tags.filter((tag) => host.protectedBy.includes(tag) || added.includes(tag)) };
}

/**
 * The words that a person types before a deployment to these hosts begins: of one protected host its name, of several the
 * tags that protect them, each host counted under its first one. Empty: nothing is asked.
 */
export function wordsToConfirm(hosts: readonly ProtectedHost[]): readonly string[] {
  const named = hosts.filter(({ protectedBy }) => protectedBy.length > 0);
  const [only, ...others] = named;
  if (only === undefined) return [];
  if (others.length === 0) return [only.name];
  return [...new Map(named.flatMap(({ protectedBy: [tag] }) => (tag === undefined ? [] : [[tagKey(tag), tag] as const]))).values()];
}

/** What is shown and typed when there is more than one word. */
export function phraseToConfirm(words: readonly string[]): string {
  return words.join(' ');
}

/** Whether what was typed are these words; blanks around them do not count, capitals do. */
export function isPhrase(typed: string, words: readonly string[]): boolean {
  return typed.trim().split(/\s+/u).join(' ') === phraseToConfirm(words);
}

/**
 * What a client that has had the words typed sends with the start: the words, and the hosts they stand for. A client that
 * protects more than the repository counts other hosts and so asks for other words.
 */
export function confirmationOf(hosts: readonly ProtectedHost[]): readonly string[] {
  return [...new Set([...wordsToConfirm(hosts), ...hosts.filter(({ protectedBy }) => protectedBy.length > 0).map(({ name }) => name)])];
}

/** Whether a start that came with these words may begin: all that had to be typed, or every protected host by its name. */
export function isConfirmed(hosts: readonly ProtectedHost[], confirmed: readonly string[]): boolean {
  const given = new Set(confirmed.map((word) => word.toLowerCase()));
  const isGiven = (word: string): boolean => given.has(word.toLowerCase());
  return wordsToConfirm(hosts).every(isGiven) || hosts.every(({ name, protectedBy }) => protectedBy.length === 0 || isGiven(name));
}
