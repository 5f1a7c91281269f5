import type { DeploymentEvent } from '../../core/deployment/model';
import type { ServiceParams, ServiceResult } from '../../protocol/service';

/** What the service gives of a log at a time. */
const pageSize = 1000;

/** Whoever can ask the service for events. */
export interface EventSource {
  request(name: 'deployments/events', params: ServiceParams<'deployments/events'>): Promise<ServiceResult<'deployments/events'>>;
}

/** All events of a deployment up to now, in order. @throws ProductError `general/not-found`, and what the connection throws */
export async function readDeploymentEvents(client: EventSource, id: string): Promise<readonly DeploymentEvent[]> {
  const all: DeploymentEvent[] = [];
  for (;;) {
    const page = await client.request('deployments/events', { id, after: all.at(-1)?.sequence ?? 0 });
    all.push(...page);
    if (page.length < pageSize) return all;
  }
}
