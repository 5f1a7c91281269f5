import * as v from 'valibot';
import type { ImportTenant } from '../../../core/packages/importDraft';
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
  let known: { readonly packages: RepositoryLists['packages']; readonly groups: ReadonlyMap<string, ReadonlySet<string>> } | undefined;
  /** The groups of each tenant, most recent first. Asked for at every key; made anew when the list of packages is another. */
  const groupsOf = (packages: RepositoryLists['packages']): ReadonlyMap<string, ReadonlySet<string>> => {
    if (known?.packages === packages) return known.groups;
    const groups = new Map<string, Set<string>>();
    for (const { tenantId, group } of [...packages].sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))) {
      if (group !== '') groups.set(tenantId, (groups.get(tenantId) ?? new Set()).add(group));
    }
    known = { packages, groups };
    return groups;
  };
  return {
    tenants: ({ tenants, packages, access }) => {
      const used = new Map(read().map(({ tenantId, group }, place) => [tenantId, { group, place }]));
      const groups = groupsOf(packages);
      const fallback = defaultGroup();
      const place = (id: string): number => used.get(id)?.place ?? used.size;
      return [...tenants].sort((a, b) => place(a.id) - place(b.id) || compare(a.name, b.name)).map(({ id, name }) => ({
        id, name, groups: [...(groups.get(id) ?? [])], offeredGroup: used.get(id)?.group ?? fallback, mayReplace: isHeld(access, 'replace', id),
      }));
    },
    remember: async (tenantId, group) => {
      await memento.update(key, [{ tenantId, group }, ...read().filter((one) => one.tenantId !== tenantId)].slice(0, most));
    },
  };
}
