import * as v from 'valibot';
import { withDropped, type DroppedSource } from '../../../core/packages/droppedSources';
import { cleanPath, findTenant, isFilled, isScanMethod, newImportDraft, withTenant, type ImportDraft, type ImportTenant } from '../../../core/packages/importDraft';
import { scanRows, withTicks } from '../../../core/packages/scanChoice';
import type { ScannedPackage } from '../../../core/packages/scan';
import { importDraft, importWizardSteps, type ImportDraftInput, type ImportWizardStart, type ImportWizardStep } from '../../../protocol/page/importWizard';
import type { PageSubject } from '../../../protocol/page/page';
import { createDraftStore, type DraftMemento, type DraftStore, type KeptDraft } from '../drafts';
import type { PageIntent } from '../pageDefinition';
import { keptRun, type ImportRun } from './importRun';
import { importIntent } from './intent';

/** What is kept of a wizard: what was entered, where it stands, and what it has started. */
const keptWizard = v.object({ draft: v.nullable(importDraft), step: v.picklist(importWizardSteps), run: v.optional(keptRun) });
export type KeptWizard = v.InferOutput<typeof keptWizard>;

/** What a person has entered in a wizard and where it stands. Each change is kept. */
export interface WizardSession {
  readonly now: ImportWizardStart;
  /** Takes up what was kept; then what a command brought, if one opened the wizard. */
  begin(intent: PageIntent | undefined): void;
  /** The command was called once more. */
  take(intent: PageIntent): void;
  change(draft: ImportDraftInput, step?: ImportWizardStep): void;
  /** An empty draft, in the first step. */
  startAgain(): void;
  /** The first imports have begun, of many: the progress. */
  begun(): void;
  /** All that was entered is being imported: the progress, and an empty draft. */
  finished(): void;
  /** Only these sources, the first of the draft, are being imported; the others stay entered. */
  startedOnly(paths: ReadonlySet<string>): void;
  save(): Promise<void>;
}

export interface WizardSessionOptions {
  readonly subject: PageSubject;
  readonly drafts: DraftStore<KeptWizard>;
  /** What an earlier page left. */
  readonly before: KeptDraft<KeptWizard> | undefined;
  readonly runs: Pick<ImportRun, 'view' | 'kept' | 'isRunning' | 'clear'>;
  readonly tenants: () => readonly ImportTenant[];
  /** What a search has found; undefined when there was none. */
  readonly found: () => readonly ScannedPackage[] | undefined;
}

export function createWizardDrafts(memento: DraftMemento): DraftStore<KeptWizard> {
  return createDraftStore(memento, 'importWizard', keptWizard);
}

/** An import has ended since the wizard was closed. That is shown once; opened anew after that, the wizard begins anew. */
export function hasUnseenEnd(before: KeptDraft<KeptWizard> | undefined): boolean {
  return before?.draft.run?.lanes.some((lane) => !lane.ended) === true;
}

export function createWizardSession({ subject, drafts, before, runs, tenants, found }: WizardSessionOptions): WizardSession {
  let now: ImportWizardStart = { step: 'method', draft: asInput(newImportDraft([])), draftOf: null };
  const freshDraft = (): ImportDraftInput => asInput(newImportDraft(tenants()));

  const take = (wanted: PageIntent): void => {
    const read = v.safeParse(importIntent, wanted);
    if (!read.success) return;
    const { tenantId, group, method, dropped = [] } = read.output;
    const tenant = tenants().find(({ id }) => id === tenantId);
    let draft: ImportDraft = now.draft;
    if (tenant !== undefined) draft = { ...withTenant(draft, tenant.name, tenants()), ...(group !== undefined && { group }) };
    // Imports that run, or whose end nobody has seen, are brought back, unless there is something new to import.
    const isWanted = runs.isRunning || (now.step === 'progress' && runs.view !== null);
    const asked: ImportDraft = withDropped({ ...draft, ...(method !== undefined && { method }) }, dropped as readonly DroppedSource[]);
    now = { ...now, draft: asInput(asked), step: isWanted && dropped.length === 0 ? 'progress' : 'method' };
  };

  return {
    get now() {
      return now;
    },
    begin: (intent) => {
      const draft = before?.draft.draft ?? null;
      const step = before?.draft.step ?? 'method';
      now = {
        // What a search found is not kept: the places are searched again.
        step: runs.view !== null && hasUnseenEnd(before) ? 'progress' : step === 'progress' && runs.view === null ? 'method' : step,
        draft: draft ?? freshDraft(),
        draftOf: before !== undefined && draft !== null && isFilled(draft) ? before.savedAt.toISOString() : null,
      };
      if (intent !== undefined) take(intent);
    },
    take: (intent) => {
      if (!runs.isRunning) {
        runs.clear();
        now = { ...now, step: 'method' };
      }
      take(intent);
    },
    change: (draft, step = now.step) => {
      const isThere = { method: true, packages: isScanMethod(draft.method) && found() !== undefined, progress: runs.view !== null }[step];
      now = { ...now, draft, step: isThere ? step : 'method' };
    },
    startAgain: () => {
      now = { step: 'method', draft: freshDraft(), draftOf: null };
    },
    begun: () => {
      now = { ...now, step: 'progress' };
    },
    finished: () => {
      now = { step: 'progress', draft: freshDraft(), draftOf: null };
    },
    startedOnly: (paths) => {
      const { draft } = now;
      const left = draft.paths.filter((path) => !paths.has(cleanPath(path)));
      const rows = scanRows(found() ?? [], findTenant(draft.tenant, tenants()));
      const rest: ImportDraft = isScanMethod(draft.method) ? { ...draft, choice: withTicks(rows, draft.choice, paths, false) } : { ...draft, paths: left.length > 0 ? left : [''] };
      now = { ...now, draft: asInput(rest), step: isScanMethod(draft.method) && found() !== undefined ? 'packages' : 'method' };
    },
    save: async () => {
      const run = runs.kept;
      const draft = JSON.stringify(now.draft) === JSON.stringify(freshDraft()) ? null : now.draft;
      if (draft === null && run === undefined) await drafts.forget(subject);
      else await drafts.write(subject, { draft, step: now.step, ...(run && { run }) });
    },
  };
}

/** The contract's arrays can be written to; nobody does. */
function asInput(draft: ImportDraft): ImportDraftInput {
  return { ...draft, paths: [...draft.paths], places: [...draft.places], choice: { ...draft.choice, except: [...draft.choice.except] } };
}
