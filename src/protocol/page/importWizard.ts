import * as v from 'valibot';
import { importMethods, mostArchives, type ImportFacts } from '../../core/packages/importDraft';
import type { ImportRecord, PackageKind } from '../../core/packages/model';
import { method } from '../method';
import { pageContract } from './page';

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
/** Longer than anything that is right: what is wrong with a value is said beside its field, by `core`. */
const entered = v.pipe(v.string(), v.maxLength(10_000));
const paths = v.pipe(v.array(entered), v.maxLength(mostArchives));
const index = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostArchives - 1));
const nothing = v.strictObject({});

/** The shape of a draft, as the page sends it and as it is kept. */
export const importDraft = v.strictObject({
  method: v.picklist(importMethods.map((one) => one.id)),
  paths: v.pipe(paths, v.minLength(1)),
  tenant: entered,
  group: entered,
});
export type ImportDraftInput = v.InferOutput<typeof importDraft>;

export const importWizardSteps = ['method', 'progress'] as const;
export type ImportWizardStep = (typeof importWizardSteps)[number];

/** One package of an import that was started from the wizard. */
export interface ImportLane {
  readonly record: Pick<ImportRecord, 'id' | 'source' | 'state' | 'step' | 'percent' | 'bytes' | 'waiting' | 'identity' | 'startedAt'>;
  /** Why it failed. */
  readonly error?: { readonly code: string; readonly message: string };
  /** Known where the archive was read before the start. */
  readonly kind?: PackageKind;
  readonly size?: number;
}

/** The imports that were started from the wizard and that a person has not yet taken note of. */
export interface ImportRunView {
  readonly startedAt: string;
  readonly lanes: readonly ImportLane[];
}

/** Everything the wizard shows that a person did not enter in it. */
export interface ImportWizardView extends ImportFacts {
  readonly machine: string;
  /** The files are on another machine than the window. */
  readonly isRemote: boolean;
  readonly repository: string;
  readonly isTrusted: boolean;
  readonly isOffline: boolean;
  readonly run: ImportRunView | null;
}

/** The page as it begins, or begins anew. */
export interface ImportWizardStart {
  readonly step: ImportWizardStep;
  readonly draft: ImportDraftInput;
  /** When a draft of earlier was last changed; null: it is a new one. */
  readonly draftOf: string | null;
}

export const importWizardContract = pageContract<{
  view: ImportWizardView;
  /** The host has put something into the draft, e.g. files that were dropped on the tree. */
  start: ImportWizardStart;
}>()({
  'page/open': method<object, { view: ImportWizardView; start: ImportWizardStart }>(nothing),
  'draft/keep': method<{ draft: ImportDraftInput; step: ImportWizardStep }, null>(v.strictObject({ draft: importDraft, step: v.picklist(importWizardSteps) })),
  /** The draft is given up for a new one, after a question when something was entered. */
  'draft/startAgain': method<object, ImportWizardStart>(nothing),
  /** Gives up the draft, after a question when something was entered, and closes the page. */
  'draft/cancel': method<object, null>(nothing),
  /** Opens the system's dialog. Answers with the files that were chosen: none when the person turned back. */
  'files/choose': method<{ paths: string[] }, { paths: readonly string[] }>(v.strictObject({ paths })),
  /** Turns dropped addresses into paths; what is no file of this machine is left out. */
  'files/drop': method<{ uris: string[] }, { paths: readonly string[] }>(v.strictObject({ uris: paths })),
  /** Says what these files are, in the view: begins to read those that are new, stops reading those that are not named. `again` names one to be read once more. */
  'files/read': method<{ paths: string[]; again?: number | undefined }, null>(v.strictObject({ paths, again: v.optional(index) })),
  'files/stopReading': method<{ path: string }, null>(v.strictObject({ path: entered })),
  /** Starts the imports; refused unless the draft is right. */
  'imports/start': method<{ draft: ImportDraftInput }, null>(v.strictObject({ draft: importDraft })),
  'imports/retry': method<{ id: string }, null>(v.strictObject({ id })),
  /** Stops what has not ended, after a question. */
  'imports/stop': method<object, null>(nothing),
  'imports/copyDetails': method<{ id: string }, null>(v.strictObject({ id })),
  'page/close': method<object, null>(nothing),
  'trust/manage': method<object, null>(nothing),
  'service/connect': method<object, null>(nothing),
});
export type ImportWizardContract = typeof importWizardContract;
