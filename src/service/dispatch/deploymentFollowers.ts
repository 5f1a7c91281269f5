import type { DeploymentEvent, StepProgress } from '../../core/deployment/model';
import type { ConnectedClient } from './connectedClient';
import type { ServiceParts } from './serviceParts';
import { createThrottle } from './throttle';

/** Events that one request reads at most. */
export const eventPage = 1000;
/** Milliseconds for which stored events are collected before they are sent together. */
const eventInterval = 50;
/** Milliseconds between two reports of the progress of one host. */
const progressInterval = 200;

/** Sends clients what happens in the deployments they follow, without gaps and without repetition. */
export interface DeploymentFollowers {
  /**
   * Reads the stored events after a sequence number. When these are all there are (fewer than {@link eventPage}), the
   * client is sent every later one; else it comes again for the rest.
   */
  follow(client: ConnectedClient, deploymentId: string, after: number): Promise<readonly DeploymentEvent[]>;
  unfollow(client: ConnectedClient, deploymentId: string): void;
}

export function createDeploymentFollowers(parts: Pick<ServiceParts, 'repository' | 'deployments'>): DeploymentFollowers {
  const following = new WeakMap<ConnectedClient, Map<string, () => void>>();

  const unfollow = (client: ConnectedClient, deploymentId: string): void => {
    const stop = following.get(client)?.get(deploymentId);
    following.get(client)?.delete(deploymentId);
    stop?.();
  };

  return {
    unfollow,
    follow: async (client, deploymentId, after) => {
      unfollow(client, deploymentId);
      const delivery = createDelivery(client, deploymentId);
      // Listening begins before reading, so that nothing falls between the two.
      const stopListening = parts.deployments.follow(deploymentId, delivery);
      const stop = (): void => {
        stopListening();
        delivery.stop();
        client.gone.removeEventListener('abort', stop);
      };
      try {
        const events = await parts.repository.readDeploymentEvents(deploymentId, after, eventPage);
        if (events.length >= eventPage || client.gone.aborted) {
          stop();
          return events;
        }
        client.gone.addEventListener('abort', stop);
        const known = following.get(client) ?? new Map<string, () => void>();
        following.set(client, known.set(deploymentId, stop));
        // The answer to this request is written first, then what came meanwhile.
        setImmediate(() => delivery.begin(events.at(-1)?.sequence ?? after));
        return events;
      } catch (error) {
        stop();
        throw error;
      }
    },
  };
}

/** Holds events back until it is told where to begin, then sends them in batches. */
function createDelivery(client: ConnectedClient, deploymentId: string): {
  onEvents(events: readonly DeploymentEvent[]): void;
  onProgress(progress: StepProgress): void;
  begin(after: number): void;
  stop(): void;
} {
  let waiting: DeploymentEvent[] = [];
  let sent: number | undefined;
  let stopped = false;

  const events = createThrottle<DeploymentEvent>(eventInterval, (batch) => {
    client.notify('deploymentEvents', { deploymentId, events: [...batch] });
  });
  const latest = new Map<string, StepProgress>();
  const progress = createThrottle<string>(progressInterval, (hosts) => {
    for (const host of hosts) {
      const report = latest.get(host);
      if (report !== undefined) client.notify('stepProgress', report);
    }
  });
  const pass = (found: readonly DeploymentEvent[], after: number): number => {
    const later = found.filter((event) => event.sequence > after);
    events.add(later);
    return later.at(-1)?.sequence ?? after;
  };
  return {
    onEvents: (found) => {
      if (sent === undefined) waiting.push(...found);
      else sent = pass(found, sent);
    },
    onProgress: (report) => {
      latest.set(report.hostId, report);
      if (sent !== undefined) progress.add([report.hostId]);
    },
    begin: (after) => {
      if (stopped) return;
      sent = pass(waiting, after);
      waiting = [];
      progress.add(latest.keys());
    },
    stop: () => {
      stopped = true;
      events.stop();
      progress.stop();
    },
  };
}
