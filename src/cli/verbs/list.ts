import { describeError } from '../../core/errors';
import { describeOperatingSystem } from '../../core/packages/identity';
import type { ImportRecord, PackageSummary, Tenant } from '../../core/packages/model';
import { compareVersions } from '../../core/packages/version';
import { describeComplete } from '../../core/text/contentText';
import { importStepName } from '../../core/text/stateText';
import { exitDone, type CliContext, type Verb } from '../context';
import { formatTable } from '../table';
import { resolveTenant, tenantName } from '../tenants';
import { parseOptions, takeNoMore } from '../usage';

/** `gaxpkg list [--tenant T] [--json]`: packages, and imports that run or failed. */
export const list: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' }, tenant: { type: 'string' } });
  takeNoMore(positionals, 0);
  const client = await context.connect();
  const [tenants, packages, imports] = await Promise.all([
    client.request('tenants/list', {}), client.request('packages/list', {}), client.request('imports/list', {}),
  ]);
  const tenant = values.tenant === undefined ? undefined : resolveTenant(context, tenants, values.tenant);
  const shown = packages.filter((one) => tenant === undefined || one.tenantId === tenant.id).sort(byPlace(tenants));
  const open = imports.filter((one) => one.state !== 'complete' && (tenant === undefined || one.tenantId === tenant.id));
  if (values.json === true) {
    const rows = [...shown.map((one) => packageAsJson(one, tenants)), ...open.map((one) => importAsJson(context, one, tenants))];
    context.terminal.out(JSON.stringify(rows, undefined, 2));
    return exitDone;
  }
  if (shown.length + open.length === 0) {
    context.terminal.note(context.text('nothingToList'));
    return exitDone;
  }
  const header = (['colTenant', 'colGroup', 'colName', 'colNickname', 'colVersion', 'colLocale', 'colSystem', 'colStatus', 'colUpdated'] as const).map((key) => context.text(key));
  const rows = [
    ...shown.map((one) => [
      tenantName(tenants, one.tenantId), one.group === '' ? context.text('ungrouped') : one.group, one.name, one.nickname, one.version, one.localeId,
      describeOperatingSystem(one, context.text('bit')), describeComplete(context.locale, one.notes), one.updatedAt,
    ]),
    ...open.map((one) => [
      tenantName(tenants, one.tenantId), one.group === '' ? context.text('ungrouped') : one.group, one.identity?.name ?? one.source.path, '', one.identity?.version ?? '',
      one.identity?.localeId ?? '', one.identity === undefined ? '' : describeOperatingSystem(one.identity, context.text('bit')), importStatus(context, one), one.startedAt,
    ]),
  ];
  for (const line of formatTable(header, rows)) context.terminal.out(line);
  return exitDone;
};

/** A package as `list --json` and `show --json` give it. */
export function packageAsJson(one: PackageSummary, tenants: readonly Tenant[]): object {
  const { tenantId, ...rest } = one;
  return { ...rest, tenant: tenantName(tenants, tenantId), operatingSystem: describeOperatingSystem(one, '-bit'), status: 'complete' };
}

function importAsJson(context: CliContext, one: ImportRecord, tenants: readonly Tenant[]): object {
  return {
    importId: one.id, ...one.identity, method: one.source.method, source: one.source.path, tenant: tenantName(tenants, one.tenantId), group: one.group,
    status: one.state === 'running' ? 'importing' : one.state, step: one.step, percent: one.percent,
    ...(one.error && { error: { code: one.error.code, message: describeError(context.locale, one.error) } }),
  };
}

function importStatus(context: CliContext, one: ImportRecord): string {
  return one.state === 'running'
    ? context.text('statusImporting', { percent: one.percent })
    : context.text('statusFailed', { step: importStepName(context.locale, one.step) });
}

function byPlace(tenants: readonly Tenant[]): (a: PackageSummary, b: PackageSummary) => number {
  const text = new Intl.Collator('en');
  return (a, b) =>
    text.compare(tenantName(tenants, a.tenantId), tenantName(tenants, b.tenantId)) || text.compare(a.group, b.group)
    || text.compare(a.name, b.name) || compareVersions(b.version, a.version);
}
