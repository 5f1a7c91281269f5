import type { ApplicationParameters, DeploymentInputs, SilentIniKey, SilentIniValue } from '../../core/deployment/model';
import { isSecretKey } from '../../core/formats/silentIni/secrets';
import { describeIdentity } from '../../core/packages/identity';
import type { ServiceClient } from '../../service/client';
import type { CliContext, Verb } from '../context';
import { CliFailure } from '../failure';
import { followRun } from '../followRun';
import { openSecrets, secretValues } from '../secrets';
import { selectPackage } from '../selectPackage';
import { parseOptions, requireArgument, UsageError } from '../usage';
import { selectHost } from './host';

/**
 * `gaxpkg deploy NAME[@VERSION] --host H… [--profile install] [--set section.key=value]… [--set-secret section.key]…
 * [--app NAME] [--app-tenant NAME] [--app-port PORT] [--app-server NAME] [--app-backup-server NAME] [--tenant T] [--skip-reinstallation] [--accept-new-host-key] [--secrets-stdin] [--json]`
 */
export const deploy: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, {
    host: { type: 'string', multiple: true }, profile: { type: 'string' }, set: { type: 'string', multiple: true }, 'set-secret': { type: 'string', multiple: true },
    app: { type: 'string' }, 'app-tenant': { type: 'string' }, 'app-port': { type: 'string' }, 'app-server': { type: 'string' }, 'app-backup-server': { type: 'string' },
    tenant: { type: 'string' }, 'skip-reinstallation': { type: 'boolean' },
    'accept-new-host-key': { type: 'boolean' }, 'secrets-stdin': { type: 'boolean' }, json: { type: 'boolean' },
  });
  const reference = requireArgument(positionals, 0, 'NAME');
  // `--host a b` reads as one option and one argument more.
  const hostNames = [...(values.host ?? []), ...positionals.slice(1)].flatMap((name) => name.split(',')).filter((name) => name !== '');
  if ((values.host ?? []).length === 0) throw new UsageError('missingArgument', { argument: '--host' });
  if (values.profile !== undefined && values.profile !== 'install') throw new UsageError('unknownProfile', { profile: values.profile });
  const application = readParameters(values);
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
    ...(application && { application }),
  };
  await refuseProblems(context, client, inputs);
  const started = await client.request('deployments/start', {
    inputs,
    secrets: await secretValues(context, secrets, secretKeys),
    acceptNewHostKey: values['accept-new-host-key'] === true,
  });
  const name = describeIdentity(started.package, context.text('bit'));
  context.terminal.note(context.text('deploymentStarted', { id: started.id, package: name, hosts: started.hosts.map((run) => run.hostName).join(', ') }));
  return await followRun(context, client, started, values.json === true);
};

async function refuseProblems(context: CliContext, client: ServiceClient, inputs: DeploymentInputs): Promise<void> {
  const problems = await client.request('deployments/check', inputs);
  for (const { severity, message } of problems) {
    const line = context.text('problem', { severity: context.text(severity), message });
    if (severity === 'warning') context.terminal.note(line);
  }
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.length > 0) throw new CliFailure(errors.map(({ severity, message, code }) => `${context.text('problem', { severity: context.text(severity), message })}${context.text('errorCode', { code })}`).join('\n'));
}

/** Undefined when nothing was given: what an existing application object says stays. */
function readParameters(given: Readonly<Partial<Record<'app-tenant' | 'app-port' | 'app-server' | 'app-backup-server', string>>>): ApplicationParameters | undefined {
  const { 'app-tenant': tenantObject = '', 'app-port': port = '', 'app-server': primaryServer = '', 'app-backup-server': backupServer = '' } = given;
  if (port !== '' && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) throw new UsageError('badPort', { option: '--app-port', value: port });
  return [tenantObject, port, primaryServer, backupServer].every((value) => value === '') ? undefined : { tenantObject, port, primaryServer, backupServer };
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
