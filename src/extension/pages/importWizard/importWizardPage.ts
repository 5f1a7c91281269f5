import { describeError, ProductError } from '../../../core/errors';
import { checkImportSources, type ImportFacts } from '../../../core/packages/importCheck';
import { cleanPath, findTenant, isFilled, isScanMethod } from '../../../core/packages/importDraft';
import { fileNameOf } from '../../../core/packages/importSource';
import type { SourceFinding } from '../../../core/packages/inspection';
import { extensionText } from '../../../core/text/extensionText';
import { createText } from '../../../core/text/messages';
import { importStepName } from '../../../core/text/stateText';
import { wizardText } from '../../../core/text/wizardText';
import { importWizardContract, type FoundSources, type ImportDraftInput, type ImportWizardStart, type ImportWizardView } from '../../../protocol/page/importWizard';
import type { ChangedArea, ServiceStatus } from '../../../protocol/service';
import { createLiveView } from '../liveView';
import type { OpenPage, PageIntent, PageTab } from '../pageDefinition';
import { servePage, type PageHandlers } from '../servePage';
import { createTrustGuard } from '../trustGuard';
import { confirmReplace } from '../../imports/confirmReplace';
import { createImportRun, type ImportRun } from './importRun';
import { createImportOffers } from './offers';
import type { ImportWizardPorts } from './ports';
import { createPlaceSearch, createTenantFinder } from './placeSearch';
import { createRecentPlaces } from './recentPlaces';
import { createSourceReader } from './sourceReader';
import { replacedNames, startImports, wantedImports, type StartedImport } from './startImports';
import { createWizardFiles, opened } from './wizardFiles';
import { createWizardDrafts, createWizardSession, hasUnseenEnd } from './wizardSession';

const areas: readonly ChangedArea[] = ['access', 'tenants', 'packages', 'imports'];

/**
 * Answers the import wizard.
 * @param intent undefined when the editor brings the tab back: then it stands where it was
 */
export function openImportWizard(tab: PageTab, intent: PageIntent | undefined, ports: ImportWizardPorts): OpenPage {
  const { locale, service, state, platform } = ports;
  const text = createText(locale, wizardText);
  const question = createText(locale, extensionText);
  let disposed = false;
  let status: ServiceStatus | undefined;

  const drafts = createWizardDrafts(ports.memento);
  const before = drafts.read(tab.subject);
  const offers = createImportOffers(ports.memento, locale, ports.defaultGroup);
  const tenants = (): ImportFacts['tenants'] => offers.tenants(state.snapshot);
  const changed = (): void => {
    if (disposed) return;
    live.refresh();
    session.save().catch((error: unknown) => ports.report('draft', error));
  };
  const reader = createSourceReader(service, ports.mounts, () => live.refresh());
  const recent = createRecentPlaces(ports.memento);
  const search = createPlaceSearch({ service, onFound: (found) => emit('found', found), onChange: () => live.refresh() });
  const runs: ImportRun = createImportRun({
    locale, service, state, onChange: changed, report: (error) => ports.report('imports/wait', error),
    kept: hasUnseenEnd(before) || intent === undefined ? before?.draft.run : undefined,
  });
  const session = createWizardSession({ subject: tab.subject, drafts, before, runs, tenants, found: () => (search.view === null ? undefined : search.packages) });

  const holders = createTenantFinder();
  /** Another window may have imported a package since it was read. */
  const findings = (): readonly SourceFinding[] => reader.findings.map((finding) => {
    if (finding.state !== 'recognized' || !state.snapshot.known.has('packages')) return finding;
    return { ...finding, package: { ...finding.package, presentIn: holders(state.snapshot.packages.all())(finding.package.identity) } };
  });
  const facts = (): ImportFacts => ({ platform, mounts: ports.mounts(), tenants: tenants(), findings: findings(), unsearched: search.unsearched });
  const build = async (): Promise<ImportWizardView> => {
    const isOffline = state.snapshot.connection === 'offline';
    if (!isOffline) status ??= await service.request('service/status', {}).catch(() => undefined);
    return {
      ...facts(), machine: status?.machine ?? '', isRemote: ports.isRemote, repository: status?.dataFolder ?? '', isTrusted: ports.isTrusted(), isOffline, run: runs.view, scan: search.view, recentPlaces: recent.list,
    };
  };
  const emit = (name: 'view' | 'start' | 'found', value: ImportWizardView | ImportWizardStart | FoundSources): void => tab.channel.post({ type: 'event', name, value });
  const live = createLiveView<ImportWizardView>({ state, areas, build, show: (view) => emit('view', view), report: (error) => ports.report('view', error) });
  /** The view first: the page that begins is drawn with it. */
  const emitStart = async (): Promise<void> => {
    await session.save();
    emit('view', await build());
    emit('start', session.now);
  };

  const isShown = (): boolean => !disposed && tab.visible;
  const runningIds = (): readonly string[] => (runs.view?.lanes ?? []).filter(({ record }) => record.state === 'running').map(({ record }) => record.id);
  /** Lists first: a draft begins with the tenant used last. */
  const ready = state.ready(areas).then(() => {
    session.begin(intent);
    const running = runningIds();
    if (running.length > 0) ports.tellEnds(running, isShown);
    files.read(session.now.draft);
    if (session.now.step === 'packages') searchAgain();
  });
  /** The lists were not there when the page was opened. */
  const stopListening = state.onChanged((changedAreas) => {
    if (changedAreas.includes('packages') && state.snapshot.known.has('packages')) search.update(holders(state.snapshot.packages.all()));
    // The service went while it searched, and is back.
    if (changedAreas.length === 0 && state.snapshot.connection === 'online' && search.view?.state === 'failed') searchAgain();
    const { draft } = session.now;
    if (draft.tenant !== '' || isFilled(draft) || tenants().length === 0) return;
    session.startAgain();
    emit('start', session.now);
  });

  const requireTrust = createTrustGuard(ports);
  const files = createWizardFiles({
    ports, reader, runs, requireTrust, ready: () => ready, draft: () => session.now.draft, change: (draft) => session.change(draft, session.now.step),
  });
  const searchDraft = async ({ method, places, tenant }: ImportDraftInput): Promise<boolean> => {
    if (!isScanMethod(method)) return false;
    const tenantId = findTenant(tenant, tenants())?.id;
    return search.start({ method, places: places.map(cleanPath), mounts: ports.mounts(), ...(tenantId !== undefined && { tenantId }) });
  };
  /** What a search has found is not kept: after a reload the places are searched once more. */
  const searchAgain = (): void => {
    if (ports.isTrusted()) void searchDraft(session.now.draft);
    else session.change(session.now.draft, 'method');
  };
  const discard = async (): Promise<void> => {
    if (isFilled(session.now.draft)) await ports.confirm(text('discardMessage'), '', text('discardButton'));
    search.clear();
    session.startAgain();
    files.read(session.now.draft);
    await session.save();
  };
  const start = async (draft: ImportDraftInput): Promise<void> => {
    session.change(draft);
    files.read(draft);
    await opened(draft, reader, facts());
    const wanted = wantedImports(draft, facts(), search.packages, locale);
    const replaced = replacedNames(wanted.imports);
    if (replaced.length > 0) await confirmReplace(replaced, { service, locale, confirm: (...words) => ports.confirm(...words) });
    const began: StartedImport[] = [];
    const onStarted = async (started: readonly StartedImport[]): Promise<void> => {
      const isFirst = began.length === 0;
      began.push(...started);
      runs.add(started, isScanMethod(draft.method) ? draft.places.map(cleanPath) : [], isFirst);
      live.refresh();
      if (isFirst && began.length < wanted.imports.length) {
        session.begun();
        await emitStart();
      }
    };
    const refusal = await startImports(wanted, { service, mounts: ports.mounts(), onStarted });
    if (began.length > 0) {
      ports.tellEnds(began.map(({ record }) => record.id), isShown);
      await offers.remember(wanted.tenant.id, wanted.group);
      if (refusal === undefined) {
        search.clear();
        session.finished();
      } else session.startedOnly(new Set(began.map(({ wanted: { source } }) => source.path)));
      files.read(session.now.draft);
      await emitStart();
    }
    if (refusal !== undefined) throw refusal;
  };

  const handlers: PageHandlers<typeof importWizardContract> = {
    'page/open': async () => {
      await ready;
      return { view: await live.current(), start: session.now, found: search.all };
    },
    'draft/keep': async ({ draft, step }) => {
      await ready;
      session.change(draft, step);
      await session.save();
      return null;
    },
    'draft/startAgain': async () => {
      await discard();
      return session.now;
    },
    'draft/cancel': async () => {
      await discard();
      tab.close();
      return null;
    },
    ...files.handlers,
    'scan/start': async ({ draft }) => {
      requireTrust('scan/start');
      await ready;
      search.clear();
      session.change(draft, 'method');
      if (!isScanMethod(draft.method) || checkImportSources(draft, facts()).length > 0) return { began: false };
      const began = await searchDraft(draft);
      if (began) {
        await recent.remember(draft.places.map(cleanPath));
        session.change(session.now.draft, 'packages');
      }
      await session.save();
      // First: the page says why nothing could be searched.
      emit('view', await build());
      return { began };
    },
    'scan/stop': () => {
      search.stop();
      return null;
    },
    'imports/start': async ({ draft }) => {
      requireTrust('imports/start');
      await ready;
      await start(draft);
      return null;
    },
    'imports/retry': async ({ id }) => {
      requireTrust('imports/retry');
      const { state: now } = runs.find(id);
      if (now === 'running' || now === 'complete') throw new ProductError('general/bad-request', { method: 'imports/retry', reason: `the import is ${now}` });
      ports.tellEnds([await runs.retry(id)], isShown);
      changed();
      return null;
    },
    'imports/stop': async () => {
      const n = runningIds().length;
      if (n === 0) return null;
      await ports.confirm(question('stopImportMessage', { n }), question('stopImportDetail'), question('stopImportButton'));
      await runs.stop();
      return null;
    },
    'imports/copyDetails': async ({ id }) => {
      const { source, step, error } = runs.find(id);
      const head = question('importFailedTitle', { file: fileNameOf(source.path), step: importStepName(locale, step) });
      await ports.copy([head, source.path, ...(error === undefined ? [] : [`${error.code}: ${describeError(locale, error)}`, ...(error.causes ?? [])])].join('\n'));
      return null;
    },
    'page/close': async () => {
      runs.clear();
      session.change(session.now.draft, 'method');
      await session.save();
      tab.close();
      return null;
    },
    'trust/manage': async () => {
      await ports.manageTrust();
      return null;
    },
    'service/connect': async () => {
      await service.connect();
      return null;
    },
  };
  const stopServing = servePage(importWizardContract, tab.channel, handlers, { locale, report: (method, error) => ports.report(method, error) });
  const readAnew = (): void => {
    files.read(session.now.draft);
    live.refresh();
  };
  const stops = [ports.onTrusted(readAnew), ports.onMounts(readAnew)];

  return {
    receive: (wanted) => {
      ready.then(async () => {
        search.clear();
        session.take(wanted);
        files.read(session.now.draft);
        await emitStart();
      }).catch((error: unknown) => ports.report('intent', error));
    },
    dispose: () => {
      disposed = true;
      for (const stop of [stopServing, stopListening, ...stops]) stop();
      for (const part of [live, reader, search, runs]) part.dispose();
    },
  };
}
