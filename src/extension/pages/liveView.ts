import { isErrorData } from '../../core/errors';
import type { PageLock } from '../../protocol/page/packageDetails';
import type { ChangedArea } from '../../protocol/service';
import type { RepositorySnapshot, RepositoryState } from '../repositoryState';

export interface LiveViewOptions<V> {
  readonly state: RepositoryState;
  /** The lists that the view is made of; read while the page is open. */
  readonly areas: readonly ChangedArea[];
  /** Resolves when there is something to show; default: when the lists have been read. */
  readonly ready?: () => Promise<void>;
  readonly build: () => V | Promise<V>;
  /** Takes each view that differs from the one before. */
  readonly show: (view: V) => void;
  readonly report: (error: unknown) => void;
}

/** What a page shows, kept equal to the repository as long as the page is open. */
export interface LiveView<V> {
  /** The view as it is now. */
  current(): Promise<V>;
  /** Something beside the lists has changed. */
  refresh(): void;
  dispose(): void;
}

/** Building a view may take at most about a fifth of the time, however fast the lists change. */
const restFactor = 4;

export function createLiveView<V>({ state, areas, ready = () => state.ready(areas), build, show, report }: LiveViewOptions<V>): LiveView<V> {
  const stopWatching = state.watch(areas);
  let shown = '';
  let timer: NodeJS.Timeout | undefined;
  let restUntil = 0;
  let disposed = false;
  // One after the other, so that an older view never comes after a newer one.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };

  const update = async (): Promise<void> => {
    if (disposed) return;
    const begin = performance.now();
    const view = await build();
    const text = JSON.stringify(view);
    const end = performance.now();
    restUntil = end + (end - begin) * restFactor;
    if (disposed as boolean || text === shown) return;
    shown = text;
    show(view);
  };
  const refresh = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      inTurn(update).catch(report);
    }, Math.max(0, restUntil - performance.now()));
  };
  const stopListening = state.onChanged((changed) => {
    if (changed.length === 0 || changed.some((area) => areas.includes(area))) refresh();
  });

  return {
    current: () => inTurn(async () => {
      await ready();
      const view = await build();
      shown = JSON.stringify(view);
      return view;
    }),
    refresh,
    dispose: () => {
      disposed = true;
      clearTimeout(timer);
      stopListening();
      stopWatching();
    },
  };
}

/** Nothing is known, and for now nothing can be: the service does not answer and these lists were never read. */
export function isOfflineAndEmpty(snapshot: RepositorySnapshot, areas: readonly ChangedArea[]): boolean {
  return areas.some((area) => !snapshot.known.has(area));
}

/** What keeps this window from changing anything. */
export function pageLock(snapshot: RepositorySnapshot, isTrusted: boolean, describe: (error: unknown) => string): PageLock | undefined {
  if (!isTrusted) return { kind: 'needsTrust' };
  return isErrorData(snapshot.readOnly) ? { kind: 'readOnly', message: describe(snapshot.readOnly) } : undefined;
}
