import { withOwnProtection } from '../../../core/hosts/protection';
import { profileName } from '../../../core/text/stateText';
import type { Locale } from '../../../core/text/messages';
import type { Replaceable } from '../../../core/deployment/replaceable';
import type { PackageSummary } from '../../../core/packages/model';
import type { DeployWizardEvents, HostRow } from '../../../protocol/page/deployWizard';
import type { RepositorySnapshot } from '../../repositoryState';
import { describeAddress } from '../../views/nodes/hostNodes';

export interface HostRowParts {
  readonly locale: Locale;
  /** Ids of hosts whose connection is being tested. */
  readonly testing: ReadonlySet<string>;
  /** Tags that this computer's setting protects. */
  readonly ownTags: readonly string[];
  /** What may be replaced, by host; absent for an installation. */
  readonly replaceable?: ReadonlyMap<string, readonly Replaceable[]> | undefined;
}

/** The rows of the host table. */
export function hostRows(snapshot: RepositorySnapshot, item: Pick<PackageSummary, 'name'>, { testing, locale, ownTags, replaceable }: HostRowParts): readonly HostRow[] {
  const installed = new Map<string, { readonly version: string; readonly at: string }>();
  for (const { hostId, package: identity, status, at } of snapshot.deployedPackages) {
    if (identity.name !== item.name || status === 'failed') continue;
    const known = installed.get(hostId);
    if (known === undefined || known.at < at) installed.set(hostId, { version: identity.version, at });
  }
  const busy = new Map<string, string>();
  for (const deployment of snapshot.deployments) {
    if (deployment.state !== 'running') continue;
    const title = `${profileName(locale, deployment.profile)} ${deployment.package.name} ${deployment.package.version}`;
    for (const run of deployment.hosts) if (run.state === 'queued' || run.state === 'running' || run.state === 'waiting') busy.set(run.hostId, title);
  }
  return snapshot.hosts.map((host): HostRow => {
    const version = installed.get(host.id)?.version;
    const deployment = busy.get(host.id);
    const { tags, protectedBy } = withOwnProtection(host, ownTags);
    return {
      id: host.id,
      name: host.name,
      address: describeAddress(host),
      ...(tags.length > 0 && { tags }),
      ...(protectedBy.length > 0 && { protectedBy }),
      ...(host.system !== undefined && { system: host.system }),
      ...(host.contact !== undefined && { contact: { state: host.contact.state, at: host.contact.at } }),
      ...(version !== undefined && { installed: version }),
      ...(testing.has(host.id) && { testing: true }),
      ...(deployment !== undefined && { busy: deployment }),
      ...(replaceable && { replaceable: replaceable.get(host.id) ?? [] }),
    };
  });
}

/** What a page that shows `before` must be told to show `after`; undefined: nothing. Thousands of rows are not sent for the sake of one. */
export function diffRows(before: readonly HostRow[], after: readonly HostRow[]): DeployWizardEvents['hosts'] | undefined {
  const known = new Map(before.map((row) => [row.id, JSON.stringify(row)]));
  const rows = after.filter((row) => known.get(row.id) !== JSON.stringify(row));
  const present = new Set(after.map(({ id }) => id));
  const removed = before.filter(({ id }) => !present.has(id)).map(({ id }) => id);
  return rows.length === 0 && removed.length === 0 ? undefined : { rows, removed };
}
