import type { Memento } from 'vscode';

/** A memento in memory. */
export function createMemento(): Pick<Memento, 'get' | 'update'> & { readonly values: ReadonlyMap<string, unknown> } {
  const values = new Map<string, unknown>();
  return {
    values,
    get: <T>(key: string) => values.get(key) as T | undefined as T,
    update: (key, value) => {
      values.set(key, value);
      return Promise.resolve();
    },
  };
}
