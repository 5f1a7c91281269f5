import { describeOutcome } from '../../core/text/accessText';
import { readAuditTrail } from '../../service/client';
import { exitDone, type Verb } from '../context';
import { formatTable } from '../../core/text/table';
import { tenantName } from '../tenants';
import { parseOptions, takeNoMore, UsageError } from '../usage';

const columns = ['seq', 'at', 'user', 'machine', 'action', 'object', 'tenant', 'outcome', 'code', 'planHash'] as const;

/** `gaxpkg audit [--json | --csv]`: the whole trail, oldest first. */
export const audit: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' }, csv: { type: 'boolean' } });
  takeNoMore(positionals, 0);
  if (values.json === true && values.csv === true) throw new UsageError('onlyOneOf', { options: '--json, --csv' });
  const client = await context.connect();
  const tenants = await client.request('tenants/list', {});
  const records = (await readAuditTrail(client)).map(({ tenantId, ...record }) => ({ ...record, ...(tenantId !== undefined && { tenant: tenantName(tenants, tenantId) }) }));
  if (values.json === true) context.terminal.out(JSON.stringify(records, undefined, 2));
  else if (values.csv === true) {
    context.terminal.out(columns.join(','));
    for (const { seq, at, user, machine, action, object, tenant = '', outcome, code = '', planHash = '' } of records) {
      context.terminal.out([String(seq), at, user, machine, action, object, tenant, outcome, code, planHash].map(asCsv).join(','));
    }
  } else {
    const header = (['colTime', 'colUser', 'colMachine', 'colAction', 'colTenant', 'colOutcome', 'colPlan', 'colObject'] as const).map((key) => context.text(key));
    const rows = records.map((record) => [
      record.at, record.user, record.machine, record.action, record.tenant ?? '',
      describeOutcome(context.locale, record.outcome) + (record.code === undefined ? '' : ` (${record.code})`), record.planHash ?? '', record.object,
    ]);
    for (const line of formatTable(header, rows)) context.terminal.out(line);
  }
  return exitDone;
};

/** A field as spreadsheets read it (RFC 4180). One that a spreadsheet would take for a formula gets a `'` in front. */
function asCsv(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
