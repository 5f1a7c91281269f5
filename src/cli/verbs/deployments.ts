import type { Deployment } from '../../core/deployment/model';
import { describeError } from '../../core/errors';
import { describeHostRun } from '../../core/text/stateText';
import { exitDone, type CliContext, type Verb } from '../context';
import { formatTable } from '../table';
import { parseOptions, takeNoMore } from '../usage';

/** `gaxpkg deployments [--json]`: newest first. */
export const deployments: Verb = async (context, args) => {
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

/** A deployment as `--json` gives it: errors with their sentence. */
export function deploymentAsJson(context: CliContext, deployment: Deployment): object {
  return {
    ...deployment,
    hosts: deployment.hosts.map(({ error, ...run }) => ({ ...run, ...(error && { error: { ...error, message: describeError(context.locale, error) } }) })),
  };
}
