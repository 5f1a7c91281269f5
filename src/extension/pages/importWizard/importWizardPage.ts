import { describeError, ProductError } from '../../../core/errors';
import { cleanPath, isFilled, isReadablePath, type ImportFacts } from '../../../core/packages/importDraft';
import { fileNameOf } from '../../../core/packages/importSource';
import { identityKey } from '../../../core/packages/identity';
import type { ArchiveFinding } from '../../../core/packages/inspection';
import { extensionText } from '../../../core/text/extensionText';
import { createText } from '../../../core/text/messages';
import { importStepName } from '../../../core/text/stateText';
import { wizardText } from '../../../core/text/wizardText';
import { importWizardContract, type ImportDraftInput, type ImportWizardStart, type ImportWizardView } from '../../../protocol/page/importWizard';
import type { ChangedArea, ServiceStatus } from '../../../protocol/service';
import { createLiveView } from '../liveView';
import type { OpenPage, PageIntent, PageTab } from '../pageDefinition';
import { servePage, type PageHandlers } from '../servePage';
import { createTrustGuard } from '../trustGuard';
import { createArchiveReader } from './archiveReader';
import { createImportRun, type ImportRun } from './importRun';
import { createImportOffers } from './offers';
import type { ImportWizardPorts } from './ports';
import { startImports } from './startImports';
import { createWizardDrafts, createWizardSession, hasUnseenEnd } from './wizardSession';

const areas: readonly ChangedArea[] = ['tenants', 'packages', 'imports'];

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
  const reader = createArchiveReader(service, () => live.refresh());
  const runs: ImportRun = createImportRun({
    locale, service, state, onChange: changed, report: (error) => ports.report('imports/wait', error),
    kept: hasUnseenEnd(before) || intent === undefined ? before?.draft.run : undefined,
  });
  const session = createWizardSession({ subject: tab.subject, drafts, before, runs, tenants });

  /** Another window may have imported a file since it was read. */
  const findings = (): readonly ArchiveFinding[] => reader.findings.map((finding) => {
    if (finding.state !== 'recognized' || !state.snapshot.known.has('packages')) return finding;
    const key = identityKey(finding.package.identity);
    return { ...finding, package: { ...finding.package, presentIn: state.snapshot.packages.filter((item) => identityKey(item) === key).map((item) => item.tenantId) } };
  });
  const facts = (): ImportFacts => ({ platform, tenants: tenants(), findings: findings() });
  const build = async (): Promise<ImportWizardView> => {
    const isOffline = state.snapshot.connection === 'offline';
    if (!isOffline) status ??= await service.request('service/status', {}).catch(() => undefined);
    return {
      ...facts(), machine: status?.machine ?? '', isRemote: ports.isRemote, repository: status?.dataFolder ?? '', isTrusted: ports.isTrusted(), isOffline, run: runs.view,
    };
  };
  const emit = (name: 'view' | 'start', value: ImportWizardView | ImportWizardStart): void => tab.channel.post({ type: 'event', name, value });
  const live = createLiveView<ImportWizardView>({ state, areas, build, show: (view) => emit('view', view), report: (error) => ports.report('view', error) });
  /** The view first: the page that begins is drawn with it. */
  const emitStart = async (): Promise<void> => {
    await session.save();
    emit('view', await build());
    emit('start', session.now);
  };

  /** Reads the files of the draft, and no others. @param again the number of a path to be read once more */
  const readDraft = (again?: number): void => {
    const { paths } = session.now.draft;
    if (ports.isTrusted()) reader.want(paths.filter((path) => isReadablePath(path, platform)).map(cleanPath), again === undefined ? undefined : cleanPath(paths[again] ?? ''));
  };
  const isShown = (): boolean => !disposed && tab.visible;
  const runningIds = (): readonly string[] => (runs.view?.lanes ?? []).filter(({ record }) => record.state === 'running').map(({ record }) => record.id);
  /** Lists first: a draft begins with the tenant used last. */
  const ready = state.ready(areas).then(() => {
    session.begin(intent);
    const running = runningIds();
    if (running.length > 0) ports.tellEnds(running, isShown);
    readDraft();
  });
  /** The lists were not there when the page was opened. */
  const stopListening = state.onChanged(() => {
    const { draft } = session.now;
    if (draft.tenant !== '' || isFilled(draft) || tenants().length === 0) return;
    session.startAgain();
    emit('start', session.now);
  });

  const requireTrust = createTrustGuard(ports);
  const discard = async (): Promise<void> => {
    if (isFilled(session.now.draft)) await ports.confirm(text('discardMessage'), '', text('discardButton'));
    session.startAgain();
    readDraft();
    await session.save();
  };
  const start = async (draft: ImportDraftInput): Promise<void> => {
    session.change(draft);
    readDraft();
    const { records, tenant, group, refusal } = await startImports(draft, { service, reader, facts, locale });
    if (records.length > 0) {
      runs.add(records, reader.findings);
      ports.tellEnds(records.map(({ id }) => id), isShown);
      await offers.remember(tenant.id, group);
      session.started(records.length);
      readDraft();
      await emitStart();
    }
    if (refusal !== undefined) throw refusal;
  };

  const handlers: PageHandlers<typeof importWizardContract> = {
    'page/open': async () => {
      await ready;
      return { view: await live.current(), start: session.now };
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
    'files/choose': async ({ paths }) => ({ paths: await ports.chooseArchives(paths.map(cleanPath).find((path) => isReadablePath(path, platform))) }),
    'files/drop': ({ uris }) => ({ paths: uris.flatMap((uri) => ports.pathOf(uri) ?? []) }),
    'files/read': async ({ paths, again }) => {
      requireTrust('files/read');
      await ready;
      if (paths.length > 0) session.change({ ...session.now.draft, paths });
      readDraft(again);
      return null;
    },
    'files/stopReading': ({ path }) => {
      reader.stopReading(cleanPath(path));
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
      session.change(session.now.draft);
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
  const stopTrust = ports.onTrusted(() => {
    readDraft();
    live.refresh();
  });

  return {
    receive: (wanted) => {
      ready.then(async () => {
        session.take(wanted);
        readDraft();
        await emitStart();
      }).catch((error: unknown) => ports.report('intent', error));
    },
    dispose: () => {
      disposed = true;
      for (const stop of [stopServing, stopTrust, stopListening]) stop();
      for (const part of [live, reader, runs]) part.dispose();
    },
  };
}
