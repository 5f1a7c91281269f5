import { ProductError } from '../../src/core/errors';
import type { CopyOutcome } from '../../src/core/packages/copy';
import type { AccessView } from '../../src/core/access/model';
import { privileges } from '../../src/core/access/privileges';
import type { PackageSummary, Tenant } from '../../src/core/packages/model';
import { copyItemsOf, copySubject, type CopyIntent } from '../../src/extension/pages/copyToTenants/copySubject';
import { openCopyToTenants } from '../../src/extension/pages/copyToTenants/copyToTenantsPage';
import { createDraftStore, type DraftMemento } from '../../src/extension/pages/drafts';
import type { PageIntent } from '../../src/extension/pages/pageDefinition';
import { keptCopy } from '../../src/protocol/page/copyToTenants';
import type { OpenedPage, OpenPageOptions, PageBrowser } from '../support/page/openPage';
import { samplePackage } from '../unit/extension/sampleLists';
import { createScriptedRepository, createScriptedTab, createWorkspaceState, type ScriptedRepository, type ScriptedTab } from './support';

const under = (id: string, name: string, parentId: string): Tenant => ({ id, name, parentId });

/** The tenants of the picture of ux.md 10, not in their order. */
export const picturedTenants: readonly Tenant[] = [
  under('na-health', 'North America Health', 'na'), under('na', 'North America', 'environment'), under('emea-test', 'EMEA Test', 'emea'), under('emea-retail', 'EMEA Retail', 'emea'),
  under('emea-banking', 'EMEA Banking', 'emea'), under('emea', 'EMEA', 'environment'), under('latam', 'LATAM', 'environment'), under('apac', 'APAC', 'environment'), { id: 'environment', name: 'Environment' },
];
export const mcp = samplePackage({ id: 'mcp', name: 'Media Control Platform', version: '9.0.046.06' });
export const rm = samplePackage({ id: 'rm', name: 'Resource Manager', version: '9.0.044.08' });
export const picturedPackages: readonly PackageSummary[] = [mcp, rm, { ...mcp, tenantId: 'emea' }];

function nameOf(list: readonly { readonly id: string; readonly name: string }[], id: string): string {
  return list.find((item) => item.id === id)?.name ?? id;
}

/** Somebody who may copy everywhere but to some tenants. */
export function mayCopyExcept(...tenantIds: readonly string[]): AccessView {
  return {
    user: { id: 'user-2', name: 'ana' }, administrator: false,
    privileges: picturedTenants.map(({ id }) => ({ tenantId: id, privileges: tenantIds.includes(id) ? [] : privileges })),
  };
}

export interface CopyBenchOptions extends Partial<Pick<OpenPageOptions, 'locale' | 'theme' | 'size'>> {
  readonly packages?: readonly PackageSummary[];
  readonly repository?: ScriptedRepository;
  readonly memento?: DraftMemento;
  readonly trusted?: boolean;
  /** The tenant that the packages were dropped on. */
  readonly droppedOn?: string;
  /** The editor brings the tab back: there is no command. */
  readonly broughtBack?: boolean;
}

export interface CopyBench {
  readonly opened: OpenedPage;
  readonly page: OpenedPage['page'];
  readonly repository: ScriptedRepository;
  readonly memento: DraftMemento;
  readonly tab: ScriptedTab;
  /** What was asked of the editor and of the service, in order. */
  readonly calls: string[];
  agrees: boolean;
  /** Tenants that the service refuses. */
  readonly refused: Set<string>;
  /** Says something to the host as a page that was taken over would. */
  say(message: unknown): void;
  /** The command is called once more. */
  receive(droppedOn?: string): void;
  close(): Promise<void>;
}

/** The wizard in a real browser, answered by its real host code; the editor and the service are scripted. */
export async function openCopyBench(browser: PageBrowser, options: CopyBenchOptions = {}): Promise<CopyBench> {
  const { locale = 'en', trusted = true, packages = [mcp, rm], memento = createWorkspaceState(), droppedOn, broughtBack = false } = options;
  const repository = options.repository ?? createScriptedRepository({ tenants: picturedTenants, packages: picturedPackages, access: mayCopyExcept('na-health') });
  const calls: string[] = [];
  const refused = new Set<string>();
  repository.service.answer('packages/copyToTenants', ({ items, tenantIds }) => {
    calls.push(`copy ${items.map(({ id }) => id).join(',')} to ${tenantIds.join(',')}`);
    const { lists } = repository;
    const outcomes = items.flatMap(({ id }) => tenantIds.map((tenantId): CopyOutcome => {
      if (refused.has(tenantId)) return { id, tenantId, outcome: 'failed', error: { code: 'access/not-allowed', args: { object: nameOf(lists.packages, id), privilege: 'copy', tenant: nameOf(lists.tenants, tenantId), administrators: 'Olga Ruiz' } } };
      return { id, tenantId, outcome: lists.packages.some((item) => item.id === id && item.tenantId === tenantId) ? 'present' : 'copied' };
    }));
    repository.change({ packages: [...lists.packages, ...outcomes.flatMap(({ id, tenantId, outcome }) => (outcome === 'copied' ? [{ ...lists.packages.find((item) => item.id === id)!, tenantId }] : []))] });
    return outcomes;
  });
  const items = copyItemsOf(packages);
  const intentOf = (tenantId: string | undefined): PageIntent => ({ ...({ items, ...(tenantId !== undefined && { tenantId }) } satisfies CopyIntent) });
  let listener: ((message: unknown) => void) | undefined;
  let receive: ((intent: PageIntent) => void) | undefined;
  const tab = createScriptedTab(copySubject(items), (given) => {
    const opened = openCopyToTenants({
      ...given,
      channel: {
        ...given.channel,
        onMessage: (hear) => {
          listener = hear;
          return given.channel.onMessage(hear);
        },
      },
    }, broughtBack ? undefined : intentOf(droppedOn), {
      locale, service: repository.service, state: repository.state, drafts: createDraftStore(memento, 'copyToTenants', keptCopy),
      isTrusted: () => trusted, onTrusted: () => () => undefined,
      manageTrust: () => {
        calls.push('manageTrust');
        return Promise.resolve();
      },
      confirm: (message) => {
        calls.push(`confirm ${message}`);
        return bench.agrees ? Promise.resolve() : Promise.reject(new ProductError('general/cancelled'));
      },
      report: (method, error) => calls.push(`refused ${method} ${String(error)}`),
    });
    receive = (intent) => opened.receive?.(intent);
    return opened;
  });
  const opened = await browser.open({ kind: 'copyToTenants', subject: copySubject(items), size: { width: 1290, height: 924 }, ...options, locale, serve: (channel) => tab.serve(channel) });
  const bench: CopyBench = {
    opened, page: opened.page, repository, memento, tab, calls, agrees: true, refused,
    say: (message) => listener?.(message),
    receive: (tenantId) => receive?.(intentOf(tenantId)),
    close: async () => {
      tab.end();
      await opened.close();
    },
  };
  return bench;
}
