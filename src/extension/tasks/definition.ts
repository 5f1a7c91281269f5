import { describeKey, parseKey as parseApplicationKey } from '../../core/configuration/applicationValue';
import type { ApplicationEdit, ApplicationParameters, DeploymentInputs, DeploymentProfile, SilentIniKey, SilentIniValue } from '../../core/deployment/model';
import { parseOrder, printOrder } from '../../core/deployment/order';
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
  /** Name of the application object; `{host}` stands for the host's name. */
  readonly application?: string;
  readonly applicationParameters?: Partial<ApplicationParameters>;
  /** `section.option` → value of the application object. */
  readonly options?: Readonly<Record<string, string>>;
  /** Host → `section.key` → value; wins over `values`. */
  readonly hostValues?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Host → name of its application object; wins over `application`. */
  readonly hostApplications?: Readonly<Record<string, string>>;
  /** Value of the application object, named as the plan names it (`timeout`, `connections/MessageServer/mode`) → what it is to say. */
  readonly applicationValues?: Readonly<Record<string, string>>;
  /** Host → the same for its own application object; wins over `applicationValues`. */
  readonly hostApplicationValues?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly skipReinstallation?: boolean;
  /** `all`, `canary` or `batches:N`. */
  readonly order?: string;
  /** 0: the others go on whatever fails. */
  readonly stopAfterFailures?: number;
  readonly tenant?: string;
}

const parameterNames = ['tenantObject', 'port', 'primaryServer', 'backupServer'] as const;

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
  const { profile = 'install', package: reference, hosts, application, skipReinstallation = false, order, stopAfterFailures, tenant } = raw;
  if (profile !== 'install' && profile !== 'upgrade' && profile !== 'rollBack') return refuse('wrongProfile');
  if (!isName(reference)) return refuse('wrongPackage');
  if (!Array.isArray(hosts) || hosts.length === 0 || !hosts.every(isName)) return refuse('wrongHosts');
  const readPairs = (value: unknown, wrong: TaskTextKey, wrongName: TaskTextKey): Readonly<Record<string, string>> => {
    const pairs = readTexts(value) ?? refuse(wrong);
    return Object.keys(pairs).every((key) => parseKey(key) !== undefined) ? pairs : refuse(wrongName);
  };
  const values = readPairs(raw['values'] ?? {}, 'wrongValues', 'wrongKey');
  const options = readPairs(raw['options'] ?? {}, 'wrongOptions', 'wrongOption');
  const ofHosts = readObject(raw['hostValues'] ?? {}) ?? refuse('wrongHostValues');
  const hostValues = Object.fromEntries(Object.entries(ofHosts).map(([host, own]) => [host, readPairs(own, 'wrongHostValues', 'wrongKey')]));
  const hostApplications = readTexts(raw['hostApplications'] ?? {}) ?? refuse('wrongHostApplications');
  const readEdits = (value: unknown): Readonly<Record<string, string>> => {
    const pairs = readTexts(value) ?? refuse('wrongApplicationValues');
    return Object.keys(pairs).every((key) => parseApplicationKey(key) !== undefined) ? pairs : refuse('wrongApplicationValues');
  };
  const applicationValues = readEdits(raw['applicationValues'] ?? {});
  const editsOfHosts = readObject(raw['hostApplicationValues'] ?? {}) ?? refuse('wrongApplicationValues');
  const hostApplicationValues = Object.fromEntries(Object.entries(editsOfHosts).map(([host, own]) => [host, readEdits(own)]));
  if (![...Object.keys(hostValues), ...Object.keys(hostApplications), ...Object.keys(hostApplicationValues)].every((name) => hosts.some((host) => same(host, name)))) return refuse('wrongHost');
  if (application !== undefined && typeof application !== 'string') return refuse('wrongApplication');
  const parameters = readTexts(raw['applicationParameters'] ?? {}) ?? refuse('wrongParameters');
  if (!Object.keys(parameters).every((name) => (parameterNames as readonly string[]).includes(name))) return refuse('wrongParameters');
  if (typeof skipReinstallation !== 'boolean') return refuse('wrongSkip');
  if (order !== undefined && (typeof order !== 'string' || parseOrder(order) === undefined)) return refuse('wrongOrder');
  if (stopAfterFailures !== undefined && !isCount(stopAfterFailures)) return refuse('wrongStopAfter');
  if (tenant !== undefined && !isName(tenant)) return refuse('wrongTenant');
  return {
    type: taskType, profile, package: reference, hosts,
    ...(isFilled(values) && { values }),
    ...(application !== undefined && application !== '' && { application }),
    ...(isFilled(parameters) && { applicationParameters: parameters }),
    ...(isFilled(options) && { options }),
    ...(isFilled(hostValues) && { hostValues }),
    ...(isFilled(hostApplications) && { hostApplications }),
    ...(isFilled(applicationValues) && { applicationValues }),
    ...(isFilled(hostApplicationValues) && { hostApplicationValues }),
    ...(skipReinstallation && { skipReinstallation }),
    ...(order !== undefined && { order }),
    ...(stopAfterFailures !== undefined && { stopAfterFailures }),
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
  const hostIdOf = (name: string): string => {
    const host = things.hosts.find((item) => same(item.name, name));
    if (host === undefined) throw new ProductError('editor/task-host-unknown', { task, host: name });
    return host.id;
  };
  const order = parseOrder(definition.order ?? 'all');
  const { applicationParameters, options = {}, hostValues = {}, hostApplications = {}, applicationValues = {}, hostApplicationValues = {} } = definition;
  const edits = [...readEdits(applicationValues), ...Object.entries(hostApplicationValues).flatMap(([host, own]) => readEdits(own, hostIdOf(host)))];
  return {
    package: only,
    inputs: {
      packageId: only.id, tenantId: tenant.id, profile: definition.profile, hostIds: definition.hosts.map(hostIdOf), values: readValues(definition.values ?? {}), secretKeys: [],
      applicationName: definition.application ?? '',
      ...(definition.skipReinstallation === true && { skipReinstallation: true }),
      ...(definition.order !== undefined && order && { order }),
      ...(definition.stopAfterFailures !== undefined && { stopAfterFailures: definition.stopAfterFailures }),
      ...(applicationParameters && { application: { tenantObject: '', port: '', primaryServer: '', backupServer: '', ...applicationParameters } }),
      ...(isFilled(options) && { options: readValues(options) }),
      ...(isFilled(hostValues) && { hostValues: Object.entries(hostValues).flatMap(([host, own]) => readValues(own).map((value) => ({ hostId: hostIdOf(host), ...value }))) }),
      ...(isFilled(hostApplications) && { hostApplications: Object.entries(hostApplications).map(([host, name]) => ({ hostId: hostIdOf(host), name })) }),
      ...(edits.length > 0 && { applicationEdits: edits }),
    },
  };
}

/**
 * Makes sure that no value of a definition is one that the form calls secret.
 * @throws ProductError `editor/task-secret` that names the key
 */
export function refuseSecrets(task: string, inputs: DeploymentInputs, fields: readonly SilentIniField[]): void {
  const plain = [...inputs.values, ...(inputs.hostValues ?? [])].find((value) => fields.some((field) => field.secret && field.section === value.section && field.key === value.key));
  if (plain !== undefined) throw new ProductError('editor/task-secret', { task, key: printKey(plain) });
}

/** The definition of inputs that were chosen: what *Run Task* repeats. Secrets have no place in it. */
export function makeDefinition(inputs: DeploymentInputs, things: NamedThings): DeploymentTaskDefinition {
  const item = things.packages.find(({ id, tenantId }) => id === inputs.packageId && tenantId === inputs.tenantId) ?? things.packages.find(({ id }) => id === inputs.packageId);
  const tenant = things.tenants.find(({ id }) => id === inputs.tenantId);
  const secrets = new Set(inputs.secretKeys.map(printKey));
  const open = <T extends SilentIniValue>(values: readonly T[]): readonly T[] => values.filter((value) => !secrets.has(printKey(value)));
  const hostName = (id: string): string => things.hosts.find((host) => host.id === id)?.name ?? id;
  const chosen = <T extends { readonly hostId: string }>(ofHosts: readonly T[] = []): readonly T[] => ofHosts.filter(({ hostId }) => inputs.hostIds.includes(hostId));
  const values = open(inputs.values);
  const hostValues = new Map<string, SilentIniValue[]>();
  for (const value of open(chosen(inputs.hostValues))) hostValues.set(hostName(value.hostId), [...(hostValues.get(hostName(value.hostId)) ?? []), value]);
  const hostApplications = chosen(inputs.hostApplications).filter(({ name }) => name !== '');
  const edits = (inputs.applicationEdits ?? []).filter(({ hostId }) => hostId === undefined || inputs.hostIds.includes(hostId));
  const forAll = printEdits(edits.filter(({ hostId }) => hostId === undefined));
  const ofHosts = Object.fromEntries([...new Set(edits.flatMap(({ hostId }) => hostId ?? []))].map((id) => [hostName(id), printEdits(edits.filter(({ hostId }) => hostId === id))]));
  const parameters = Object.fromEntries(parameterNames.flatMap((name) => (inputs.application?.[name] ? [[name, inputs.application[name]]] : [])));
  return {
    type: taskType,
    profile: inputs.profile,
    package: item === undefined ? inputs.packageId : `${item.nickname === '' ? item.name : item.nickname}@${item.version}`,
    hosts: inputs.hostIds.map(hostName),
    ...(values.length > 0 && { values: printValues(values) }),
    ...(inputs.applicationName !== '' && { application: inputs.applicationName }),
    ...(isFilled(parameters) && { applicationParameters: parameters }),
    ...(inputs.options !== undefined && inputs.options.length > 0 && { options: printValues(inputs.options) }),
    ...(hostValues.size > 0 && { hostValues: Object.fromEntries([...hostValues].map(([host, own]) => [host, printValues(own)])) }),
    ...(hostApplications.length > 0 && { hostApplications: Object.fromEntries(hostApplications.map(({ hostId, name }) => [hostName(hostId), name])) }),
    ...(isFilled(forAll) && { applicationValues: forAll }),
    ...(isFilled(ofHosts) && { hostApplicationValues: ofHosts }),
    ...(inputs.skipReinstallation === true && { skipReinstallation: true }),
    ...(inputs.order && inputs.order.kind !== 'all' && { order: printOrder(inputs.order) }),
    ...(inputs.stopAfterFailures !== undefined && { stopAfterFailures: inputs.stopAfterFailures }),
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

function readValues(pairs: Readonly<Record<string, string>>): SilentIniValue[] {
  return Object.entries(pairs).flatMap(([text, value]) => {
    const key = parseKey(text);
    return key === undefined ? [] : [{ ...key, value }];
  });
}

function printValues(values: readonly SilentIniValue[]): Readonly<Record<string, string>> {
  return Object.fromEntries(values.map((value) => [printKey(value), value.value]));
}

function readEdits(pairs: Readonly<Record<string, string>>, hostId?: string): ApplicationEdit[] {
  return Object.entries(pairs).flatMap(([name, value]) => {
    const key = parseApplicationKey(name);
    return key === undefined ? [] : [{ ...key, value, ...(hostId !== undefined && { hostId }) }];
  });
}

function printEdits(edits: readonly ApplicationEdit[]): Readonly<Record<string, string>> {
  return Object.fromEntries(edits.map((edit) => [describeKey(edit), edit.value]));
}

function readObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
}

/** An object whose values are single lines of text. */
function readTexts(value: unknown): Readonly<Record<string, string>> | undefined {
  const object = readObject(value);
  return object && Object.values(object).every((text) => typeof text === 'string' && !/[\r\n]/.test(text)) ? (object as Readonly<Record<string, string>>) : undefined;
}

function isFilled(object: object): boolean {
  return Object.keys(object).length > 0;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
