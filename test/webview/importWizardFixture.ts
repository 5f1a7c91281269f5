import type { ErrorData } from '../../src/core/errors';
import { fromErrorData } from '../../src/core/errors';
import type { DroppedSource } from '../../src/core/packages/droppedSources';
import type { ScannedPackage } from '../../src/core/packages/scan';
import type { PackageInspection } from '../../src/core/packages/inspection';
import type { ImportSource } from '../../src/core/packages/importSource';
import type { ImportRecord } from '../../src/core/packages/model';
import type { PageIntent } from '../../src/extension/pages/pageDefinition';
import { openImportWizard } from '../../src/extension/pages/importWizard/importWizardPage';
import type { ImportWizardPorts } from '../../src/extension/pages/importWizard/ports';
import type { DraftMemento } from '../../src/extension/pages/drafts';
import type { PageReply } from '../../src/protocol/page/page';
import { ProductError } from '../../src/core/errors';
import type { OpenedPage, OpenPageOptions, PageBrowser } from '../support/page/openPage';
import { samplePackage } from '../unit/extension/sampleLists';
import { createScriptedRepository, createScriptedTab, createWorkspaceState, type ScriptedRepository, type ScriptedTab } from './support';

/** What an archive is found to be. */
export function inspection(changes: Partial<PackageInspection['identity']> = {}, more: Partial<Omit<PackageInspection, 'identity'>> = {}): PackageInspection {
  return {
    identity: { name: 'Local Control Agent', version: '8.5.100.37', localeId: 'ENU', osGroup: 'linux', computerTypes: ['Intel EM64T'], ...changes },
    nickname: 'LCA', kind: 'application', size: 9_300_000, presentIn: [],
    templates: [{ name: 'LCA_851', path: 'templates/LCA_851.apd', format: 'apd' }, { name: 'LCA_851', path: 'templates/LCA_851.xml', format: 'xml' }], ...more,
  };
}

export const lcaArchive = '/packages/IP_LCA_8510037_ENU_linux.tar.gz';
export const mcpArchive = '/packages/IP_vpMediaControl_9004606_ENU_linux.tar.gz';
export const mcp = inspection(
  { name: 'Media Control Platform', version: '9.0.046.06' },
  { nickname: 'vpMediaControl', size: 214_000_000, templates: ['VP_MediaControl_90', 'VP_CallManager_90', 'VP_SSG_90', 'VP_RM_90', 'VP_PS_90'].map((name) => ({ name, path: `templates/${name}.apd`, format: 'apd' })) },
);

/** The person may import everywhere and replace nowhere. */
export function mayImportOnly(repository: ScriptedRepository): void {
  const privileges = repository.lists.tenants.map(({ id }) => ({ tenantId: id, privileges: ['import'] as const }));
  repository.lists = { ...repository.lists, access: { user: { id: 'user-2', name: 'ivan' }, privileges, administrator: false } };
}

/** Files as a drop gives them. */
export function files(...paths: readonly string[]): readonly DroppedSource[] {
  return paths.map((path) => ({ path }));
}

/** A service that tells of archives and imports what the test says. */
export interface ImportScript {
  readonly repository: ScriptedRepository;
  /** What an archive is, by its path: a package, an error, or undefined for one that takes its time. */
  readonly archives: Map<string, PackageInspection | ErrorData | undefined>;
  /** Imports that were asked for. */
  readonly started: { readonly path: string; readonly tenant?: string | undefined; readonly group?: string | undefined; readonly replace?: boolean | undefined }[];
  /** Sources that imports were asked for. */
  readonly sources: ImportSource[];
  /** What three files come to, by the path of the archive: nothing for those that fit. */
  readonly parts: Map<string, ErrorData>;
  /** Searches that were asked for and have not ended, by their place. */
  readonly scans: Map<string, ScriptedScan>;
  /** Changes how an import stands; one that has ended answers those who wait for it. */
  set(id: string, changes: Partial<ImportRecord>): void;
}

/** A search whose findings the test tells one after the other. */
export interface ScriptedScan {
  readonly method: string | undefined;
  readonly tenant: string | undefined;
  /** Tells what has been found since. */
  find(packages: readonly ScannedPackage[], more?: { readonly foldersRead?: number; readonly unreadable?: readonly { readonly path: string; readonly error: ErrorData }[] }): void;
  end(): void;
  fail(error: ErrorData): void;
  readonly isTakenBack: boolean;
}

/** A package as a search finds it. */
export function scanned(path: string, changes: Partial<PackageInspection['identity']> = {}, more: Partial<Omit<ScannedPackage, 'identity' | 'source'>> = {}): ScannedPackage {
  const { identity, nickname, kind, size } = inspection(changes);
  return { source: { method: 'directory', path }, identity, nickname, kind, size, presence: 'new', presentIn: [], ...more };
}

export function createImportScript(): ImportScript {
  const repository = createScriptedRepository({
    tenants: [{ id: 'environment', name: 'Environment' }, { id: 't-north', name: 'North America Health' }, { id: 't-south', name: 'Southern Europe' }],
    packages: [
      samplePackage({ id: 'p1', tenantId: 'environment', group: 'Framework', name: 'Message Server', updatedAt: '2026-01-02T00:00:00.000Z' }),
      samplePackage({ id: 'p2', tenantId: 'environment', group: 'Voice platform', name: 'Resource Manager', updatedAt: '2026-02-02T00:00:00.000Z' }),
      samplePackage({ id: 'p3', tenantId: 't-north', group: 'Northern', name: 'Resource Manager', updatedAt: '2026-02-02T00:00:00.000Z' }),
    ],
  });
  const { service } = repository;
  const waiting = new Map<string, ((record: ImportRecord) => void)[]>();
  const records = new Map<string, ImportRecord>();
  const script: ImportScript = {
    repository, archives: new Map(), started: [], sources: [], parts: new Map(), scans: new Map(),
    set: (id, changes) => {
      const known = records.get(id);
      if (known === undefined) throw new Error(`there is no import ${id}`);
      const record = { ...known, ...changes };
      records.set(id, record);
      const others = repository.lists.imports.filter((item) => item.id !== id);
      repository.change({ imports: record.state === 'complete' ? others : [...others, record] });
      if (record.state !== 'running') for (const resolve of waiting.get(id)?.splice(0) ?? []) resolve(record);
    },
  };
  const begin = (source: ImportSource, group: string): ImportRecord => {
    const record: ImportRecord = {
      id: `import-${records.size + 1}`, source, tenantId: 'environment', group, state: 'running', step: 'open', percent: 0, startedAt: '2026-11-22T09:12:00.000Z',
    };
    records.set(record.id, record);
    repository.change({ imports: [...repository.lists.imports, record] });
    return record;
  };
  service.answer('imports/scan', ({ method, path, tenant }, signal) => new Promise((resolve, reject) => {
    const found: ScannedPackage[] = [];
    const unreadable: { path: string; error: ErrorData }[] = [];
    let read = 0;
    let isTakenBack = false;
    signal?.addEventListener('abort', () => {
      isTakenBack = true;
      reject(new ProductError('general/cancelled'));
    });
    script.scans.set(path, {
      method, tenant,
      find: (packages, { foldersRead = read + packages.length, unreadable: refused = [] } = {}) => {
        found.push(...packages);
        unreadable.push(...refused);
        read = foldersRead;
        service.send('importScan', { path, foldersRead, found: packages, unreadable: refused });
      },
      end: () => resolve({ method: method ?? 'directory', path, foldersRead: read, packages: found, unreadable, stopped: false }),
      fail: (error) => reject(fromErrorData(error)),
      get isTakenBack() {
        return isTakenBack;
      },
    });
  }));
  service.answer('imports/inspect', ({ source }, signal) => {
    const { path } = source;
    const misfit = source.method === 'parts' ? script.parts.get(path) : undefined;
    if (misfit !== undefined) throw fromErrorData(misfit);
    if (!script.archives.has(path)) throw new ProductError('import/file-missing', { file: path, reason: 'ENOENT' });
    const found = script.archives.get(path);
    if (found === undefined) {
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(new ProductError('general/cancelled')));
      });
    }
    if ('code' in found) throw fromErrorData(found);
    return found;
  });
  service.answer('imports/start', ({ source, tenant, group, replace }) => {
    script.started.push({ path: source.path, tenant, group, ...(replace !== undefined && { replace }) });
    script.sources.push(source);
    return begin(source, group ?? '');
  });
  service.answer('imports/wait', ({ id }) => {
    const record = records.get(id);
    if (record === undefined) throw new ProductError('general/not-found', { kind: 'import', name: id });
    if (record.state !== 'running') return record;
    return new Promise((resolve) => waiting.set(id, [...(waiting.get(id) ?? []), resolve]));
  });
  service.answer('imports/retry', ({ id }) => {
    const { source, group } = records.get(id)!;
    repository.change({ imports: repository.lists.imports.filter((item) => item.id !== id) });
    return begin(source, group);
  });
  service.answer('imports/cancel', ({ id }) => {
    script.set(id, { state: 'cancelled' });
    return null;
  });
  return script;
}

/** The wizard in a browser, with its real host code and a person who answers dialogs as the test says. */
export interface ImportWizardBench {
  readonly script: ImportScript;
  readonly opened: OpenedPage;
  readonly tab: ScriptedTab;
  /** What was asked of the editor, in order. */
  readonly calls: string[];
  /** Events and answers that the page was sent. */
  readonly replies: PageReply[];
  readonly memento: DraftMemento;
  /** What the person will choose in the dialog. */
  chosen: readonly string[];
  /** What lies at dropped addresses, where it is no file. */
  readonly folders: Map<string, NonNullable<DroppedSource['entries']>>;
  agrees: boolean;
  trust(): void;
  /** The settings name other mounts. */
  mount(mounts: Readonly<Record<string, string>>): void;
  /** The command is called once more. */
  receive(intent: PageIntent): void;
  /** Sends the page something at a moment of the test's choice. */
  say(reply: PageReply): void;
}

export interface BenchOptions extends Partial<OpenPageOptions> {
  readonly script?: ImportScript;
  readonly intent?: PageIntent | undefined;
  readonly memento?: DraftMemento;
  readonly trusted?: boolean;
  readonly defaultGroup?: string;
  readonly mounts?: Readonly<Record<string, string>>;
  /** Answers are on their way until this resolves; events are faster. */
  readonly answersAfter?: Promise<void>;
}

export async function openBench(browser: PageBrowser, options: BenchOptions = {}): Promise<ImportWizardBench> {
  const { script = createImportScript(), intent = {}, memento = createWorkspaceState(), trusted = true, defaultGroup = '', mounts = {}, answersAfter, ...page } = options;
  const trustListeners = new Set<() => void>();
  const mountListeners = new Set<() => void>();
  let mounted = mounts;
  let isTrusted = trusted;
  const replies: PageReply[] = [];
  const calls: string[] = [];
  let receive: ((intent: PageIntent) => void) | undefined;
  let say: ((reply: PageReply) => void) | undefined;
  const ports = (): ImportWizardPorts => ({
    locale: page.locale ?? 'en', service: script.repository.service, state: script.repository.state, memento,
    platform: 'posix', mounts: () => mounted,
    onMounts: (listener) => {
      mountListeners.add(listener);
      return () => mountListeners.delete(listener);
    },
    isRemote: false, defaultGroup: () => defaultGroup,
    isTrusted: () => isTrusted,
    onTrusted: (listener) => {
      trustListeners.add(listener);
      return () => trustListeners.delete(listener);
    },
    manageTrust: () => {
      calls.push('manageTrust');
      return Promise.resolve();
    },
    choose: (what, near) => {
      calls.push(`choose ${what} ${near ?? ''}`.trim());
      return Promise.resolve(bench.chosen);
    },
    look: (uri) => {
      if (!uri.startsWith('file://')) return Promise.resolve(undefined);
      const path = decodeURIComponent(uri.slice('file://'.length));
      const entries = bench.folders.get(path);
      return Promise.resolve({ path, ...(entries && { entries }) });
    },
    compareTemplates: (xml, apd) => {
      calls.push(`compare ${xml} ${apd}`);
      return Promise.resolve();
    },
    confirm: (message) => {
      calls.push(`confirm ${message}`);
      return bench.agrees ? Promise.resolve() : Promise.reject(new ProductError('general/cancelled'));
    },
    copy: (text) => {
      calls.push(`copy ${text}`);
      return Promise.resolve();
    },
    tellEnds: (ids, isShown) => calls.push(`tellEnds ${ids.join(',')} shown ${String(isShown())}`),
    report: (method, error) => calls.push(`error ${method} ${String(error)}`),
  });
  let first = true;
  const tab = createScriptedTab({}, (given) => {
    const opened = openImportWizard({
      ...given,
      visible: true,
      close: () => {
        given.close();
        opened.dispose();
      },
      channel: {
        onMessage: (listener) => given.channel.onMessage(listener),
        post: (message) => {
          replies.push(message);
          if (answersAfter === undefined || message.type !== 'answer') given.channel.post(message);
          else void answersAfter.then(() => given.channel.post(message));
        },
      },
    }, first ? intent : undefined, ports());
    first = false;
    receive = (wanted) => opened.receive?.(wanted);
    say = (reply) => given.channel.post(reply);
    return opened;
  });
  const bench: ImportWizardBench = {
    script, tab, calls, replies, memento, chosen: [], folders: new Map(), agrees: true,
    mount: (next) => {
      mounted = next;
      for (const listener of mountListeners) listener();
    },
    opened: await browser.open({ kind: 'importWizard', ...page, serve: tab.serve }),
    trust: () => {
      isTrusted = true;
      for (const listener of trustListeners) listener();
    },
    receive: (wanted) => receive?.(wanted),
    say: (reply) => say?.(reply),
  };
  return bench;
}
