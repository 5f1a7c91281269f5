import { run as runOwners } from '../../campaign/owners';
import { run as runTwoClients } from '../../campaign/two-clients';

describe('one package service for all', () => {
  it('is what four clients at once get after a kill', async function () {
    this.timeout(120_000);
    await runOwners({ count: 3, seed: 7, log: () => undefined });
  });

  it('keeps every change that two client processes were told of, though it is killed five times', async function () {
    this.timeout(120_000);
    await runTwoClients({ count: 15, seed: 7, log: () => undefined });
  });
});
