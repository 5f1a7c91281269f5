import { run } from '../../campaign/kill';

describe('campaign kill, small', function () {
  this.timeout(300_000);

  it('loses no acknowledged change and leaves nothing half done when the service is killed', async () => {
    await run({ count: 2, seed: 7, size: 2e6, perTransition: 0, log: () => undefined });
  });
});
