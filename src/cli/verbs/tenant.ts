import { environmentTenant } from '../../core/packages/model';
import { exitDone, type Verb } from '../context';
import { parseOptions, requireArgument, takeNoMore, UsageError } from '../usage';

/** `gaxpkg tenant list|add` */
export const tenant: Verb = (context, args) => {
  const [action, ...rest] = args;
  if (action === 'list') return list(context, rest);
  if (action === 'add') return add(context, rest);
  throw action === undefined ? new UsageError('missingArgument', { argument: 'list|add' }) : new UsageError('unknownVerb', { verb: `tenant ${action}` });
};

const list: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } });
  takeNoMore(positionals, 0);
  const client = await context.connect();
  const tenants = await client.request('tenants/list', {});
  if (values.json === true) context.terminal.out(JSON.stringify(tenants, undefined, 2));
  else for (const one of tenants) context.terminal.out(one.id === environmentTenant.id ? one.name : `  ${one.name}`);
  return exitDone;
};

const add: Verb = async (context, args) => {
  const { positionals } = parseOptions(args, {});
  const name = requireArgument(positionals, 0, 'NAME');
  takeNoMore(positionals, 1);
  const client = await context.connect();
  const added = await client.request('tenants/add', { name });
  context.terminal.note(context.text('tenantAdded', { name: added.name }));
  return exitDone;
};
