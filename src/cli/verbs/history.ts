import { isSecretKey } from '../../core/formats/silentIni/secrets';
import { inputsForHost } from '../../core/deployment/hostInputs';
import type { Deployment, DeploymentInputs, Installation } from '../../core/deployment/model';
import { mask } from '../../core/text/mask';
import { describeHostRun, profileName } from '../../core/text/stateText';
import type { ServiceClient } from '../../service/client';
import { exitDone, type Verb } from '../context';
import { selectInstalled } from '../selectInstalled';
import { parseOptions, requireArgument, takeNoMore } from '../usage';

interface HistoryEntry {
  readonly installation: Installation;
  /** Absent when its record is gone. */
  readonly deployment?: Deployment | undefined;
  readonly parameters: readonly { readonly section: string; readonly key: string; readonly value: string }[];
}

/** `gaxpkg history DEPLOYED [--host H] [--json]`: every installation of its application object, newest first, with the values that were entered. */
export const history: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { host: { type: 'string' }, json: { type: 'boolean' } });
  const reference = requireArgument(positionals, 0, 'DEPLOYED');
  takeNoMore(positionals, 1);
  const client = await context.connect();
  const { id } = await selectInstalled(context, client, reference, values.host);
  const installations = await client.request('deployedPackages/history', { id });
  const entries = await Promise.all(installations.map((installation) => readEntry(client, installation)));
  if (values.json === true) {
    context.terminal.out(JSON.stringify(entries.map(({ installation: { replaced: _, ...installed }, deployment, parameters }) => ({
      ...installed, ...(deployment?.planHash !== undefined && { planHash: deployment.planHash }), ...(deployment && { outcome: deployment.state }), parameters,
    })), undefined, 2));
    return exitDone;
  }
  for (const { installation, deployment, parameters } of entries) {
    const { at, profile, package: { name, version }, by, deploymentId, hostId } = installation;
    const run = deployment?.hosts.find((one) => one.hostId === hostId);
    context.terminal.out([
      at, profileName(context.locale, profile), `${name} ${version}`, by, ...(deployment?.planHash === undefined ? [] : [deployment.planHash]),
      run === undefined ? deploymentId : `${deploymentId}, ${describeHostRun(context.locale, run)}`,
    ].join('  '));
    for (const { section, key, value } of parameters) context.terminal.out(`  [${section}] ${key}=${value}`);
  }
  return exitDone;
};

async function readEntry(client: ServiceClient, installation: Installation): Promise<HistoryEntry> {
  const { deploymentId: id, hostId } = installation;
  const [deployment, inputs] = await Promise.all([client.request('deployments/get', { id }), client.request('deployments/inputs', { id })]).catch(() => [undefined, undefined]);
  return { installation, deployment, parameters: inputs === undefined ? [] : parametersOf(inputs, hostId) };
}

/** What was entered for one host; of secrets only that they were. */
function parametersOf(inputs: DeploymentInputs, hostId: string): HistoryEntry['parameters'] {
  const { values } = inputsForHost(inputs, hostId);
  return [
    ...values.map(({ section, key, value }) => ({ section, key, value: isSecretKey(section, key) ? mask : value })),
    ...inputs.secretKeys.map(({ section, key }) => ({ section, key, value: mask })),
  ];
}
