import { needsSshd, startSshd, type Sshd } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { createDeployFixture, plainShell } from './support/fixture';
import { createScenarioPlayer, describeScenario, type Scenario } from './support/scenarios';

/** Each profile, number of hosts and incident once, a step of each part of a run; all of them: `npm run campaign -- deploy`. */
const rows: readonly Scenario[] = [
  { profile: 'install', hosts: 1, incident: { kind: 'failure', step: 'result' } },
  { profile: 'install', hosts: 3, incident: { kind: 'cut', step: 'transfer' } },
  { profile: 'install', hosts: 1, incident: { kind: 'cut', step: 'cleanUp' } },
  { profile: 'install', hosts: 3, incident: { kind: 'failure', step: 'lock' } },
  { profile: 'upgrade', hosts: 1, incident: { kind: 'failure', step: 'record' } },
  { profile: 'upgrade', hosts: 3, incident: { kind: 'kill', step: 'install' } },
  { profile: 'rollBack', hosts: 1, incident: { kind: 'stop', step: 'silentIni' } },
];

describe('a deployment to which something happens', function () {
  this.timeout(60_000);
  const folder = useTemporaryFolder();
  let sshd: Sshd;
  before(async function () {
    needsSshd(this);
    sshd = await startSshd(plainShell);
  });
  after(() => sshd.stop());

  for (const row of rows) {
    it(`ends as documented and can be completed: ${describeScenario(row)}`, async () => {
      const fixture = await createDeployFixture(folder(), { parallelHosts: 20 });
      try {
        await (await createScenarioPlayer(fixture, sshd, row.hosts)).play(row);
      } finally {
        await fixture.close();
      }
    });
  }
});
