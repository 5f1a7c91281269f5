import * as path from 'node:path';
import { deploymentSteps, type Deployment, type DeploymentStep } from '../../core/deployment/model';
import { searchActionLog, searchEvents } from '../../core/deployment/searchLog';
import { readDeploymentEvents, type ServiceClient } from '../../service/client';
import { exitDone, exitFailed, type CliContext, type Verb } from '../context';
import { CliFailure } from '../failure';
import { selectDeployment } from '../selectDeployment';
import { parseOptions, requireArgument, takeNoMore, UsageError } from '../usage';
import { writeWhole } from '../writeWhole';

/**
 * `gaxpkg log DEPLOYMENT | --all [--host H] [--step S] [--grep TEXT] [--format text|json | --json] [--output FILE]`: the
 * deployment action log, or what of it is looked for. DEPLOYMENT: an id, the beginning of one, or `last`. With `--grep`, exit
 * code 1 when nothing is found.
 */
export const log: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, {
    json: { type: 'boolean' }, host: { type: 'string' }, step: { type: 'string' }, grep: { type: 'string' }, format: { type: 'string' }, output: { type: 'string' }, all: { type: 'boolean' },
  });
  const isJson = readFormat(values.format, values.json === true);
  const step = readStep(values.step);
  const { grep: text, host, output } = values;
  if (isJson && text !== undefined) throw new UsageError('onlyOneOf', { options: '--grep, --format json' });
  if (values.all === true && text === undefined) throw new UsageError('missingArgument', { argument: '--grep' });
  const reference = values.all === true ? undefined : requireArgument(positionals, 0, 'DEPLOYMENT');
  takeNoMore(positionals, values.all === true ? 0 : 1);
  const client = await context.connect();
  const deployments = reference === undefined ? await newestFirst(client) : [await selectDeployment(context, client, reference)];

  const found: string[] = [];
  let count = 0;
  for (const deployment of deployments) {
    const run = host === undefined ? undefined : hostOf(context, deployment, host, reference === undefined);
    if (host !== undefined && run === undefined) continue;
    const search = { hostId: run, step, text };
    const events = await readDeploymentEvents(client, deployment.id);
    if (isJson) found.push(JSON.stringify(searchEvents(events, search), undefined, 2));
    else {
      const { title, lines } = searchActionLog(deployment, events, search, context.locale);
      count += lines.length;
      if (reference === undefined && lines.length > 0) found.push(`${deployment.id}  ${title}`);
      found.push(...lines.map(({ line }) => line.text));
    }
  }
  if (output === undefined) for (const line of found) context.terminal.out(line);
  else {
    const file = path.resolve(output);
    await writeWhole(file, found.map((line) => `${line}\n`).join(''));
    context.terminal.note(context.text('logWritten', { file }));
  }
  return text !== undefined && count === 0 ? exitFailed : exitDone;
};

async function newestFirst(client: ServiceClient): Promise<readonly Deployment[]> {
  return [...await client.request('deployments/list', {})].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
}

function readFormat(format: string | undefined, json: boolean): boolean {
  if (format !== undefined && format !== 'text' && format !== 'json') throw new UsageError('badValue', { option: '--format', value: format, what: 'text, json' });
  if (json && format === 'text') throw new UsageError('onlyOneOf', { options: '--json, --format text' });
  return json || format === 'json';
}

function readStep(given: string | undefined): DeploymentStep | undefined {
  if (given === undefined) return undefined;
  const step = deploymentSteps.find((one) => one.toLowerCase() === given.toLowerCase());
  if (step === undefined) throw new UsageError('badValue', { option: '--step', value: given, what: deploymentSteps.join(', ') });
  return step;
}

/** @throws CliFailure that lists the hosts, unless one of many deployments is meant */
function hostOf(context: CliContext, deployment: Deployment, name: string, ofMany: boolean): string | undefined {
  const run = deployment.hosts.find((one) => one.hostName.toLowerCase() === name.toLowerCase());
  if (run === undefined && !ofMany) throw new CliFailure(context.text('noHost', { name, hosts: deployment.hosts.map((one) => one.hostName).join(', ') }));
  return run?.hostId;
}
