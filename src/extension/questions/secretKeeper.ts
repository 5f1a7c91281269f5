import type { Memento, SecretStorage } from 'vscode';

/** A secret that was kept, by what it is for; never its value. */
export interface KeptSecret {
  /** What the secret is for, e.g. `password:genesys@eu-mcp-01`. */
  readonly id: string;
  /** The same in words. */
  readonly label: string;
}

/** `deployment`: in memory, as long as a wizard prepares or follows the deployment it was asked for. */
export type KeepFor = 'deployment' | 'window' | 'store';

/** Keeps secrets where the person said: in this window's memory, or in the editor's secret store. Nowhere else. */
export interface SecretKeeper {
  find(id: string): Promise<string | undefined>;
  keep(kept: KeptSecret, secret: string, where: KeepFor): Promise<void>;
  forget(id: string): Promise<void>;
  /** What was kept beyond one deployment. */
  list(): readonly (KeptSecret & { readonly where: Exclude<KeepFor, 'deployment'> })[];
  /**
   * A deployment is prepared, so that hosts are asked more than once for it: until the returned function is called, what is
   * entered *only for this deployment* is asked once.
   */
  beginDeployment(): () => void;
}

const indexKey = 'gaxPackages.keptSecrets';
const storeKey = (id: string): string => `gaxPackages.secret.${id}`;

/** @param index remembers which secrets lie in the store (the store itself cannot be listed); it never holds a secret */
export function createSecretKeeper(store: Pick<SecretStorage, 'get' | 'store' | 'delete'>, index: Pick<Memento, 'get' | 'update'>): SecretKeeper {
  const window = new Map<string, { readonly kept: KeptSecret; readonly secret: string }>();
  const deployment = new Map<string, string>();
  let deployments = 0;
  const stored = (): readonly KeptSecret[] => index.get<readonly KeptSecret[]>(indexKey) ?? [];
  const forget = async (id: string): Promise<void> => {
    window.delete(id);
    deployment.delete(id);
    if (!stored().some((kept) => kept.id === id)) return;
    await store.delete(storeKey(id));
    await index.update(indexKey, stored().filter((kept) => kept.id !== id));
  };
  return {
    find: async (id) => deployment.get(id) ?? window.get(id)?.secret ?? (stored().some((kept) => kept.id === id) ? await store.get(storeKey(id)) : undefined),
    keep: async (kept, secret, where) => {
      await forget(kept.id);
      if (where === 'deployment') {
        if (deployments > 0) deployment.set(kept.id, secret);
        return;
      }
      if (where === 'window') {
        window.set(kept.id, { kept, secret });
        return;
      }
      // First the index: a secret in the store that no list names could never be forgotten.
      await index.update(indexKey, [...stored(), { id: kept.id, label: kept.label }]);
      await store.store(storeKey(kept.id), secret);
    },
    forget,
    beginDeployment: () => {
      deployments += 1;
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        deployments -= 1;
        if (deployments === 0) deployment.clear();
      };
    },
    list: () => [
      ...stored().map(({ id, label }) => ({ id, label, where: 'store' as const })),
      ...[...window.values()].map(({ kept: { id, label } }) => ({ id, label, where: 'window' as const })),
    ],
  };
}
