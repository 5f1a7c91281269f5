import type { Deployment, DeploymentEvent, StepProgress } from '../../core/deployment/model';
import { ProductError } from '../../core/errors';
import type { ServiceEventName, ServiceEvents, ServiceMethodName, ServiceParams, ServiceResult } from '../../protocol/service';

/** The part of a client that following needs; both kinds of client have it. */
export interface FollowingClient {
  request<N extends ServiceMethodName>(method: N, params: ServiceParams<N>): Promise<ServiceResult<N>>;
  on<N extends ServiceEventName>(event: N, listener: (params: ServiceEvents[N]) => void): () => void;
}

export interface DeploymentFollower {
  /** Every stored event once, in order: first those of the past, then live ones. */
  onEvents(events: readonly DeploymentEvent[]): void;
  onProgress?(progress: StepProgress): void;
}

export interface FollowedDeployment {
  /** Resolves with the deployment's last state once it has ended for now (it may be resumed later), or rejects when it cannot be followed any more. */
  readonly ended: Promise<Deployment>;
  /** Stops following; the deployment goes on and `ended` never settles. */
  stop(): void;
}

const pageSize = 1000;

/**
 * Follows a deployment from its first event to its end.
 * @param connectionLost rejects when the connection ends, so that `ended` does too
 */
export function followDeployment(
  client: FollowingClient, deploymentId: string, follower: DeploymentFollower, connectionLost?: Promise<never>,
): FollowedDeployment {
  let last = 0;
  let caughtUp = false;
  let stopped = false;
  /** A deployment that was resumed has ended before: only its newest end counts. */
  let over = false;
  const early: DeploymentEvent[] = [];
  let finish: (deployment: Promise<Deployment>) => void = () => undefined;
  const ended = new Promise<Deployment>((resolve) => {
    finish = resolve;
  });

  const take = (events: readonly DeploymentEvent[]): void => {
    const fresh = events.filter((event) => event.sequence > last);
    if (fresh.length === 0 || stopped) return;
    last = fresh.at(-1)?.sequence ?? last;
    follower.onEvents(fresh);
    const turn = fresh.findLast((event) => event.type === 'ended' || event.type === 'resumed');
    if (turn !== undefined) over = turn.type === 'ended';
    settle();
  };
  const settle = (): void => {
    if (!over || !caughtUp || stopped) return;
    unlisten();
    finish(client.request('deployments/get', { id: deploymentId }));
  };
  const unlistenEvents = client.on('deploymentEvents', ({ deploymentId: id, events }) => {
    if (id !== deploymentId) return;
    if (caughtUp) take(events);
    else early.push(...events);
  });
  const unlistenProgress = client.on('stepProgress', (progress) => {
    if (progress.deploymentId === deploymentId && caughtUp && !stopped) follower.onProgress?.(progress);
  });
  const unlisten = (): void => {
    stopped = true;
    unlistenEvents();
    unlistenProgress();
  };

  const catchUp = async (): Promise<void> => {
    for (;;) {
      const page = await client.request('deployments/events', { id: deploymentId, after: last, follow: true });
      take(page);
      if (page.length < pageSize || stopped) break;
    }
    caughtUp = true;
    take(early.splice(0).sort((a, b) => a.sequence - b.sequence));
    settle();
  };
  catchUp().catch((error: unknown) => {
    unlisten();
    finish(Promise.reject(error instanceof Error ? error : new ProductError('general/unexpected', { message: String(error) })));
  });
  connectionLost?.catch((error: unknown) => {
    if (stopped) return;
    unlisten();
    finish(Promise.reject(error instanceof Error ? error : new ProductError('general/unexpected', { message: String(error) })));
  });
  return { ended, stop: unlisten };
}
