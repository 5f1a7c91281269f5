import { createTransferRate, hostNow, canRetry, type HostNow, type TransferRate } from '../../../core/deployment/lane';
import { copyCommands, describeFilesToCopy } from '../../../core/deployment/filesToCopy';
import type { Deployment, HostRun, StepProgress } from '../../../core/deployment/model';
import { describeError, ProductError } from '../../../core/errors';
import { deployProgressText } from '../../../core/text/deployProgressText';
import { createText, type Locale } from '../../../core/text/messages';
import { describeHostRun } from '../../../core/text/stateText';
import type { DeploymentProgress, DeployProgressEvents, HostLane, deployProgressMethods } from '../../../protocol/page/deployProgress';
import type { PageContract } from '../../../protocol/page/page';
import type { ChangedArea } from '../../../protocol/service';
import type { PackageService } from '../../packageService';
import type { RepositoryState } from '../../repositoryState';
import type { PageHandlers } from '../servePage';
import { createTrustGuard } from '../trustGuard';

/** What can be done with a deployment, by the editor's own commands: they ask what is to be asked. */
export interface ProgressActions {
  /** Tells of bytes that go over, until the returned function is called. */
  followTransfers(deploymentId: string, onProgress: (progress: StepProgress) => void): () => void;
  retryHost(deployment: Deployment, run: HostRun): Promise<void>;
  retryFailed(deployment: Deployment): Promise<void>;
  /** @throws ProductError `general/cancelled` */
  stop(deployment: Deployment): Promise<void>;
  pause(deployment: Deployment): Promise<void>;
  /** Without a host: all that are held or wait for the end of a pause. */
  goOn(deployment: Deployment, hostId?: string): Promise<void>;
  resume(deployment: Deployment): Promise<void>;
  /** @throws ProductError `general/cancelled` */
  cleanUp(deployment: Deployment): Promise<void>;
  showLog(deployment: Deployment, hostId?: string): Promise<void>;
  openTerminal(hostId: string): Promise<void>;
  /** Puts a text on the clipboard. */
  copyText(text: string): Promise<void>;
}

export interface ProgressPorts {
  readonly locale: Locale;
  readonly state: RepositoryState;
  readonly service: Pick<PackageService, 'request'>;
  readonly isTrusted: () => boolean;
  readonly progress: ProgressActions;
}

type ProgressContract = PageContract<typeof deployProgressMethods, DeployProgressEvents>;

/** The part of the deploy wizard's host side that shows a deployment which runs or has ended. */
export interface ProgressPage {
  readonly handlers: PageHandlers<ProgressContract>;
  dispose(): void;
}

const areas: readonly ChangedArea[] = ['deployments', 'deployedPackages', 'hosts'];
/** Milliseconds between two messages to the page. */
const restMs = 200;

/** @param packageId of the page: deployments of other packages are not shown on it */
export function createProgressPage(packageId: () => Promise<string>, ports: ProgressPorts, emit: (progress: DeploymentProgress) => void): ProgressPage {
  const { locale, state, service, progress: actions } = ports;
  const text = createText(locale, deployProgressText);
  let shown: { readonly id: string; readonly stop: () => void } | undefined;
  const transfers = new Map<string, { progress: StepProgress; readonly rate: TransferRate }>();
  /** What the page was told of each lane. */
  const told = new Map<string, string>();
  let toldHead = '';
  let timer: NodeJS.Timeout | undefined;

  const isKnown = (deploymentId: string | undefined): boolean => state.snapshot.deployments.some(({ id }) => id === deploymentId);
  const find = (): Deployment => {
    const deployment = state.snapshot.deployments.find(({ id }) => id === shown?.id);
    if (deployment === undefined) throw new ProductError('general/not-found', { kind: 'deployment', name: shown?.id ?? '' });
    return deployment;
  };
  const findRun = (deployment: Deployment, hostId: string): HostRun => {
    const run = deployment.hosts.find((host) => host.hostId === hostId);
    if (run === undefined) throw new ProductError('general/not-found', { kind: 'host', name: hostId });
    return run;
  };
  const requireTrust = createTrustGuard(ports);

  const lane = (deployment: Deployment, run: HostRun): HostLane => {
    const { hostId, hostName, applicationName, percent, left } = run;
    const now = hostNow(run, deployment.package.version, earlierVersion(deployment, run));
    const transfer = run.state === 'running' && run.step === 'transfer' ? transfers.get(hostId) : undefined;
    const perSecond = transfer?.rate.perSecond();
    return {
      hostId, hostName, applicationName, state: run.state, words: describeHostRun(locale, run), percent, left,
      ...(run.step && { step: run.step }), ...(run.stepPercent !== undefined && { stepPercent: run.stepPercent }),
      ...(run.startedAt && { startedAt: run.startedAt }), ...(run.endedAt && { endedAt: run.endedAt }),
      ...(deployment.plugIn && { plugIn: deployment.plugIn }),
      ...(run.filesToCopy && { filesToCopy: describeFilesToCopy(locale, run.filesToCopy, hostName) }),
      ...(run.error && { error: { code: run.error.code, message: describeError(locale, run.error) } }),
      ...(now && { now: describeNow(now, hostName, run.kept !== undefined) }), ...(run.kept !== undefined && { kept: run.kept }),
      ...(transfer && { transfer: { done: transfer.progress.bytesDone, total: transfer.progress.bytesTotal, ...(perSecond !== undefined && { perSecond }) } }),
      canRetry: canRetry(run, deployment),
    };
  };

  /** The version that the application had before this deployment; a failed one leaves its record in place. */
  const earlierVersion = (deployment: Deployment, run: HostRun): string | undefined => {
    const record = state.snapshot.deployedPackages.find((item) => item.hostId === run.hostId && item.applicationName === run.applicationName
      && (deployment.plugIn === true ? item.package.name === deployment.package.name : item.plugIn === undefined));
    if (record === undefined || record.status === 'unknown') return undefined;
    return record.status === 'complete' && record.deploymentId === deployment.id ? undefined : record.package.version;
  };

  const describeNow = (now: HostNow, host: string, hasKept: boolean): string => {
    if (!hasKept) return describePlainly(now, host);
    return now.kind === 'unchanged' ? text('nowUnchangedKept', { host }) : `${describePlainly(now, host)} ${text('nowKept')}`;
  };

  const describePlainly = (now: HostNow, host: string): string => {
    switch (now.kind) {
      case 'left':
        return text('nowLeft', { host, left: now.left.join(', ') });
      case 'installedUnrecorded':
        return text('nowInstalledUnrecorded', { host, version: now.version });
      case 'earlierKept':
        return text('nowEarlierKept', { version: now.version });
      case 'unchanged':
        return text('nowUnchanged', { host });
      case 'notKnown':
        return text('nowNotKnown');
    }
  };

  const head = (deployment: Deployment): Omit<DeploymentProgress, 'lanes'> => {
    const { id, profile, package: identity, state: runState, percent, startedAt, startedBy, endedAt, paused } = deployment;
    return {
      id, profile, package: identity, state: runState, percent, startedAt, startedBy, ...(endedAt !== undefined && { endedAt }), ...(paused && { paused }),
      isOffline: state.snapshot.connection === 'offline', isTrusted: ports.isTrusted(),
    };
  };

  const view = (all: boolean): DeploymentProgress | undefined => {
    const deployment = find();
    const lanes = deployment.hosts.map((run) => lane(deployment, run));
    const fresh = lanes.filter((one) => all || told.get(one.hostId) !== JSON.stringify(one));
    for (const one of fresh) told.set(one.hostId, JSON.stringify(one));
    const top = head(deployment);
    if (!all && fresh.length === 0 && toldHead === JSON.stringify(top)) return undefined;
    toldHead = JSON.stringify(top);
    return { ...top, lanes: fresh };
  };

  const tell = (): void => {
    timer = undefined;
    if (!isKnown(shown?.id)) return;
    const change = view(false);
    if (change !== undefined) emit(change);
  };
  const changed = (): void => {
    timer ??= setTimeout(tell, restMs);
  };

  const hide = (): void => {
    shown?.stop();
    shown = undefined;
    transfers.clear();
    told.clear();
    clearTimeout(timer);
    timer = undefined;
  };

  const begin = (id: string): void => {
    hide();
    const stopWatching = state.watch(areas);
    const stopListening = state.onChanged((names) => {
      if (names.length === 0 || names.some((name) => areas.includes(name))) changed();
    });
    const stopFollowing = actions.followTransfers(id, (progress) => {
      const known = transfers.get(progress.hostId) ?? { progress, rate: createTransferRate() };
      known.progress = progress;
      known.rate.add(progress.bytesDone, performance.now());
      transfers.set(progress.hostId, known);
      changed();
    });
    shown = {
      id,
      stop: () => {
        stopFollowing();
        stopListening();
        stopWatching();
      },
    };
  };

  return {
    handlers: {
      'progress/show': async ({ deploymentId }) => {
        begin(deploymentId);
        await state.ready(areas);
        if (!isKnown(deploymentId)) {
          // One that has just begun may not be in the list yet.
          await service.request('deployments/get', { id: deploymentId });
          await state.refresh();
        }
        const deployment = find();
        if (deployment.packageId !== await packageId()) {
          hide();
          throw new ProductError('general/not-found', { kind: 'deployment', name: deploymentId });
        }
        return view(true) ?? { ...head(deployment), lanes: [] };
      },
      'progress/retryHost': async ({ hostId }) => {
        requireTrust('progress/retryHost');
        const deployment = find();
        const run = findRun(deployment, hostId);
        if (!canRetry(run, deployment)) throw new ProductError('general/bad-request', { method: 'progress/retryHost', reason: `${run.hostName} is ${run.state}` });
        await actions.retryHost(deployment, run);
        return null;
      },
      'progress/retryFailed': async () => {
        requireTrust('progress/retryFailed');
        await actions.retryFailed(find());
        return null;
      },
      'progress/stop': async () => {
        await actions.stop(find());
        return null;
      },
      'progress/pause': async () => {
        requireTrust('progress/pause');
        await actions.pause(find());
        return null;
      },
      'progress/goOn': async ({ hostId }) => {
        requireTrust('progress/goOn');
        const deployment = find();
        await actions.goOn(deployment, hostId === undefined ? undefined : findRun(deployment, hostId).hostId);
        return null;
      },
      'progress/resume': async () => {
        requireTrust('progress/resume');
        await actions.resume(find());
        return null;
      },
      'progress/cleanUp': async () => {
        requireTrust('progress/cleanUp');
        await actions.cleanUp(find());
        return null;
      },
      'progress/log': async ({ hostId }) => {
        const deployment = find();
        await actions.showLog(deployment, hostId === undefined ? undefined : findRun(deployment, hostId).hostId);
        return null;
      },
      'progress/copyCommands': async ({ hostId }) => {
        const { filesToCopy, hostName } = findRun(find(), hostId);
        if (filesToCopy === undefined) throw new ProductError('general/bad-request', { method: 'progress/copyCommands', reason: `nothing is to be copied on ${hostName}` });
        await actions.copyText(copyCommands(locale, filesToCopy));
        return null;
      },
      'progress/terminal': async ({ hostId }) => {
        requireTrust('progress/terminal');
        await actions.openTerminal(findRun(find(), hostId).hostId);
        return null;
      },
    },
    dispose: hide,
  };
}
