import { describeError } from '../../core/errors';
import { describeOperatingSystem } from '../../core/packages/identity';
import type { ImportRecord, PackageSummary, Tenant } from '../../core/packages/model';
import { rank, rankVersions } from '../../core/packages/list/order';
import { describeComplete } from '../../core/text/contentText';
import { importStepName } from '../../core/text/stateText';
import { readPackages } from '../../protocol/service/packageReading';
import { exitDone, type CliContext, type Verb } from '../context';
import { formatTable } from '../../core/text/table';
import { resolveTenant, tenantName } from '../tenants';
import { parseOptions, takeNoMore } from '../usage';

/** `gaxpkg list [--tenant T] [--json]`: packages, and imports that run or failed. */
export const list: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' }, tenant: { type: 'string' } });
  takeNoMore(positionals, 0);
  const client = await context.connect();
  const [tenants, imports] = await Promise.all([client.request('tenants/list', {}), client.request('imports/list', {})]);
  const tenant = values.tenant === undefined ? undefined : resolveTenant(context, tenants, values.tenant);
  const shown = sortByPlace(await readPackages(client, (tenant === undefined ? tenants : [tenant]).map(({ id }) => id)), tenants);
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

/** By tenant, group and name, newest version first. */
function sortByPlace(packages: readonly PackageSummary[], tenants: readonly Tenant[]): readonly PackageSummary[] {
  const { compare } = new Intl.Collator('en');
  const order = [...tenants].sort((a, b) => compare(a.name, b.name)).map(({ id }) => id);
  const places = new Map(order.map((id, place) => [id, place]));
  const groups = rank(packages.map(({ group }) => group), compare);
  const names = rank(packages.map(({ name }) => name), compare);
  const versions = rankVersions(packages.map(({ version }) => version));
  return packages
    .map((item) => ({ item, tenant: places.get(item.tenantId) ?? 0, group: groups(item.group), name: names(item.name), version: versions(item.version) }))
    .sort((a, b) => a.tenant - b.tenant || a.group - b.group || a.name - b.name || b.version - a.version)
    .map(({ item }) => item);
}
