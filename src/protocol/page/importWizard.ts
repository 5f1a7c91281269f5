import * as v from 'valibot';
import type { ImportFacts } from '../../core/packages/importCheck';
import { importMethods, mostArchives, mostPlaces, type SearchMethod } from '../../core/packages/importDraft';
import type { DroppedSource } from '../../core/packages/droppedSources';
import type { ScannedPackage, UnreadableSource } from '../../core/packages/scan';
import type { ImportRecord, PackageKind } from '../../core/packages/model';
import { method } from '../method';
import { pageContract } from './page';

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
/** Longer than anything that is right: what is wrong with a value is said beside its field, by `core`. */
const entered = v.pipe(v.string(), v.maxLength(10_000));
const paths = v.pipe(v.array(entered), v.maxLength(mostArchives));
const places = v.pipe(v.array(entered), v.maxLength(mostPlaces));
/** More packages than any place holds. */
const mostPackages = 100_000;
const nothing = v.strictObject({});

/** The shape of a draft, as the page sends it and as it is kept. */
export const importDraft = v.strictObject({
  method: v.picklist(importMethods.map((one) => one.id)),
  paths: v.pipe(paths, v.minLength(1)),
  parts: v.strictObject({ path: entered, xml: entered, apd: entered }),
  places: v.pipe(places, v.minLength(1)),
  choice: v.strictObject({ base: v.picklist(['offered', 'all', 'none']), except: v.pipe(v.array(entered), v.maxLength(mostPackages)) }),
  tenant: entered,
  group: entered,
});
export type ImportDraftInput = v.InferOutput<typeof importDraft>;

export const importWizardSteps = ['method', 'packages', 'progress'] as const;
export type ImportWizardStep = (typeof importWizardSteps)[number];

/** One package of an import that was started from the wizard. */
export interface ImportLane {
  readonly record: Pick<ImportRecord, 'id' | 'source' | 'state' | 'step' | 'percent' | 'bytes' | 'files' | 'notes' | 'waiting' | 'identity' | 'startedAt'>;
  /** Why it failed. */
  readonly error?: { readonly code: string; readonly message: string };
  /** Known where the archive was read before the start. */
  readonly kind?: PackageKind;
  /** It replaces a package that is there. */
  readonly replaces?: boolean;
  readonly size?: number;
}

/** The imports that were started from the wizard and that a person has not yet taken note of. */
export interface ImportRunView {
  readonly startedAt: string;
  /** Where their packages were found by a search. */
  readonly places: readonly string[];
  readonly lanes: readonly ImportLane[];
}

/** How the search of the places stands. What it found comes apart, since it may be thousands. */
export interface ScanView {
  /** Another search has another number. */
  readonly number: number;
  readonly state: 'searching' | 'complete' | 'stopped' | 'failed';
  readonly method: SearchMethod;
  /** The paths of the places. */
  readonly places: readonly string[];
  readonly foldersRead: number;
  /** Seconds that it took; absent while it runs. */
  readonly seconds?: number;
  /** The tenant that was asked for. */
  readonly tenantId?: string;
}

/** What a search has found since it was last told, by path: in place of what was told of the same path. */
export interface FoundSources {
  readonly number: number;
  readonly packages: readonly ScannedPackage[];
  readonly unreadable: readonly UnreadableSource[];
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
  readonly scan: ScanView | null;
  /** The places used last, newest first. */
  readonly recentPlaces: readonly string[];
}

/** The page as it begins, or begins anew. */
export interface ImportWizardStart {
  readonly step: ImportWizardStep;
  readonly draft: ImportDraftInput;
  /** When a draft of earlier was last changed; null: it is a new one. */
  readonly draftOf: string | null;
}

/** What the system's dialog offers to choose. */
const choosableKinds = ['archives', 'archive', 'xml', 'apd', 'folder'] as const;
export type ChoosableKind = (typeof choosableKinds)[number];

export const importWizardContract = pageContract<{
  view: ImportWizardView;
  /** The host has put something into the draft, e.g. files that were dropped on the tree. */
  start: ImportWizardStart;
  found: FoundSources;
}>()({
  'page/open': method<object, { view: ImportWizardView; start: ImportWizardStart; found: FoundSources | null }>(nothing),
  'draft/keep': method<{ draft: ImportDraftInput; step: ImportWizardStep }, null>(v.strictObject({ draft: importDraft, step: v.picklist(importWizardSteps) })),
  /** The draft is given up for a new one, after a question when something was entered. */
  'draft/startAgain': method<object, ImportWizardStart>(nothing),
  /** Gives up the draft, after a question when something was entered, and closes the page. */
  'draft/cancel': method<object, null>(nothing),
  /** Opens the system's dialog, near what is entered. Answers with what was chosen: nothing when the person turned back. */
  'files/choose': method<{ what: ChoosableKind; near: string[] }, { paths: readonly string[] }>(v.strictObject({ what: v.picklist(choosableKinds), near: paths })),
  /** Turns dropped addresses into paths and looks at folders; what is no file of this machine is left out. */
  'files/drop': method<{ uris: string[] }, { dropped: readonly DroppedSource[] }>(v.strictObject({ uris: paths })),
  /** Says what the files of the draft are, in the view: begins to read those that are new, stops reading those that are not in it. `again` is the path of one to be read once more. */
  'files/read': method<{ draft: ImportDraftInput; again?: string | undefined }, null>(v.strictObject({ draft: importDraft, again: v.optional(entered) })),
  'files/stopReading': method<{ path: string }, null>(v.strictObject({ path: entered })),
  /** Begins to search the places of the draft, in place of an earlier search. False: they cannot be searched, and the view says why. */
  'scan/start': method<{ draft: ImportDraftInput }, { began: boolean }>(v.strictObject({ draft: importDraft })),
  'scan/stop': method<object, null>(nothing),
  /** Starts the imports; refused unless the draft is right. */
  'imports/start': method<{ draft: ImportDraftInput }, null>(v.strictObject({ draft: importDraft })),
  'imports/retry': method<{ id: string }, null>(v.strictObject({ id })),
  /** Stops what has not ended, after a question. */
  'imports/stop': method<object, null>(nothing),
  'imports/copyDetails': method<{ id: string }, null>(v.strictObject({ id })),
  /** Shows the XML and the APD of a package in parts side by side: of an import, else those of the draft. */
  'templates/compare': method<{ id?: string | undefined }, null>(v.strictObject({ id: v.optional(id) })),
  'page/close': method<object, null>(nothing),
  'trust/manage': method<object, null>(nothing),
  'service/connect': method<object, null>(nothing),
});
export type ImportWizardContract = typeof importWizardContract;
