import type { Memento } from 'vscode';

/** A memento in memory. */
export function createMemento(): Pick<Memento, 'get' | 'update' | 'keys'> & { readonly values: ReadonlyMap<string, unknown> } {
  const values = new Map<string, unknown>();
  return {
    values,
    get: <T>(key: string) => values.get(key) as T | undefined as T,
    keys: () => [...values.keys()],
    update: (key, value) => {
      if (value === undefined) values.delete(key);
      else values.set(key, value);
      return Promise.resolve();
    },
  };
}
