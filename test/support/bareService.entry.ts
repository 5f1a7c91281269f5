// A service with the real life and dispatch, and with parts that hold a list of tenants in memory: for tests of its life.
import { builtInRoles } from '../../src/core/access/model';
import type { ImportSource } from '../../src/core/packages/importSource';
import type { Tenant } from '../../src/core/packages/model';
import { environmentTenant } from '../../src/core/packages/model';
import type { OpenedParts } from '../../src/service/lifecycle/runService';
import { runService } from '../../src/service/lifecycle/runService';
import { parseServiceArguments } from '../../src/service/lifecycle/serviceArguments';

/** Set by the lines that a test puts before this code. */
interface Wishes {
  readonly version?: string;
  readonly protocols?: readonly number[];
  /** The repository cannot be opened, with this message. */
  readonly openFails?: string;
}

const wishes = (globalThis as { bareService?: Wishes }).bareService ?? {};

/** An import of this path runs until it is cancelled. */
const endless = '/endless';

function openBareParts(mayCommit: () => Promise<boolean>): OpenedParts {
  const tenants: Tenant[] = [environmentTenant];
  const changed = new Set<(areas: readonly ['tenants']) => void>();
  let running = 0;
  const parts = {
    repository: {
      readOnly: undefined,
      // A repository without users is that of whoever opens it.
      listUsers: () => Promise.resolve([]),
      listRoles: () => Promise.resolve(builtInRoles),
      addAudit: () => Promise.resolve(1),
      endAudit: () => Promise.resolve(),
      onChanged: (listener: (areas: readonly ['tenants']) => void) => {
        changed.add(listener);
        return () => changed.delete(listener);
      },
      listTenants: () => Promise.resolve(tenants),
      addTenant: async (name: string) => {
        if (!(await mayCommit())) throw new Error('not the owner');
        const tenant = { id: `t${tenants.length}`, name, parentId: environmentTenant.id };
        tenants.push(tenant);
        for (const listener of changed) listener(['tenants']);
        return tenant;
      },
    },
    imports: {
      get running() {
        return running;
      },
      start: ({ source }: { readonly source: ImportSource }) => {
        const { path } = source;
        if (path === endless) running += 1;
        else setImmediate(() => { throw new Error(`nobody catches ${path}`); });
        return Promise.resolve({ id: 'i1', source });
      },
      list: () => Promise.resolve([{ id: 'i1', tenantId: environmentTenant.id, source: { method: 'archive', path: endless } }]),
      cancel: () => {
        running = 0;
        return Promise.resolve();
      },
      wait: () => new Promise(() => undefined),
      onChanged: () => () => undefined,
    },
    hosts: {},
    upkeep: {},
    copies: {},
    files: {},
    downloads: { running: 0 },
    deployments: { running: 0, onChanged: () => () => undefined },
    recover: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  return parts as unknown as OpenedParts;
}

const found = parseServiceArguments(process.argv.slice(2));
if (found === undefined) throw new Error('wrong arguments');
void runService({
  ...found,
  ...wishes,
  codeFolder: __dirname,
  openParts: ({ mayCommit }) => {
    if (wishes.openFails !== undefined) return Promise.reject(new Error(wishes.openFails));
    return Promise.resolve(openBareParts(mayCommit));
  },
});
