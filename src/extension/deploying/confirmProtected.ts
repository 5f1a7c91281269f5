import type { Host } from '../../core/hosts/model';
import { confirmationOf, isPhrase, phraseToConfirm, wordsToConfirm } from '../../core/hosts/protection';
import type { ExtensionParts } from '../extensionParts';
import { askText } from '../inputs/inputs';
import { protectedHere } from './ownProtection';

/**
 * Has a person type what confirms a deployment to protected hosts; asks nothing where none is.
 * @returns what goes with the start
 * @throws ProductError `general/cancelled`
 */
export async function confirmProtected({ text }: Pick<ExtensionParts, 'text'>, title: string, hosts: readonly Host[]): Promise<readonly string[]> {
  const protectedHosts = protectedHere(hosts);
  const words = wordsToConfirm(protectedHosts);
  if (words.length === 0) return [];
  const phrase = phraseToConfirm(words);
  await askText({
    title, prompt: text('confirmProtected', { phrase, hosts: protectedHosts.filter(({ protectedBy }) => protectedBy.length > 0).map(({ name }) => name).join(', ') }),
    validateInput: (typed) => (isPhrase(typed, words) ? undefined : text('confirmOtherWords', { phrase })),
  });
  return confirmationOf(protectedHosts);
}
