import type { Memento } from 'vscode';
import type { Tenant } from '../../core/packages/model';

/** What this window leaves out of its lists of packages: a text for the tree, tenants for tree and list alike. */
export interface PackageFilters {
  /** Empty: nothing is filtered by name. Of the tree; a list has its own. */
  readonly text: string;
  setText(text: string): void;
  /** The tenants that are to be seen; undefined: all of them, also those that are yet to come. */
  readonly tenantIds: ReadonlySet<string> | undefined;
  chooseTenants(ids: readonly string[] | undefined): Promise<void>;
  onChanged(listener: () => void): () => void;
}

const tenantsKey = 'gaxPackages.tenants';

/** @param memento the editor's state of this window's workspace: the tenants are remembered there, the text is not */
export function createPackageFilters(memento: Pick<Memento, 'get' | 'update'>): PackageFilters {
  let text = '';
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  return {
    get text() {
      return text;
    },
    setText: (next) => {
      if (next.trim() === text) return;
      text = next.trim();
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
