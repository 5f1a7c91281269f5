import { createActionLog } from '../core/deployment/actionLog';
import { copyCommands, describeFilesToCopy } from '../core/deployment/filesToCopy';
import { createTransferWatch } from '../core/deployment/lane';
import type { Deployment } from '../core/deployment/model';
import { applyEvent } from '../core/deployment/run';
import { describeError, ProductError } from '../core/errors';
import { describeHostRun } from '../core/text/stateText';
import { describeTransfer } from '../core/text/transferText';
import { followDeployment, type ServiceClient } from '../service/client';
import { exitDone, exitFailed, type CliContext } from './context';
import { deploymentAsJson } from './deploymentAsJson';

/**
 * Follows a deployment to its end: prints its log as it grows, with `json` its last state.
 * @returns the exit code: done only when every host is complete or was left out on purpose
 */
export async function followRun(context: CliContext, client: ServiceClient, started: Deployment, json: boolean): Promise<number> {
  const ended = await follow(context, client, started, json);
  if (ended === undefined) return exitFailed;
  if (json) context.terminal.out(JSON.stringify(deploymentAsJson(context, ended), undefined, 2));
  for (const { filesToCopy, hostName } of ended.hosts) {
    if (filesToCopy) context.terminal.note(`${describeFilesToCopy(context.locale, filesToCopy, hostName)}\n${copyCommands(context.locale, filesToCopy).trimEnd()}`);
  }
  const complete = ended.hosts.filter((run) => run.state === 'complete' || run.state === 'skipped').length;
  context.terminal.note(context.text('summary', { complete, n: ended.hosts.length }));
  const held = ended.hosts.filter((run) => run.state === 'held').length;
  if (held > 0) context.terminal.note(context.text('hostsHeld', { n: held, id: ended.id }));
  return complete === ended.hosts.length ? exitDone : exitFailed;
}

/** Prints the log as it grows. Undefined: a person detached. */
async function follow(context: CliContext, client: ServiceClient, started: Deployment, json: boolean): Promise<Deployment | undefined> {
  const printer = createActionLog(started, { locale: context.locale });
  const transfers = createTransferWatch();
  let current = started;
  /** Hosts whose present step tells its percent. */
  const progressing = new Set<string>();
  const lost = new Promise<never>((_, reject) => {
    client.onClosed(() => reject(new ProductError('service/connection-lost', { method: 'deployments/events' })));
  });
  const followed = followDeployment(client, started.id, {
    onEvents: (events) => {
      current = events.reduce(applyEvent, current);
      for (const event of events) if ('host' in event) progressing.delete(event.host);
      // With --json, standard output is the result alone.
      for (const line of printer.add(events)) if (json) context.terminal.note(line.text); else context.terminal.out(line.text);
    },
    onProgress: (progress) => {
      const { hostId, step, bytesDone, bytesTotal } = progress;
      if (bytesTotal <= 0) return;
      transfers.add(progress, Date.now());
      progressing.add(hostId);
      const stepPercent = Math.min(100, (bytesDone * 100) / bytesTotal);
      current = { ...current, hosts: current.hosts.map((run) => (run.hostId === hostId ? { ...run, state: 'running', step, stepPercent } : run)) };
      const running = current.hosts.filter((run) => progressing.has(run.hostId)).map((run) => {
        const transfer = transfers.of(run);
        return `${run.hostName} ${describeHostRun(context.locale, run)}${transfer === undefined ? '' : ` (${describeTransfer(context.locale, transfer)})`}`;
      });
      context.terminal.progress(running.join(' · '));
    },
  }, lost);
  let detach: (value: undefined) => void = () => undefined;
  const detached = new Promise<undefined>((resolve) => {
    detach = resolve;
  });
  const end = context.terminal.onInterrupt(() => {
    if (!context.terminal.interactive) {
      context.terminal.note(context.text('detached', { id: started.id }));
      followed.stop();
      return detach(undefined);
    }
    void context.terminal.ask(context.text('stopDeployment')).then(async (answer) => {
      if (answer?.trim().toLowerCase().startsWith(context.text('yes')) !== true) return;
      context.terminal.note(context.text('stopping'));
      await client.request('deployments/stop', { id: started.id });
    }).catch((error: unknown) => context.terminal.note(describeError(context.locale, error)));
  });
  try {
    return await Promise.race([followed.ended, detached]);
  } finally {
    end();
  }
}
