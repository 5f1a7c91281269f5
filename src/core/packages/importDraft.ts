import type { ErrorData } from '../errors';
import { fileNameOf, type ImportMethod } from './importSource';
import type { PackageIdentity } from './identity';
import type { ArchiveFinding } from './inspection';
import type { MessageArguments } from '../text/messages';

export type ImportMethodGroup = 'onePackage' | 'severalPackages';

/** The methods that the import wizard offers: those that work. */
export const importMethods: readonly { readonly id: ImportMethod; readonly group: ImportMethodGroup }[] = [
  { id: 'archive', group: 'onePackage' },
];

/** What a person has entered in the import wizard. */
export interface ImportDraft {
  readonly method: ImportMethod;
  /** As entered; at least one field is there, possibly empty. */
  readonly paths: readonly string[];
  /** A tenant's name. */
  readonly tenant: string;
  /** Empty: no group. */
  readonly group: string;
}

/** A tenant that packages can be imported for, and the groups that its packages are in. */
export interface ImportTenant {
  readonly id: string;
  readonly name: string;
  /** Most recent first. */
  readonly groups: readonly string[];
  /** The group of the last import, else the one of the settings. */
  readonly offeredGroup: string;
}

/** What a draft is held against. */
export interface ImportFacts {
  /** Where the files are read; decides what a whole path is. */
  readonly platform: 'posix' | 'windows';
  readonly tenants: readonly ImportTenant[];
  readonly findings: readonly ArchiveFinding[];
}

/** A field of the wizard. Paths are numbered from 0. */
export type ImportField = `path-${number}` | 'tenant' | 'group';

/** What is wrong with one field; its sentence is in `core/text/importWizardText`. */
export type ImportProblem = { readonly field: ImportField } & (
  | { readonly kind: 'pathMissing' | 'pathNotWhole' | 'pathWrong' | 'pathTwice' | 'tenantMissing' | 'tenantUnknown' | 'groupTooLong' | 'groupWrong'; readonly args: MessageArguments }
  | { readonly kind: 'present'; readonly identity: PackageIdentity; readonly tenant: string }
  | { readonly kind: 'refused'; readonly error: ErrorData }
);

/** Archives of one import; more come in several. */
export const mostArchives = 100;
const longestPath = 4096;
const longestGroup = 255;

/** A path as it was meant: without blanks around it and without the quotes that file managers copy. */
export function cleanPath(entered: string): string {
  const trimmed = entered.trim();
  return /^"[^"]*"$/.test(trimmed) ? trimmed.slice(1, -1).trim() : trimmed;
}

/** Everything that is wrong with a draft, in the order of the fields. What is still being read is not wrong. */
export function checkImportDraft(draft: ImportDraft, facts: ImportFacts): readonly ImportProblem[] {
  return [
    ...draft.paths.flatMap((_, index) => checkPath(draft, index, facts) ?? []),
    ...checkTenant(draft.tenant, facts.tenants),
    ...checkGroup(draft.group),
  ];
}

/** Whether this text can be read as a file at all: only then it is looked at. */
export function isReadablePath(entered: string, platform: ImportFacts['platform']): boolean {
  return pathProblem(cleanPath(entered), platform) === undefined;
}

function checkPath(draft: ImportDraft, index: number, { platform, tenants, findings }: ImportFacts): ImportProblem | undefined {
  const field: ImportField = `path-${index}`;
  const path = cleanPath(draft.paths[index] ?? '');
  const kind = pathProblem(path, platform);
  if (kind !== undefined) return { field, kind, args: { example: platform === 'windows' ? 'D:\\packages\\LCA.zip' : '/home/packages/LCA.tar.gz' } };
  if (draft.paths.findIndex((other) => cleanPath(other) === path) < index) return { field, kind: 'pathTwice', args: { file: fileNameOf(path) } };
  const finding = findings.find((one) => one.path === path);
  if (finding?.state === 'refused') return { field, kind: 'refused', error: finding.error };
  const tenant = findTenant(draft.tenant, tenants);
  if (finding?.state === 'recognized' && tenant !== undefined && finding.package.presentIn.includes(tenant.id)) {
    return { field, kind: 'present', identity: finding.package.identity, tenant: tenant.name };
  }
  return undefined;
}

function pathProblem(path: string, platform: ImportFacts['platform']): 'pathMissing' | 'pathWrong' | 'pathNotWhole' | undefined {
  if (path === '') return 'pathMissing';
  if (path.length > longestPath || /[\u0000-\u001f\u007f]/.test(path)) return 'pathWrong';
  const whole = platform === 'windows' ? /^([a-z]:[\\/]|\\\\[^\\]|\/\/[^/])/i : /^\//;
  return whole.test(path) ? undefined : 'pathNotWhole';
}

function checkTenant(entered: string, tenants: readonly ImportTenant[]): readonly ImportProblem[] {
  if (entered.trim() === '') return [{ field: 'tenant', kind: 'tenantMissing', args: {} }];
  if (findTenant(entered, tenants) !== undefined) return [];
  return [{ field: 'tenant', kind: 'tenantUnknown', args: { tenant: entered.trim() } }];
}

function checkGroup(group: string): readonly ImportProblem[] {
  if (group.trim().length > longestGroup) return [{ field: 'group', kind: 'groupTooLong', args: { limit: longestGroup } }];
  if (/[\u0000-\u001f\u007f]/.test(group)) return [{ field: 'group', kind: 'groupWrong', args: {} }];
  return [];
}

/** The tenant of that name, in any case; an exact name wins. */
export function findTenant(entered: string, tenants: readonly ImportTenant[]): ImportTenant | undefined {
  const name = entered.trim();
  return tenants.find((tenant) => tenant.name === name) ?? tenants.find((tenant) => tenant.name.toLowerCase() === name.toLowerCase());
}

/** An empty draft with what is offered: this tenant, else the one used last. */
export function newImportDraft(tenants: readonly ImportTenant[], tenantId?: string, group?: string): ImportDraft {
  const tenant = tenants.find(({ id }) => id === tenantId) ?? tenants[0];
  return { method: 'archive', paths: [''], tenant: tenant?.name ?? '', group: group ?? tenant?.offeredGroup ?? '' };
}

/** Another tenant: the group goes with it while it is the one that was offered. */
export function withTenant(draft: ImportDraft, tenant: string, tenants: readonly ImportTenant[]): ImportDraft {
  const before = findTenant(draft.tenant, tenants);
  const after = findTenant(tenant, tenants);
  const offered = before === undefined ? draft.group === '' : draft.group === before.offeredGroup;
  return { ...draft, tenant, ...(offered && after !== undefined && { group: after.offeredGroup }) };
}

/** Puts files into empty fields, and into new ones; with `at` the first goes there, whatever stood in it. Files that are there already are left out. */
export function withPaths(draft: ImportDraft, added: readonly string[], at?: number): ImportDraft {
  const paths = [...draft.paths];
  if (at !== undefined && added.length > 0) paths[at] = '';
  for (const path of added) {
    if (paths.some((other) => cleanPath(other) === path)) continue;
    const empty = paths.findIndex((other, index) => other.trim() === '' && (at === undefined || index >= at));
    if (empty >= 0) paths[empty] = path;
    else paths.push(path);
  }
  return { ...draft, paths: paths.slice(0, mostArchives) };
}

/** Takes a field away; the last one is emptied. */
export function withoutPath(draft: ImportDraft, index: number): ImportDraft {
  const paths = draft.paths.filter((_, other) => other !== index);
  return { ...draft, paths: paths.length > 0 ? paths : [''] };
}

/** Whether a person has entered anything: such a draft is kept, and cancelling it asks. */
export function isFilled(draft: ImportDraft): boolean {
  return draft.paths.some((path) => path.trim() !== '');
}
