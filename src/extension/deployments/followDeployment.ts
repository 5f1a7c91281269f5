import type { DeploymentEvent, StepProgress } from '../../core/deployment/model';
import type { PackageService } from '../packageService';

export interface FollowListener {
  /** Events in their order, each once, from the first one on. `settled`: no more are stored for now. */
  events(events: readonly DeploymentEvent[], settled: boolean): void;
  progress?(progress: StepProgress): void;
  /** The events could not be read; reading goes on when the service is back. */
  failed?(error: unknown): void;
}

/** Follows deployments for one window: several followers of one deployment share the service's attention. */
export interface DeploymentFollower {
  /** Reads all stored events, then those that come; across restarts of the service. Returns how to stop. */
  follow(id: string, listener: FollowListener): () => void;
}

/** The service answers at most so many events at once. */
const pageSize = 1000;

export function createDeploymentFollower(service: PackageService): DeploymentFollower {
  const followers = new Map<string, number>();
  return {
    follow: (id, listener) => {
      followers.set(id, (followers.get(id) ?? 0) + 1);
      const stop = followOne(service, id, listener);
      return () => {
        stop();
        const left = (followers.get(id) ?? 1) - 1;
        if (left > 0) followers.set(id, left);
        else {
          followers.delete(id);
          // A service that is gone follows nobody any more.
          if (service.state === 'online') service.request('deployments/unfollow', { id }).catch(() => undefined);
        }
      };
    },
  };
}

function followOne(service: PackageService, id: string, listener: FollowListener): () => void {
  let last = 0;
  let stopped = false;
  let reading = false;
  let again = false;
  let wasOnline = service.state === 'online';

  const deliver = (events: readonly DeploymentEvent[], settled: boolean): void => {
    const fresh = events.filter((event) => event.sequence > last);
    const newest = fresh.at(-1);
    if (newest === undefined || stopped) return;
    last = newest.sequence;
    listener.events(fresh, settled);
  };

  const isStopped = (): boolean => stopped;
  const isWanted = (): boolean => again && !stopped;
  const readAll = async (): Promise<void> => {
    for (;;) {
      const page = await service.request('deployments/events', { id, after: last, follow: true });
      if (isStopped()) return;
      deliver(page, page.length < pageSize);
      if (page.length < pageSize) return;
    }
  };

  const read = async (): Promise<void> => {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    try {
      do {
        again = false;
        await readAll();
      } while (isWanted());
    } catch (error) {
      if (!isStopped()) listener.failed?.(error);
    } finally {
      reading = false;
    }
  };

  const stops = [
    service.onEvent('deploymentEvents', ({ deploymentId, events }) => {
      const first = events[0];
      if (deploymentId !== id || first === undefined) return;
      // While pages are being read, or after a gap, the stored events are what counts.
      if (reading || first.sequence > last + 1) void read();
      else deliver(events, true);
    }),
    service.onEvent('stepProgress', (progress) => {
      if (progress.deploymentId === id) listener.progress?.(progress);
    }),
    service.onStateChanged(() => {
      const online = service.state === 'online';
      if (online && !wasOnline) void read();
      wasOnline = online;
    }),
  ];
  void read();
  return () => {
    stopped = true;
    for (const stop of stops) stop();
  };
}
