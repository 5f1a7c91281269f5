import { describeError, isProductError, ProductError } from '../../../core/errors';
import type { DeployedPackage, Deployment } from '../../../core/deployment/model';
import { describeIdentity } from '../../../core/packages/identity';
import type { ImportRecord, PackageSummary } from '../../../core/packages/model';
import type { Locale } from '../../../core/text/messages';
import { packageDetailsContract, type DescribeOutcome, type DescriptionDraft, type PackageDetailsView } from '../../../protocol/page/packageDetails';
import type { PageSubject } from '../../../protocol/page/page';
import type { PackageService } from '../../packageService';
import type { RepositoryState } from '../../repositoryState';
import type { DraftStore } from '../drafts';
import { createLiveView } from '../liveView';
import type { OpenPage, PageTab } from '../pageDefinition';
import { servePage } from '../servePage';
import { createPackageView, detailsAreas } from './packageView';

/** What the page of a package needs of the editor and of the rest of the extension. */
export interface PackageDetailsPorts {
  readonly locale: Locale;
  readonly service: PackageService;
  readonly state: RepositoryState;
  readonly drafts: DraftStore<DescriptionDraft>;
  readonly isTrusted: () => boolean;
  /** Tells when this window becomes trusted. */
  readonly onTrusted: (listener: () => void) => () => void;
  /** Begins the deploy wizard with this package. */
  install(item: PackageSummary): Promise<void>;
  /** Asks for the targets. */
  copyToTenants(item: PackageSummary): Promise<void>;
  /** Asks where to. */
  download(item: PackageSummary): Promise<void>;
  /** Deletes after a question. */
  deletePackage(item: PackageSummary): Promise<void>;
  /** Asks for one of the actions that have no button on the page, and does it. */
  moreActions(item: PackageSummary): Promise<void>;
  /** Replaces the package that is there already, after a question. */
  replaceByImport(record: ImportRecord): Promise<void>;
  /** Stops after a question. */
  stopImport(record: ImportRecord): Promise<void>;
  /** Opens the page of a package or import. */
  openPackage(subject: PageSubject): void;
  openDeployed(deployed: DeployedPackage): void;
  showLog(deployment: Deployment, hostId?: string): Promise<void>;
  /** Opens a file inside the package. */
  openFile(item: PackageSummary, path: string): Promise<void>;
  copy(text: string): Promise<void>;
  report(method: string, error: unknown): void;
}

/** Answers the page of one package, or of one import that runs, failed or was stopped. */
export function openPackageDetails(tab: PageTab, ports: PackageDetailsPorts): OpenPage {
  const { locale, service, state, drafts } = ports;
  const { subject } = tab;
  const source = createPackageView(subject, ports);
  const live = createLiveView<PackageDetailsView>({
    state, areas: detailsAreas,
    build: () => source.build(),
    show: (view) => {
      tellTitle(view);
      tab.channel.post({ type: 'event', name: 'view', value: view });
    },
    report: (error) => ports.report('view', error),
  });
  const tellTitle = (view: PackageDetailsView): void => {
    if (view.kind === 'package') tab.setTitle(`${view.package.name} ${view.package.version}`);
    if (view.kind === 'import') tab.setTitle(view.import.identity === undefined ? view.import.file : `${view.import.identity.name} ${view.import.identity.version}`);
  };

  const requirePackage = (): PackageSummary => {
    const found = source.findPackage();
    if (found === undefined) throw new ProductError('general/not-found', { kind: 'package', name: subject.id ?? '' });
    return found;
  };
  const requireImport = (): ImportRecord => {
    const found = source.findImport();
    if (found === undefined) throw new ProductError('general/not-found', { kind: 'import', name: subject.id ?? '' });
    return found;
  };
  /** A page is shown what is locked; a request that comes all the same is refused. */
  const requireTrust = (method: string): void => {
    if (!ports.isTrusted()) throw new ProductError('general/bad-request', { method, reason: 'this window is not trusted' });
  };

  const stopServing = servePage(packageDetailsContract, tab.channel, {
    'page/open': async () => {
      const view = await live.current();
      tellTitle(view);
      return { view, draft: drafts.read(subject)?.draft ?? null };
    },
    'draft/keep': async ({ draft }) => {
      await (draft === null ? drafts.forget(subject) : drafts.write(subject, draft));
      return null;
    },
    'package/describe': async ({ text, base }): Promise<DescribeOutcome> => {
      requireTrust('package/describe');
      const { id, tenantId } = requirePackage();
      try {
        if (text !== base) await service.request('packages/edit', { id, tenantId, description: text, known: { description: base } });
      } catch (error) {
        if (!isProductError(error, 'access/edited-meanwhile')) throw error;
        return { outcome: 'changedElsewhere', user: String(error.args['user']), time: Number(error.args['time']) };
      }
      await drafts.forget(subject);
      return { outcome: 'saved' };
    },
    'package/move': async ({ group }) => {
      requireTrust('package/move');
      const { id, tenantId } = requirePackage();
      await service.request('packages/edit', { id, tenantId, group });
      return null;
    },
    'package/files': () => service.request('packages/files', { id: requirePackage().id }),
    'package/openFile': async ({ path }) => {
      await ports.openFile(requirePackage(), path);
      return null;
    },
    'package/install': async () => {
      requireTrust('package/install');
      const item = requirePackage();
      // The page shows it locked.
      if (item.kind === 'solution-definition') throw new ProductError('deploy/solution-definition', { package: describeIdentity(item) });
      await ports.install(item);
      return null;
    },
    'package/copyToTenants': async () => {
      requireTrust('package/copyToTenants');
      await ports.copyToTenants(requirePackage());
      return null;
    },
    'package/download': async () => {
      await ports.download(requirePackage());
      return null;
    },
    'package/delete': async () => {
      requireTrust('package/delete');
      await ports.deletePackage(requirePackage());
      return null;
    },
    'package/moreActions': async () => {
      await ports.moreActions(requirePackage());
      return null;
    },
    'package/copyHash': async () => {
      await ports.copy(requirePackage().sha256);
      return null;
    },
    'import/retry': async () => {
      requireTrust('import/retry');
      const begun = await service.request('imports/retry', { id: requireImport().id });
      // An import that is tried again is a new one; this page's is off the list.
      ports.openPackage({ id: begun.id });
      tab.close();
      return null;
    },
    'import/replace': async () => {
      requireTrust('import/replace');
      await ports.replaceByImport(requireImport());
      return null;
    },
    'import/stop': async () => {
      requireTrust('import/stop');
      await ports.stopImport(requireImport());
      return null;
    },
    'import/copyDetails': async () => {
      const { source: { path: file }, error } = requireImport();
      await ports.copy([file, ...(error === undefined ? [] : [`${error.code}: ${describeError(locale, error)}`, ...(error.causes ?? [])])].join('\n'));
      return null;
    },
    'deployed/open': ({ applicationId }) => {
      const known = state.snapshot.deployedPackages.find((item) => item.applicationId === applicationId && item.packageId === source.findPackage()?.id);
      if (known === undefined) throw new ProductError('general/not-found', { kind: 'application', name: applicationId });
      ports.openDeployed(known);
      return null;
    },
    'deployment/log': async ({ deploymentId, hostId }) => {
      const deployment = state.snapshot.deployments.find((item) => item.id === deploymentId && item.packageId === source.findPackage()?.id);
      if (deployment === undefined) throw new ProductError('general/not-found', { kind: 'deployment', name: deploymentId });
      if (hostId !== undefined && !deployment.hosts.some((run) => run.hostId === hostId)) throw new ProductError('general/not-found', { kind: 'host', name: hostId });
      await ports.showLog(deployment, hostId);
      return null;
    },
  }, { locale, report: (method, error) => ports.report(method, error) });
  const stopTrust = ports.onTrusted(() => live.refresh());

  return {
    dispose: () => {
      stopServing();
      stopTrust();
      live.dispose();
    },
  };
}
