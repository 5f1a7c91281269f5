import type { Grant, Role, User } from '../../core/access/model';
import { environmentTenant, type Tenant } from '../../core/packages/model';
import { describeRole } from '../../core/text/accessText';
import type { ServiceClient } from '../../service/client';
import { exitDone, type CliContext, type Verb } from '../context';
import { CliFailure } from '../failure';
import { formatTable } from '../../core/text/table';
import { resolveTenant, tenantName } from '../tenants';
import { onlyArgument, parseOptions, requireArgument, takeNoMore, UsageError } from '../usage';
import { findRole } from './role';

/** `gaxpkg user list|add|edit|remove|claim` */
export const user: Verb = (context, args) => {
  const [action, ...rest] = args;
  switch (action) {
    case 'list':
      return list(context, rest);
    case 'add':
      return save(context, rest, 'add');
    case 'edit':
      return save(context, rest, 'edit');
    case 'remove':
      return remove(context, rest);
    case 'claim':
      return claim(context, rest);
    case undefined:
      throw new UsageError('missingArgument', { argument: 'list|add|edit|remove|claim' });
    default:
      throw new UsageError('unknownVerb', { verb: `user ${action}` });
  }
};

const list: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } });
  takeNoMore(positionals, 0);
  const client = await context.connect();
  const [users, roles, tenants] = await Promise.all([client.request('users/list', {}), client.request('roles/list', {}), client.request('tenants/list', {})]);
  if (values.json === true) {
    context.terminal.out(JSON.stringify(users.map(({ grants, ...one }) => ({
      ...one, roles: grants.map(({ roleId, tenantId }) => ({ role: roles.find(({ id }) => id === roleId)?.name ?? roleId, tenant: tenantName(tenants, tenantId) })),
    })), undefined, 2));
    return exitDone;
  }
  const rows = users.map((one) => [one.name, describeGrants(context, one.grants, roles, tenants)]);
  for (const line of formatTable([context.text('colUser'), context.text('colRoles')], rows)) context.terminal.out(line);
  return exitDone;
};

async function save(context: CliContext, args: readonly string[], action: 'add' | 'edit'): Promise<number> {
  const { values, positionals } = parseOptions(args, { role: { type: 'string', multiple: true } });
  const name = requireArgument(positionals, 0, 'NAME');
  takeNoMore(positionals, 1);
  if (values.role === undefined) throw new UsageError('missingArgument', { argument: '--role' });
  const client = await context.connect();
  const [roles, tenants] = await Promise.all([client.request('roles/list', {}), client.request('tenants/list', {})]);
  const known = action === 'edit' ? await findUser(context, client, name) : undefined;
  const grants = values.role.map((value) => parseGrant(context, value, roles, tenants));
  const saved = await client.request('users/save', { ...(known && { id: known.id }), name: known?.name ?? name, grants });
  context.terminal.note(context.text('userSaved', { name: saved.name, roles: describeGrants(context, saved.grants, roles, tenants) }));
  return exitDone;
}

const remove: Verb = async (context, args) => {
  const name = onlyArgument(args, 'NAME');
  const client = await context.connect();
  const found = await findUser(context, client, name);
  await client.request('users/remove', { id: found.id });
  context.terminal.note(context.text('userRemoved', { name: found.name }));
  return exitDone;
};

const claim: Verb = async (context, args) => {
  takeNoMore(parseOptions(args, {}).positionals, 0);
  const client = await context.connect();
  const { user: claimed } = await client.request('access/claim', {});
  context.terminal.note(context.text('userClaimed', { name: claimed.name }));
  return exitDone;
};

/** `ROLE[@TENANT]`; the tenant's name follows the last `@`. */
function parseGrant(context: CliContext, value: string, roles: readonly Role[], tenants: readonly Tenant[]): Grant {
  const at = value.lastIndexOf('@');
  const [role, tenant] = at < 0 ? [value, undefined] : [value.slice(0, at), value.slice(at + 1)];
  return { roleId: findRole(context, roles, role).id, tenantId: tenant === undefined ? environmentTenant.id : resolveTenant(context, tenants, tenant).id };
}

function describeGrants(context: CliContext, grants: readonly Grant[], roles: readonly Role[], tenants: readonly Tenant[]): string {
  if (grants.length === 0) return context.text('noRoles');
  return grants.map(({ roleId, tenantId }) => {
    const role = describeRole(context.locale, roles.find(({ id }) => id === roleId) ?? { id: roleId, name: roleId });
    return context.text('roleIn', { role, tenant: tenantName(tenants, tenantId) });
  }).join(', ');
}

/** @throws CliFailure that lists those there are */
async function findUser(context: CliContext, client: ServiceClient, name: string): Promise<User> {
  const users = await client.request('users/list', {});
  const found = users.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!found) throw new CliFailure(context.text('noUser', { name, users: users.map((one) => one.name).join(', ') }));
  return found;
}
