import { fromErrorData, ProductError, toErrorData } from '../../../core/errors';
import { describeIdentity } from '../../../core/packages/identity';
import { checkImportDraft, findFinding, partsSource, type ImportFacts } from '../../../core/packages/importCheck';
import { cleanPath, findTenant, isScanMethod, type ImportTenant } from '../../../core/packages/importDraft';
import type { ScannedPackage } from '../../../core/packages/scan';
import type { ImportSource } from '../../../core/packages/importSource';
import type { MountMap } from '../../../core/packages/uncPath';
import type { SourceFinding } from '../../../core/packages/inspection';
import type { ImportRecord } from '../../../core/packages/model';
import { scanRows, tickedKeys } from '../../../core/packages/scanChoice';
import { describeImportProblem } from '../../../core/text/importWizardText';
import type { Locale } from '../../../core/text/messages';
import type { ImportDraftInput } from '../../../protocol/page/importWizard';
import type { PackageService } from '../../packageService';

/** One import that is to be started. */
export interface WantedImport {
  readonly source: ImportSource;
  /** What it was found to be; an import that runs knows only once it has read that far. */
  readonly found?: Pick<ScannedPackage, 'identity' | 'kind' | 'size'>;
  readonly replace: boolean;
}

export interface WantedImports {
  readonly imports: readonly WantedImport[];
  readonly tenant: ImportTenant;
  readonly group: string;
}

/**
 * The imports of a draft.
 * @throws ProductError `import/values-wrong`: the draft is not right
 */
export function wantedImports(draft: ImportDraftInput, facts: ImportFacts, found: readonly ScannedPackage[], locale: Locale): WantedImports {
  const [problem] = checkImportDraft(draft, facts);
  const tenant = findTenant(draft.tenant, facts.tenants);
  const imports = problem === undefined && tenant !== undefined ? listImports(draft, facts, found, tenant) : [];
  if (problem !== undefined || tenant === undefined || imports.length === 0) {
    throw new ProductError('import/values-wrong', { problem: describeImportProblem(locale, problem ?? { field: 'packages', kind: 'nothingChosen', args: {} }) });
  }
  return { imports, tenant, group: draft.group.trim() };
}

function listImports(draft: ImportDraftInput, { findings }: ImportFacts, found: readonly ScannedPackage[], tenant: ImportTenant): readonly WantedImport[] {
  if (isScanMethod(draft.method)) {
    const rows = scanRows(found, tenant);
    const ticked = tickedKeys(rows, draft.choice);
    return rows.filter(({ key }) => ticked.has(key)).map((row) => ({ source: row.source, found: row, replace: row.state === 'replaceable' }));
  }
  const sources: readonly ImportSource[] = draft.method === 'parts' ? [partsSource(draft)] : draft.paths.map((path) => ({ method: 'archive', path: cleanPath(path) }));
  return sources.map((source) => {
    const known = inspected(findFinding(findings, source));
    return { source, ...(known && { found: known }), replace: known?.presentIn.includes(tenant.id) === true };
  });
}

function inspected(finding: SourceFinding | undefined): (Extract<SourceFinding, { state: 'recognized' }>)['package'] | undefined {
  return finding?.state === 'recognized' ? finding.package : undefined;
}

/** The packages that imports replace, as messages name them. */
export function replacedNames(imports: readonly WantedImport[]): readonly string[] {
  return imports.flatMap(({ replace, found }) => (replace && found !== undefined ? [describeIdentity(found.identity)] : []));
}

/** An import that has begun. */
export interface StartedImport {
  readonly record: ImportRecord;
  readonly wanted: WantedImport;
}

/** Of thousands the first are shown while the rest is still being started. */
const batch = 50;

/**
 * Starts imports one after the other; the first that is refused ends it.
 * @param onStarted takes what has begun since the last call
 * @returns why the source after the last one was not started; undefined: all have begun
 */
export async function startImports(
  { imports, tenant, group }: WantedImports, { service, mounts, onStarted }: { service: Pick<PackageService, 'request'>; mounts: MountMap; onStarted: (started: readonly StartedImport[]) => Promise<void> },
): Promise<ProductError | undefined> {
  let started: StartedImport[] = [];
  const tell = async (): Promise<void> => {
    const told = started;
    started = [];
    if (told.length > 0) await onStarted(told);
  };
  try {
    for (const wanted of imports) {
      const record = await service.request('imports/start', { source: wanted.source, mounts, tenant: tenant.name, group, ...(wanted.replace && { replace: true }) });
      started.push({ record, wanted });
      if (started.length === batch) await tell();
    }
    await tell();
    return undefined;
  } catch (error) {
    await tell();
    return fromErrorData(toErrorData(error));
  }
}
