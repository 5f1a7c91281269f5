import { fromErrorData, ProductError, toErrorData } from '../../../core/errors';
import { checkImportDraft, cleanPath, findTenant, type ImportFacts, type ImportTenant } from '../../../core/packages/importDraft';
import type { ImportRecord } from '../../../core/packages/model';
import { describeImportProblem } from '../../../core/text/importWizardText';
import type { Locale } from '../../../core/text/messages';
import type { ImportDraftInput } from '../../../protocol/page/importWizard';
import type { PackageService } from '../../packageService';
import type { ArchiveReader } from './archiveReader';

/** The imports that have begun, for whom, and what kept the rest from it. */
export interface StartedImports {
  readonly records: readonly ImportRecord[];
  readonly tenant: ImportTenant;
  readonly group: string;
  /** Why the file after the last of `records` was not started. */
  readonly refusal?: ProductError;
}

/**
 * Starts the imports of a draft, one after the other; the first that is refused ends it.
 * @throws ProductError `import/values-wrong`: nothing was sent, since the draft is not right
 */
export async function startImports(
  draft: ImportDraftInput, options: { service: Pick<PackageService, 'request'>; reader: Pick<ArchiveReader, 'opened'>; facts: () => ImportFacts; locale: Locale },
): Promise<StartedImports> {
  const { service, reader, facts, locale } = options;
  const paths = draft.paths.map(cleanPath);
  // What cannot be opened at all is known at once, and is said beside its field.
  await Promise.all(paths.map((path) => reader.opened(path)));
  const known = facts();
  const [problem] = checkImportDraft(draft, known);
  const tenant = findTenant(draft.tenant, known.tenants);
  if (problem !== undefined || tenant === undefined) {
    throw new ProductError('import/values-wrong', { problem: problem === undefined ? '' : describeImportProblem(locale, problem) });
  }
  const group = draft.group.trim();
  const records: ImportRecord[] = [];
  try {
    for (const path of paths) records.push(await service.request('imports/start', { source: { method: 'archive', path }, tenant: tenant.name, group }));
    return { records, tenant, group };
  } catch (error) {
    return { records, tenant, group, refusal: fromErrorData(toErrorData(error)) };
  }
}
