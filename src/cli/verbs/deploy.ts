import { createActionLog } from '../../core/deployment/actionLog';
import { applyEvent } from '../../core/deployment/run';
import type { Deployment, DeploymentInputs, SilentIniKey, SilentIniValue } from '../../core/deployment/model';
import { isSecretKey } from '../../core/formats/silentIni/secrets';
import { describeIdentity } from '../../core/packages/identity';
import { describeHostRun } from '../../core/text/stateText';
import { describeError, ProductError } from '../../core/errors';
import { followDeployment } from '../../service/client';
import type { ServiceClient } from '../../service/client';
import { exitDone, exitFailed, type CliContext, type Verb } from '../context';
import { CliFailure } from '../failure';
import { openSecrets, type Secrets } from '../secrets';
import { selectPackage } from '../selectPackage';
import { parseOptions, requireArgument, UsageError } from '../usage';
import { deploymentAsJson } from './deployments';
import { selectHost } from './host';

/**
 * `gaxpkg deploy NAME[@VERSION] --host H… [--profile install] [--set section.key=value]… [--set-secret section.key]…
 * [--app NAME] [--tenant T] [--skip-reinstallation] [--accept-new-host-key] [--secrets-stdin] [--json]`
 */
export const deploy: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, {
    host: { type: 'string', multiple: true }, profile: { type: 'string' }, set: { type: 'string', multiple: true }, 'set-secret': { type: 'string', multiple: true },
    app: { type: 'string' }, tenant: { type: 'string' }, 'skip-reinstallation': { type: 'boolean' },
    'accept-new-host-key': { type: 'boolean' }, 'secrets-stdin': { type: 'boolean' }, json: { type: 'boolean' },
  });
  const reference = requireArgument(positionals, 0, 'NAME');
  // `--host a b` reads as one option and one argument more.
  const hostNames = [...(values.host ?? []), ...positionals.slice(1)].flatMap((name) => name.split(',')).filter((name) => name !== '');
  if ((values.host ?? []).length === 0) throw new UsageError('missingArgument', { argument: '--host' });
  if (values.profile !== undefined && values.profile !== 'install') throw new UsageError('unknownProfile', { profile: values.profile });
  const settings = (values.set ?? []).map(readAssignment);
  const secrets = await openSecrets(context, values['secrets-stdin'] === true);
  // A secret that was handed over is meant to be used, whether or not --set-secret repeats its name.
  const secretKeys = [...new Set([...(values['set-secret'] ?? []), ...secrets.silentIniKeys])].map(readSecretKey);
  const client = await context.connect({ secrets });
  const found = await selectPackage(context, client, reference, values.tenant);
  const hosts = await Promise.all([...new Set(hostNames)].map((name) => selectHost(context, client, name)));
  const inputs: DeploymentInputs = {
    packageId: found.id, tenantId: found.tenantId, profile: 'install', hostIds: [...new Set(hosts.map((one) => one.id))],
    values: settings, secretKeys, applicationName: values.app ?? '', ...(values['skip-reinstallation'] === true && { skipReinstallation: true }),
  };
  await refuseProblems(context, client, inputs);
  const started = await client.request('deployments/start', {
    inputs: { ...inputs, values: settings, secretKeys, hostIds: [...inputs.hostIds] },
    secrets: await readSecrets(context, secrets, secretKeys),
    acceptNewHostKey: values['accept-new-host-key'] === true,
  });
  const name = describeIdentity(started.package, context.text('bit'));
  context.terminal.note(context.text('deploymentStarted', { id: started.id, package: name, hosts: started.hosts.map((run) => run.hostName).join(', ') }));
  const ended = await follow(context, client, started, values.json === true);
  if (ended === undefined) return exitFailed;
  if (values.json === true) context.terminal.out(JSON.stringify(deploymentAsJson(context, ended), undefined, 2));
  const complete = ended.hosts.filter((run) => run.state === 'complete' || run.state === 'skipped').length;
  context.terminal.note(context.text('summary', { complete, n: ended.hosts.length }));
  return complete === ended.hosts.length ? exitDone : exitFailed;
};

/** Prints the log as it grows. Undefined: a person detached. */
async function follow(context: CliContext, client: ServiceClient, started: Deployment, json: boolean): Promise<Deployment | undefined> {
  const printer = createActionLog(started, { locale: context.locale });
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
    onProgress: ({ hostId, step, bytesDone, bytesTotal }) => {
      if (bytesTotal <= 0) return;
      progressing.add(hostId);
      const stepPercent = Math.min(100, (bytesDone * 100) / bytesTotal);
      current = { ...current, hosts: current.hosts.map((run) => (run.hostId === hostId ? { ...run, state: 'running', step, stepPercent } : run)) };
      const running = current.hosts.filter((run) => progressing.has(run.hostId)).map((run) => `${run.hostName} ${describeHostRun(context.locale, run)}`);
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

async function refuseProblems(context: CliContext, client: ServiceClient, inputs: DeploymentInputs): Promise<void> {
  const problems = await client.request('deployments/check', { ...inputs, hostIds: [...inputs.hostIds], values: [...inputs.values], secretKeys: [...inputs.secretKeys] });
  for (const { severity, message } of problems) {
    const line = context.text('problem', { severity: context.text(severity), message });
    if (severity === 'warning') context.terminal.note(line);
  }
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.length > 0) throw new CliFailure(errors.map(({ severity, message, code }) => `${context.text('problem', { severity: context.text(severity), message })}${context.text('errorCode', { code })}`).join('\n'));
}

async function readSecrets(context: CliContext, secrets: Secrets, keys: readonly SilentIniKey[]): Promise<SilentIniValue[]> {
  const values: SilentIniValue[] = [];
  for (const { section, key } of keys) {
    const name = `${section}.${key}`;
    const value = await secrets.silentIni(name);
    if (value === undefined) throw new CliFailure(context.text(secrets.available ? 'secretDeclined' : 'missingSecret', { key: name }));
    values.push({ section, key, value });
  }
  return values;
}

function readAssignment(text: string): SilentIniValue {
  const match = /^(?<section>[^.=]+)\.(?<key>[^=]+)=(?<value>.*)$/s.exec(text)?.groups;
  const { section, key, value } = match ?? {};
  if (section === undefined || key === undefined || value === undefined) throw new UsageError('badAssignment', { option: '--set', value: text.split('=')[0] ?? '' });
  if (isSecretKey(section, key)) throw new UsageError('secretOnCommandLine', { key: `${section}.${key}` });
  return { section, key, value };
}

function readSecretKey(text: string): SilentIniKey {
  const { section, key } = /^(?<section>[^.=]+)\.(?<key>[^=]+)$/.exec(text)?.groups ?? {};
  if (section === undefined || key === undefined) throw new UsageError('badSecretKey', { value: text.split('=')[0] ?? '' });
  return { section, key };
}
