import { createActionLog } from '../../core/deployment/actionLog';
import type { Deployment, DeploymentEvent } from '../../core/deployment/model';
import { exitDone, type CliContext, type Verb } from '../context';
import { CliFailure } from '../failure';
import { selectDeployment } from '../selectDeployment';
import { parseOptions, requireArgument, takeNoMore } from '../usage';

const pageSize = 1000;

/** `gaxpkg log DEPLOYMENT [--host H] [--json]`: the deployment action log. DEPLOYMENT: an id, the beginning of one, or `last`. */
export const log: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' }, host: { type: 'string' } });
  const reference = requireArgument(positionals, 0, 'DEPLOYMENT');
  takeNoMore(positionals, 1);
  const client = await context.connect();
  const deployment = await selectDeployment(context, client, reference);
  const hostId = values.host === undefined ? undefined : hostOf(context, deployment, values.host);
  const printer = createActionLog(deployment, { locale: context.locale, ...(hostId !== undefined && { hostId }) });
  if (values.json !== true) context.terminal.out(printer.title);
  const all: DeploymentEvent[] = [];
  for (let after = 0; ;) {
    const page = await client.request('deployments/events', { id: deployment.id, after });
    if (values.json === true) all.push(...page.filter((event) => hostId === undefined || !('host' in event) || event.host === hostId));
    else for (const line of printer.add(page)) context.terminal.out(line.text);
    after = page.at(-1)?.sequence ?? after;
    if (page.length < pageSize) break;
  }
  if (values.json === true) context.terminal.out(JSON.stringify(all, undefined, 2));
  return exitDone;
};

function hostOf(context: CliContext, deployment: Deployment, name: string): string {
  const run = deployment.hosts.find((one) => one.hostName.toLowerCase() === name.toLowerCase());
  if (run === undefined) throw new CliFailure(context.text('noHost', { name, hosts: deployment.hosts.map((one) => one.hostName).join(', ') }));
  return run.hostId;
}
