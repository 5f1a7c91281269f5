import * as v from 'valibot';
import { ProductError } from '../../../core/errors';
import { checkCopy, withTargets } from '../../../core/packages/tenantCopy';
import { createText, type Locale } from '../../../core/text/messages';
import { wizardText } from '../../../core/text/wizardText';
import { copyToTenantsContract, type CopyDraft, type CopyItems, type CopyResultRow, type CopyStart, type CopyView, type FinishedCopy, type KeptCopy } from '../../../protocol/page/copyToTenants';
import type { PackageService } from '../../packageService';
import type { RepositoryState } from '../../repositoryState';
import type { DraftStore } from '../drafts';
import { createLiveView } from '../liveView';
import type { OpenPage, PageIntent, PageTab } from '../pageDefinition';
import { servePage } from '../servePage';
import { copyIntent, singleItem } from './copySubject';
import { copyAreas, presentPackages, showCopy, showOutcomes } from './copyView';

/** What the wizard needs of the editor and of the rest of the extension. */
export interface CopyToTenantsPorts {
  readonly locale: Locale;
  readonly service: PackageService;
  readonly state: RepositoryState;
  readonly drafts: DraftStore<KeptCopy>;
  readonly isTrusted: () => boolean;
  /** Tells when this window becomes trusted. */
  readonly onTrusted: (listener: () => void) => () => void;
  manageTrust(): Promise<void>;
  /** Resolves when the person agrees. @throws ProductError `general/cancelled` */
  confirm(message: string, button: string): Promise<void>;
  report(method: string, error: unknown): void;
}

const emptyDraft: CopyDraft = { tenantIds: [], step: 'tenants' };

/**
 * Answers the wizard that copies a set of packages to tenants.
 * @param intent undefined when the editor brings the tab back: then it stands where it was
 */
export function openCopyToTenants(tab: PageTab, intent: PageIntent | undefined, ports: CopyToTenantsPorts): OpenPage {
  const { locale, service, state, drafts } = ports;
  const { subject } = tab;
  const text = createText(locale, wizardText);
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const kept = drafts.read(subject);
  const wanted = readIntent(intent);
  const items: CopyItems = wanted?.items ?? singleItem(subject) ?? kept?.draft.items ?? [];
  let draft = kept?.draft.draft ?? emptyDraft;
  let draftOf = kept !== undefined && draft.tenantIds.length > 0 ? kept.savedAt.toISOString() : null;
  let result: readonly CopyResultRow[] | null = null;
  let running: Promise<unknown> | undefined;

  const build = (): CopyView => showCopy(items, state.snapshot, locale, compare, ports.isTrusted());
  const live = createLiveView<CopyView>({
    state, areas: copyAreas, build,
    show: (view) => tab.channel.post({ type: 'event', name: 'view', value: view }),
    report: (error) => ports.report('view', error),
  });
  const start = (): CopyStart => ({ draft, draftOf, result });
  const keep = async (): Promise<void> => {
    // An empty draft of one package says nothing; of several it says which ones they are.
    const isNeeded = draft.tenantIds.length > 0 || singleItem(subject) === undefined;
    if (!isNeeded) await drafts.forget(subject);
    else if (items.length > 0) await drafts.write(subject, { items, draft });
  };
  /** Ticks the tenant that packages were dropped on, when it may get something. */
  const tick = (tenantId: string | undefined): void => {
    const view = build();
    if (tenantId === undefined || view.kind !== 'copy') return;
    draft = { tenantIds: [...withTargets(draft.tenantIds, [tenantId], true, view)], step: 'tenants' };
  };
  // What was dropped on is known once the lists are: then the draft is whole.
  const ready = state.ready(copyAreas).then(async () => {
    tick(wanted?.tenantId);
    await keep();
  });

  const requireTrust = (method: string): void => {
    if (!ports.isTrusted()) throw new ProductError('general/bad-request', { method, reason: 'this window is not trusted' });
  };
  const discard = async (): Promise<void> => {
    if (draft.tenantIds.length > 0) await ports.confirm(text('discardMessage'), text('discardButton'));
    draft = emptyDraft;
    draftOf = null;
  };
  const finish = async (tenantIds: readonly string[]): Promise<FinishedCopy> => {
    const view = build();
    if (view.kind !== 'copy') throw new ProductError('general/not-found', { kind: 'package', name: items[0]?.id ?? '' });
    const problems = checkCopy(tenantIds, view);
    if (problems.length > 0) return { outcome: 'wrong', problems };
    const present = presentPackages(items, state.snapshot, compare).map(({ id, tenantId }) => ({ id, tenantId }));
    const outcomes = await service.request('packages/copyToTenants', { items: present, tenantIds: [...tenantIds] });
    const done = showOutcomes(outcomes, view, locale);
    for (const { package: name, tenant, error } of done) if (error !== undefined) ports.report('copy/finish', new Error(`${name}, ${tenant}: ${error.code} ${error.message}`));
    // Where nothing was done stays chosen, should the tab be loaded anew.
    draft = { tenantIds: [...new Set(done.flatMap(({ outcome, tenantId }) => (outcome === 'failed' ? [tenantId] : [])))], step: 'tenants' };
    draftOf = null;
    result = done;
    await keep();
    return { outcome: 'done', result: done };
  };

  const stopServing = servePage(copyToTenantsContract, tab.channel, {
    'page/open': async () => {
      await Promise.allSettled([ready, running]);
      return { view: await live.current(), start: start() };
    },
    'draft/keep': async ({ draft: next }) => {
      await ready;
      // What was done is done: a page that still shows the choice does not bring it back.
      if (result !== null) return null;
      draft = next;
      await keep();
      return null;
    },
    'draft/startAgain': async () => {
      await discard();
      await keep();
      return start();
    },
    'draft/cancel': async () => {
      await discard();
      await drafts.forget(subject);
      tab.close();
      return null;
    },
    'copy/finish': async ({ tenantIds }) => {
      requireTrust('copy/finish');
      await ready;
      if (running !== undefined || result !== null) throw new ProductError('general/bad-request', { method: 'copy/finish', reason: 'it has been asked for already' });
      const work = finish(tenantIds);
      running = work;
      try {
        return await work;
      } finally {
        running = undefined;
      }
    },
    'page/close': async () => {
      await drafts.forget(subject);
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
  const stopTrust = ports.onTrusted(() => live.refresh());

  return {
    receive: (given) => {
      Promise.allSettled([ready, running]).then(async () => {
        if (result !== null) {
          draft = emptyDraft;
          result = null;
        }
        tick(readIntent(given)?.tenantId);
        await keep();
        tab.channel.post({ type: 'event', name: 'start', value: start() });
      }).catch((error: unknown) => ports.report('intent', error));
    },
    dispose: () => {
      stopServing();
      stopTrust();
      live.dispose();
    },
  };
}

function readIntent(intent: PageIntent | undefined): v.InferOutput<typeof copyIntent> | undefined {
  const read = v.safeParse(copyIntent, intent);
  return read.success ? read.output : undefined;
}
