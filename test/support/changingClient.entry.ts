// A client process that makes a number of changes through whatever service there is, and says which were acknowledged.
// usage: changingClient OPTIONS (JSON)
import { isProductError } from '../../src/core/errors';
import { createReconnectingClient, type ConnectOptions } from '../../src/service/client';
import { connectOptions } from './serviceProcess';

interface Wishes {
  readonly dataFolder: string;
  readonly name: string;
  readonly count: number;
  readonly connection: Partial<ConnectOptions>;
}

/** Errors after which the change may or may not be there: it is made again. */
const uncertain = ['service/connection-lost', 'service/closed', 'service/ending'] as const;

async function change({ dataFolder, name, count, connection }: Wishes): Promise<void> {
  const client = createReconnectingClient(connectOptions(dataFolder, connection));
  for (let number = 1; number <= count; number++) {
    const tenant = `${name}-${number}`;
    for (let again = false; ; again = true) {
      try {
        await client.request('tenants/add', { name: tenant });
        break;
      } catch (error) {
        // It was there already, though nobody had said so.
        if (again && isProductError(error, 'repository/name-taken')) break;
        if (!uncertain.some((code) => isProductError(error, code))) throw error;
      }
    }
    process.stdout.write(`${tenant}\n`);
  }
  client.close();
}

void change(JSON.parse(process.argv[2] ?? '{}') as Wishes);
