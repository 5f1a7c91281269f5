import * as v from 'valibot';
import { isFilled, newImportDraft, withPaths, withTenant, type ImportDraft, type ImportTenant } from '../../../core/packages/importDraft';
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
  /** So many of the draft's files are being imported; the others stay entered. */
  started(count: number): void;
  save(): Promise<void>;
}

export interface WizardSessionOptions {
  readonly subject: PageSubject;
  readonly drafts: DraftStore<KeptWizard>;
  /** What an earlier page left. */
  readonly before: KeptDraft<KeptWizard> | undefined;
  readonly runs: Pick<ImportRun, 'view' | 'kept' | 'isRunning' | 'clear'>;
  readonly tenants: () => readonly ImportTenant[];
}

export function createWizardDrafts(memento: DraftMemento): DraftStore<KeptWizard> {
  return createDraftStore(memento, 'importWizard', keptWizard);
}

/** An import has ended since the wizard was closed. That is shown once; opened anew after that, the wizard begins anew. */
export function hasUnseenEnd(before: KeptDraft<KeptWizard> | undefined): boolean {
  return before?.draft.run?.lanes.some((lane) => !lane.ended) === true;
}

export function createWizardSession({ subject, drafts, before, runs, tenants }: WizardSessionOptions): WizardSession {
  let now: ImportWizardStart = { step: 'method', draft: asInput(newImportDraft([])), draftOf: null };
  const freshDraft = (): ImportDraftInput => asInput(newImportDraft(tenants()));

  const take = (wanted: PageIntent): void => {
    const read = v.safeParse(importIntent, wanted);
    if (!read.success) return;
    const { tenantId, group, paths = [] } = read.output;
    const tenant = tenants().find(({ id }) => id === tenantId);
    let draft: ImportDraft = now.draft;
    if (tenant !== undefined) draft = { ...withTenant(draft, tenant.name, tenants()), ...(group !== undefined && { group }) };
    // Imports that run, or whose end nobody has seen, are brought back, unless there is something new to import.
    const isWanted = runs.isRunning || (now.step === 'progress' && runs.view !== null);
    now = { ...now, draft: asInput(withPaths(draft, paths)), step: isWanted && paths.length === 0 ? 'progress' : 'method' };
  };

  return {
    get now() {
      return now;
    },
    begin: (intent) => {
      const draft = before?.draft.draft ?? null;
      now = {
        step: runs.view === null ? 'method' : hasUnseenEnd(before) ? 'progress' : (before?.draft.step ?? 'method'),
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
      now = { ...now, draft, step: runs.view === null ? 'method' : step };
    },
    startAgain: () => {
      now = { step: 'method', draft: freshDraft(), draftOf: null };
    },
    started: (count) => {
      const paths = now.draft.paths.slice(count);
      now = paths.length === 0 ? { step: 'progress', draft: freshDraft(), draftOf: null } : { ...now, draft: { ...now.draft, paths } };
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
  return { ...draft, paths: [...draft.paths] };
}
