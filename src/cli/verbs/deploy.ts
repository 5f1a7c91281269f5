import type { DeploymentInputs, DeploymentProfile } from '../../core/deployment/model';
import { isRefused, planLines } from '../../core/deployment/planLines';
import { describeIdentity } from '../../core/packages/identity';
import { profileName } from '../../core/text/stateText';
import type { ServiceClient } from '../../service/client';
import { exitDone, exitFailed, type CliContext, type Verb } from '../context';
import { confirmProtected } from '../confirmProtected';
import { overlayOptions, readDeployOptions, readSecretKey, type DeployOptions } from '../deployOptions';
import { CliFailure } from '../failure';
import { followRun } from '../followRun';
import { planAsJson } from '../planAsJson';
import { overlayPlugIn } from '../plugInOptions';
import { openSecrets, secretValues } from '../secrets';
import { fillIn } from '../selectDeployed';
import { selectPackage } from '../selectPackage';
import { selectHost } from './host';

/** `gaxpkg deploy NAME[@VERSION] --host H… [--profile P] [--dry-run] [--plan HASH]` and the options of `readDeployOptions` */
export const deploy: Verb = (context, args) => run(context, readDeployOptions(args));

/** `gaxpkg upgrade NAME[@VERSION] --host H…` */
export const upgrade: Verb = (context, args) => run(context, readDeployOptions(args, 'upgrade'));

/** `gaxpkg rollback NAME[@VERSION] --host H…` */
export const rollBack: Verb = (context, args) => run(context, readDeployOptions(args, 'rollBack'));

/** `gaxpkg plan NAME[@VERSION] --host H… [--profile P]` */
export const plan: Verb = (context, args) => run(context, { ...readDeployOptions(args), dryRun: true });

const verbOf: Readonly<Record<DeploymentProfile, string>> = { install: 'deploy', upgrade: 'upgrade', rollBack: 'rollback' };

async function run(context: CliContext, options: DeployOptions): Promise<number> {
  const secrets = await openSecrets(context, options.secretsFromStdin);
  // A secret that was handed over is meant to be used, whether or not --set-secret repeats its name.
  const secretKeys = [...new Set([...options.secretNames, ...secrets.silentIniKeys])].map(readSecretKey);
  const client = await context.connect({ secrets });
  const inputs = await overlayPlugIn(context, client, overlayOptions(await baseInputs(context, client, options), options, secretKeys), options);
  await refuseProblems(context, client, inputs);
  if (options.dryRun) return await showPlan(context, client, inputs, options);
  const confirmed = await confirmProtected(context, client, inputs.hostIds, options.confirmed);
  const started = await client.request('deployments/start', {
    inputs,
    secrets: await secretValues(context, secrets, inputs.secretKeys),
    acceptNewHostKey: options.acceptNewHostKey,
    ...(options.takeOverLocks && { takeOverLocks: 'all' }),
    ...(options.plan !== undefined && { plan: [options.plan] }),
    ...(confirmed.length > 0 && { confirmed }),
  });
  const name = describeIdentity(started.package, context.text('bit'));
  context.terminal.note(context.text('deploymentStarted', { id: started.id, package: name, hosts: started.hosts.map((one) => one.hostName).join(', ') }));
  return await followRun(context, client, started, options.json);
}

async function baseInputs(context: CliContext, client: ServiceClient, options: DeployOptions): Promise<DeploymentInputs> {
  const found = options.profile === 'install' ? await selectPackage(context, client, options.reference, options.tenant) : undefined;
  const named = await Promise.all(options.hostNames.map((name) => selectHost(context, client, name)));
  const hosts = [...new Map(named.map((host) => [host.id, host])).values()];
  if (found === undefined) return await fillIn(context, client, options, hosts);
  return { packageId: found.id, tenantId: found.tenantId, profile: 'install', hostIds: hosts.map(({ id }) => id), values: [], secretKeys: [], applicationName: '' };
}

async function showPlan(context: CliContext, client: ServiceClient, inputs: DeploymentInputs, options: DeployOptions): Promise<number> {
  const made = await client.request('deployments/plan', inputs);
  if (options.json) context.terminal.out(JSON.stringify(planAsJson(context, made), undefined, 2));
  else {
    const item = await client.request('packages/get', { id: inputs.packageId, tenantId: inputs.tenantId });
    context.terminal.out(context.text('planTitle', { profile: profileName(context.locale, inputs.profile), package: describeIdentity(item, context.text('bit')) }));
    for (const host of made.hosts) for (const line of ['', ...planLines(context.locale, host)]) context.terminal.out(line);
  }
  const refused = made.hosts.some(isRefused);
  if (!refused) context.terminal.note(context.text('planHash', { hash: made.hash, verb: verbOf[inputs.profile] }));
  return refused ? exitFailed : exitDone;
}

async function refuseProblems(context: CliContext, client: ServiceClient, inputs: DeploymentInputs): Promise<void> {
  const problems = await client.request('deployments/check', inputs);
  for (const { severity, message } of problems) {
    const line = context.text('problem', { severity: context.text(severity), message });
    if (severity === 'warning') context.terminal.note(line);
  }
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.length > 0) throw new CliFailure(errors.map(({ severity, message, code }) => `${context.text('problem', { severity: context.text(severity), message })}${context.text('errorCode', { code })}`).join('\n'));
}
