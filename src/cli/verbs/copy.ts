import { describeIdentity } from '../../core/packages/identity';
import { describeError } from '../../core/errors';
import { exitDone, exitFailed, type Verb } from '../context';
import { selectPackage } from '../selectPackage';
import { resolveTenant, tenantName } from '../tenants';
import { parseOptions, requireArgument, takeNoMore, UsageError } from '../usage';

/** `gaxpkg copy NAME[@VERSION] --to T… [--tenant T] [--json]` */
export const copy: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { to: { type: 'string', multiple: true }, tenant: { type: 'string' }, json: { type: 'boolean' } });
  const reference = requireArgument(positionals, 0, 'NAME');
  takeNoMore(positionals, 1);
  const names = (values.to ?? []).flatMap((value) => value.split(',')).map((name) => name.trim()).filter((name) => name !== '');
  if (names.length === 0) throw new UsageError('missingArgument', { argument: '--to' });
  const client = await context.connect();
  const tenants = await client.request('tenants/list', {});
  const tenantIds = names.map((name) => resolveTenant(context, tenants, name).id);
  const found = await selectPackage(context, client, reference, values.tenant);
  const outcomes = await client.request('packages/copyToTenants', { items: [{ id: found.id, tenantId: found.tenantId }], tenantIds });
  const package_ = describeIdentity(found, context.text('bit'));
  for (const { tenantId, outcome, error } of outcomes) {
    const tenant = tenantName(tenants, tenantId);
    if (error) context.terminal.note(`${tenant}: ${describeError(context.locale, error)}${context.text('errorCode', { code: error.code })}`);
    else context.terminal.note(context.text(outcome === 'copied' ? 'copied' : 'copyPresent', { package: package_, tenant }));
  }
  if (values.json === true) {
    context.terminal.out(JSON.stringify(outcomes.map(({ tenantId, error, ...one }) => ({
      ...one, tenant: tenantName(tenants, tenantId), ...(error && { error: { code: error.code, message: describeError(context.locale, error) } }),
    })), undefined, 2));
  }
  return outcomes.some(({ outcome }) => outcome === 'failed') ? exitFailed : exitDone;
};
