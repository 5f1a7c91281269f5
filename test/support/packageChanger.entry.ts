// A client process that imports, edits and deletes its own packages as it is told, line by line.
// usage: packageChanger OPTIONS (JSON). In: an Order a line. Out: an Outcome a line, one for each order.
import { createInterface } from 'node:readline';
import { isProductError } from '../../src/core/errors';
import { environmentTenant } from '../../src/core/packages/model';
import { connectToService, type ConnectOptions, type ServiceClient } from '../../src/service/client';
import { connectOptions } from './serviceProcess';

export type Order =
  | { readonly kind: 'import'; readonly path: string }
  | { readonly kind: 'edit'; readonly version: string; readonly description: string }
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
  if (order.kind === 'import') {
    const { id } = await client.request('imports/start', { path: order.path });
    const ended = await client.request('imports/wait', { id });
    if (ended.state !== 'complete') throw new Error(`import ${ended.state}: ${JSON.stringify(ended.error)}`);
    return;
  }
  const found = (await client.request('packages/list', {})).find((one) => one.version === order.version);
  if (found === undefined) throw new Error(`package ${order.version} is missing`);
  if (order.kind === 'edit') await client.request('packages/edit', { id: found.id, tenantId, description: order.description });
  else await client.request('packages/delete', { id: found.id, tenantId });
}

void main(JSON.parse(process.argv[2] ?? '{}') as Options);
