import type { PackageSummary, Tenant } from '../../src/core/packages/model';
import { createDraftStore } from '../../src/extension/pages/drafts';
import { openPackageDetails } from '../../src/extension/pages/packageDetails/packageDetailsPage';
import { openPackageList } from '../../src/extension/pages/packageList/packageListPage';

import { createPackageFilters, type PackageFilters } from '../../src/extension/views/packageFilters';
import { descriptionDraft } from '../../src/protocol/page/packageDetails';
import type { OpenedPage, OpenPageOptions, PageBrowser } from '../support/page/openPage';
import { sampleDeployment, sampleImport, samplePackage } from '../unit/extension/sampleLists';
import { createScriptedRepository, createScriptedTab, createWorkspaceState, type ScriptedLists, type ScriptedRepository } from './support';

export const environment: Tenant = { id: 'environment', name: 'Environment' };
export const emea: Tenant = { id: 'emea', name: 'EMEA', parentId: 'environment' };

const mcp = { name: 'Media Control Platform', nickname: 'vpMediaControl', group: 'Voice platform' } as const;
const plugIn = { name: 'Audio Resources plug-in', nickname: 'gax_arm', kind: 'plug-in', version: '9.0.000.12', group: 'GAX' } as const;

/** The packages of the picture of ux.md 19. */
export const pictured: readonly PackageSummary[] = [
  samplePackage({ id: 'p1', name: 'Configuration Server', nickname: 'ConfigServer', version: '8.5.101.28', updatedAt: '2026-11-12T13:02:00.000Z' }),
  samplePackage({ id: 'p2', updatedAt: '2026-11-20T15:28:00.000Z' }),
  samplePackage({ id: 'p3', osGroup: 'windows', updatedAt: '2026-11-20T15:31:00.000Z' }),
  samplePackage({ id: 'p4', version: '8.5.100.31', updatedAt: '2026-03-03T08:15:00.000Z' }),
  samplePackage({ id: 'p4b', version: '8.5.100.4', updatedAt: '2025-03-03T08:15:00.000Z' }),
  samplePackage({ id: 'p5', name: 'Message Server', nickname: 'MessageServer', version: '8.5.100.15', updatedAt: '2026-06-30T07:41:00.000Z' }),
  samplePackage({ id: 'p6', ...plugIn, updatedAt: '2026-11-18T10:20:00.000Z' }),
  samplePackage({ id: 'p7', ...plugIn, osGroup: 'windows', updatedAt: '2026-11-18T10:22:00.000Z' }),
  samplePackage({ id: 'p8', name: 'Genesys Administrator Extension', nickname: 'gax', version: '9.0.000.15', group: 'GAX', updatedAt: '2026-11-18T10:07:00.000Z' }),
  samplePackage({ id: 'p9', ...mcp, version: '9.0.046.06', description: 'Media server for IVR and conferences. Approved for production on 21 Nov', updatedAt: '2026-11-21T07:55:00.000Z' }),
  samplePackage({ id: 'p10', ...mcp, version: '9.0.040.07', updatedAt: '2026-10-02T15:30:00.000Z', lastDeployment: 'failed' }),
  samplePackage({ id: 'p11', name: 'Chat Server', nickname: 'ChatServer', version: '8.5.201.06', group: '', updatedAt: '2026-09-01T08:00:00.000Z' }),
];

export const picturedLists: Partial<ScriptedLists> = {
  tenants: [environment], packages: pictured,
  imports: [
    sampleImport({ id: 'i1', identity: { name: 'Solution Control Server', version: '8.5.100.47', localeId: 'ENU', osGroup: 'linux', computerTypes: ['Intel EM64T'] }, startedAt: '2026-11-22T09:14:00.000Z' }),
    sampleImport({ id: 'i2', group: 'Voice platform', state: 'failed', step: 'templates', identity: { name: 'Resource Manager', version: '9.0.044.08', localeId: 'ENU', osGroup: 'linux', computerTypes: ['Intel EM64T'] }, startedAt: '2026-11-22T09:12:00.000Z', error: { code: 'general/unexpected', args: {} } }),
  ],
  deployments: [sampleDeployment({ id: 'd1', packageId: 'p9', percent: 54 })],
};

/** Packages of a large site: versions of some hundred products in 40 groups. */
export function manyPackages(count: number): readonly PackageSummary[] {
  return Array.from({ length: count }, (_, i) => samplePackage({
    id: `m${i}`, name: `${['Media Control', 'Resource', 'Interaction', 'Routing', 'Statistics', 'Outbound'][i % 6] ?? ''} Server ${Math.floor(i / 60) % 40}`, nickname: `srv_${i % 240}`,
    version: `${8 + (i % 3)}.${i % 6}.${100 + (i % 17)}.${i % 97}`, group: `Group ${i % 40}`, osGroup: i % 4 === 0 ? 'windows' : 'linux',
    updatedAt: new Date(Date.UTC(2026, 0, 1) + i * 1_800_000).toISOString(),
  }));
}

export interface ListBenchOptions extends Partial<Pick<OpenPageOptions, 'locale' | 'theme' | 'size'>> {
  readonly lists?: Partial<ScriptedLists>;
  readonly trusted?: boolean;
  /** The service does not answer, and nothing was ever read. */
  readonly offline?: boolean;
}

export interface ListBench {
  readonly opened: OpenedPage;
  readonly page: OpenedPage['page'];
  readonly repository: ScriptedRepository;
  readonly filters: PackageFilters;
  /** What was asked of the editor, in order. */
  readonly calls: string[];
  /** Says something to the host as a page that was taken over would. */
  say(message: unknown): void;
  restart(): void;
  close(): Promise<void>;
}

/** The list in a real browser, answered by its real host code; the editor and the service are scripted. */
export async function openListBench(browser: PageBrowser, options: ListBenchOptions = {}): Promise<ListBench> {
  const { locale = 'en', trusted = true } = options;
  const repository = createScriptedRepository(options.lists ?? picturedLists);
  const { service, state } = repository;
  if (options.offline === true) service.become('offline');
  service.answer('packages/get', ({ id }) => ({
    ...repository.lists.packages.find((each) => each.id === id)!, buildNumber: '1', buildDate: '', releaseType: 'Hot Fix', productDescription: '', archiveName: 'IP_MCP.tar.gz', archiveFormat: 'tar.gz', importMethod: 'archive',
    fileCount: 1284, unpackedSize: 214_000_000, installerFolder: 'ip', tenants: ['Environment', 'EMEA'], licenseNeeded: false,
    templates: [{ name: 'VP_MediaControl_90', path: 'templates/VP_MediaControl_90.apd', format: 'apd', applicationType: 103 }],
  }));
  service.answer('packages/edit', ({ id, group, description }) => {
    const edited = { ...repository.lists.packages.find((each) => each.id === id)!, ...(group !== undefined && { group }), ...(description !== undefined && { description }) };
    repository.change({ packages: repository.lists.packages.map((each) => (each.id === id ? edited : each)) });
    return edited;
  });
  const calls: string[] = [];
  const workspace = createWorkspaceState();
  const filters = createPackageFilters(workspace);
  const note = (...words: readonly string[]): Promise<void> => {
    calls.push(words.join(' '));
    return Promise.resolve();
  };
  const shared = { locale, state, isTrusted: () => trusted, onTrusted: () => () => undefined, report: (method: string, error: unknown) => void calls.push(`refused ${method} ${String(error)}`) };
  let listener: ((message: unknown) => void) | undefined;
  const tab = createScriptedTab({}, (given) => openPackageList({
    ...given,
    channel: { ...given.channel, onMessage: (hear) => {
      listener = hear;
      return given.channel.onMessage(hear);
    } },
  }, {
    ...shared, filters,
    chooseTenants: async () => {
      await note('chooseTenants');
      await filters.chooseTenants(['emea']);
    },
    importPackages: () => note('import'),
    act: (action, subjects) => note(action, ...subjects.map((subject) => (subject.kind === 'package' ? subject.package.id : subject.record.id))),
    openDetails: (pane) => openPackageDetails(pane, {
      ...shared, service, drafts: createDraftStore(workspace, 'packageDetails', descriptionDraft),
      install: (item) => note('install', item.id), copyToTenants: (item) => note('copyToTenants', item.id), download: (item) => note('download', item.id), deletePackage: (item) => note('delete', item.id), moreActions: (item) => note('more', item.id), replaceByImport: (record) => note('replace', record.id), stopImport: (record) => note('stop', record.id),
      openPackage: (to) => void note('openPackage', to.id ?? ''), openDeployed: () => undefined, showLog: () => Promise.resolve(), openFile: (item, path) => note('openFile', item.id, path), copy: () => Promise.resolve(),
    }),
  }));
  const opened = await browser.open({ kind: 'packageList', size: { width: 1290, height: 924 }, ...options, locale, serve: (channel) => tab.serve(channel) });
  return {
    opened, page: opened.page, repository, filters, calls,
    say: (message) => listener?.(message),
    restart: () => tab.restart(),
    close: async () => {
      tab.end();
      await opened.close();
    },
  };
}
