import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deploymentSteps, type Deployment, type DeploymentEvent, type DeploymentInputs, type DeploymentProfile, type DeploymentStep, type HostRun } from '../../../../src/core/deployment/model';
import { applyEvent } from '../../../../src/core/deployment/run';
import { ProductError } from '../../../../src/core/errors';
import type { PackageSummary } from '../../../../src/core/packages/model';
import type { DeploymentManager } from '../../../../src/service/deploying/deployments';
import type { Repository } from '../../../../src/service/repository/repository';
import type { Sshd } from '../../../support/sshd';
import { addExamplePackage } from './examplePackage';
import { assertNothingLeft, followRun, noQuestions, type DeployFixture, type TestHost } from './fixture';

/** What happens to a deployment, as the first host comes to a step. */
export type Incident =
  | { readonly kind: 'success' | 'detached' }
  | { readonly kind: 'failure' | 'stop' | 'cut' | 'kill'; readonly step: DeploymentStep };

export interface Scenario {
  readonly profile: DeploymentProfile;
  readonly hosts: number;
  readonly incident: Incident;
}

/** Steps that can be made to fail on the first host alone. A clean-up that fails leaves its host complete, with a duty; what the step *Values* has found is stored by the next one. */
export const failingSteps = deploymentSteps.filter((step) => step !== 'cleanUp' && step !== 'plugIn' && step !== 'values');
const stoppable = deploymentSteps.slice(0, deploymentSteps.indexOf('result'));
const patience = 120_000;
/** Milliseconds after which an installer that hangs is ended; the others take a fraction of it. */
const longestInstall = 10_000;

export function describeScenario({ profile, hosts, incident }: Scenario): string {
  return `${profile} on ${hosts}: ${incident.kind}${'step' in incident ? ` at ${incident.step}` : ''}`;
}

/** Runs scenarios one after the other on the same hosts: each begins with what the one before has left, which is complete. */
export interface ScenarioPlayer {
  /** Plays one to its documented outcome, then has it completed, and checks hosts and record. @throws AssertionError */
  play(scenario: Pick<Scenario, 'profile' | 'incident'>): Promise<void>;
}

export async function createScenarioPlayer(fixture: DeployFixture, sshd: Sshd, hostCount: number): Promise<ScenarioPlayer> {
  const hosts = await Promise.all(Array.from({ length: hostCount }, (_, i) => fixture.addHost(`host-${String(i + 1).padStart(2, '0')}`, sshd)));
  const [first] = hosts as [TestHost];
  const asked = { secrets: [], acceptNewHostKey: true, questions: noQuestions, startedBy: 'anna@desk' };
  let build = 1;
  let present: PackageSummary | undefined;
  const addVersion = async (): Promise<PackageSummary> => addExamplePackage(fixture.repository, { version: `9.0.${String(build++).padStart(3, '0')}.00` });

  const inputsFor = async (profile: DeploymentProfile, item: PackageSummary): Promise<DeploymentInputs> => {
    if (profile !== 'install') {
      const ids = new Set(hosts.map(({ host }) => host.id));
      const deployed = (await fixture.repository.listDeployedPackages()).filter(({ hostId }) => ids.has(hostId));
      return await fixture.manager.prefill(profile, item.id, deployed.map(({ id }) => id));
    }
    return fixture.inputs(item, hosts, {
      behaviour: 'mendable', hostValues: hosts.map(({ host, target }) => ({ hostId: host.id, section: 'IPCommon', key: 'InstallPath', value: target })),
    });
  };
  const runWell = async (profile: DeploymentProfile, item: PackageSummary): Promise<void> => {
    const { id } = await fixture.manager.start({ ...asked, inputs: await inputsFor(profile, item) });
    assert.equal((await followRun(fixture.manager, fixture.repository, id).ended).state, 'complete', fixture.log.slice(-20).join('\n'));
    present = item;
  };
  /** What the profile is to bring the hosts to, from what they have now. */
  const goal = async (profile: DeploymentProfile): Promise<PackageSummary> => {
    const before = present ?? (await addVersion());
    if (profile === 'install') return before;
    if (present === undefined) await runWell('install', before);
    const newer = await addVersion();
    if (profile === 'upgrade') return newer;
    await runWell('upgrade', newer);
    return before;
  };

  return {
    async play({ profile, incident }) {
      const item = await goal(profile);
      const inputs = await inputsFor(profile, item);
      const dying = createDyingRepository(fixture.repository);
      const hangs = incident.kind === 'failure' && incident.step === 'install';
      const manager = fixture.createManager({ repository: dying.repository, ...(hangs && { timeouts: { install: longestInstall } }) });
      const { id } = await manager.start({ ...asked, inputs });
      const fault = createFault(first, id, dying);
      await whatHappens(manager, fixture.repository, id, (event) => {
        if (!('step' in incident) || event.type !== 'stepStarted' || event.host !== first.host.id || event.step !== incident.step) return undefined;
        switch (incident.kind) {
          case 'failure':
            // As a step begins it is too late for what is done to the host from afar.
            return undefined;
          case 'stop':
            return manager.stop(id);
          case 'cut':
          case 'kill':
            if (incident.kind === 'kill') dying.die();
            sshd.dropConnections();
            return undefined;
        }
      }, incident.kind === 'failure' ? (event) => fault.strike(incident.step, event) : undefined, incident.kind === 'kill' ? dying.dead : undefined);
      const next = fixture.createManager();
      if (incident.kind === 'kill') await next.recover();
      const deployment = await next.get(id);
      assertOutcome(incident, deployment, first.host.id);
      await assertRecordTrue(fixture.repository, deployment);
      for (const [index, host] of hosts.entries()) assertLeft(deployment.hosts[index], host, id);
      fault.mend();
      if (deployment.state !== 'complete') {
        await next.resume(id, asked);
        const after = (await fixture.repository.readDeploymentEvents(id, 0, 100_000)).findLast((event) => event.type === 'resumed')?.sequence ?? 0;
        const ended = await followRun(next, fixture.repository, id, after).ended;
        assert.equal(ended.state, 'complete', `the retry: ${summary(ended)}\n${fixture.log.slice(-20).join('\n')}`);
      }
      dying.bury();
      await manager.close();
      present = item;
      assertNothingLeft(...hosts);
      const records = await fixture.repository.listDeployedPackages();
      for (const { host } of hosts) {
        const own = records.filter(({ hostId }) => hostId === host.id);
        assert.deepEqual(own.map(({ status, packageId }) => [status, packageId]), [['complete', item.id]], host.name);
      }
      await assertRecordTrue(fixture.repository, await fixture.repository.getDeployment(id));
    },
  };
}

/** Follows a run to its end or its service's, with what is to happen on the way. */
async function whatHappens(
  manager: DeploymentManager, repository: Repository, id: string, onStep: (event: DeploymentEvent) => Promise<void> | undefined,
  onEvent: ((event: DeploymentEvent) => void) | undefined, dead: Promise<void> | undefined,
): Promise<void> {
  let begun: Promise<void> | undefined;
  let seen = 0;
  const look = (events: readonly DeploymentEvent[]): void => {
    for (const event of events) {
      if (event.sequence <= seen) continue;
      seen = event.sequence;
      onEvent?.(event);
      begun ??= onStep(event);
    }
  };
  const run = followRun(manager, repository, id);
  const unfollow = manager.follow(id, { onEvents: look, onProgress: () => undefined });
  look(await repository.readDeploymentEvents(id, 0, 100_000));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error(`${id} never ended`)), patience)));
  try {
    await Promise.race([run.ended.then(() => undefined), late, ...(dead ? [dead] : [])]);
  } finally {
    clearTimeout(timer);
    unfollow();
  }
  await begun;
}

/** A repository that a service stops using from one moment to the next, or that refuses for a while. */
function createDyingRepository(real: Repository) {
  let dead = false;
  let refusing = false;
  let buried = false;
  const afterDeath = new Error('the service is dead');
  const waiting: ((error: Error) => void)[] = [];
  let tell: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (tell = resolve));
  const unrefused = new Set(['appendDeploymentEvents', 'readDeploymentEvents', 'getDeployment', 'listDeployments']);
  const repository = new Proxy(real, {
    get: (target, name, receiver): unknown => {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        if (dead) return buried ? Promise.reject(afterDeath) : new Promise((_, reject) => waiting.push(reject));
        if (refusing && !unrefused.has(String(name))) return Promise.reject(new ProductError('repository/closed'));
        return Reflect.apply(value, target, args);
      };
    },
  });
  return {
    repository, dead: gone,
    refuse: (on: boolean): void => void (refusing = on),
    die: (): void => {
      dead = true;
      tell();
    },
    /** What a dead service waits for fails at last, so that nothing of it is left in this process. */
    bury: (): void => {
      buried = true;
      for (const reject of waiting.splice(0)) reject(afterDeath);
    },
  };
}

/** Has a step fail on one host, and mends what it broke. */
function createFault({ host, staging, lock, target }: TestHost, id: string, dying: ReturnType<typeof createDyingRepository>) {
  const broken: string[] = [];
  const put = (path: string): void => {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, '');
    broken.push(path);
  };
  return {
    strike(step: DeploymentStep, event: DeploymentEvent): void {
      if (!('host' in event) || event.host !== host.id) return;
      if (event.type === 'hostEnded' || (event.type === 'stepStarted' && event.step === 'cleanUp')) return dying.refuse(false);
      const begins = (at: DeploymentStep): boolean => event.type === 'stepStarted' && event.step === at;
      switch (step) {
        case 'connect':
        case 'check':
          // Nothing to connect to or to install to: what stands in the way has to be there before.
          return begins('connect') ? put(staging) : undefined;
        case 'lock':
          return begins('lock') ? (mkdirSync(lock), broken.push(lock), writeFileSync(join(lock, 'owner'), '{"user":"claire","machine":"desk-7","deployment":"d-x","since":"2026-01-05T10:00:00.000Z"}\n')) : undefined;
        case 'transfer':
          return begins('transfer') ? put(staging) : undefined;
        case 'verify':
          return begins('verify') ? writeFileSync(join(staging, id, 'package/ip/data.txt'), 'tampered') : undefined;
        case 'silentIni':
          return begins('silentIni') ? (mkdirSync(join(staging, id, 'silent.ini')), undefined) : undefined;
        case 'install':
          return begins('install') ? put(`${target}.stuck`) : undefined;
        case 'plugIn':
        case 'values':
          throw new Error(`${step} is not made to fail`);
        case 'result':
          return begins('install') ? put(`${target}.broken`) : undefined;
        case 'object':
        case 'record':
          return begins(step) ? dying.refuse(true) : undefined;
        case 'cleanUp':
          throw new Error('a clean-up is not made to fail');
      }
    },
    mend(): void {
      for (const path of broken.splice(0)) rmSync(path, { recursive: true, force: true });
    },
  };
}

function assertOutcome(incident: Incident, deployment: Deployment, firstId: string): void {
  const what = summary(deployment);
  const run = deployment.hosts.find(({ hostId }) => hostId === firstId);
  const others = deployment.hosts.filter(({ hostId }) => hostId !== firstId);
  const inStates = (runs: readonly HostRun[], ...states: HostRun['state'][]): void => {
    for (const one of runs) assert.ok(states.includes(one.state), `${one.hostName} is ${one.state}: ${what}`);
  };
  switch (incident.kind) {
    case 'success':
    case 'detached':
      return assert.equal(deployment.state, 'complete', what);
    case 'failure':
      assert.deepEqual([run?.state, run?.step], ['failed', incident.step === 'connect' ? 'check' : incident.step], what);
      // All hosts share the repository that refuses what these steps say to it.
      for (const one of others) assert.ok(one.state === 'complete' || ((incident.step === 'object' || incident.step === 'record') && one.state === 'failed' && one.step === incident.step), what);
      return;
    case 'stop':
      assert.equal(run?.state, stoppable.includes(incident.step) ? 'cancelled' : 'complete', what);
      return inStates(others, 'cancelled', 'complete');
    case 'cut':
      // Whose commands had all ended by then did not lose anything.
      inStates(deployment.hosts, 'failed', 'unknown', 'complete');
      for (const one of deployment.hosts) if (one.state === 'unknown') assert.ok(one.step === 'install' || one.step === 'result', what);
      return;
    case 'kill':
      assert.equal(deployment.state, 'interrupted', what);
      assert.equal(run?.state, 'interrupted', what);
      return inStates(others, 'interrupted', 'complete');
  }
}

/** A host whose part is over holds nothing of it, but for what its record says. */
function assertLeft(run: HostRun | undefined, { host, staging, lock }: TestHost, id: string): void {
  if (run === undefined || run.state === 'interrupted' || run.state === 'unknown') return;
  if (run.kept !== undefined) {
    assert.deepEqual([run.state, run.kept], ['failed', join(host.stagingFolder, id)]);
    assert.deepEqual(readdirSync(join(staging, id)).sort(), ['content', 'package'], `${host.name} keeps more than its package`);
  } else assert.ok(!existsSync(join(staging, id)), `${staging}/${id} is still there`);
  const isOurs = existsSync(join(lock, 'owner')) && run.error?.code !== 'deploy/host-locked';
  assert.ok(!isOurs, `${lock} is still there`);
}

/** The record is the fold of its events, from the very first one. */
async function assertRecordTrue(repository: Repository, deployment: Deployment): Promise<void> {
  const events = await repository.readDeploymentEvents(deployment.id, 0, 100_000);
  assert.deepEqual(events.map(({ sequence }) => sequence), events.map((_, i) => i + 1));
  const begun: Deployment = {
    ...deployment, state: 'running', percent: 0,
    hosts: deployment.hosts.map(({ hostId, hostName, applicationName }) => ({ hostId, hostName, applicationName, state: 'queued', percent: 0, left: [] })),
  };
  const { endedAt: _, ...open } = begun;
  const folded = events.reduce(applyEvent, open);
  assert.deepEqual(withoutProgress(folded), withoutProgress(deployment));
}

function withoutProgress(deployment: Deployment): unknown {
  return { ...deployment, hosts: deployment.hosts.map(({ stepPercent: _, ...run }) => run) };
}

function summary({ state, hosts }: Deployment): string {
  return `${state}: ${hosts.map((run) => `${run.hostName} ${run.state} ${run.step ?? ''} ${run.error?.code ?? ''} ${run.left.join()}`).join('; ')}`;
}
