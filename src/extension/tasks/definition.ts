import type { DeploymentInputs, DeploymentProfile, SilentIniKey } from '../../core/deployment/model';
import { ProductError } from '../../core/errors';
import type { Host } from '../../core/hosts/model';
import { findPackages, parsePackageReference } from '../../core/packages/reference';
import { environmentTenant, type PackageSummary, type Tenant } from '../../core/packages/model';
import { taskText, type TaskTextKey } from '../../core/text/taskText';
import type { Locale } from '../../core/text/messages';
import type { SilentIniField } from '../../protocol/service';

export const taskType = 'gaxPackages';

/** A deployment as `tasks.json` says it: names instead of ids, and no secret. */
export interface DeploymentTaskDefinition {
  readonly type: typeof taskType;
  readonly profile: DeploymentProfile;
  /** Nickname or name, with `@version` where several are stored. */
  readonly package: string;
  readonly hosts: readonly string[];
  /** `section.key` → value. */
  readonly values?: Readonly<Record<string, string>>;
  readonly application?: string;
  readonly tenant?: string;
}

/** The lists that names of a definition are looked up in. */
export interface NamedThings {
  readonly packages: readonly PackageSummary[];
  readonly hosts: readonly Host[];
  readonly tenants: readonly Tenant[];
}

/**
 * Checks what stands in `tasks.json`.
 * @throws ProductError `editor/task-wrong` with the first thing that is wrong
 */
export function parseDefinition(locale: Locale, task: string, raw: Readonly<Record<string, unknown>>): DeploymentTaskDefinition {
  const refuse = (reason: TaskTextKey): never => {
    throw new ProductError('editor/task-wrong', { task, reason: taskText[locale][reason] });
  };
  const { profile = 'install', package: reference, hosts, values = {}, application, tenant } = raw;
  if (profile !== 'install' && profile !== 'upgrade' && profile !== 'rollBack') return refuse('wrongProfile');
  if (!isName(reference)) return refuse('wrongPackage');
  if (!Array.isArray(hosts) || hosts.length === 0 || !hosts.every(isName)) return refuse('wrongHosts');
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return refuse('wrongValues');
  const pairs = Object.entries(values as Readonly<Record<string, unknown>>);
  if (!pairs.every((pair): pair is [string, string] => typeof pair[1] === 'string' && !/[\r\n]/.test(pair[1]))) return refuse('wrongValues');
  if (pairs.some(([key]) => parseKey(key) === undefined)) return refuse('wrongKey');
  if (application !== undefined && typeof application !== 'string') return refuse('wrongApplication');
  if (tenant !== undefined && !isName(tenant)) return refuse('wrongTenant');
  return {
    type: taskType, profile, package: reference, hosts,
    ...(pairs.length > 0 && { values: Object.fromEntries(pairs) }),
    ...(application !== undefined && application !== '' && { application }),
    ...(tenant !== undefined && { tenant }),
  };
}

/**
 * Looks up the names of a definition.
 * @throws ProductError `editor/task-…-unknown`, `editor/task-package-ambiguous`
 */
export function resolveDefinition(task: string, definition: DeploymentTaskDefinition, things: NamedThings): { readonly package: PackageSummary; readonly inputs: DeploymentInputs } {
  const tenant = things.tenants.find((item) => same(item.name, definition.tenant ?? environmentTenant.name));
  if (tenant === undefined) {
    throw new ProductError('editor/task-tenant-unknown', { task, tenant: definition.tenant ?? environmentTenant.name, tenants: things.tenants.map((item) => item.name).join(', ') });
  }
  const found = findPackages(things.packages.filter((item) => item.tenantId === tenant.id), parsePackageReference(definition.package));
  const [only] = found;
  if (only === undefined) throw new ProductError('editor/task-package-unknown', { task, package: definition.package });
  if (found.length > 1) {
    throw new ProductError('editor/task-package-ambiguous', { task, package: definition.package, candidates: found.map((item) => `${item.nickname}@${item.version}`).join(', ') });
  }
  const hostIds = definition.hosts.map((name) => {
    const host = things.hosts.find((item) => same(item.name, name));
    if (host === undefined) throw new ProductError('editor/task-host-unknown', { task, host: name });
    return host.id;
  });
  const values = Object.entries(definition.values ?? {}).flatMap(([text, value]) => {
    const key = parseKey(text);
    return key === undefined ? [] : [{ ...key, value }];
  });
  return {
    package: only,
    inputs: { packageId: only.id, tenantId: tenant.id, profile: definition.profile, hostIds, values, secretKeys: [], applicationName: definition.application ?? '' },
  };
}

/**
 * Makes sure that no value of a definition is one that the form calls secret.
 * @throws ProductError `editor/task-secret` that names the key
 */
export function refuseSecrets(task: string, inputs: DeploymentInputs, fields: readonly SilentIniField[]): void {
  const plain = inputs.values.find((value) => fields.some((field) => field.secret && field.section === value.section && field.key === value.key));
  if (plain !== undefined) throw new ProductError('editor/task-secret', { task, key: printKey(plain) });
}

/** The definition of inputs that were chosen: what *Run Task* repeats. Secrets have no place in it. */
export function makeDefinition(inputs: DeploymentInputs, things: NamedThings): DeploymentTaskDefinition {
  const item = things.packages.find(({ id, tenantId }) => id === inputs.packageId && tenantId === inputs.tenantId) ?? things.packages.find(({ id }) => id === inputs.packageId);
  const tenant = things.tenants.find(({ id }) => id === inputs.tenantId);
  const secrets = new Set(inputs.secretKeys.map(printKey));
  const values = inputs.values.filter((value) => !secrets.has(printKey(value)));
  return {
    type: taskType,
    profile: inputs.profile,
    package: item === undefined ? inputs.packageId : `${item.nickname === '' ? item.name : item.nickname}@${item.version}`,
    hosts: inputs.hostIds.map((id) => things.hosts.find((host) => host.id === id)?.name ?? id),
    ...(values.length > 0 && { values: Object.fromEntries(values.map((value) => [printKey(value), value.value])) }),
    ...(inputs.applicationName !== '' && { application: inputs.applicationName }),
    ...(tenant !== undefined && tenant.id !== environmentTenant.id && { tenant: tenant.name }),
  };
}

/** `IPCommon.InstallPath`. A section's name has no dot in it, a key's may. */
export function printKey({ section, key }: SilentIniKey): string {
  return `${section}.${key}`;
}

function parseKey(text: string): SilentIniKey | undefined {
  const dot = text.indexOf('.');
  return dot > 0 && dot < text.length - 1 ? { section: text.slice(0, dot), key: text.slice(dot + 1) } : undefined;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
