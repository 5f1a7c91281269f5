import { describeHostRun } from '../../core/text/stateText';
import { exitDone, exitFailed, type Verb } from '../context';
import { deploymentAsJson } from '../deploymentAsJson';
import { followRun } from '../followRun';
import { openSecrets, secretValues } from '../secrets';
import { selectDeployment } from '../selectDeployment';
import { formatTable } from '../table';
import { onlyArgument, parseOptions, requireArgument, takeNoMore, UsageError } from '../usage';

/** `gaxpkg deployments [--json]`, `gaxpkg deployments stop|resume|clean-up DEPLOYMENT` */
export const deployments: Verb = (context, args) => {
  const [action, ...rest] = args;
  if (action === undefined || action.startsWith('-')) return list(context, args);
  if (action === 'stop') return stop(context, rest);
  if (action === 'resume') return resume(context, rest);
  if (action === 'clean-up') return cleanUp(context, rest);
  throw new UsageError('unknownVerb', { verb: `deployments ${action}` });
};

/** Newest first. */
const list: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } });
  takeNoMore(positionals, 0);
  const client = await context.connect();
  const all = [...await client.request('deployments/list', {})].sort((a, b) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0));
  if (values.json === true) {
    context.terminal.out(JSON.stringify(all.map((one) => deploymentAsJson(context, one)), undefined, 2));
    return exitDone;
  }
  if (all.length === 0) {
    context.terminal.note(context.text('nothingDeployed'));
    return exitDone;
  }
  const header = (['colDeployment', 'colPackage', 'colVersion', 'colStarted', 'colBy', 'colHost', 'colState'] as const).map((key) => context.text(key));
  const rows = all.flatMap((one) => one.hosts.map((run, index) => [
    ...(index === 0 ? [one.id, one.package.name, one.package.version, one.startedAt, one.startedBy] : ['', '', '', '', '']), run.hostName, describeHostRun(context.locale, run),
  ]));
  for (const line of formatTable(header, rows)) context.terminal.out(line);
  return exitDone;
};

/** Ends the work on all hosts and waits until it has ended. */
const stop: Verb = async (context, args) => {
  const reference = onlyArgument(args, 'DEPLOYMENT');
  const client = await context.connect();
  const found = await selectDeployment(context, client, reference);
  await client.request('deployments/stop', { id: found.id });
  context.terminal.note(context.text('deploymentStopped', { id: found.id }));
  return exitDone;
};

/** Runs the hosts that are not complete again. */
const resume: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { 'accept-new-host-key': { type: 'boolean' }, 'secrets-stdin': { type: 'boolean' }, json: { type: 'boolean' } });
  const reference = requireArgument(positionals, 0, 'DEPLOYMENT');
  takeNoMore(positionals, 1);
  const secrets = await openSecrets(context, values['secrets-stdin'] === true);
  const client = await context.connect({ secrets });
  const found = await selectDeployment(context, client, reference);
  const { secretKeys } = await client.request('deployments/inputs', { id: found.id });
  const resumed = await client.request('deployments/resume', {
    id: found.id, secrets: await secretValues(context, secrets, secretKeys), acceptNewHostKey: values['accept-new-host-key'] === true,
  });
  return await followRun(context, client, resumed, values.json === true);
};

/** Removes what an interrupted deployment left on its hosts. */
const cleanUp: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { 'secrets-stdin': { type: 'boolean' }, json: { type: 'boolean' } });
  const reference = requireArgument(positionals, 0, 'DEPLOYMENT');
  takeNoMore(positionals, 1);
  const secrets = await openSecrets(context, values['secrets-stdin'] === true);
  const client = await context.connect({ secrets });
  const found = await selectDeployment(context, client, reference);
  const ended = await client.request('deployments/cleanUp', { id: found.id });
  if (values.json === true) context.terminal.out(JSON.stringify(deploymentAsJson(context, ended), undefined, 2));
  const left = ended.hosts.flatMap((run) => run.left.map((what) => `${run.hostName}: ${what}`));
  context.terminal.note([context.text(left.length === 0 ? 'cleanedUp' : 'notCleanedUp', { id: found.id }), ...left].join('\n'));
  return left.length === 0 ? exitDone : exitFailed;
};
