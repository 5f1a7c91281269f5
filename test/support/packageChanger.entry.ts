// A client process that imports, replaces, edits, copies and deletes its own packages as it is told, line by line.
// usage: packageChanger OPTIONS (JSON). In: an Order a line. Out: an Outcome a line, one for each order.
import { createInterface } from 'node:readline';
import { isProductError } from '../../src/core/errors';
import { environmentTenant } from '../../src/core/packages/model';
import { connectToService, type ConnectOptions, type ServiceClient } from '../../src/service/client';
import { connectOptions } from './serviceProcess';

export type Order =
  | { readonly kind: 'import'; readonly path: string }
  /** Imports in the place of the package of the same identity. */
  | { readonly kind: 'replace'; readonly path: string }
  | { readonly kind: 'copy'; readonly version: string; readonly to: string }
  | { readonly kind: 'edit'; readonly version: string; readonly description: string }
  /** From all tenants. */
  | { readonly kind: 'delete'; readonly version: string };

/** `done`: acknowledged. `lost`: the service ended meanwhile, so it is not known. */
export interface Outcome {
  readonly result: 'done' | 'lost' | 'refused';
  readonly reason?: string;
}

interface Options {
  readonly dataFolder: string;
  readonly connection: Partial<ConnectOptions>;
}

async function main({ dataFolder, connection }: Options): Promise<void> {
  let client: ServiceClient | undefined;
  for await (const line of createInterface({ input: process.stdin })) {
    let outcome: Outcome;
    try {
      if (client === undefined || client.closed) client = await connectToService(connectOptions(dataFolder, connection));
      await obey(client, JSON.parse(line) as Order);
      outcome = { result: 'done' };
    } catch (error) {
      const lost = isProductError(error) && error.code.startsWith('service/');
      outcome = { result: lost ? 'lost' : 'refused', reason: error instanceof Error ? error.message : String(error) };
    }
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
  }
  client?.close();
}

async function obey(client: ServiceClient, order: Order): Promise<void> {
  const tenantId = environmentTenant.id;
  if (order.kind === 'import' || order.kind === 'replace') {
    const { id } = await client.request('imports/start', { source: { method: 'archive', path: order.path }, replace: order.kind === 'replace' });
    const ended = await client.request('imports/wait', { id });
    if (ended.state !== 'complete') throw new Error(`import ${ended.state}: ${JSON.stringify(ended.error)}`);
    return;
  }
  const found = (await client.request('packages/list', { tenantId })).find((one) => one.version === order.version);
  if (found === undefined) throw new Error(`package ${order.version} is missing`);
  if (order.kind === 'edit') await client.request('packages/edit', { id: found.id, tenantId, description: order.description });
  else if (order.kind === 'delete') await client.request('packages/delete', { id: found.id, tenantId, allTenants: true });
  else {
    const refused = (await client.request('packages/copyToTenants', { items: [{ id: found.id, tenantId }], tenantIds: [order.to] })).find(({ error }) => error);
    if (refused) throw new Error(JSON.stringify(refused));
  }
}

void main(JSON.parse(process.argv[2] ?? '{}') as Options);
