import type { ImportMethod } from './importSource';
import { noChoice, type ScanChoice } from './scanChoice';

export type ImportMethodGroup = 'onePackage' | 'severalPackages';

/** The methods in the order in which the import wizard offers them. */
export const importMethods: readonly { readonly id: ImportMethod; readonly group: ImportMethodGroup }[] = [
  { id: 'archive', group: 'onePackage' },
  { id: 'parts', group: 'onePackage' },
  { id: 'directory', group: 'severalPackages' },
  { id: 'repository', group: 'severalPackages' },
  { id: 'support-archives', group: 'severalPackages' },
];

/** A method by which a place is searched before a person chooses among what was found. */
export type SearchMethod = Exclude<ImportMethod, 'archive' | 'parts'>;

export function isScanMethod(method: ImportMethod): method is SearchMethod {
  return method !== 'archive' && method !== 'parts';
}

/** The three files of a package that comes apart from its templates. */
export const partNames = ['path', 'xml', 'apd'] as const;
export type PartName = (typeof partNames)[number];
export type ImportParts = Readonly<Record<PartName, string>>;

/** What a person has entered in the import wizard. The input of every method is kept while another one is chosen. */
export interface ImportDraft {
  readonly method: ImportMethod;
  /** Archives, as entered; at least one field is there, possibly empty. */
  readonly paths: readonly string[];
  readonly parts: ImportParts;
  /** Places to search, as entered; at least one field is there, possibly empty. The methods that search share them. */
  readonly places: readonly string[];
  /** What of the packages found there is to be imported. */
  readonly choice: ScanChoice;
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
  /** A package that is there may be replaced. */
  readonly mayReplace: boolean;
}

/** Archives of one import; more come in several. */
export const mostArchives = 100;
/** Places that are searched together. */
export const mostPlaces = 20;

/** A path as it was meant: without blanks around it and without the quotes that file managers copy. */
export function cleanPath(entered: string): string {
  const trimmed = entered.trim();
  return /^"[^"]*"$/.test(trimmed) ? trimmed.slice(1, -1).trim() : trimmed;
}

/** The tenant of that name, in any case; an exact name wins. */
export function findTenant(entered: string, tenants: readonly ImportTenant[]): ImportTenant | undefined {
  const name = entered.trim();
  return tenants.find((tenant) => tenant.name === name) ?? tenants.find((tenant) => tenant.name.toLowerCase() === name.toLowerCase());
}

/** An empty draft with what is offered: this tenant, else the one used last. */
export function newImportDraft(tenants: readonly ImportTenant[], tenantId?: string, group?: string): ImportDraft {
  const tenant = tenants.find(({ id }) => id === tenantId) ?? tenants[0];
  return {
    method: 'archive', paths: [''], parts: { path: '', xml: '', apd: '' }, places: [''], choice: noChoice, tenant: tenant?.name ?? '', group: group ?? tenant?.offeredGroup ?? '',
  };
}

/** Another tenant: the group goes with it while it is the one that was offered. */
export function withTenant(draft: ImportDraft, tenant: string, tenants: readonly ImportTenant[]): ImportDraft {
  const before = findTenant(draft.tenant, tenants);
  const after = findTenant(tenant, tenants);
  const offered = before === undefined ? draft.group === '' : draft.group === before.offeredGroup;
  return { ...draft, tenant, ...(offered && after !== undefined && { group: after.offeredGroup }) };
}

/** Puts archives into empty fields, and into new ones; with `at` the first goes there, whatever stood in it. Files that are there already are left out. */
export function withPaths(draft: ImportDraft, added: readonly string[], at?: number): ImportDraft {
  return { ...draft, paths: fill(draft.paths, added, at).slice(0, mostArchives) };
}

/** The same for places to search. Another place holds other packages: what was chosen of the earlier ones is given up. */
export function withPlaces(draft: ImportDraft, added: readonly string[], at?: number): ImportDraft {
  return { ...draft, places: fill(draft.places, added, at).slice(0, mostPlaces), choice: noChoice };
}

function fill(fields: readonly string[], added: readonly string[], at: number | undefined): readonly string[] {
  const filled = [...fields];
  if (at !== undefined && added.length > 0) filled[at] = '';
  for (const path of added) {
    if (filled.some((other) => cleanPath(other) === path)) continue;
    const empty = filled.findIndex((other, index) => other.trim() === '' && (at === undefined || index >= at));
    if (empty >= 0) filled[empty] = path;
    else filled.push(path);
  }
  return filled;
}

/** Takes the field of an archive away; the last one is emptied. */
export function withoutPath(draft: ImportDraft, index: number): ImportDraft {
  return { ...draft, paths: without(draft.paths, index) };
}

export function withoutPlace(draft: ImportDraft, index: number): ImportDraft {
  return { ...draft, places: without(draft.places, index), choice: noChoice };
}

function without(fields: readonly string[], index: number): readonly string[] {
  const left = fields.filter((_, other) => other !== index);
  return left.length > 0 ? left : [''];
}

/** A package that turned out to have more templates than the three files can bring: the other method gets its archive. */
export function withArchiveOfParts(draft: ImportDraft): ImportDraft {
  return { ...withPaths(draft, [cleanPath(draft.parts.path)]), method: 'archive', parts: { path: '', xml: '', apd: '' } };
}

/** Whether a person has entered anything: such a draft is kept, and cancelling it asks. */
export function isFilled(draft: ImportDraft): boolean {
  return [...draft.paths, ...draft.places, ...Object.values(draft.parts)].some((path) => path.trim() !== '');
}
