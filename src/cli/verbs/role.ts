import type { Role } from '../../core/access/model';
import { privileges } from '../../core/access/privileges';
import { describePrivilege, describeRole } from '../../core/text/accessText';
import type { ServiceClient } from '../../service/client';
import { exitDone, type CliContext, type Verb } from '../context';
import { CliFailure } from '../failure';
import { formatTable } from '../../core/text/table';
import { onlyArgument, parseOptions, requireArgument, takeNoMore, UsageError } from '../usage';

/** `gaxpkg role list|add|edit|remove` */
export const role: Verb = (context, args) => {
  const [action, ...rest] = args;
  if (action === 'list') return list(context, rest);
  if (action === 'add') return add(context, rest);
  if (action === 'edit') return edit(context, rest);
  if (action === 'remove') return remove(context, rest);
  throw action === undefined ? new UsageError('missingArgument', { argument: 'list|add|edit|remove' }) : new UsageError('unknownVerb', { verb: `role ${action}` });
};

const list: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } });
  takeNoMore(positionals, 0);
  const client = await context.connect();
  const roles = await client.request('roles/list', {});
  if (values.json === true) {
    context.terminal.out(JSON.stringify(roles, undefined, 2));
    return exitDone;
  }
  const rows = roles.map((one) => [describeRole(context.locale, one), describePrivileges(context, one)]);
  for (const line of formatTable([context.text('colRole'), context.text('colPrivileges')], rows)) context.terminal.out(line);
  return exitDone;
};

const add: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { privilege: { type: 'string', multiple: true } });
  const name = requireArgument(positionals, 0, 'NAME');
  takeNoMore(positionals, 1);
  const client = await context.connect();
  return tell(context, await client.request('roles/save', { name, privileges: await readPrivileges(context, client, values.privilege ?? []) }));
};

const edit: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { name: { type: 'string' }, privilege: { type: 'string', multiple: true } });
  const name = requireArgument(positionals, 0, 'NAME');
  takeNoMore(positionals, 1);
  const client = await context.connect();
  const found = findRole(context, await client.request('roles/list', {}), name);
  const held = values.privilege === undefined ? [...found.privileges] : await readPrivileges(context, client, values.privilege);
  return tell(context, await client.request('roles/save', { id: found.id, name: values.name ?? found.name, privileges: held }));
};

const remove: Verb = async (context, args) => {
  const name = onlyArgument(args, 'NAME');
  const client = await context.connect();
  const found = findRole(context, await client.request('roles/list', {}), name);
  await client.request('roles/remove', { id: found.id });
  context.terminal.note(context.text('roleRemoved', { name: found.name }));
  return exitDone;
};

/** The role of that name in any case, in English or the reader's language, or of that id. @throws CliFailure that lists those there are */
export function findRole(context: CliContext, roles: readonly Role[], name: string): Role {
  const key = name.toLowerCase();
  const found = roles.find((one) => [one.id, one.name, describeRole(context.locale, one)].some((called) => called.toLowerCase() === key));
  if (!found) throw new CliFailure(context.text('noRole', { name, roles: roles.map((one) => describeRole(context.locale, one)).join(', ') }));
  return found;
}

function tell(context: CliContext, saved: Role): number {
  context.terminal.note(context.text('roleSaved', { name: saved.name, privileges: describePrivileges(context, saved) }));
  return exitDone;
}

function describePrivileges(context: CliContext, { privileges: held }: Role): string {
  return held.length === 0 ? context.text('noPrivileges') : held.map((one) => describePrivilege(context.locale, one)).join(', ');
}

/** @throws CliFailure for a name that is no privilege, with those there are */
async function readPrivileges(context: CliContext, client: ServiceClient, names: readonly string[]): Promise<Role['privileges'][number][]> {
  const tasks = (await client.request('roles/tasks', {})).map((task) => `task:${task.name}` as const);
  const known = [...privileges, ...tasks];
  return names.flatMap((value) => value.split(',')).map((name) => {
    const found = known.find((one) => one.toLowerCase() === name.trim().toLowerCase());
    if (!found) throw new CliFailure(context.text('noPrivilege', { name, privileges: known.join(', ') }));
    return found;
  });
}
