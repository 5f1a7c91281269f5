import { newImportDraft, type ImportDraft } from '../../../../src/core/packages/importDraft';

/** A draft of one archive for Environment, with changes. */
export function importDraftOf(over: Partial<ImportDraft> = {}): ImportDraft {
  return { ...newImportDraft([]), paths: ['/p/a.zip'], tenant: 'Environment', ...over };
}
