import { toErrorData, type ErrorData } from '../errors';
import type { MessageArguments } from '../text/messages';
import { cleanPath, findTenant, isScanMethod, partNames, type ImportDraft, type ImportTenant, type PartName } from './importDraft';
import type { PackageIdentity } from './identity';
import { fileNameOf, isSameSource, type ImportSource } from './importSource';
import type { SourceFinding } from './inspection';
import { locatePath, type Locating } from './uncPath';

/** What a draft is held against. */
export interface ImportFacts extends Locating {
  readonly tenants: readonly ImportTenant[];
  readonly findings: readonly SourceFinding[];
  /** Places that could not be searched, by their path. */
  readonly unsearched: readonly { readonly path: string; readonly error: ErrorData }[];
}

/** A field of the wizard. Paths and places are numbered from 0. */
export type ImportField = `path-${number}` | `part-${PartName}` | `place-${number}` | 'packages' | 'tenant' | 'group';

/** What is wrong with one field; its sentence is in `core/text/importWizardText`. */
export type ImportProblem = { readonly field: ImportField } & (
  | { readonly kind: MissingKind | NotWholeKind | 'pathWrong' | 'pathTwice' | 'tenantMissing' | 'tenantUnknown' | 'groupTooLong' | 'groupWrong' | 'nothingChosen'; readonly args: MessageArguments }
  | { readonly kind: 'present'; readonly identity: PackageIdentity; readonly tenant: string }
  | { readonly kind: 'severalTemplates'; readonly names: readonly string[] }
  | { readonly kind: 'refused'; readonly error: ErrorData }
);
type MissingKind = 'pathMissing' | 'xmlMissing' | 'apdMissing' | 'placeMissing';
type NotWholeKind = 'pathNotWhole' | 'placeNotWhole';

const longestPath = 4096;
const longestGroup = 255;

/** What is wrong with where the packages come from, in the order of the fields. What is still being read is not wrong. */
export function checkImportSources(draft: ImportDraft, facts: ImportFacts): readonly ImportProblem[] {
  if (draft.method === 'parts') return checkParts(draft, facts);
  if (isScanMethod(draft.method)) return draft.places.flatMap((_, index) => checkPlace(draft, index, facts) ?? []);
  return draft.paths.flatMap((_, index) => checkPath(draft, index, facts) ?? []);
}

/** What is wrong with for whom they are. */
export function checkImportTarget({ tenant, group }: ImportDraft, { tenants }: Pick<ImportFacts, 'tenants'>): readonly ImportProblem[] {
  return [...checkTenant(tenant, tenants), ...checkGroup(group)];
}

/** Everything that is wrong with a draft, in the order of the fields. */
export function checkImportDraft(draft: ImportDraft, facts: ImportFacts): readonly ImportProblem[] {
  return [...checkImportSources(draft, facts), ...checkImportTarget(draft, facts)];
}

/** The sources of a draft that can be read at all, as they are read to say what they are. A package in parts is read alone first: that tells its templates. */
export function readableSources(draft: ImportDraft, locating: Locating): readonly ImportSource[] {
  const isReadable = (entered: string): boolean => isReadablePath(entered, locating);
  if (draft.method === 'archive') return draft.paths.filter(isReadable).map((path) => ({ method: 'archive', path: cleanPath(path) }));
  if (draft.method !== 'parts' || !isReadable(draft.parts.path)) return [];
  const path = cleanPath(draft.parts.path);
  return [{ method: 'archive', path }, ...(partNames.every((name) => isReadable(draft.parts[name])) ? [partsSource(draft)] : [])];
}

/** The three files as one source. */
export function partsSource({ parts }: Pick<ImportDraft, 'parts'>): ImportSource {
  return { method: 'parts', path: cleanPath(parts.path), xml: cleanPath(parts.xml), apd: cleanPath(parts.apd) };
}

/** Whether this text can be a path at all: only then it is looked at. */
export function isReadablePath(entered: string, locating: Locating): boolean {
  return pathProblem(cleanPath(entered), locating) === undefined;
}

export function findFinding(findings: readonly SourceFinding[], source: ImportSource): SourceFinding | undefined {
  return findings.find((finding) => isSameSource(finding.source, source));
}

/** The names of the application templates that an archive brings. */
export function templateNames(finding: SourceFinding | undefined): readonly string[] {
  return finding?.state === 'recognized' ? [...new Set(finding.package.templates.map(({ name }) => name))] : [];
}

function checkPath(draft: ImportDraft, index: number, facts: ImportFacts): ImportProblem | undefined {
  const field: ImportField = `path-${index}`;
  const path = cleanPath(draft.paths[index] ?? '');
  const wrong = wrongPath(field, path, facts, { missing: 'pathMissing', notWhole: 'pathNotWhole' });
  if (wrong !== undefined) return wrong;
  if (draft.paths.findIndex((other) => cleanPath(other) === path) < index) return { field, kind: 'pathTwice', args: { file: fileNameOf(path) } };
  return checkFinding(field, draft, { method: 'archive', path }, facts);
}

function checkParts(draft: ImportDraft, facts: ImportFacts): readonly ImportProblem[] {
  const wrong = partNames.flatMap((name): readonly ImportProblem[] => {
    const missing = ({ path: 'pathMissing', xml: 'xmlMissing', apd: 'apdMissing' } as const)[name];
    const problem = wrongPath(`part-${name}`, cleanPath(draft.parts[name]), facts, { missing, notWhole: 'pathNotWhole' });
    return problem === undefined ? [] : [problem];
  });
  const archive: ImportSource = { method: 'archive', path: cleanPath(draft.parts.path) };
  const names = templateNames(findFinding(facts.findings, archive));
  if (names.length > 1) return [{ field: 'part-path', kind: 'severalTemplates', names }, ...wrong];
  if (wrong.length === 0) {
    const whole = checkFinding('part-path', draft, partsSource(draft), facts);
    return whole === undefined ? [] : [whole.kind === 'refused' ? { ...whole, field: partOf(whole.error, draft) } : whole];
  }
  const ofArchive = wrong.some(({ field }) => field === 'part-path') ? undefined : checkFinding('part-path', draft, archive, facts);
  return [...(ofArchive === undefined ? [] : [ofArchive]), ...wrong];
}

/** The field whose file an error is about: the one it names. */
function partOf({ args }: ErrorData, { parts }: ImportDraft): ImportField {
  const named = new Set(Object.values(args));
  const name = (['xml', 'apd'] as const).find((part) => named.has(fileNameOf(cleanPath(parts[part]))) || named.has(cleanPath(parts[part])));
  return `part-${name ?? 'path'}`;
}

function checkPlace(draft: ImportDraft, index: number, facts: ImportFacts): ImportProblem | undefined {
  const field: ImportField = `place-${index}`;
  const path = cleanPath(draft.places[index] ?? '');
  const wrong = wrongPath(field, path, facts, { missing: 'placeMissing', notWhole: 'placeNotWhole' });
  if (wrong !== undefined) return wrong;
  if (draft.places.findIndex((other) => cleanPath(other) === path) < index) return { field, kind: 'pathTwice', args: { file: path } };
  const failed = facts.unsearched.find((one) => one.path === path);
  return failed === undefined ? undefined : { field, kind: 'refused', error: failed.error };
}

/** What is wrong with a path by itself. @param kinds what is said of one that is missing, or not whole */
function wrongPath(field: ImportField, path: string, facts: ImportFacts, kinds: { readonly missing: MissingKind; readonly notWhole: NotWholeKind }): ImportProblem | undefined {
  const problem = pathProblem(path, facts);
  if (problem === undefined) return undefined;
  if (typeof problem === 'object') return { field, kind: 'refused', error: problem };
  const example = { posix: { pathNotWhole: '/home/packages/LCA.tar.gz', placeNotWhole: '/mnt/packages' }, windows: { pathNotWhole: 'D:\\packages\\LCA.zip', placeNotWhole: 'D:\\packages' } }[facts.platform][kinds.notWhole];
  return { field, kind: { missing: kinds.missing, notWhole: kinds.notWhole, wrong: 'pathWrong' as const }[problem], args: { example } };
}

function checkFinding(field: ImportField, draft: ImportDraft, source: ImportSource, { tenants, findings }: ImportFacts): ImportProblem | undefined {
  const finding = findFinding(findings, source);
  if (finding?.state === 'refused') return { field, kind: 'refused', error: finding.error };
  const tenant = findTenant(draft.tenant, tenants);
  if (finding?.state === 'recognized' && tenant !== undefined && !tenant.mayReplace && finding.package.presentIn.includes(tenant.id)) {
    return { field, kind: 'present', identity: finding.package.identity, tenant: tenant.name };
  }
  return undefined;
}

/** An error: it is a path, and cannot be found on this machine. */
function pathProblem(path: string, { platform, mounts }: Locating): 'missing' | 'wrong' | 'notWhole' | ErrorData | undefined {
  if (path === '') return 'missing';
  if (path.length > longestPath || /[\u0000-\u001f\u007f]/.test(path)) return 'wrong';
  try {
    locatePath(path, { platform, mounts });
    return undefined;
  } catch (error) {
    const data = toErrorData(error);
    return data.code === 'import/relative-path' ? 'notWhole' : data;
  }
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
