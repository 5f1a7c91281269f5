import type { Deployment } from '../../core/deployment/model';
import { isRefused, planLines } from '../../core/deployment/planLines';
import { describeIdentity } from '../../core/packages/identity';
import { describeHostRun, profileName } from '../../core/text/stateText';
import type { ServiceParams } from '../../protocol/service';
import type { ServiceClient } from '../../service/client';
import { exitDone, exitFailed, type CliContext, type Verb } from '../context';
import { deploymentAsJson } from '../deploymentAsJson';
import { CliFailure } from '../failure';
import { followRun } from '../followRun';
import { planAsJson } from '../planAsJson';
import { openSecrets, secretValues } from '../secrets';
import { selectDeployment } from '../selectDeployment';
import { formatTable } from '../../core/text/table';
import { onlyArgument, parseOptions, requireArgument, takeNoMore, UsageError } from '../usage';

/** `gaxpkg deployments [--json]`, `gaxpkg deployments retry|resume DEPLOYMENT [--dry-run | --plan HASH]`, `gaxpkg deployments stop|pause|go-on|retry|resume|clean-up DEPLOYMENT` */
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
const goOn: Verb = (context, args) => runHosts(context, args, async (client, { id, hostIds, plan: _, ...request }) => client.request('deployments/goOn', { id, ...request, ...(hostIds && { hostIds }) }));

/** Runs the hosts again that failed or whose outcome is unknown, or those that are named. */
const retry: Verb = (context, args) => runHosts(context, args, async (client, request) => client.request('deployments/resume', request), ({ id, hosts }) => {
  const failed = hosts.filter((run) => run.state === 'failed' || run.state === 'unknown').map((run) => run.hostId);
  if (failed.length === 0) throw new CliFailure(context.text('nothingFailed', { id }));
  return failed;
});

/** Runs the hosts again that are neither complete nor held. */
const resume: Verb = (context, args) => runHosts(context, args, async (client, request) => client.request('deployments/resume', request), () => undefined);

/**
 * Begins with hosts of a deployment again, as `begin` says, and follows it to its end.
 * @param unnamed the hosts that are meant where none is named; absent: what is begun cannot be planned
 */
async function runHosts(
  context: CliContext, args: readonly string[],
  begin: (client: ServiceClient, request: ServiceParams<'deployments/resume'>) => Promise<Deployment>, unnamed?: (found: Deployment) => string[] | undefined,
): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    'dry-run': { type: 'boolean' }, plan: { type: 'string' }, host: { type: 'string', multiple: true }, 'accept-new-host-key': { type: 'boolean' }, 'take-over-locks': { type: 'boolean' }, 'secrets-stdin': { type: 'boolean' }, json: { type: 'boolean' },
  });
  if (unnamed === undefined && (values['dry-run'] === true || values.plan !== undefined)) throw new UsageError('unknownOption', { option: values.plan === undefined ? '--dry-run' : '--plan' });
  const reference = requireArgument(positionals, 0, 'DEPLOYMENT');
  takeNoMore(positionals, 1);
  const secrets = await openSecrets(context, values['secrets-stdin'] === true);
  const client = await context.connect({ secrets });
  const found = await selectDeployment(context, client, reference);
  const named = values.host && [...new Set(values.host.flatMap((names) => names.split(',')).filter((name) => name !== '').map((name) => hostOf(context, found, name)))];
  const hostIds = named ?? unnamed?.(found);
  if (values['dry-run'] === true) return await showPlan(context, client, found, hostIds, values.json === true);
  const { secretKeys } = await client.request('deployments/inputs', { id: found.id });
  const begun = await begin(client, {
    id: found.id, secrets: await secretValues(context, secrets, secretKeys), acceptNewHostKey: values['accept-new-host-key'] === true,
    ...(hostIds && { hostIds }), ...(values['take-over-locks'] === true && { takeOverLocks: 'all' }), ...(values.plan !== undefined && { plan: [values.plan] }),
  });
  return await followRun(context, client, begun, values.json === true);
}

/** What would be done with hosts again, as they are now. */
async function showPlan(context: CliContext, client: ServiceClient, { id, profile, package: item }: Deployment, hostIds: string[] | undefined, json: boolean): Promise<number> {
  const made = await client.request('deployments/planAgain', { id, ...(hostIds && { hostIds }) });
  if (json) context.terminal.out(JSON.stringify(planAsJson(context, made), undefined, 2));
  else {
    context.terminal.out(context.text('planTitle', { profile: profileName(context.locale, profile), package: describeIdentity(item, context.text('bit')) }));
    for (const host of made.hosts) for (const line of ['', ...planLines(context.locale, host)]) context.terminal.out(line);
  }
  if (made.hosts.some(isRefused)) return exitFailed;
  context.terminal.note(context.text('planAgainHash', { hash: made.hash, id }));
  return exitDone;
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
