import { silentIniKeys, silentIniSections } from '../../../src/core/formats/silentIni/schema';
import { definedMessages, type Messages } from '../../../src/core/text/messages';
import { asPseudo } from './asPseudo';

/**
 * Import this before anything that declares sentences: from then on every sentence of the product, in place of English, is
 * pseudo: `⟦Ðéþľóý⟧`. What still shows plain letters is no string of a catalogue. A bundle has catalogues of its own, so that a
 * test file that imports this changes no other.
 */
definedMessages.push = (...areas: Messages<string>[]): number => {
  // At once, not at the end: some catalogues are made of others.
  for (const { en } of areas) translate(en);
  return Array.prototype.push.apply(definedMessages, areas);
};
// What the table of silent.ini says of its keys is no catalogue, but in both languages as well.
for (const { documentation } of [...silentIniKeys, ...silentIniSections]) translate(documentation, ['en']);

function translate(words: object, keys: readonly string[] = Object.keys(words)): void {
  const writable = words as Record<string, string>;
  for (const key of keys) writable[key] = asPseudo(writable[key] ?? '');
}
