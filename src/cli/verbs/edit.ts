import { describeIdentity } from '../../core/packages/identity';
import { exitDone, type Verb } from '../context';
import { selectPackage } from '../selectPackage';
import { parseOptions, requireArgument, takeNoMore, UsageError } from '../usage';
import { packageAsJson } from './list';

/** `gaxpkg edit NAME[@VERSION] [--group G] [--description D] [--tenant T] [--json]` */
export const edit: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, {
    group: { type: 'string' }, description: { type: 'string' }, tenant: { type: 'string' }, json: { type: 'boolean' },
  });
  const reference = requireArgument(positionals, 0, 'NAME');
  takeNoMore(positionals, 1);
  const { group, description } = values;
  if (group === undefined && description === undefined) throw new UsageError('nothingToEdit');
  const client = await context.connect();
  const { id, tenantId } = await selectPackage(context, client, reference, values.tenant);
  const edited = await client.request('packages/edit', { id, tenantId, ...(group !== undefined && { group }), ...(description !== undefined && { description }) });
  context.terminal.note(context.text('edited', { package: describeIdentity(edited, context.text('bit')) }));
  if (values.json === true) context.terminal.out(JSON.stringify(packageAsJson(edited, await client.request('tenants/list', {})), undefined, 2));
  return exitDone;
};
