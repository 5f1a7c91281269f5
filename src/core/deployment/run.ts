import { deploymentSteps, type Deployment, type DeploymentEvent, type HostRun } from './model';

/** Applies one stored event to the state of a deployment. Pure; the state of a run is the fold of its events. */
export function applyEvent(deployment: Deployment, event: DeploymentEvent): Deployment {
  switch (event.type) {
    case 'started':
    case 'command':
    case 'output':
    case 'fact':
      return deployment;
    case 'hostStarted':
      return updateHost(deployment, event.host, (run) => ({ ...run, state: 'running', startedAt: run.startedAt ?? event.at }));
    case 'stepStarted':
      return updateHost(deployment, event.host, (run) => ({ ...run, state: 'running', step: event.step, percent: percentBefore(event.step) }));
    case 'stepDone':
    case 'stepSkipped':
      return updateHost(deployment, event.host, (run) => ({ ...run, percent: percentAfter(event.step) }));
    case 'waiting':
      return updateHost(deployment, event.host, (run) => ({ ...run, state: 'waiting', question: event.question }));
    case 'answered':
      return updateHost(deployment, event.host, ({ question: _, ...run }) => ({ ...run, state: 'running' }));
    case 'hostEnded':
      return updateHost(deployment, event.host, ({ question: _, error: __, ...run }) => ({
        ...run,
        state: event.state,
        ...(event.step && { step: event.step }),
        ...(event.error && { error: event.error }),
        left: event.left,
        endedAt: event.at,
        percent: event.state === 'complete' || event.state === 'skipped' ? 100 : run.percent,
      }));
    case 'resumed': {
      const { endedAt: _, ...open } = deployment;
      return event.hosts.reduce<Deployment>(
        (state, host) => updateHost(state, host, ({ endedAt: __, error: ___, ...run }) => ({ ...run, state: 'queued', percent: 0, left: [] })),
        { ...open, state: 'running' },
      );
    }
    case 'ended':
      return { ...deployment, state: event.state, endedAt: event.at };
  }
}

function updateHost(deployment: Deployment, hostId: string, change: (run: HostRun) => HostRun): Deployment {
  const hosts = deployment.hosts.map((run) => (run.hostId === hostId ? change(run) : run));
  const percent = hosts.length === 0 ? 100 : Math.floor(hosts.reduce((sum, run) => sum + run.percent, 0) / hosts.length);
  return { ...deployment, hosts, percent };
}

function percentBefore(step: (typeof deploymentSteps)[number]): number {
  return Math.round((deploymentSteps.indexOf(step) * 100) / deploymentSteps.length);
}

function percentAfter(step: (typeof deploymentSteps)[number]): number {
  return Math.round(((deploymentSteps.indexOf(step) + 1) * 100) / deploymentSteps.length);
}
