import { describeIdentity } from '../../core/packages/identity';
import { exitDone, exitFailed, type Verb } from '../context';
import { selectPackage } from '../selectPackage';
import { tenantName } from '../tenants';
import { parseOptions, requireArgument, takeNoMore } from '../usage';

/** `gaxpkg delete NAME[@VERSION] [--tenant T] [--all-tenants] [--yes]` */
export const deletePackage: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { tenant: { type: 'string' }, 'all-tenants': { type: 'boolean' }, yes: { type: 'boolean' } });
  const reference = requireArgument(positionals, 0, 'NAME');
  takeNoMore(positionals, 1);
  const client = await context.connect();
  const { id, tenantId, ...found } = await selectPackage(context, client, reference, values.tenant);
  const [tenants, uses] = await Promise.all([client.request('tenants/list', {}), client.request('packages/uses', { id, tenantId })]);
  const allTenants = values['all-tenants'] === true;
  const from = (allTenants ? uses.tenantIds : [tenantId]).map((one) => tenantName(tenants, one)).join(', ');
  const named = { package: describeIdentity(found, context.text('bit')), tenants: from };
  if (uses.hostNames.length > 0) context.terminal.note(context.text('deleteDeployed', { hosts: uses.hostNames.join(', ') }));
  if (uses.rollBackHostNames.length > 0) context.terminal.note(context.text('deleteRollBack', { hosts: uses.rollBackHostNames.join(', ') }));
  if (values.yes !== true) {
    const answer = context.terminal.interactive ? await context.terminal.ask(context.text('deleteAsk', named)) : undefined;
    if (answer?.trim().toLowerCase().startsWith(context.text('yes')) !== true) {
      context.terminal.note(context.text('deleteDeclined'));
      return exitFailed;
    }
  }
  await client.request('packages/delete', { id, tenantId, allTenants });
  context.terminal.note(context.text('deleted', named));
  return exitDone;
};
