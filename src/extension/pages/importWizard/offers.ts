import * as v from 'valibot';
import type { ImportTenant } from '../../../core/packages/importDraft';
import type { Locale } from '../../../core/text/messages';
import type { RepositoryLists } from '../../repositoryState';
import type { DraftMemento } from '../drafts';

/** The tenants and groups that the wizard offers, those used last first. */
export interface ImportOffers {
  tenants(lists: Pick<RepositoryLists, 'tenants' | 'packages'>): readonly ImportTenant[];
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
  return {
    tenants: ({ tenants, packages }) => {
      const used = read();
      const place = (id: string): number => {
        const at = used.findIndex(({ tenantId }) => tenantId === id);
        return at < 0 ? used.length : at;
      };
      return [...tenants].sort((a, b) => place(a.id) - place(b.id) || compare(a.name, b.name)).map(({ id, name }) => {
        const own = packages.filter((item) => item.tenantId === id && item.group !== '').sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
        return {
          id, name,
          groups: [...new Set(own.map((item) => item.group))],
          offeredGroup: used.find(({ tenantId }) => tenantId === id)?.group ?? defaultGroup(),
        };
      });
    },
    remember: async (tenantId, group) => {
      await memento.update(key, [{ tenantId, group }, ...read().filter((one) => one.tenantId !== tenantId)].slice(0, most));
    },
  };
}
