import { describeIdentity } from '../../core/packages/identity';
import { exitDone, exitFailed, type Verb } from '../context';
import { selectPackage } from '../selectPackage';
import { parseOptions, requireArgument, takeNoMore } from '../usage';

/** `gaxpkg compare A B [--tenant T] [--json]`: files that B has more, has no longer, or has otherwise. Like `diff`: exit code 1 when they differ. */
export const compare: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { tenant: { type: 'string' }, json: { type: 'boolean' } });
  const [a, b] = [requireArgument(positionals, 0, 'A'), requireArgument(positionals, 1, 'B')];
  takeNoMore(positionals, 2);
  const client = await context.connect();
  const first = await selectPackage(context, client, a, values.tenant);
  const other = await selectPackage(context, client, b, values.tenant);
  const differences = await client.request('packages/compare', { id: first.id, otherId: other.id });
  const { added, removed, changed, same } = differences;
  if (values.json === true) {
    const identity = ({ name, version, localeId, osGroup, computerTypes }: typeof first) => ({ name, version, localeId, osGroup, computerTypes });
    context.terminal.out(JSON.stringify({ first: identity(first), other: identity(other), ...differences }, undefined, 2));
  } else {
    const lines = [
      ...removed.map(({ path }) => ({ path, line: `- ${path}` })), ...added.map(({ path }) => ({ path, line: `+ ${path}` })), ...changed.map(({ otherPath }) => ({ path: otherPath, line: `~ ${otherPath}` })),
    ].sort((x, y) => (x.path < y.path ? -1 : x.path > y.path ? 1 : 0));
    for (const { line } of lines) context.terminal.out(line);
    const bit = context.text('bit');
    context.terminal.note(context.text('compared', {
      first: describeIdentity(first, bit), other: describeIdentity(other, bit), added: added.length, removed: removed.length, changed: changed.length, same,
    }));
  }
  return added.length + removed.length + changed.length === 0 ? exitDone : exitFailed;
};
