import * as vscode from 'vscode';
import { createActionLog, type ActionLog } from '../../core/deployment/actionLog';
import { createTransferWatch } from '../../core/deployment/lane';
import type { Deployment, DeploymentEvent, HostRun, StepProgress } from '../../core/deployment/model';
import { applyEvent } from '../../core/deployment/run';
import { describeError, isCancelled } from '../../core/errors';
import { createText } from '../../core/text/messages';
import { asPlainText } from '../../core/text/plainText';
import { taskText } from '../../core/text/taskText';
import { showError } from '../commands/command';
import type { ExtensionParts } from '../extensionParts';
import { tellDeploymentEnd } from '../notifications/deploymentEnd';
import { progressLine } from './progressLine';

/** What a terminal runs. */
export interface DeploymentJob {
  readonly title: string;
  /** Asks what is still to be asked and begins the run. @throws ProductError, `general/cancelled` when the person turned back */
  start(): Promise<Deployment>;
  /** Set when the deployment has run before: its earlier lines are in its log and are not printed again. */
  readonly resumed?: boolean;
}

const exitCodes = { complete: 0, notComplete: 1 } as const;
const clearLine = '\r\u001b[2K';
const ctrlC = '\u0003';

/**
 * The terminal of a deployment: prints the lines of its action log and follows it to its end. Ctrl+C asks, then stops;
 * closing the terminal leaves the deployment running. Ends with 0 only when every host is complete.
 */
export function createDeploymentTerminal(parts: ExtensionParts, job: DeploymentJob): vscode.Pseudoterminal {
  const { locale, service } = parts;
  const text = createText(locale, taskText);
  const written = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<number>();
  let columns = 80;
  let status = '';
  let deployment: Deployment | undefined;
  /** Progress inside a step, by host; shown only while the host is at that step. */
  const progressOf = new Map<string, StepProgress>();
  const transfers = createTransferWatch();
  let log: ActionLog | undefined;
  let stopFollowing = (): void => undefined;
  let asking = false;
  let detached = false;
  let ended = false;
  /** Lines of an earlier run, until it is seen where the present one begins. */
  let held: string[] | undefined = job.resumed === true ? [] : undefined;

  const write = (lines: readonly string[]): void => {
    if (detached) return;
    const body = lines.map((line) => `${line}\r\n`).join('');
    written.fire(`${status === '' ? '' : clearLine}${body}${status}`);
  };
  const showStatus = (line: string): void => {
    if (detached || line === status) return;
    written.fire(`${clearLine}${line}`);
    status = line;
  };
  const refreshStatus = (): void => {
    if (asking || deployment === undefined) return;
    showStatus(ended ? '' : progressLine(locale, { ...deployment, hosts: deployment.hosts.map((run) => withProgress(run, progressOf.get(run.hostId))) }, columns, transfers));
  };

  const finish = async (id: string): Promise<void> => {
    stopFollowing();
    stopListening();
    const end = await service.request('deployments/get', { id });
    ended = true;
    deployment = end;
    asking = false;
    showStatus('');
    const done = end.hosts.filter((run) => run.state === 'complete').length;
    write(['', end.state === 'interrupted' ? text('interrupted')
      : done === end.hosts.length ? text('allComplete', { n: done }) : text('someFailed', { done, all: end.hosts.length })]);
    closed.fire(done === end.hosts.length ? exitCodes.complete : exitCodes.notComplete);
    await tellDeploymentEnd(parts, end);
  };

  const take = (id: string, events: readonly DeploymentEvent[], settled: boolean): void => {
    const lines: string[] = [];
    for (const event of events) {
      if (deployment !== undefined) deployment = applyEvent(deployment, event);
      if (event.type === 'resumed') held = held && [];
      const printed = (log?.add([event]) ?? []).map((line) => line.text);
      (held ?? lines).push(...printed);
    }
    if (settled && held !== undefined) {
      lines.push(...held);
      held = undefined;
    }
    write(lines);
    refreshStatus();
    if (settled && events.at(-1)?.type === 'ended') finish(id).catch(fail);
  };

  const follow = (begun: Deployment): void => {
    deployment = begun;
    log = createActionLog(begun, { locale });
    write([log.title, '']);
    stopFollowing = parts.follower.follow(begun.id, {
      events: (events, settled) => take(begun.id, events, settled),
      progress: (progress) => {
        progressOf.set(progress.hostId, progress);
        transfers.add(progress, Date.now());
        refreshStatus();
      },
      failed: (error) => write([asPlainText(describeError(locale, error))]),
    });
  };

  const fail = (error: unknown): void => {
    showStatus('');
    write([isCancelled(error) ? text('notRun') : asPlainText(describeError(locale, error))]);
    closed.fire(exitCodes.notComplete);
    if (!isCancelled(error)) void showError(parts, error, 'tasks.run');
  };

  const stop = async (id: string): Promise<void> => {
    write([text('stopping')]);
    await service.request('deployments/stop', { id });
  };

  const stopListening = service.onStateChanged(() => {
    if (deployment === undefined || ended) return;
    if (service.state === 'offline') write([text('reconnecting')]);
    if (service.state === 'online') write([text('reconnected')]);
  });

  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: (dimensions) => {
      columns = dimensions?.columns ?? columns;
      write([text('starting', { title: asPlainText(job.title) })]);
      job.start().then(follow, fail);
    },
    setDimensions: (dimensions) => {
      ({ columns } = dimensions);
      refreshStatus();
    },
    handleInput: (input) => {
      if (deployment === undefined || ended) return;
      if (!asking && input === ctrlC) {
        asking = true;
        showStatus(text('askStop'));
        return;
      }
      if (!asking) return;
      asking = false;
      showStatus('');
      if (/^[yo]$/i.test(input.trim())) stop(deployment.id).catch((error: unknown) => write([asPlainText(describeError(locale, error))]));
      else write([text('goesOn')]);
      refreshStatus();
    },
    close: () => {
      stopListening();
      if (deployment === undefined || ended) return;
      detached = true;
      void vscode.window.showInformationMessage(text('detached'), parts.text('show')).then((answer) => {
        if (answer !== undefined) void parts.views.show('deployed');
      });
    },
  };
}

function withProgress({ stepPercent: _, ...run }: HostRun, progress: StepProgress | undefined): HostRun {
  if (progress === undefined || progress.step !== run.step || progress.bytesTotal === 0) return run;
  return { ...run, stepPercent: Math.min(100, (progress.bytesDone * 100) / progress.bytesTotal) };
}
