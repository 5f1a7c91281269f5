import type { Deployment, DeploymentEventBody, DeploymentInputs, StepProgress } from '../../core/deployment/model';
import type { PlanFacts } from '../../core/deployment/planFacts';
import { ProductError } from '../../core/errors';
import type { Host } from '../../core/hosts/model';
import type { Limiter } from '../limiter';
import type { Redactor } from '../redactor';
import { findApplicationDefaults } from './changedApplication';
import { runDeployment, type DeploymentRun } from './deploymentRun';
import type { RunRequest } from './deployments';
import type { EventWriter } from './eventWriter';
import type { EngineParts } from './hostWork';
import type { PackageContent } from './packageContent';
import { createSecretValues } from './secretValues';

/** Something that is going on for a deployment, until `done`. */
export interface LiveDeployment {
  readonly stop: AbortController;
  readonly progress: ReadonlyMap<string, StepProgress>;
  readonly done: Promise<void>;
  /** Absent while it is only cleaned up. */
  readonly run?: Omit<DeploymentRun, 'done' | 'join'> & {
    /** Takes hosts of the deployment that have ended up again, as planned where there is a plan, else as they are found. @throws ProductError `deploy/still-running`, `repository/host-busy` */
    join(hosts: readonly Host[], request: JoinRequest, named: boolean): Promise<void>;
  };
}

/** A request that hosts join a run. */
export interface JoinRequest extends RunRequest {
  /** What their new plan rests on, by host. */
  readonly planned?: ReadonlyMap<string, PlanFacts> | undefined;
}

/** A run that is about to begin. */
export interface RunToBegin {
  readonly deployment: Deployment;
  readonly inputs: DeploymentInputs;
  readonly hosts: readonly Host[];
  readonly content: PackageContent;
  readonly request: RunRequest;
  readonly first: readonly DeploymentEventBody[];
  /** Ends the reservation of its hosts. */
  readonly release: () => void;
  /** What the plan that is run rests on, by host. */
  readonly planned?: ReadonlyMap<string, PlanFacts> | undefined;
  /** Hosts that begin whatever order and pause say. */
  readonly named?: readonly string[];
}

/** What this service does for deployments now, and the hosts it does it on. */
export interface LiveDeployments {
  get(id: string): LiveDeployment | undefined;
  readonly all: readonly LiveDeployment[];
  /** The package of the deployment that has a host. */
  busyWith(hostId: string): string | undefined;
  /** Two deployments never share a host. Returns how to let them go. @throws ProductError `repository/host-busy` */
  reserve(hosts: readonly Pick<Host, 'id' | 'name'>[], packageName: string): () => void;
  /** Stores the first events of a run and lets it go. */
  begin(run: RunToBegin): Promise<void>;
  /** Keeps track of other work for a deployment, on hosts that are reserved for it until it is done. */
  track(id: string, stop: AbortController, work: Promise<void>, release: () => void): LiveDeployment;
}

export function createLiveDeployments(options: {
  readonly parts: EngineParts;
  readonly redactor: Redactor;
  readonly slots: Limiter;
  readonly createWriter: (deploymentId: string) => EventWriter;
  readonly onProgress: (progress: StepProgress) => void;
  readonly onEnded: () => void;
}): LiveDeployments {
  const { parts, redactor, slots } = options;
  const live = new Map<string, LiveDeployment>();
  const busyHosts = new Map<string, string>();

  const reserve: LiveDeployments['reserve'] = (hosts, packageName) => {
    const taken = hosts.find(({ id }) => busyHosts.has(id));
    if (taken) throw new ProductError('repository/host-busy', { package: busyHosts.get(taken.id) ?? '', host: taken.name });
    for (const { id } of hosts) busyHosts.set(id, packageName);
    let released = false;
    return () => {
      if (!released) for (const { id } of hosts) busyHosts.delete(id);
      released = true;
    };
  };

  const track = (id: string, work: Promise<void>, release: () => void, entry: Omit<LiveDeployment, 'done'>): LiveDeployment => {
    const done = work
      .catch((error: unknown) => parts.log.error('deploy', `${id} broke off: its events cannot be stored`, error))
      .finally(() => {
        release();
        live.delete(id);
        options.onEnded();
      });
    const tracked = { ...entry, done };
    live.set(id, tracked);
    return tracked;
  };

  return {
    get: (id) => live.get(id),
    get all() {
      return [...live.values()];
    },
    busyWith: (hostId) => busyHosts.get(hostId),
    reserve,
    track: (id, stop, work, release) => track(id, work, release, { stop, progress: new Map() }),
    async begin({ deployment, inputs, hosts, content, request, first, release, planned = new Map(), named = [] }) {
      const secrets = createSecretValues(inputs.secretKeys, request.secrets, redactor);
      const releases = [release, () => secrets.forget()];
      const releaseAll = (): void => { for (const releaseOne of releases) releaseOne(); };
      const stop = new AbortController();
      const progress = new Map<string, StepProgress>();
      const writer = options.createWriter(deployment.id);
      const onProgress = (report: StepProgress): void => {
        progress.set(report.hostId, report);
        options.onProgress(report);
      };
      try {
        const defaults = await findApplicationDefaults(parts.repository, inputs.tenantId);
        await writer.append(...first);
        const { done, join, ...run } = runDeployment(
          { parts, deployment, inputs, hosts, package: content, request, secrets, writer, slots, onProgress, defaults, planned, named }, stop.signal,
        );
        const had = new Set(hosts.map(({ id }) => id));
        track(deployment.id, done, releaseAll, {
          stop, progress,
          run: {
            ...run,
            async join(joining, { secrets: given, startedBy, planned: plannedAnew }, areNamed) {
              const packageName = nameOf(deployment.package);
              const added = joining.filter(({ id }) => !had.has(id));
              const releaseAdded = reserve(added, packageName);
              secrets.renew(given);
              const told = join(joining, startedBy, areNamed, plannedAnew);
              if (!told) {
                releaseAdded();
                throw new ProductError('deploy/still-running', { package: packageName });
              }
              for (const { id } of added) had.add(id);
              releases.push(releaseAdded);
              await told;
            },
          },
        });
      } catch (error) {
        releaseAll();
        throw error;
      }
    },
  };
}

/** A deployment's package as messages name it. */
export function nameOf({ name, version }: Deployment['package']): string {
  return `${name} ${version}`;
}
