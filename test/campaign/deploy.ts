import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploymentSteps, type DeploymentProfile } from '../../src/core/deployment/model';
import { createDeployFixture, plainShell } from '../service/deploying/support/fixture';
import { createScenarioPlayer, describeScenario, failingSteps, type Incident, type Scenario } from '../service/deploying/support/scenarios';
import { createRandom } from '../support/random';
import { startSshd } from '../support/sshd';

export interface DeployOptions {
  /** Scenarios, drawn from all; absent: all. */
  readonly count?: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

/** More are hardly of different causes. */
const mostFailures = 25;

const profiles: readonly DeploymentProfile[] = ['install', 'upgrade', 'rollBack'];

/** Every profile on one and three hosts with every incident at every step; on twenty hosts with every incident at a drawn step. */
function allScenarios(random: (limit: number) => number): readonly Scenario[] {
  const at = (kind: 'failure' | 'stop' | 'cut' | 'kill'): readonly Incident[] => (kind === 'failure' ? failingSteps : deploymentSteps).map((step): Incident => ({ kind, step }));
  const byKind: readonly (readonly Incident[])[] = [[{ kind: 'success' }], [{ kind: 'detached' }], at('failure'), at('stop'), at('cut'), at('kill')];
  return profiles.flatMap((profile) => [
    ...[1, 3].flatMap((hosts) => byKind.flat().map((incident) => ({ profile, hosts, incident }))),
    ...byKind.flatMap((some) => some[Math.floor(random(some.length))] ?? []).map((incident) => ({ profile, hosts: 20, incident })),
  ]);
}

/**
 * Deploys to real sshd hosts, with an incident on the way: each deployment ends as documented, leaves what its record says
 * and no more, its record is the fold of its events, and it can be completed. All rows of a profile and a number of hosts
 * share their hosts, each beginning with what the one before has installed.
 */
export async function run({ count, seed, log }: DeployOptions): Promise<void> {
  const random = createRandom(seed);
  const scenarios = shuffle(allScenarios(random), random).slice(0, count);
  const groups = new Map<string, Scenario[]>();
  for (const scenario of scenarios) {
    const key = `${scenario.profile} ${scenario.hosts}`;
    groups.set(key, [...(groups.get(key) ?? []), scenario]);
  }
  const sshd = await startSshd(plainShell);
  const failures: Error[] = [];
  let played = 0;
  try {
    for (const group of groups.values()) {
      // What follows a row that failed begins on hosts of its own: it is judged by itself.
      for (let rows: readonly Scenario[] = group; rows.length > 0 && failures.length < mostFailures;) {
        const folder = mkdtempSync(join(tmpdir(), 'gp-deploy-'));
        const fixture = await createDeployFixture(folder, { parallelHosts: 20 });
        try {
          const player = await createScenarioPlayer(fixture, sshd, rows[0]?.hosts ?? 1);
          const ended = failures.length;
          while (rows.length > 0 && failures.length === ended) {
            const [scenario, ...others] = rows as readonly [Scenario, ...Scenario[]];
            rows = others;
            const started = Date.now();
            const failure = await player.play(scenario).then(() => undefined, (error: unknown) => new Error(`${describeScenario(scenario)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error }));
            played += 1;
            log(`${played}/${scenarios.length} ${describeScenario(scenario)} (${Date.now() - started} ms)${failure === undefined ? '' : `: FAILED, ${failure.message}`}`);
            if (failure !== undefined) failures.push(failure);
          }
        } finally {
          await fixture.close();
          rmSync(folder, { recursive: true, force: true });
        }
      }
    }
  } finally {
    await sshd.stop();
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${played} scenarios failed:\n${failures.map(({ message }) => message).join('\n')}`);
}

function shuffle<T>(items: readonly T[], random: (limit: number) => number): readonly T[] {
  const left = [...items];
  return items.map(() => left.splice(Math.floor(random(left.length)), 1)[0] as T);
}
