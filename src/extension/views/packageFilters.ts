import type { Memento } from 'vscode';
import type { Tenant } from '../../core/packages/model';

/** The trees that are filtered by a text, each by its own. */
export type FilteredView = 'packages' | 'objects';

/** What this window leaves out of its trees and lists: a text for each tree, tenants for all alike. */
export interface PackageFilters {
  /** Empty: nothing is filtered by name. Of a tree; a list has its own. */
  textOf(view: FilteredView): string;
  setText(view: FilteredView, text: string): void;
  /** The tenants that are to be seen; undefined: all of them, also those that are yet to come. */
  readonly tenantIds: ReadonlySet<string> | undefined;
  chooseTenants(ids: readonly string[] | undefined): Promise<void>;
  onChanged(listener: () => void): () => void;
}

const tenantsKey = 'gaxPackages.tenants';

/** @param memento the editor's state of this window's workspace: the tenants are remembered there, the text is not */
export function createPackageFilters(memento: Pick<Memento, 'get' | 'update'>): PackageFilters {
  const texts: Record<FilteredView, string> = { packages: '', objects: '' };
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  return {
    textOf: (view) => texts[view],
    setText: (view, next) => {
      if (next.trim() === texts[view]) return;
      texts[view] = next.trim();
      tell();
    },
    get tenantIds() {
      const kept = memento.get<unknown>(tenantsKey);
      return Array.isArray(kept) ? new Set(kept.filter((id) => typeof id === 'string')) : undefined;
    },
    chooseTenants: async (ids) => {
      await memento.update(tenantsKey, ids === undefined ? undefined : [...ids]);
      tell();
    },
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The tenants that a choice leaves. When none of the chosen is there any more, all are: an empty list would hide why. */
export function visibleTenants(tenants: readonly Tenant[], chosen: ReadonlySet<string> | undefined): readonly Tenant[] {
  const left = chosen === undefined ? tenants : tenants.filter(({ id }) => chosen.has(id));
  return left.length === 0 ? tenants : left;
}
