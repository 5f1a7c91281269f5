import type { Tenant } from '../../core/packages/model';
import { exitDone, type Verb } from '../context';
import { resolveTenant } from '../tenants';
import { onlyArgument, parseOptions, requireArgument, takeNoMore, UsageError } from '../usage';

/** `gaxpkg tenant list|add|rename|remove` */
export const tenant: Verb = (context, args) => {
  const [action, ...rest] = args;
  if (action === 'list') return list(context, rest);
  if (action === 'add') return add(context, rest);
  if (action === 'rename') return rename(context, rest);
  if (action === 'remove') return remove(context, rest);
  throw action === undefined ? new UsageError('missingArgument', { argument: 'list|add|rename|remove' }) : new UsageError('unknownVerb', { verb: `tenant ${action}` });
};

const list: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } });
  takeNoMore(positionals, 0);
  const client = await context.connect();
  const tenants = await client.request('tenants/list', {});
  if (values.json === true) context.terminal.out(JSON.stringify(tenants, undefined, 2));
  else for (const line of asTree(tenants, undefined, '')) context.terminal.out(line);
  return exitDone;
};

const add: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { parent: { type: 'string' } });
  const name = requireArgument(positionals, 0, 'NAME');
  takeNoMore(positionals, 1);
  const client = await context.connect();
  const parent = values.parent === undefined ? undefined : resolveTenant(context, await client.request('tenants/list', {}), values.parent);
  const added = await client.request('tenants/add', { name, ...(parent && { parentId: parent.id }) });
  context.terminal.note(context.text('tenantAdded', { name: added.name }));
  return exitDone;
};

const rename: Verb = async (context, args) => {
  const { positionals } = parseOptions(args, {});
  const name = requireArgument(positionals, 0, 'NAME');
  const newName = requireArgument(positionals, 1, 'NEW');
  takeNoMore(positionals, 2);
  const client = await context.connect();
  const found = resolveTenant(context, await client.request('tenants/list', {}), name);
  const renamed = await client.request('tenants/rename', { id: found.id, name: newName });
  context.terminal.note(context.text('tenantRenamed', { name: found.name, newName: renamed.name }));
  return exitDone;
};

const remove: Verb = async (context, args) => {
  const name = onlyArgument(args, 'NAME');
  const client = await context.connect();
  const found = resolveTenant(context, await client.request('tenants/list', {}), name);
  await client.request('tenants/remove', { id: found.id });
  context.terminal.note(context.text('tenantRemoved', { name: found.name }));
  return exitDone;
};

/** A line for each tenant below a parent, indented by its depth. The tops are those whose parent is not in the list. */
function asTree(tenants: readonly Tenant[], parentId: string | undefined, indent: string): readonly string[] {
  return tenants.filter((one) => one.parentId === parentId).flatMap((one) => [`${indent}${one.name}`, ...asTree(tenants, one.id, `${indent}  `)]);
}
