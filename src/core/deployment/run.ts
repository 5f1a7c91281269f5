import { stepsOf, type Deployment, type DeploymentEvent, type DeploymentState, type DeploymentStep, type HostRun } from './model';

/** Applies one stored event to the state of a deployment. Pure; the state of a run is the fold of its events. */
export function applyEvent(deployment: Deployment, event: DeploymentEvent): Deployment {
  const steps = stepsOf(deployment);
  switch (event.type) {
    case 'started':
    case 'command':
    case 'output':
    case 'fact':
      return deployment;
    case 'hostStarted':
      return updateHost(deployment, event.host, (run) => ({ ...run, state: 'running', left: [], startedAt: run.startedAt ?? event.at }));
    case 'stepStarted':
      return updateHost(deployment, event.host, (run) => ({ ...run, state: 'running', step: event.step, percent: percentAt(steps, run, event.step) }));
    case 'stepDone':
    case 'stepSkipped':
      return updateHost(deployment, event.host, (run) => ({ ...run, percent: isEarlyCleanUp(steps, run, event.step) ? run.percent : percentAfter(steps, event.step) }));
    case 'waiting':
      return updateHost(deployment, event.host, (run) => ({ ...run, state: 'waiting', question: event.question }));
    case 'answered':
      return updateHost(deployment, event.host, ({ question: _, ...run }) => ({ ...run, state: 'running' }));
    case 'hostEnded':
      return updateHost(deployment, event.host, ({ question: _, error: __, reason: ___, filesToCopy: ____, kept: _____, ...run }) => ({
        ...run,
        state: event.state,
        ...(event.step && { step: event.step }),
        ...(event.error && { error: event.error }),
        ...(event.reason && { reason: event.reason }),
        left: event.left,
        ...(event.kept !== undefined && { kept: event.kept }),
        ...(event.filesToCopy && { filesToCopy: event.filesToCopy }),
        endedAt: event.at,
        percent: event.state === 'complete' || event.state === 'skipped' ? 100 : run.percent,
      }));
    case 'hostHeld':
      return updateHost(deployment, event.host, ({ question: _, error: __, ...run }) => ({ ...run, state: 'held', reason: event.reason }));
    case 'paused':
      return { ...deployment, paused: true };
    case 'wentOn':
      return withoutPause(deployment);
    case 'resumed': {
      const { endedAt: _, ...open } = deployment;
      return event.hosts.reduce<Deployment>(
        (state, host) => updateHost(state, host, ({ startedAt: _, endedAt: __, error: ___, step: ____, question: _____, reason: ______, ...run }) => ({ ...run, state: 'queued', percent: 0 })),
        { ...open, state: 'running' },
      );
    }
    case 'ended':
      return { ...(event.state === 'interrupted' ? deployment : withoutPause(deployment)), state: event.state, endedAt: event.at };
  }
}

/** How a deployment ends whose hosts have all ended. One failed or unknown host makes it failed, else one held host held, else one stopped host stopped. */
export function endState(hosts: readonly Pick<HostRun, 'state'>[]): Exclude<DeploymentState, 'running'> {
  const has = (...states: HostRun['state'][]) => hosts.some((run) => states.includes(run.state));
  if (has('interrupted', 'queued', 'running', 'waiting')) return 'interrupted';
  if (has('failed', 'unknown')) return 'failed';
  if (has('held')) return 'held';
  return has('cancelled') ? 'cancelled' : 'complete';
}

/** True for a host that another run of the deployment has to take up again. */
export function isUnfinished(run: Pick<HostRun, 'state'>): boolean {
  return run.state !== 'complete' && run.state !== 'skipped';
}

/** True for a host that neither works nor waits its turn: it has ended, or is held. */
export function hasEnded(run: Pick<HostRun, 'state'>): boolean {
  return run.state !== 'queued' && run.state !== 'running' && run.state !== 'waiting';
}

function withoutPause({ paused: _, ...deployment }: Deployment): Deployment {
  return deployment;
}

function updateHost(deployment: Deployment, hostId: string, change: (run: HostRun) => HostRun): Deployment {
  const hosts = deployment.hosts.map((run) => (run.hostId === hostId ? change(run) : run));
  const percent = hosts.length === 0 ? 100 : Math.floor(hosts.reduce((sum, run) => sum + run.percent, 0) / hosts.length);
  return { ...deployment, hosts, percent };
}

function percentAt(steps: readonly DeploymentStep[], run: HostRun, step: DeploymentStep): number {
  return isEarlyCleanUp(steps, run, step) ? run.percent : percentBefore(steps, step);
}

/** Cleaning up after a failure is no progress: the bar stays where the host failed. */
function isEarlyCleanUp(steps: readonly DeploymentStep[], run: HostRun, step: DeploymentStep): boolean {
  return step === 'cleanUp' && run.percent < percentBefore(steps, step);
}

function percentBefore(steps: readonly DeploymentStep[], step: DeploymentStep): number {
  return Math.round((steps.indexOf(step) * 100) / steps.length);
}

function percentAfter(steps: readonly DeploymentStep[], step: DeploymentStep): number {
  return Math.round(((steps.indexOf(step) + 1) * 100) / steps.length);
}
