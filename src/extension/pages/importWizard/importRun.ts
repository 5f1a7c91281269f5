import * as v from 'valibot';
import { describeError, isProductError, ProductError } from '../../../core/errors';
import type { PackageIdentity } from '../../../core/packages/identity';
import { packageKinds, type ImportRecord } from '../../../core/packages/model';
import type { Locale } from '../../../core/text/messages';
import type { ImportLane, ImportRunView } from '../../../protocol/page/importWizard';
import { importSource } from '../../../protocol/fields';
import type { PackageService } from '../../packageService';
import type { RepositoryState } from '../../repositoryState';
import type { StartedImport } from './startImports';

const text = v.pipe(v.string(), v.maxLength(4096));
const identity = v.object({ name: text, version: text, localeId: text, osGroup: text, computerTypes: v.array(text) });

/** What is kept of the imports of a wizard; how they stand is asked of the service. */
export const keptRun = v.object({
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  places: v.optional(v.array(text)),
  lanes: v.array(v.object({
    id: text, source: importSource, kind: v.optional(v.picklist(packageKinds)), size: v.optional(v.number()),
    /** Its end has been shown. */
    ended: v.boolean(),
    replaces: v.optional(v.boolean()),
    /** What its archive was found to be. */
    found: v.optional(identity),
    /** What it became, null where that is not known; a complete import is on no list any more. */
    complete: v.optional(v.nullable(identity)),
  })),
});
export type KeptRun = v.InferOutput<typeof keptRun>;

/** The imports that a wizard has started, until a person has taken note of their end. */
export interface ImportRun {
  readonly view: ImportRunView | null;
  /** For the store of drafts. */
  readonly kept: KeptRun | undefined;
  readonly isRunning: boolean;
  /** Adds imports that have just begun. @param places where their packages were found by a search  @param isFirst the first of a start: ended ones make room for them */
  add(started: readonly StartedImport[], places: readonly string[], isFirst: boolean): void;
  /** @throws ProductError `general/not-found` for an import that is not one of these */
  find(id: string): ImportRecord;
  /** Begins a failed or stopped import anew; answers with its new id. */
  retry(id: string): Promise<string>;
  /** Stops what has not ended. */
  stop(): Promise<void>;
  /** A person has taken note. */
  clear(): void;
  dispose(): void;
}

interface Lane {
  readonly kind?: ImportLane['kind'];
  readonly size?: number | undefined;
  readonly replaces?: boolean | undefined;
  /** What its archive was found to be before it was started: the import itself knows only once it has read that far. */
  readonly found?: PackageIdentity | undefined;
  record: ImportRecord;
  following: boolean;
}

export interface ImportRunOptions {
  readonly locale: Locale;
  readonly service: PackageService;
  readonly state: RepositoryState;
  /** The run of an earlier page. */
  readonly kept: KeptRun | undefined;
  readonly onChange: () => void;
  readonly report: (error: unknown) => void;
}

export function createImportRun({ locale, service, state, kept, onChange, report }: ImportRunOptions): ImportRun {
  let startedAt = kept?.startedAt ?? '';
  let places: readonly string[] = kept?.places ?? [];
  let lanes: Lane[] = (kept?.lanes ?? []).map(({ id, source, kind, size, replaces, found, complete }) => ({
    ...(kind && { kind }), size, replaces, found, following: false,
    record: { id, source, ...begun, ...(complete !== undefined && { state: 'complete', percent: 100, step: 'register' }), ...(complete && { identity: complete }) },
  }));
  let disposed = false;

  const isRunning = (lane: Lane): boolean => lane.record.state === 'running';

  /** The list tells how an import stands; only `imports/wait` tells of a complete one, which is on no list any more. */
  const follow = async (lane: Lane): Promise<void> => {
    lane.following = true;
    try {
      lane.record = await service.request('imports/wait', { id: lane.record.id });
    } catch (error) {
      // Of an earlier service, and off its list: how it ended is not known any more.
      if (isProductError(error, 'general/not-found')) lanes = lanes.filter((other) => other !== lane);
      else report(error);
    } finally {
      lane.following = false;
      if (!disposed) onChange();
    }
  };
  const followAll = (): void => {
    for (const lane of lanes) if (isRunning(lane) && !lane.following) void follow(lane);
  };
  const update = (): void => {
    for (const lane of lanes) {
      const listed = isRunning(lane) ? state.snapshot.imports.find(({ id }) => id === lane.record.id) : undefined;
      if (listed !== undefined) lane.record = listed;
    }
  };
  const stopListening = state.onChanged((areas) => {
    update();
    // The connection has changed: what was waited for may have to be asked for again.
    if (areas.length === 0 && state.snapshot.connection === 'online') followAll();
  });
  update();
  followAll();

  return {
    get view() {
      return lanes.length === 0 ? null : { startedAt, places, lanes: lanes.map((lane) => viewOf(lane, locale)) };
    },
    get kept() {
      if (lanes.length === 0) return undefined;
      return {
        startedAt, places: [...places],
        lanes: lanes.map(({ record, kind, size, replaces, found }) => ({
          id: record.id, source: record.source, kind, size, ...(replaces === true && { replaces }), ...(found && { found: plainIdentity(found) }), ended: record.state !== 'running',
          ...(record.state === 'complete' && { complete: record.identity === undefined ? null : plainIdentity(record.identity) }),
        })),
      };
    },
    get isRunning() {
      return lanes.some(isRunning);
    },
    add: (started, from, isFirst) => {
      const stay = isFirst ? lanes.filter(isRunning) : lanes;
      if (stay.length === 0) startedAt = new Date().toISOString();
      places = stay.length === 0 ? from : [...new Set([...places, ...from])];
      lanes = [...stay, ...started.map(({ record, wanted: { found, replace } }) => ({
        record, following: false, replaces: replace, ...(found && { kind: found.kind, size: found.size, found: found.identity }),
      }))];
      followAll();
    },
    find: (id) => {
      const lane = lanes.find(({ record }) => record.id === id);
      if (lane === undefined) throw new ProductError('general/not-found', { kind: 'import', name: id });
      return lane.record;
    },
    retry: async (id) => {
      const record = await service.request('imports/retry', { id });
      // Time is counted from the start: with nothing else running this is one.
      if (!lanes.some(isRunning)) startedAt = record.startedAt;
      lanes = lanes.map((lane) => (lane.record.id === id ? { ...lane, record, following: false } : lane));
      followAll();
      return record.id;
    },
    stop: async () => {
      await Promise.all(lanes.filter(isRunning).map(({ record }) => service.request('imports/cancel', { id: record.id })));
    },
    clear: () => {
      lanes = lanes.filter(isRunning);
    },
    dispose: () => {
      disposed = true;
      stopListening();
    },
  };
}

/** An import of which nothing is known yet but that it was started. */
const begun = { tenantId: '', group: '', state: 'running', step: 'open', percent: 0, startedAt: '' } as const;

function plainIdentity({ name, version, localeId, osGroup, computerTypes }: PackageIdentity): v.InferOutput<typeof identity> {
  return { name, version, localeId, osGroup, computerTypes: [...computerTypes] };
}

function viewOf({ record, kind, size, replaces, found }: Lane, locale: Locale): ImportLane {
  const { id, source, state, step, percent, bytes, files, notes, waiting, identity: known = found, startedAt, error } = record;
  const total = size ?? bytes?.total;
  return {
    record: { id, source, state, step, percent, startedAt, ...(bytes && { bytes }), ...(files && { files }), ...(notes && { notes }), ...(waiting !== undefined && { waiting }), ...(known && { identity: known }) },
    ...(error && { error: { code: error.code, message: describeError(locale, error) } }),
    ...(kind && { kind }),
    ...(replaces === true && { replaces }),
    ...(total !== undefined && { size: total }),
  };
}
