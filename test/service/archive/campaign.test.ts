import { spawnSync } from 'node:child_process';
import { run } from '../../campaign/archives';

describe('what the archive readers accept', () => {
  it('is exactly what tar unpacks; damage is refused or changes nothing', async function () {
    if (!spawnSync('tar', ['--version'], { encoding: 'utf8' }).stdout.includes('GNU')) this.skip();
    this.timeout(60_000);
    await run({ count: 60, seed: 7, log: () => undefined });
  });
});
