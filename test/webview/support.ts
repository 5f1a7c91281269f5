import type { AccessView } from '../../src/core/access/model';
import { privileges } from '../../src/core/access/privileges';
import { createRepositoryState, type RepositoryLists, type RepositoryState } from '../../src/extension/repositoryState';
import type { OpenPage, PageTab } from '../../src/extension/pages/pageDefinition';
import type { PageChannel } from '../../src/extension/pages/servePage';
import type { PageSubject } from '../../src/protocol/page/page';
import type { ChangedArea } from '../../src/protocol/service';
import type { PackageSummary } from '../../src/core/packages/model';
import { answerPackages } from '../unit/extension/fakePackages';
import { createFakeService, type FakeService } from '../unit/extension/fakeService';
import { createMemento } from '../unit/extension/memento';

/** Somebody who may do everything. */
const administrator: AccessView = { user: { id: 'user-1', name: 'olga' }, privileges: [{ tenantId: 'environment', privileges }], administrator: true };

/** A repository whose lists the test writes, behind the real keeping of lists and a scripted service. */
export type ScriptedLists = Omit<RepositoryLists, 'packages'> & { readonly packages: readonly PackageSummary[] };

export interface ScriptedRepository {
  readonly service: FakeService;
  readonly state: RepositoryState;
  lists: ScriptedLists;
  /** Changes lists, as another window's work does. */
  change(lists: Partial<ScriptedLists>): void;
}

export function createScriptedRepository(lists: Partial<ScriptedLists> = {}): ScriptedRepository {
  const service = createFakeService();
  const repository: ScriptedRepository = {
    service,
    state: createRepositoryState(service, () => undefined),
    lists: {
      access: administrator, tenants: [{ id: 'environment', name: 'Environment' }], packages: [], templates: [], imports: [], hosts: [], applications: [], deployments: [], deployedPackages: [], ...lists,
    },
    change: (next) => {
      repository.lists = { ...repository.lists, ...next };
      service.send('changed', { areas: Object.keys(next) as ChangedArea[] });
    },
  };
  service.answer('access/me', () => repository.lists.access ?? administrator);
  service.answer('tenants/list', () => repository.lists.tenants);
  answerPackages(service, () => repository.lists.packages);
  service.answer('templates/list', () => repository.lists.templates);
  service.answer('imports/list', () => repository.lists.imports);
  service.answer('hosts/list', () => repository.lists.hosts);
  service.answer('applications/list', () => repository.lists.applications);
  service.answer('deployments/list', () => repository.lists.deployments);
  service.answer('deployedPackages/list', () => repository.lists.deployedPackages);
  service.answer('service/status', () => ({
    version: '0.0.0', protocol: 1, pid: 1, generation: 1, dataFolder: '/data', machine: 'desk', startedAt: '2026-03-04T05:06:07.000Z', clients: 1,
    runningImports: 0, runningDeployments: 0, nodeVersion: 'v20', memory: { resident: 1, peak: 1 },
  }));
  service.become('online');
  return repository;
}

/** The host code's end of a tab, for one load of a page after the other. */
export interface ScriptedTab {
  /** Gives the channel of a page to the host code. */
  serve(channel: PageChannel): void;
  /** Ends the host code and begins it anew, as a restart of the extension host does. */
  restart(): void;
  /** Ends the host code, as closing the tab or the window does. */
  end(): void;
  readonly title: string;
  readonly closed: boolean;
}

export function createScriptedTab(subject: PageSubject, open: (tab: PageTab) => OpenPage): ScriptedTab {
  let served: PageChannel | undefined;
  let page: OpenPage | undefined;
  let title = '';
  let closed = false;
  const begin = (): void => {
    if (served === undefined) throw new Error('no page has been opened');
    page = open({
      subject, visible: true, channel: served,
      setTitle: (next) => {
        title = next;
      },
      close: () => {
        closed = true;
      },
    });
  };
  return {
    serve: (channel) => {
      served = channel;
      begin();
    },
    restart: () => {
      page?.dispose();
      begin();
    },
    end: () => page?.dispose(),
    get title() {
      return title;
    },
    get closed() {
      return closed;
    },
  };
}

/** The editor's state of a workspace, in memory. */
export function createWorkspaceState() {
  const memento = createMemento();
  return { ...memento, values: memento.values, keys: () => [...memento.values.keys()] };
}
