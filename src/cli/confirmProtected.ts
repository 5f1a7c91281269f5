import { isConfirmed, isPhrase, phraseToConfirm, wordsToConfirm } from '../core/hosts/protection';
import type { ServiceClient } from '../service/client';
import type { CliContext } from './context';
import { CliFailure } from './failure';

/**
 * Asks for the words that protected hosts want typed, unless the command line gave them; where nobody can be asked the
 * service refuses the start and says what to give.
 * @param given the words of `--confirm`
 * @returns what goes with the start
 * @throws CliFailure when something else was typed
 */
export async function confirmProtected(context: CliContext, client: ServiceClient, hostIds: readonly string[], given: readonly string[]): Promise<readonly string[]> {
  const hosts = (await client.request('hosts/list', {})).filter(({ id }) => hostIds.includes(id));
  if (isConfirmed(hosts, given) || !context.terminal.interactive) return given;
  const words = wordsToConfirm(hosts);
  const phrase = phraseToConfirm(words);
  const named = hosts.filter(({ protectedBy }) => protectedBy.length > 0).map(({ name }) => name).join(', ');
  const typed = await context.terminal.ask(context.text('confirmProtected', { hosts: named, phrase }));
  if (typed === undefined || !isPhrase(typed, words)) throw new CliFailure(context.text('notConfirmed', { phrase }));
  return words;
}
