import * as path from 'node:path';
import type { RepositoryProblem } from '../../core/repository/report';
import { describeRepositoryProblem } from '../../core/text/repositoryText';
import type { ServiceClient } from '../../service/client';
import { exitDone, exitFailed, type CliContext, type Verb } from '../context';
import { parseOptions, requireArgument, takeNoMore, UsageError } from '../usage';

/** `gaxpkg repository check|repair|export|import` */
export const repository: Verb = async (context, args) => {
  const [action, ...rest] = args;
  const run = action !== undefined && Object.hasOwn(actions, action) ? actions[action as keyof typeof actions] : undefined;
  if (run === undefined) {
    throw action === undefined ? new UsageError('missingArgument', { argument: 'check|repair|export|import' }) : new UsageError('unknownVerb', { verb: `repository ${action}` });
  }
  return await run(context, rest);
};

const check: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } });
  takeNoMore(positionals, 0);
  const client = await context.connect();
  const report = await following(context, client, () => client.request('repository/check', {}));
  if (values.json === true) {
    context.terminal.out(JSON.stringify({ ...report, problems: report.problems.map((problem) => withMessage(context, problem)) }, undefined, 2));
  } else {
    for (const problem of report.problems) context.terminal.out(lineOf(context, problem));
    const { packages, files, bytes } = report.checked;
    context.terminal.note(context.text('repositoryChecked', { packages, files, megabytes: Math.round(bytes / 1e6), problems: report.problems.length }));
  }
  return report.problems.length === 0 ? exitDone : exitFailed;
};

const repair: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } });
  takeNoMore(positionals, 0);
  const client = await context.connect();
  const result = await following(context, client, () => client.request('repository/repair', {}));
  if (values.json === true) {
    context.terminal.out(JSON.stringify({ ...result, repaired: result.repaired.map((problem) => withMessage(context, problem)), left: result.left.map((problem) => withMessage(context, problem)) }, undefined, 2));
  } else {
    for (const problem of result.repaired) context.terminal.out(context.text('repaired', { problem: lineOf(context, problem) }));
    for (const problem of result.left) context.terminal.out(context.text('notRepaired', { problem: lineOf(context, problem) }));
    for (const name of result.packages) context.terminal.note(context.text('packageTakenOut', { package: name }));
    context.terminal.note(result.quarantine === undefined ? context.text('nothingToRepair') : context.text('quarantined', { folder: result.quarantine }));
  }
  return result.left.length === 0 ? exitDone : exitFailed;
};

const exportTo: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { overwrite: { type: 'boolean' }, json: { type: 'boolean' } });
  const target = path.resolve(requireArgument(positionals, 0, 'FILE'));
  takeNoMore(positionals, 1);
  const client = await context.connect();
  const copy = await following(context, client, () => client.request('repository/export', { target, overwrite: values.overwrite === true }));
  if (values.json === true) context.terminal.out(JSON.stringify(copy, undefined, 2));
  else context.terminal.note(context.text('repositoryExported', { file: copy.file, packages: copy.packages, hosts: copy.hosts, deployments: copy.deployments, megabytes: Math.ceil(copy.bytes / 1e6) }));
  return exitDone;
};

const importFrom: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } });
  const source = path.resolve(requireArgument(positionals, 0, 'FILE'));
  takeNoMore(positionals, 1);
  const client = await context.connect();
  const copy = await following(context, client, () => client.request('repository/import', { source }));
  if (values.json === true) context.terminal.out(JSON.stringify(copy, undefined, 2));
  else context.terminal.note(context.text('repositoryImported', { file: copy.file, packages: copy.packages, hosts: copy.hosts, deployments: copy.deployments, time: Date.parse(copy.at) }));
  return exitDone;
};

const actions = { check, repair, export: exportTo, import: importFrom };

/** Shows the percent while the work runs. */
async function following<T>(context: CliContext, client: ServiceClient, work: () => Promise<T>): Promise<T> {
  const unfollow = client.on('repositoryProgress', ({ work: kind, percent }) => context.terminal.progress(context.text('repositoryWork', { work: kind, percent })));
  try {
    return await work();
  } finally {
    unfollow();
  }
}

function lineOf(context: CliContext, problem: RepositoryProblem): string {
  return `${describeRepositoryProblem(context.locale, problem)}${context.text('errorCode', { code: problem.code })}`;
}

function withMessage(context: CliContext, problem: RepositoryProblem): RepositoryProblem & { readonly message: string } {
  return { ...problem, message: describeRepositoryProblem(context.locale, problem) };
}
