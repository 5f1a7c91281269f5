import * as v from 'valibot';
import type { ImportTenant } from '../../../core/packages/importDraft';
import type { PackageSummary } from '../../../core/packages/model';
import type { Locale } from '../../../core/text/messages';
import { isHeld } from '../../access';
import type { RepositoryLists } from '../../repositoryState';
import type { DraftMemento } from '../drafts';

/** The tenants and groups that the wizard offers, those used last first. */
export interface ImportOffers {
  tenants(lists: Pick<RepositoryLists, 'tenants' | 'packages' | 'access'>): readonly ImportTenant[];
  /** An import was started for this tenant and group. */
  remember(tenantId: string, group: string): Promise<void>;
}

const key = 'gaxPackages.importGroups';
/** Tenants whose group is remembered. */
const most = 200;
/** Newest first. */
const remembered = v.array(v.object({ tenantId: v.string(), group: v.string() }));

export function createImportOffers(memento: DraftMemento, locale: Locale, defaultGroup: () => string): ImportOffers {
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const read = (): v.InferOutput<typeof remembered> => {
    const kept = v.safeParse(remembered, memento.get(key));
    return kept.success ? kept.output : [];
  };
  const known = new WeakMap<readonly PackageSummary[], readonly string[]>();
  /** The groups of a tenant, most recent first. Asked for at every key; made anew when the tenant's packages are others. */
  const groupsOf = (packages: readonly PackageSummary[]): readonly string[] => {
    const before = known.get(packages);
    if (before !== undefined) return before;
    const latest = new Map<string, string>();
    for (const { group, updatedAt } of packages) if (group !== '' && updatedAt > (latest.get(group) ?? '')) latest.set(group, updatedAt);
    const groups = [...latest].sort(([, a], [, b]) => (a < b ? 1 : -1)).map(([group]) => group);
    known.set(packages, groups);
    return groups;
  };
  return {
    tenants: ({ tenants, packages, access }) => {
      const used = new Map(read().map(({ tenantId, group }, place) => [tenantId, { group, place }]));
      const fallback = defaultGroup();
      const place = (id: string): number => used.get(id)?.place ?? used.size;
      return [...tenants].sort((a, b) => place(a.id) - place(b.id) || compare(a.name, b.name)).map(({ id, name }) => ({
        id, name, groups: groupsOf(packages.of(id)), offeredGroup: used.get(id)?.group ?? fallback, mayReplace: isHeld(access, 'replace', id),
      }));
    },
    remember: async (tenantId, group) => {
      await memento.update(key, [{ tenantId, group }, ...read().filter((one) => one.tenantId !== tenantId)].slice(0, most));
    },
  };
}
