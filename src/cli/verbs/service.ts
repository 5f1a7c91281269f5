import { describeError, isProductError } from '../../core/errors';
import { exitDone, exitFailed, type Verb } from '../context';
import { parseOptions, takeNoMore, UsageError } from '../usage';

const megabyte = 1_000_000;

/** `gaxpkg service status|stop|use-recovered-copy` */
export const service: Verb = async (context, args) => {
  const [action, ...rest] = args;
  if (action === 'use-recovered-copy') return await useRecoveredCopy(context, rest);
  if (action !== 'status' && action !== 'stop') {
    throw action === undefined ? new UsageError('missingArgument', { argument: 'status|stop|use-recovered-copy' }) : new UsageError('unknownVerb', { verb: `service ${action}` });
  }
  try {
    return await (action === 'status' ? status(context, rest) : stop(context, rest));
  } catch (error) {
    if (!isProductError(error, 'service/not-running')) throw error;
    context.terminal.note(context.text('serviceNotRunning', { folder: context.dataFolder }));
    return action === 'status' ? exitFailed : exitDone;
  }
};

const status: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } });
  takeNoMore(positionals, 0);
  const client = await context.connect({ start: 'never' });
  const now = await client.request('service/status', {});
  if (values.json === true) {
    context.terminal.out(JSON.stringify(now, undefined, 2));
    return exitDone;
  }
  const text = context.text('serviceStatus', {
    version: now.version, pid: String(now.pid), generation: String(now.generation), since: now.startedAt, folder: now.dataFolder, machine: now.machine,
    clients: now.clients, imports: now.runningImports, deployments: now.runningDeployments,
    memory: Math.round(now.memory.resident / megabyte), peak: Math.round(now.memory.peak / megabyte), node: now.nodeVersion,
  });
  for (const line of text.split('\n')) context.terminal.out(line);
  if (now.readOnly) context.terminal.note(context.text('serviceReadOnly', { reason: describeError(context.locale, now.readOnly) }));
  return exitDone;
};

const stop: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { force: { type: 'boolean' } });
  takeNoMore(positionals, 0);
  const client = await context.connect({ start: 'never' });
  const ended = new Promise<void>((resolve) => {
    client.onClosed(() => resolve());
  });
  await client.request('service/stop', { force: values.force === true });
  await ended;
  context.terminal.note(context.text('serviceStopped'));
  return exitDone;
};

/** A person has read what a damaged repository lost, and goes on without it. */
const useRecoveredCopy: Verb = async (context, args) => {
  takeNoMore(parseOptions(args, {}).positionals, 0);
  const client = await context.connect();
  const { readOnly } = await client.request('service/status', {});
  if (!readOnly) {
    context.terminal.note(context.text('nothingToRecover'));
    return exitDone;
  }
  context.terminal.note(describeError(context.locale, readOnly));
  await client.request('repository/useRecoveredCopy', {});
  context.terminal.note(context.text('recoveredCopyUsed'));
  return exitDone;
};
