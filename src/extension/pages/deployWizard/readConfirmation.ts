import { ProductError } from '../../../core/errors';
import { confirmationOf, isPhrase, phraseToConfirm, wordsToConfirm } from '../../../core/hosts/protection';
import type { PackageIdentity } from '../../../core/packages/identity';
import type { HostRow } from '../../../protocol/page/deployWizard';

/**
 * What goes with the start of a deployment to these hosts, once a person has typed what protects them.
 * @throws ProductError `deploy/not-confirmed`
 */
export function readConfirmation(rows: readonly HostRow[], hostIds: readonly string[], item: Pick<PackageIdentity, 'name' | 'version'>, typed: string): readonly string[] {
  const chosen = new Set(hostIds);
  const hosts = rows.filter(({ id }) => chosen.has(id)).map(({ name, protectedBy = [] }) => ({ name, protectedBy }));
  const words = wordsToConfirm(hosts);
  if (words.length > 0 && !isPhrase(typed, words)) {
    const named = hosts.filter(({ protectedBy }) => protectedBy.length > 0).map(({ name }) => name);
    throw new ProductError('deploy/not-confirmed', { package: `${item.name} ${item.version}`, n: named.length, hosts: named.join(', '), phrase: phraseToConfirm(words) });
  }
  return confirmationOf(hosts);
}
