import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Deployment, DeploymentEvent, DeploymentInputs, DeploymentStep } from '../../../../src/core/deployment/model';
import type { Host, HostSettings } from '../../../../src/core/hosts/model';
import { environmentTenant, type PackageSummary } from '../../../../src/core/packages/model';
import { defaultArchiveLimits } from '../../../../src/service/archive/archive';
import { createDeploymentManager, type DeploymentManagerOptions } from '../../../../src/service/deploying/deploymentManager';
import type { DeploymentManager } from '../../../../src/service/deploying/deployments';
import { createHostConnector } from '../../../../src/service/deploying/ssh/createHostConnector';
import type { Questions } from '../../../../src/service/questions';
import { createRedactor } from '../../../../src/service/redactor';
import { defaultVolumeSizes } from '../../../../src/service/repository/sqljs/volumeFile';
import type { Repository } from '../../../../src/service/repository/repository';
import type { Sshd } from '../../../support/sshd';
import { createTestLog, openTestRepository } from '../../repository/sqljs';
import { installerCopies, type Behaviour } from './examplePackage';

/** One host of a test: a folder tree of its own on this machine, reached through an sshd. */
export interface TestHost {
  readonly host: Host;
  readonly staging: string;
  readonly lock: string;
  readonly target: string;
}

export interface DeployFixture {
  readonly repository: Repository;
  readonly manager: DeploymentManager;
  readonly log: readonly string[];
  /** What the fixture's managers are made of. */
  readonly parts: Pick<DeploymentManagerOptions, 'connector' | 'redactor' | 'log' | 'limits'>;
  /** A second service on the same repository. */
  createManager(changes?: Partial<DeploymentManagerOptions>): DeploymentManager;
  addHost(name: string, sshd: Sshd, settings?: Partial<HostSettings> & { readonly folder?: string }): Promise<TestHost>;
  inputs(added: PackageSummary, hosts: readonly TestHost[], change?: Partial<DeploymentInputs> & { readonly behaviour?: Behaviour }): DeploymentInputs;
  /** Starts and follows a deployment; `onEvent` sees each event once it is stored. */
  start(inputs: DeploymentInputs, options?: StartOptions): Promise<FollowedRun>;
  /** Resumes a deployment that has ended, and follows it from there. */
  resume(id: string, options?: StartOptions): Promise<FollowedRun>;
  events(id: string): Promise<readonly DeploymentEvent[]>;
  close(): Promise<void>;
}

export interface StartOptions {
  readonly secrets?: readonly { section: string; key: string; value: string }[];
  readonly questions?: Partial<Questions>;
  readonly manager?: DeploymentManager;
  /** Hashes of the plans that are to be run. */
  readonly plan?: readonly string[];
  /** What was typed for protected hosts. */
  readonly confirmed?: readonly string[] | undefined;
}

export interface FollowedRun {
  readonly id: string;
  /** Resolves with the ended deployment. */
  readonly ended: Promise<Deployment>;
  /** Resolves when an event comes that fits, also one that has come already. */
  seen(fits: (event: DeploymentEvent) => boolean, what: string): Promise<DeploymentEvent>;
  stepBegins(step: DeploymentStep): Promise<DeploymentEvent>;
}

/** Questions of a test in which nobody is asked anything. */
export const noQuestions: Questions = {
  agentSocket: undefined,
  confirmHostKey: () => Promise.reject(new Error('a host key was asked for')),
  askSecret: (question) => Promise.reject(new Error(`a secret was asked for: ${question.kind}`)),
};

/** Without the shell profile of whoever runs the tests, which can take longer than a whole deployment. */
export const plainShell = { extraConfig: 'SetEnv HOME=/nonexistent' };

const patience = 60_000;

export async function createDeployFixture(folder: string, changes: Partial<DeploymentManagerOptions> = {}): Promise<DeployFixture> {
  const repository = await openTestRepository(join(folder, 'data'), { now: () => new Date(), volumeSizes: defaultVolumeSizes });
  const redactor = createRedactor();
  const log = createTestLog();
  const connector = createHostConnector({ repository, homeFolder: join(folder, 'home'), log, redactor, connectTimeout: 30_000 });
  const managers: DeploymentManager[] = [];
  const createManager = (more: Partial<DeploymentManagerOptions> = {}): DeploymentManager => {
    const manager = createDeploymentManager({ repository, connector, redactor, log, machine: hostname(), parallelHosts: 5, stopPatience: 0.3, limits: defaultArchiveLimits, ...changes, ...more });
    managers.push(manager);
    return manager;
  };
  const manager = createManager();

  return {
    repository,
    manager,
    log: log.lines,
    parts: { connector, redactor, log, limits: defaultArchiveLimits },
    createManager,
    async addHost(name, sshd, { folder: hostFolder = join(folder, 'hosts', name), ...settings } = {}) {
      const seen = sshd.pathSeenByTest(hostFolder);
      mkdirSync(seen, { recursive: true });
      const places = { staging: join(hostFolder, 'staging'), lock: join(hostFolder, 'lock'), target: join(hostFolder, 'target') };
      const host = await repository.addHost({
        name, address: sshd.address, port: sshd.port, user: sshd.user, authentication: { kind: 'key', keyFile: sshd.clientKey },
        stagingFolder: places.staging, lockFolder: places.lock, ...settings,
      });
      return { host, staging: sshd.pathSeenByTest(places.staging), lock: sshd.pathSeenByTest(places.lock), target: sshd.pathSeenByTest(places.target) };
    },
    inputs(added, hosts, { behaviour, values = [], ...change } = {}) {
      const target = hosts[0]?.host.stagingFolder.replace(/staging$/, 'target') ?? '';
      return {
        packageId: added.id, tenantId: environmentTenant.id, profile: 'install', hostIds: hosts.map(({ host }) => host.id), secretKeys: [], applicationName: '',
        values: [
          ...(values.some(({ key }) => key === 'InstallPath') ? [] : [{ section: 'IPCommon', key: 'InstallPath', value: target }]),
          ...(behaviour ? [{ section: 'Example', key: 'Behaviour', value: behaviour }] : []),
          ...values,
        ],
        ...change,
      };
    },
    async start(inputs, { secrets = [], questions = {}, manager: by = manager, plan, confirmed } = {}) {
      const deployment = await by.start({ inputs, secrets, plan, confirmed, acceptNewHostKey: true, questions: { ...noQuestions, ...questions }, startedBy: 'anna@desk' });
      return followRun(by, repository, deployment.id);
    },
    async resume(id, { secrets = [], questions = {}, manager: by = manager } = {}) {
      await by.resume(id, { secrets, acceptNewHostKey: true, questions: { ...noQuestions, ...questions }, startedBy: 'bob@desk' });
      const events = await repository.readDeploymentEvents(id, 0, 100_000);
      return followRun(by, repository, id, events.findLast((event) => event.type === 'resumed')?.sequence);
    },
    events: (id) => repository.readDeploymentEvents(id, 0, 100_000),
    async close() {
      for (const each of managers) await each.close();
      await repository.close();
    },
  };
}

/** Asserts that a deployment left nothing of its own on a host. */
export function assertNothingLeft(...hosts: readonly TestHost[]): void {
  for (const { staging, lock } of hosts) {
    assert.ok(!existsSync(staging), `${staging} is still there`);
    assert.ok(!existsSync(lock), `${lock} is still there`);
  }
  assert.deepEqual(readdirSync('/tmp').filter((name) => name.startsWith(installerCopies)), []);
}

/** Asserts that of a failed deployment a host keeps the package with its mark and nothing else, and that its record says so. */
export function assertOnlyPackageKept({ host, staging, lock }: TestHost, deployment: Deployment): void {
  const run = deployment.hosts.find(({ hostId }) => hostId === host.id);
  assert.equal(run?.kept, join(host.stagingFolder, deployment.id));
  assert.deepEqual(readdirSync(staging), [deployment.id]);
  assert.deepEqual(readdirSync(join(staging, deployment.id)).sort(), ['content', 'package']);
  assert.ok(!existsSync(lock), `${lock} is still there`);
  assert.deepEqual(readdirSync('/tmp').filter((name) => name.startsWith(installerCopies)), []);
}

/** Processes on this machine that an installer of that deployment started. */
export function processesOf(deploymentId: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/environ`, 'utf8').split('\0').includes(`GAXPKG_DEPLOYMENT=${deploymentId}`);
    } catch {
      return false;
    }
  });
}

/** Kills what an installer of that deployment started. */
export function killProcessesOf(deploymentId: string): void {
  for (const pid of processesOf(deploymentId)) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch (error) {
      // The end of another one of them was its end too.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

/** Follows a deployment from its first event to its end. */
export function followRun(manager: DeploymentManager, repository: Repository, id: string, after = 0): FollowedRun {
  const found: DeploymentEvent[] = [];
  let look: () => void = () => undefined;
  const arrived = (events: readonly DeploymentEvent[]): void => {
    for (const event of events) if (event.sequence > (found.at(-1)?.sequence ?? after)) found.push(event);
    look();
  };
  const waits = new Set<() => void>();
  look = () => {
    for (const wait of waits) wait();
  };
  const unfollow = manager.follow(id, { onEvents: arrived, onProgress: () => undefined });
  void repository.readDeploymentEvents(id, after, 100_000).then((stored) => {
    // What was stored before we followed comes first.
    const later = found.splice(0);
    arrived([...stored, ...later.filter((event) => event.sequence > (stored.at(-1)?.sequence ?? after))]);
  });
  const seen = (fits: (event: DeploymentEvent) => boolean, what: string): Promise<DeploymentEvent> => new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      waits.delete(check);
      reject(new Error(`${what} never came; events: ${found.map((event) => JSON.stringify(event)).join('\n')}`));
    }, patience);
    // Nobody may wait any more, as for a run whose service is dead: then it keeps no process.
    timer.unref();
    const check = (): void => {
      const event = found.find(fits);
      if (!event) return;
      waits.delete(check);
      clearTimeout(timer);
      resolve(event);
    };
    waits.add(check);
    check();
  });
  return {
    id,
    seen,
    stepBegins: (step) => seen((event) => event.type === 'stepStarted' && event.step === step, `the begin of ${step}`),
    get ended() {
      return seen((event) => event.type === 'ended', 'the end').then(() => {
        unfollow();
        return repository.getDeployment(id);
      });
    },
  };
}
