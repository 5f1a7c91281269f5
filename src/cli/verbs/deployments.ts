import type { Deployment } from '../../core/deployment/model';
import { describeHostRun } from '../../core/text/stateText';
import type { ServiceParams } from '../../protocol/service';
import type { ServiceClient } from '../../service/client';
import { exitDone, exitFailed, type CliContext, type Verb } from '../context';
import { deploymentAsJson } from '../deploymentAsJson';
import { CliFailure } from '../failure';
import { followRun } from '../followRun';
import { openSecrets, secretValues } from '../secrets';
import { selectDeployment } from '../selectDeployment';
import { formatTable } from '../table';
import { onlyArgument, parseOptions, requireArgument, takeNoMore, UsageError } from '../usage';

/** `gaxpkg deployments [--json]`, `gaxpkg deployments stop|pause|go-on|retry|resume|clean-up DEPLOYMENT` */
export const deployments: Verb = (context, args) => {
  const [action, ...rest] = args;
  if (action === undefined || action.startsWith('-')) return list(context, args);
  if (action === 'stop') return stop(context, rest);
  if (action === 'pause') return pause(context, rest);
  if (action === 'go-on') return goOn(context, rest);
  if (action === 'retry') return retry(context, rest);
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

/** Lets no other host begin; those at work go on. */
const pause: Verb = async (context, args) => {
  const reference = onlyArgument(args, 'DEPLOYMENT');
  const client = await context.connect();
  const found = await selectDeployment(context, client, reference);
  await client.request('deployments/pause', { id: found.id });
  context.terminal.note(context.text('deploymentPaused', { id: found.id }));
  return exitDone;
};

/** Ends a pause and runs held hosts, or those that are named. */
const goOn: Verb = (context, args) => runHosts(context, args, async (client, { id, hostIds, ...request }) => client.request('deployments/goOn', { id, ...request, ...(hostIds && { hostIds }) }));

/** Runs the hosts again that failed or whose outcome is unknown, or those that are named. */
const retry: Verb = (context, args) => runHosts(context, args, async (client, { id, hostIds, ...request }, found) => {
  const failed = found.hosts.filter((run) => run.state === 'failed' || run.state === 'unknown').map((run) => run.hostId);
  const again = hostIds ?? failed;
  if (again.length === 0) throw new CliFailure(context.text('nothingFailed', { id }));
  return await client.request('deployments/resume', { id, ...request, hostIds: again });
});

/** Runs the hosts again that are neither complete nor held. */
const resume: Verb = (context, args) => runHosts(context, args, async (client, { hostIds, ...request }) => client.request('deployments/resume', { ...request, ...(hostIds && { hostIds }) }));

/** Begins with hosts of a deployment again, as `begin` says, and follows it to its end. */
async function runHosts(
  context: CliContext, args: readonly string[],
  begin: (client: ServiceClient, request: ServiceParams<'deployments/resume'>, found: Deployment) => Promise<Deployment>,
): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    host: { type: 'string', multiple: true }, 'accept-new-host-key': { type: 'boolean' }, 'take-over-locks': { type: 'boolean' }, 'secrets-stdin': { type: 'boolean' }, json: { type: 'boolean' },
  });
  const reference = requireArgument(positionals, 0, 'DEPLOYMENT');
  takeNoMore(positionals, 1);
  const secrets = await openSecrets(context, values['secrets-stdin'] === true);
  const client = await context.connect({ secrets });
  const found = await selectDeployment(context, client, reference);
  const hostIds = values.host && [...new Set(values.host.flatMap((names) => names.split(',')).filter((name) => name !== '').map((name) => hostOf(context, found, name)))];
  const { secretKeys } = await client.request('deployments/inputs', { id: found.id });
  const begun = await begin(client, {
    id: found.id, secrets: await secretValues(context, secrets, secretKeys), acceptNewHostKey: values['accept-new-host-key'] === true,
    ...(hostIds && { hostIds }), ...(values['take-over-locks'] === true && { takeOverLocks: 'all' }),
  }, found);
  return await followRun(context, client, begun, values.json === true);
}

/** @throws CliFailure when the deployment has no such host */
function hostOf(context: CliContext, { id, hosts }: Deployment, name: string): string {
  const run = hosts.find(({ hostName }) => hostName.toLowerCase() === name.toLowerCase());
  if (run === undefined) throw new CliFailure(context.text('hostNotIn', { host: name, id }));
  return run.hostId;
}

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
