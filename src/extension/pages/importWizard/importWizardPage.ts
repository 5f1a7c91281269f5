import * as v from 'valibot';
import { describeError, ProductError } from '../../../core/errors';
import {
  checkImportDraft, cleanPath, fileNameOf, findTenant, isFilled, isReadablePath, newImportDraft, withPaths, withTenant, type ImportFacts,
} from '../../../core/packages/importDraft';
import { identityKey } from '../../../core/packages/identity';
import type { ArchiveFinding } from '../../../core/packages/inspection';
import type { ImportRecord } from '../../../core/packages/model';
import { extensionText } from '../../../core/text/extensionText';
import { describeImportProblem } from '../../../core/text/importWizardText';
import { createText } from '../../../core/text/messages';
import { importStepName } from '../../../core/text/stateText';
import { wizardText } from '../../../core/text/wizardText';
import {
  importDraft, importWizardContract, importWizardSteps, type ImportDraftInput, type ImportWizardStart, type ImportWizardView,
} from '../../../protocol/page/importWizard';
import type { ChangedArea, ServiceStatus } from '../../../protocol/service';
import { createDraftStore } from '../drafts';
import { createLiveView } from '../liveView';
import type { OpenPage, PageIntent, PageTab } from '../pageDefinition';
import { servePage } from '../servePage';
import { createArchiveReader } from './archiveReader';
import { importIntent } from './intent';
import { createImportRun, keptRun, type ImportRun } from './importRun';
import { createImportOffers } from './offers';
import type { ImportWizardPorts } from './ports';

/** What is kept of a wizard: what was entered, where it stands, and what it has started. */
const keptWizard = v.object({ draft: v.nullable(importDraft), step: v.picklist(importWizardSteps), run: v.optional(keptRun) });

const areas: readonly ChangedArea[] = ['tenants', 'packages', 'imports'];

/**
 * Answers the import wizard.
 * @param intent undefined when the editor brings the tab back: then it stands where it was
 */
export function openImportWizard(tab: PageTab, intent: PageIntent | undefined, ports: ImportWizardPorts): OpenPage {
  const { locale, service, state, memento } = ports;
  const text = createText(locale, wizardText);
  const question = createText(locale, extensionText);
  const drafts = createDraftStore(memento, 'importWizard', keptWizard);
  const offers = createImportOffers(memento, locale, ports.defaultGroup);
  const before = drafts.read(tab.subject);
  /** What has ended since the wizard was closed is shown once; opened anew after that, the wizard begins anew. */
  const hasUnseen = before?.draft.run?.lanes.some((lane) => !lane.ended) === true;
  let disposed = false;
  let status: ServiceStatus | undefined;
  let session: ImportWizardStart = { step: 'method', draft: newImportDraft([]) as ImportDraftInput, draftOf: null };

  const tenants = (): ImportFacts['tenants'] => offers.tenants(state.snapshot);
  const freshDraft = (): ImportDraftInput => asInput(newImportDraft(tenants()));
  const isTouched = (): boolean => JSON.stringify(session.draft) !== JSON.stringify(freshDraft());
  const save = async (): Promise<void> => {
    const run = runs.kept;
    const draft = isTouched() ? session.draft : null;
    if (draft === null && run === undefined) await drafts.forget(tab.subject);
    else await drafts.write(tab.subject, { draft, step: session.step, ...(run && { run }) });
  };
  const changed = (): void => {
    if (disposed) return;
    live.refresh();
    save().catch((error: unknown) => ports.report('draft', error));
  };
  const reader = createArchiveReader(service, () => live.refresh());
  const runs: ImportRun = createImportRun({ locale, service, state, kept: hasUnseen || intent === undefined ? before?.draft.run : undefined, onChange: changed, report: (error) => ports.report('imports/wait', error) });

  const findings = (): readonly ArchiveFinding[] => reader.findings.map((finding) => {
    if (finding.state !== 'recognized' || !state.snapshot.known.has('packages')) return finding;
    // Another window may have imported it since it was read.
    const key = identityKey(finding.package.identity);
    return { ...finding, package: { ...finding.package, presentIn: state.snapshot.packages.filter((item) => identityKey(item) === key).map((item) => item.tenantId) } };
  });
  const facts = (): ImportFacts => ({ platform: ports.platform, tenants: tenants(), findings: findings() });
  const build = async (): Promise<ImportWizardView> => {
    const isOffline = state.snapshot.connection === 'offline';
    if (!isOffline) status ??= await service.request('service/status', {}).catch(() => undefined);
    return {
      ...facts(), machine: status?.machine ?? '', isRemote: ports.isRemote, repository: status?.dataFolder ?? '', isTrusted: ports.isTrusted(), isOffline, run: runs.view,
    };
  };
  const emit = (name: 'view' | 'start', value: ImportWizardView | ImportWizardStart): void => tab.channel.post({ type: 'event', name, value });
  const live = createLiveView<ImportWizardView>({ state, areas, build, show: (view) => emit('view', view), report: (error) => ports.report('view', error) });

  const readDraft = (again?: number): void => {
    const paths = session.draft.paths.filter((path) => isReadablePath(path, ports.platform)).map(cleanPath);
    if (ports.isTrusted()) reader.want(paths, again === undefined ? undefined : cleanPath(session.draft.paths[again] ?? ''));
  };
  /** Puts what a command brought into the draft. */
  const take = (wanted: PageIntent): void => {
    const read = v.safeParse(importIntent, wanted);
    if (!read.success) return;
    const { tenantId, group, paths = [] } = read.output;
    const tenant = tenants().find(({ id }) => id === tenantId);
    let draft: ImportDraftInput = session.draft;
    if (tenant !== undefined) draft = { ...asInput(withTenant(draft, tenant.name, tenants())), ...(group !== undefined && { group }) };
    if (paths.length > 0) draft = asInput(withPaths(draft, paths));
    // An import that runs is brought back, unless there is something new to import.
    const step = runs.isRunning && paths.length === 0 ? 'progress' : 'method';
    session = { ...session, draft, step };
  };

  /** Lists first: a draft begins with the tenant used last. */
  const ready = state.ready(areas).then(() => {
    const draft = before?.draft.draft ?? freshDraft();
    const filled = before !== undefined && before.draft.draft !== null && isFilled(draft);
    session = { step: before?.draft.step ?? 'method', draft, draftOf: filled ? before.savedAt.toISOString() : null };
    if (intent !== undefined) {
      take(intent);
      if (hasUnseen && !hasPaths(intent)) session = { ...session, step: 'progress' };
    }
    if (runs.view === null) session = { ...session, step: 'method' };
    const running = (runs.view?.lanes ?? []).filter((lane) => lane.record.state === 'running').map((lane) => lane.record.id);
    if (running.length > 0) ports.tellEnds(running, isShown);
    readDraft();
  });
  const isShown = (): boolean => !disposed && tab.visible;
  /** The lists were not there when the page was opened. */
  const stopListening = state.onChanged(() => {
    if (session.draft.tenant !== '' || isFilled(session.draft) || tenants().length === 0) return;
    session = { ...session, draft: freshDraft() };
    emit('start', session);
  });

  const requireTrust = (method: string): void => {
    if (!ports.isTrusted()) throw new ProductError('general/bad-request', { method, reason: 'this window is not trusted' });
  };
  const agreeToDiscard = async (): Promise<void> => {
    if (isFilled(session.draft)) await ports.confirm(text('discardMessage'), '', text('discardButton'));
  };
  const beginAgain = async (): Promise<ImportWizardStart> => {
    session = { step: 'method', draft: freshDraft(), draftOf: null };
    readDraft();
    await save();
    return session;
  };

  const start = async (draft: ImportDraftInput): Promise<void> => {
    requireTrust('imports/start');
    await ready;
    session = { ...session, draft };
    readDraft();
    const paths = draft.paths.map(cleanPath);
    // What cannot be opened at all is known at once, and is said beside its field.
    await Promise.all(paths.map((path) => reader.opened(path)));
    const known = facts();
    const [first] = checkImportDraft(draft, known);
    const tenant = findTenant(draft.tenant, known.tenants);
    if (first !== undefined || tenant === undefined) throw new ProductError('import/values-wrong', { problem: first === undefined ? '' : describeImportProblem(locale, first) });
    const group = draft.group.trim();
    const started: ImportRecord[] = [];
    try {
      for (const path of paths) started.push(await service.request('imports/start', { path, tenant: tenant.name, group }));
    } finally {
      if (started.length > 0) {
        runs.add(started, reader.findings);
        ports.tellEnds(started.map(({ id }) => id), isShown);
        await offers.remember(tenant.id, group);
        // What was not started stays entered.
        const left = draft.paths.slice(started.length);
        session = left.length === 0 ? { step: 'progress', draft: freshDraft(), draftOf: null } : { ...session, draft: { ...draft, paths: left } };
        readDraft();
        await save();
        emit('view', await build());
        emit('start', session);
      }
    }
  };

  const stopServing = servePage(importWizardContract, tab.channel, {
    'page/open': async () => {
      await ready;
      return { view: await live.current(), start: session };
    },
    'draft/keep': async ({ draft, step }) => {
      await ready;
      session = { ...session, draft, step: runs.view === null ? 'method' : step };
      await save();
      return null;
    },
    'draft/startAgain': async () => {
      await agreeToDiscard();
      return beginAgain();
    },
    'draft/cancel': async () => {
      await agreeToDiscard();
      await beginAgain();
      tab.close();
      return null;
    },
    'files/choose': async ({ paths }) => ({ paths: await ports.chooseArchives(paths.map(cleanPath).find((path) => isReadablePath(path, ports.platform))) }),
    'files/drop': ({ uris }) => ({ paths: uris.flatMap((uri) => ports.pathOf(uri) ?? []) }),
    'files/read': async ({ paths, again }) => {
      requireTrust('files/read');
      await ready;
      if (paths.length > 0) session = { ...session, draft: { ...session.draft, paths } };
      readDraft(again);
      return null;
    },
    'files/stopReading': ({ path }) => {
      reader.stopReading(cleanPath(path));
      return null;
    },
    'imports/start': async ({ draft }) => {
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
      const running = (runs.view?.lanes ?? []).filter((lane) => lane.record.state === 'running').length;
      if (running === 0) return null;
      await ports.confirm(question('stopImportMessage', { n: running }), question('stopImportDetail'), question('stopImportButton'));
      await runs.stop();
      return null;
    },
    'imports/copyDetails': async ({ id }) => {
      const { source, step, error } = runs.find(id);
      const head = question('importFailedTitle', { file: fileNameOf(source), step: importStepName(locale, step) });
      await ports.copy([head, source, ...(error === undefined ? [] : [`${error.code}: ${describeError(locale, error)}`, ...(error.causes ?? [])])].join('\n'));
      return null;
    },
    'page/close': async () => {
      runs.clear();
      if (!runs.isRunning) session = { ...session, step: 'method' };
      await save();
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
  }, { locale, report: (method, error) => ports.report(method, error) });
  const stopTrust = ports.onTrusted(() => {
    readDraft();
    live.refresh();
  });

  return {
    receive: (wanted) => {
      ready.then(async () => {
        if (!runs.isRunning) runs.clear();
        take(wanted);
        readDraft();
        await save();
        emit('view', await build());
        emit('start', session);
      }).catch((error: unknown) => ports.report('intent', error));
    },
    dispose: () => {
      disposed = true;
      stopServing();
      stopTrust();
      stopListening();
      live.dispose();
      reader.dispose();
      runs.dispose();
    },
  };
}

function hasPaths(intent: PageIntent): boolean {
  return Array.isArray(intent['paths']) && intent['paths'].length > 0;
}

/** The contract's arrays can be written to; nobody does. */
function asInput(draft: ReturnType<typeof newImportDraft>): ImportDraftInput {
  return { ...draft, paths: [...draft.paths] };
}
