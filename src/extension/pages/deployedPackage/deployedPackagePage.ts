import { copyCommands } from '../../../core/deployment/filesToCopy';
import { ProductError } from '../../../core/errors';
import type { DeployedPackage, Deployment } from '../../../core/deployment/model';
import type { Locale } from '../../../core/text/messages';
import { deployedPackageContract, type DeployedPackageView } from '../../../protocol/page/deployedPackage';
import type { PageSubject } from '../../../protocol/page/page';
import type { PackageService } from '../../packageService';
import type { RepositoryState } from '../../repositoryState';
import { createLiveView } from '../liveView';
import type { OpenPage, PageTab } from '../pageDefinition';
import { servePage } from '../servePage';
import { createTrustGuard } from '../trustGuard';
import { createDeployedView, deployedAreas } from './deployedView';

/** What the page of a deployed package needs of the editor and of the rest of the extension. */
export interface DeployedPackagePorts {
  readonly locale: Locale;
  readonly service: PackageService;
  readonly state: RepositoryState;
  readonly isTrusted: () => boolean;
  readonly onTrusted: (listener: () => void) => () => void;
  /** Opens the wizard that installs it once more, with what was entered for it. */
  installAgain(deployed: DeployedPackage): Promise<void>;
  /** Opens the wizard of an upgrade; without a package the person is asked for the version. */
  upgrade(deployed: DeployedPackage, packageId: string | undefined): Promise<void>;
  rollBack(deployed: DeployedPackage, packageId: string): Promise<void>;
  /** Shows the plan of an earlier deployment made anew, and runs it once the person agrees. */
  runAgain(deployment: Deployment): Promise<void>;
  /** Opens a file of the package beside the same file on the host. */
  showDifference(deployed: DeployedPackage, path: string): Promise<void>;
  openPackage(subject: PageSubject): void;
  showLog(deployment: Deployment, hostId: string): Promise<void>;
  /** Puts a text on the clipboard. */
  copy(text: string): Promise<void>;
  report(method: string, error: unknown): void;
}

/** Answers the page of what is installed for one application object. */
export function openDeployedPackage(tab: PageTab, ports: DeployedPackagePorts): OpenPage {
  const { locale, service, state } = ports;
  const { subject } = tab;
  const source = createDeployedView(subject, ports);
  let verifying: { percent: number; readonly stop: AbortController } | undefined;
  const tellTitle = (view: DeployedPackageView): void => {
    if (view.kind === 'deployed') tab.setTitle(`${view.deployed.package.name} ${view.deployed.package.version}, ${view.deployed.hostName}`);
  };
  const live = createLiveView<DeployedPackageView>({
    state, areas: deployedAreas,
    build: async () => {
      const view = await source.build();
      return view.kind === 'deployed' && verifying !== undefined ? { ...view, verifying: verifying.percent } : view;
    },
    show: (view) => {
      tellTitle(view);
      tab.channel.post({ type: 'event', name: 'view', value: view });
    },
    report: (error) => ports.report('view', error),
  });
  const requireDeployed = (): DeployedPackage => {
    const found = source.find();
    if (found === undefined) throw new ProductError('general/not-found', { kind: 'application', name: subject.id ?? '' });
    return found;
  };
  const requireEarlier = (deployed: DeployedPackage, deploymentId: string): Deployment => {
    const deployment = source.history(deployed).find(({ id }) => id === deploymentId);
    if (deployment === undefined) throw new ProductError('general/not-found', { kind: 'deployment', name: deploymentId });
    return deployment;
  };
  const requireTrust = createTrustGuard(ports);

  const verify = async (deployed: DeployedPackage): Promise<void> => {
    if (verifying !== undefined) return;
    const own = { percent: 0, stop: new AbortController() };
    verifying = own;
    live.refresh();
    const unlisten = service.onEvent('verifyProgress', ({ id, bytesDone, bytesTotal }) => {
      if (id !== deployed.id || bytesTotal === 0) return;
      own.percent = Math.floor((bytesDone * 100) / bytesTotal);
      live.refresh();
    });
    try {
      await service.request('deployedPackages/verify', { id: deployed.id }, own.stop.signal);
    } finally {
      unlisten();
      verifying = undefined;
      live.refresh();
    }
  };

  const stopServing = servePage(deployedPackageContract, tab.channel, {
    'page/open': async () => {
      const view = await live.current();
      tellTitle(view);
      return { view };
    },
    'deployed/log': async () => {
      const { deploymentId, hostId } = requireDeployed();
      await ports.showLog(await service.request('deployments/get', { id: deploymentId }), hostId);
      return null;
    },
    'deployed/verify': async () => {
      requireTrust('deployed/verify');
      await verify(requireDeployed());
      return null;
    },
    'deployed/stopVerifying': () => {
      verifying?.stop.abort();
      return null;
    },
    'deployed/showDifference': async ({ path }) => {
      requireTrust('deployed/showDifference');
      await ports.showDifference(requireDeployed(), path);
      return null;
    },
    'deployed/installAgain': async () => {
      requireTrust('deployed/installAgain');
      await ports.installAgain(requireDeployed());
      return null;
    },
    'deployed/upgrade': async ({ packageId }) => {
      requireTrust('deployed/upgrade');
      const deployed = requireDeployed();
      if (packageId !== undefined && !source.profiles?.upgrades.some((target) => target.packageId === packageId)) throw new ProductError('general/not-found', { kind: 'package', name: packageId });
      await ports.upgrade(deployed, packageId);
      return null;
    },
    'deployed/rollBack': async () => {
      requireTrust('deployed/rollBack');
      const deployed = requireDeployed();
      const { rollBack } = source.profiles ?? {};
      if (rollBack?.possible !== true) throw new ProductError('general/bad-request', { method: 'deployed/rollBack', reason: 'there is nothing to roll back to' });
      await ports.rollBack(deployed, rollBack.packageId);
      return null;
    },
    'deployed/copyCommands': async () => {
      const { filesToCopy, hostName } = requireDeployed();
      if (filesToCopy === undefined) throw new ProductError('general/bad-request', { method: 'deployed/copyCommands', reason: `nothing is to be copied on ${hostName}` });
      await ports.copy(copyCommands(locale, filesToCopy));
      return null;
    },
    'deployed/markFilesCopied': async () => {
      requireTrust('deployed/markFilesCopied');
      await service.request('deployedPackages/markFilesCopied', { id: requireDeployed().id });
      return null;
    },
    'package/show': () => {
      const { packageId, tenantId } = requireDeployed();
      ports.openPackage({ id: packageId, tenantId });
      return null;
    },
    'deployment/parameters': async ({ deploymentId }) => {
      const deployed = requireDeployed();
      return source.parametersOf(requireEarlier(deployed, deploymentId).id, deployed.hostId);
    },
    'deployment/runAgain': async ({ deploymentId }) => {
      requireTrust('deployment/runAgain');
      await ports.runAgain(requireEarlier(requireDeployed(), deploymentId));
      return null;
    },
    'deployment/log': async ({ deploymentId }) => {
      const deployed = requireDeployed();
      const deployment = requireEarlier(deployed, deploymentId);
      await ports.showLog(deployment, deployed.hostId);
      return null;
    },
  }, { locale, report: (method, error) => ports.report(method, error) });
  const stopTrust = ports.onTrusted(() => live.refresh());

  return {
    dispose: () => {
      verifying?.stop.abort();
      stopServing();
      stopTrust();
      live.dispose();
    },
  };
}
