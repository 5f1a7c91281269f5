import { ProductError } from '../../core/errors';
import { isConfirmed, phraseToConfirm, wordsToConfirm } from '../../core/hosts/protection';
import type { Host } from '../../core/hosts/model';

/**
 * Refuses a start on protected hosts that nobody has confirmed by typing: whichever client asks, it cannot forget to ask.
 * @throws ProductError `deploy/not-confirmed`
 */
export function requireConfirmed(hosts: readonly Host[], confirmed: readonly string[] = [], packageName: string): void {
  if (isConfirmed(hosts, confirmed)) return;
  const named = hosts.filter(({ protectedBy }) => protectedBy.length > 0).map(({ name }) => name);
  throw new ProductError('deploy/not-confirmed', { package: packageName, n: named.length, hosts: named.join(', '), phrase: phraseToConfirm(wordsToConfirm(hosts)) });
}
