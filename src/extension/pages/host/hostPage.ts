import { hostname } from 'node:os';
import { describeError, isProductError, ProductError } from '../../../core/errors';
import { checkHostForm, hostFormOf, isSameHost, readHostForm, type HostForm } from '../../../core/hosts/form';
import type { Host } from '../../../core/hosts/model';
import { withOwnProtection } from '../../../core/hosts/protection';
import { describeSystem } from '../../../core/packages/identity';
import { createText, type Locale } from '../../../core/text/messages';
import { viewText } from '../../../core/text/viewText';
import { hostPageContract, type HostDraft, type HostPageView, type SaveOutcome, type ShownHost } from '../../../protocol/page/host';
import type { ChangedArea } from '../../../protocol/service';
import type { PackageService } from '../../packageService';
import type { RepositoryState } from '../../repositoryState';
import type { DraftStore } from '../drafts';
import { createLiveView, isOfflineAndEmpty, pageLock } from '../liveView';
import type { OpenPage, PageTab } from '../pageDefinition';
import { servePage } from '../servePage';
import { createTrustGuard } from '../trustGuard';
import { hostTenants } from './hostTenants';
import { createLiveRoute } from './liveRoute';

/** What the page of a host needs of the editor and of the rest of the extension. */
export interface HostPagePorts {
  readonly locale: Locale;
  readonly service: PackageService;
  readonly state: RepositoryState;
  readonly drafts: DraftStore<HostDraft>;
  readonly isTrusted: () => boolean;
  readonly onTrusted: (listener: () => void) => () => void;
  /** This session has an SSH agent. */
  readonly hasAgent: boolean;
  /** Tags that this computer's setting protects. */
  readonly ownProtectedTags: () => readonly string[];
  /** `~/…` as a path from the root. */
  readonly expandHome: (path: string) => string;
  /** Asks for a private key in the editor's dialog. */
  chooseKeyFile(present: string): Promise<string | undefined>;
  /** Shows the host as being tested in the tree until the returned function is called. */
  markTesting(hostId: string): () => void;
  isTesting(hostId: string): boolean;
  onTesting(listener: () => void): () => void;
  /** Calls back when one of these files is changed, made or removed, until the returned function is called. */
  watchFiles(files: readonly string[], listener: () => void): () => void;
  report(method: string, error: unknown): void;
}

const areas: readonly ChangedArea[] = ['hosts', 'tenants', 'access'];

/** Answers the page on which one host is edited. */
export function openHostPage(tab: PageTab, ports: HostPagePorts): OpenPage {
  const { locale, service, state, drafts } = ports;
  const { subject } = tab;
  const hostId = subject.id ?? '';
  let lastName: string | undefined;
  const route = createLiveRoute(ports, hostId, () => live.refresh());

  const find = (): Host | undefined => state.snapshot.hosts.find((host) => host.id === hostId);
  const build = (): HostPageView => {
    const { snapshot } = state;
    const host = find();
    if (host === undefined) {
      if (isOfflineAndEmpty(snapshot, areas)) return { kind: 'offline' };
      return { kind: 'gone', ...(lastName !== undefined && { name: lastName }) };
    }
    lastName = host.name;
    tab.setTitle(host.name);
    const lock = pageLock(snapshot, ports.isTrusted(), (error) => describeError(locale, error));
    route.follow(snapshot.connection === 'online' ? host : undefined);
    const shownRoute = route.current();
    return {
      kind: 'host', host: showHost(withOwnProtection(host, ports.ownProtectedTags()), locale), otherNames: otherNames(snapshot.hosts), tenants: hostTenants(snapshot, host.tenantId, locale), testing: ports.isTesting(hostId),
      machine: hostname(), hasAgent: ports.hasAgent, offline: snapshot.connection === 'offline', ...(shownRoute && { route: shownRoute }), ...(lock && { lock }),
    };
  };
  const otherNames = (hosts: readonly Host[]): readonly string[] => hosts.filter(({ id }) => id !== hostId).map(({ name }) => name);
  const live = createLiveView<HostPageView>({
    state, areas, build,
    show: (view) => tab.channel.post({ type: 'event', name: 'view', value: view }),
    report: (error) => ports.report('view', error),
  });

  const requireTrust = createTrustGuard(ports);
  const save = async ({ form, base }: HostDraft): Promise<SaveOutcome> => {
    requireTrust('host/save');
    const hosts = await service.request('hosts/list', {});
    const present = hosts.find(({ id }) => id === hostId);
    if (present === undefined) throw new ProductError('general/not-found', { kind: 'host', name: lastName ?? hostId });
    const entered: HostForm = { ...form, keyFile: form.signIn === 'key' ? ports.expandHome(form.keyFile.trim()) : form.keyFile };
    const problems = checkHostForm(entered, otherNames(hosts));
    if (Object.keys(problems).length > 0) return { outcome: 'wrong', problems };
    const settings = readHostForm(entered);
    const { tenantId } = entered;
    if (!isSameHost({ ...settings, tenantId }, present)) {
      if (!isSameHost({ ...readHostForm(base), tenantId: base.tenantId }, present)) return { outcome: 'changedElsewhere' };
      try {
        await service.request('hosts/edit', { id: hostId, settings, ...(tenantId !== present.tenantId && { tenantId }) });
      } catch (error) {
        // Another window was faster with the name.
        if (isProductError(error, 'repository/name-taken')) return { outcome: 'wrong', problems: { name: 'nameTaken' } };
        throw error;
      }
    }
    await drafts.forget(subject);
    return { outcome: 'saved' };
  };

  const stopServing = servePage(hostPageContract, tab.channel, {
    'page/open': async () => {
      const view = await live.current();
      const kept = drafts.read(subject);
      return { view, draft: kept === undefined ? null : { ...kept.draft, savedAt: kept.savedAt.toISOString() } };
    },
    'draft/keep': async ({ draft }) => {
      await (draft === null ? drafts.forget(subject) : drafts.write(subject, draft));
      return null;
    },
    'keyFile/choose': async () => {
      requireTrust('keyFile/choose');
      const { authentication } = find() ?? {};
      const path = await ports.chooseKeyFile(authentication?.kind === 'key' ? authentication.keyFile : '');
      return path === undefined ? null : { path };
    },
    'host/save': save,
    'host/test': async () => {
      requireTrust('host/test');
      if (find() === undefined) throw new ProductError('general/not-found', { kind: 'host', name: lastName ?? hostId });
      const done = ports.markTesting(hostId);
      try {
        await service.request('hosts/test', { id: hostId });
      } finally {
        done();
      }
      return null;
    },
  }, { locale, report: (method, error) => ports.report(method, error) });
  const stopTrust = ports.onTrusted(() => live.refresh());
  const stopTesting = ports.onTesting(() => live.refresh());

  return {
    dispose: () => {
      stopServing();
      stopTrust();
      stopTesting();
      route.dispose();
      live.dispose();
    },
  };
}

function showHost(host: Host, locale: Locale): ShownHost {
  const { id, system, contact, protectedBy } = host;
  return {
    id, settings: hostFormOf(host), protectedBy,
    ...(system && { system: { name: describeSystem(system, createText(locale, viewText)('bit')), release: system.release } }),
    ...(contact && { contact: { state: contact.state, at: contact.at, ...(contact.error && { error: { code: contact.error.code, message: describeError(locale, contact.error) } }) } }),
  };
}
