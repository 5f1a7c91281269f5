import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Looks for secrets where none may be. */
export interface SecretSearch {
  /** Files below a folder that hold one of the secrets, as plain text, UTF-16 or base64. */
  files(folder: string): readonly string[];
  /** Looks at the command line and environment of every process of this machine until `stop`. */
  watchProcesses(): { readonly looks: () => number; stop(): readonly string[] };
  /** Everything the page has stored or shows that holds one of the secrets. */
  page(page: Page): Promise<readonly string[]>;
  /** Everything that the documents inside of the page hold, and the values of their fields. */
  frames(page: Page): Promise<readonly string[]>;
}

/** Milliseconds between two looks at the processes. */
const pause = 15;
/** So many looks long a process is new: it may become another program. Older ones are looked at once in so many looks. */
const young = 20;
/** Larger files are browsers' and runtimes' own. */
const largestFile = 64 * 1024 * 1024;

/** @param secrets each long enough not to be found by chance */
export function createSecretSearch(secrets: readonly string[]): SecretSearch {
  const needles = secrets.flatMap((secret) => [Buffer.from(secret), Buffer.from(secret, 'utf16le'), Buffer.from(Buffer.from(secret).toString('base64').replace(/=+$/, ''))]);
  const holds = (bytes: Buffer): boolean => needles.some((needle) => bytes.includes(needle));
  return {
    files: (folder) => filesBelow(folder).filter((path) => holds(readIfThere(path))),
    watchProcesses: () => {
      const found = new Set<string>();
      const seen = new Map<string, number>();
      let looks = 0;
      const look = (): void => {
        looks += 1;
        const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
        for (const pid of seen.keys()) if (!pids.includes(pid)) seen.delete(pid);
        for (const pid of pids) {
          const since = seen.get(pid) ?? looks;
          seen.set(pid, since);
          if (looks - since > young && (looks + Number(pid)) % young !== 0) continue;
          for (const part of ['cmdline', 'environ']) {
            if (holds(readIfThere(`/proc/${pid}/${part}`))) found.add(`/proc/${pid}/${part}: ${readIfThere(`/proc/${pid}/cmdline`).toString().split('\0')[0] ?? ''}`);
          }
        }
      };
      look();
      const timer = setInterval(look, pause);
      return {
        looks: () => looks,
        stop: () => {
          clearInterval(timer);
          look();
          return [...found];
        },
      };
    },
    frames: async (page) => {
      const texts = await Promise.all(page.frames().map(async (frame) => {
        const content = await frame.content().catch(() => '');
        const values = await frame.locator('input, textarea').evaluateAll((fields) => fields.map((field) => String((field as unknown as { value: unknown }).value)).join('\n')).catch(() => '');
        return [frame.url(), `${content}\n${values}`] as const;
      }));
      return texts.filter(([, text]) => holds(Buffer.from(text))).map(([name]) => name);
    },
    page: async (page) => {
      const stored = await page.evaluate(readStores);
      const shown = await page.content();
      return [...stored, ['page', shown] as const].filter(([, text]) => holds(Buffer.from(text))).map(([name]) => name);
    },
  };
}

/** Runs in the page: every record of every IndexedDB store and both storages, as name and text. */
async function readStores(): Promise<(readonly [string, string])[]> {
  // The page's own globals; the types of a browser are not those of this project.
  const world = globalThis as unknown as {
    indexedDB: { databases(): Promise<{ name?: string }[]>; open(name: string): BrowserRequest<BrowserDatabase> };
    localStorage: object; sessionStorage: object;
  };
  interface BrowserRequest<T> { result: T; onsuccess: (() => void) | null; onerror: (() => void) | null }
  interface BrowserDatabase {
    objectStoreNames: Iterable<string>; close(): void;
    transaction(store: string): { objectStore(name: string): { getAll(): BrowserRequest<unknown[]> } };
  }
  const settle = <T>(request: BrowserRequest<T>): Promise<T> => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('a store of the page cannot be read'));
  });
  const found: (readonly [string, string])[] = [
    ['localStorage', JSON.stringify(world.localStorage)], ['sessionStorage', JSON.stringify(world.sessionStorage)],
  ];
  for (const { name = '' } of await world.indexedDB.databases()) {
    const database = await settle(world.indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const records = await settle(database.transaction(store).objectStore(store).getAll());
      const text = JSON.stringify(records, (_, value: unknown) => (value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value));
      found.push([`IndexedDB ${name}/${store}`, text]);
    }
    database.close();
  }
  return found;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((item) => {
    const path = join(folder, item.name);
    if (item.isDirectory()) return filesBelow(path);
    return item.isFile() ? [path] : [];
  });
}

/** Empty for what has gone meanwhile, is too large or not ours to read. */
function readIfThere(path: string): Buffer {
  try {
    return !path.startsWith('/proc/') && statSync(path).size > largestFile ? Buffer.alloc(0) : readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
