import { describeIdentity } from '../../core/packages/identity';
import { createText, type Locale } from '../../core/text/messages';
import { packageActionsText } from '../../core/text/packageActionsText';
import { packagePage } from '../../protocol/service/packages';
import type { PackageService } from '../packageService';

/** Packages that the question names; of more it tells the number only. */
const mostNamed = 20;

/**
 * Asks whether packages are to be replaced, and says on which hosts each is deployed (ux.md 11).
 * @param names as `describeIdentity` names them
 * @throws ProductError `general/cancelled` when the person turned back
 */
export async function confirmReplace(
  names: readonly string[], { service, locale, confirm }: { service: Pick<PackageService, 'request'>; locale: Locale; confirm: (message: string, detail: string, button: string) => Promise<void> },
): Promise<void> {
  const text = createText(locale, packageActionsText);
  const deployed = await service.request('deployedPackages/list', {});
  // Of all packages only those count that are on a host.
  const packages = await service.request('packages/shared', { ids: [...new Set(deployed.map(({ packageId }) => packageId))].slice(0, packagePage) });
  const lines = names.slice(0, mostNamed).map((name) => {
    const ids = new Set(packages.filter((item) => describeIdentity(item) === name).map(({ id }) => id));
    const hosts = [...new Set(deployed.filter(({ packageId }) => ids.has(packageId)).map(({ hostName }) => hostName))].sort();
    return hosts.length === 0 ? text('replaceNotDeployed', { package: name }) : text('replaceDeployed', { package: name, hosts: hosts.join(', ') });
  });
  const rest = names.length - lines.length;
  await confirm(text('replaceMessage', { n: names.length }), [...lines, ...(rest > 0 ? [text('replaceMore', { n: rest })] : []), text('replaceDetail')].join('\n'), text('replaceButton'));
}
