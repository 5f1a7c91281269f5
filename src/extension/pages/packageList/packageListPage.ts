import type { AccessView } from '../../../core/access/model';
import type { Privilege } from '../../../core/access/privileges';
import { describeError, ProductError } from '../../../core/errors';
import type { CompareNames } from '../../../core/packages/list/order';
import { listTenants } from '../../../core/packages/list/tenants';
import type { Tenant } from '../../../core/packages/model';
import type { Locale } from '../../../core/text/messages';
import { packageListContract, type ListAction, type ListState, type ListTenant, type RowBatch } from '../../../protocol/page/packageList';
import type { ChangedArea } from '../../../protocol/service';
import { describeMissing } from '../../access';
import type { RepositorySnapshot, RepositoryState } from '../../repositoryState';
import { visibleTenants, type PackageFilters } from '../../views/packageFilters';
import { createLiveView, isOfflineAndEmpty, pageLock } from '../liveView';
import type { OpenPage, PageTab } from '../pageDefinition';
import { servePage, type PageChannel } from '../servePage';
import { createListFeed } from './listRows';
import { detailsSubject, subjectsOf, type ListSubject } from './listSubjects';

/** What the list needs of the editor and of the rest of the extension. */
export interface PackageListPorts {
  readonly locale: Locale;
  readonly state: RepositoryState;
  readonly filters: PackageFilters;
  readonly isTrusted: () => boolean;
  /** Tells when this window becomes trusted. */
  readonly onTrusted: (listener: () => void) => () => void;
  /** Opens the tenant directory. */
  chooseTenants(): Promise<void>;
  importPackages(): Promise<void>;
  /** Runs the command of an action. */
  act(action: ListAction, subjects: readonly ListSubject[]): Promise<void>;
  /** Begins the details of a package or import beside the list. */
  openDetails(tab: PageTab): OpenPage;
  report(method: string, error: unknown): void;
}

/** Rows that a page begins with. */
const firstRows = 1000;

const areas: readonly ChangedArea[] = ['tenants', 'packages', 'imports', 'deployments', 'access'];

/** These change nothing: they also work in a window that is not trusted. */
const harmless: ReadonlySet<ListAction> = new Set(['open', 'download']);

/** Answers the list of packages. */
export function openPackageList(tab: PageTab, ports: PackageListPorts): OpenPage {
  const { locale, state, filters } = ports;
  const feed = createListFeed(locale);
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  let details: { readonly pane: number; readonly page: OpenPage; readonly hear: (message: unknown) => void } | undefined;

  let ordered: { readonly from: readonly Tenant[]; readonly tenants: readonly Tenant[] } | undefined;
  /** Tenants as they are shown: their rows are told in that order. */
  const inOrder = (from: readonly Tenant[]): readonly Tenant[] => {
    if (ordered?.from !== from) ordered = { from, tenants: listTenants(from, compare).map(({ tenant }) => tenant) };
    return ordered.tenants;
  };
  /** A short list is told whole; of a long one the first rows are there long before the last ones. */
  const ready = async (): Promise<void> => {
    await state.ready(areas, 'begun');
    const { packages, tenants } = state.snapshot;
    if (packages.size <= firstRows) return state.ready(areas);
    const first = visibleTenants(inOrder(tenants), filters.tenantIds).find(({ id }) => packages.count(id) > 0);
    if (first !== undefined) await state.tenantReady(first.id, 'begun');
  };

  /** The page has asked for its first rows. */
  let isOpen = false;
  let telling: Promise<void> = Promise.resolve();
  let isTold = false;
  /** Taken from the feed already, and yet to be told. */
  let waiting: RowBatch | undefined;
  const empty: RowBatch = { shared: [], tenants: [], imports: { changed: [], gone: [] } };

  /** Tells all that is left, with room for others between two batches. */
  const take = (): RowBatch | undefined => {
    const rows = waiting ?? feed.next();
    waiting = undefined;
    return rows;
  };
  const tellRows = async (): Promise<void> => {
    // After the answer that these rows follow.
    await new Promise((resolve) => setImmediate(resolve));
    for (let rows = take(); rows !== undefined && isOpen; rows = take()) {
      tab.channel.post({ type: 'event', name: 'rows', value: rows });
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (isTold || !state.snapshot.packages.isWhole) return;
    isTold = true;
    live.refresh();
  };
  const tell = (): void => {
    telling = telling.then(tellRows);
  };

  const live = createLiveView({
    state, areas,
    ready,
    build: () => ({ state: showState(state.snapshot, ports, compare, isTold), version: feed.update({ ...state.snapshot, tenants: inOrder(state.snapshot.tenants) }) }),
    show: (view) => {
      if (!isOpen) return;
      tab.channel.post({ type: 'event', name: 'state', value: view.state });
      tell();
    },
    report: (error) => ports.report('list', error),
  });

  const closeDetails = (): void => {
    details?.page.dispose();
    details = undefined;
  };

  const stopServing = servePage(packageListContract, tab.channel, {
    'list/open': async () => {
      // A page that was loaded anew knows nothing of the details that an earlier load had open.
      closeDetails();
      await live.current();
      isOpen = true;
      feed.restart();
      const rows = feed.next(firstRows) ?? empty;
      waiting = feed.next();
      // A short list is told by now.
      isTold = waiting === undefined && state.snapshot.packages.isWhole;
      tell();
      return { state: showState(state.snapshot, ports, compare, isTold), rows };
    },
    'list/refresh': async () => {
      await state.refresh();
      return null;
    },
    'list/chooseTenants': async () => {
      await ports.chooseTenants();
      return null;
    },
    'list/import': async () => {
      await ports.importPackages();
      return null;
    },
    'rows/act': async ({ action, keys }) => {
      if (!harmless.has(action) && !ports.isTrusted()) throw new ProductError('general/bad-request', { method: 'rows/act', reason: 'this window is not trusted' });
      const subjects = subjectsOf(keys, state.snapshot);
      if (subjects.length === 0) throw new ProductError('general/not-found', { kind: 'package', name: keys[0] ?? '' });
      await ports.act(action, subjects);
      return null;
    },
    'details/open': ({ pane, key }) => {
      closeDetails();
      const [subject] = subjectsOf([key], state.snapshot);
      if (subject === undefined) throw new ProductError('general/not-found', { kind: 'package', name: key });
      const own = paneChannel(tab.channel, pane);
      details = {
        pane, hear: own.hear,
        page: ports.openDetails({
          subject: detailsSubject(subject), channel: own.channel,
          get visible() {
            return tab.visible;
          },
          // The list's tab keeps its own name, and its details go when the page lets them.
          setTitle: () => undefined,
          close: () => undefined,
        }),
      };
      return null;
    },
    'details/close': () => {
      closeDetails();
      return null;
    },
    'details/say': ({ pane, message }) => {
      if (details?.pane === pane) details.hear(message);
      return null;
    },
  }, { locale, report: (method, error) => ports.report(method, error) });
  const stops = [ports.onTrusted(() => live.refresh()), filters.onChanged(() => live.refresh())];

  return {
    dispose: () => {
      isOpen = false;
      stopServing();
      closeDetails();
      for (const stop of stops) stop();
      live.dispose();
    },
  };
}

function showState(snapshot: RepositorySnapshot, { locale, filters, isTrusted }: PackageListPorts, compareNames: CompareNames, isTold: boolean): ListState {
  const { access, tenants, connection, asOf } = snapshot;
  const visible = new Set(visibleTenants(tenants, filters.tenantIds).map(({ id }) => id));
  const lock = pageLock(snapshot, isTrusted(), (error) => describeError(locale, error));
  const importForbidden = describeMissing(locale, access, 'import');
  return {
    tenants: listTenants(tenants, compareNames).filter(({ tenant }) => visible.has(tenant.id)).map(({ tenant }) => showTenant(tenant, access, locale)),
    allTenants: visible.size === tenants.length,
    choice: tenants.length > 1,
    ...(importForbidden !== undefined && { importForbidden }),
    ...(lock && { lock }),
    ...(connection === 'offline' && asOf !== undefined && { offlineSince: asOf.toISOString() }),
    // While rows are still to come.
    ...(!isTold && { expected: snapshot.packages.size }),
    unknown: connection === 'offline' && isOfflineAndEmpty(snapshot, ['packages']),
  };
}

function showTenant(tenant: { readonly id: string; readonly name: string }, access: AccessView | undefined, locale: Locale): ListTenant {
  const missing = (privilege: Privilege): string | undefined => describeMissing(locale, access, privilege, tenant);
  // A copy is made in other tenants: there the privilege is needed.
  const forbidden = { copyToTenants: describeMissing(locale, access, 'copy'), moveToGroup: missing('import'), delete: missing('delete') };
  return { id: tenant.id, name: tenant.name, forbidden: Object.fromEntries(Object.entries(forbidden).filter((entry): entry is [string, string] => entry[1] !== undefined)) };
}

/** The way of one pane of details through the tab of the list. */
function paneChannel(channel: PageChannel, pane: number): { readonly channel: PageChannel; readonly hear: (message: unknown) => void } {
  const listeners = new Set<(message: unknown) => void>();
  return {
    channel: {
      post: (reply) => channel.post({ type: 'event', name: 'details', value: { pane, reply } }),
      onMessage: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    hear: (message) => {
      for (const listener of [...listeners]) listener(message);
    },
  };
}
