import { emptyDraft, fillIn, type DeployDraft, type DeployPackage, type FilledFrom } from '../../../core/deployment/draft';
import type { DeployedPackage, DeploymentInputs } from '../../../core/deployment/model';
import type { ReplacingProfile } from '../../../core/deployment/replaceable';
import { ProductError } from '../../../core/errors';
import type { Remembered } from '../../../protocol/page/deployWizard';
import type { PackageService } from '../../packageService';
import type { DeployWizardIntent } from './ports';

type Service = Pick<PackageService, 'request'>;

/** What was entered for the last deployment of any version of a package, to one of these hosts where some are given. */
export async function remembered(service: Service, item: DeployPackage, hostIds?: readonly string[]): Promise<Remembered | null> {
  const last = await service.request('deployments/remembered', { packageId: item.id, ...(hostIds !== undefined && { hostIds: [...hostIds] }) });
  return last === null ? null : { from: { deploymentId: last.deploymentId, at: last.at, hostNames: last.hostNames }, inputs: last.inputs };
}

/**
 * The inputs of an upgrade or a roll back as the service fills them in, and the deployment that they are from.
 * @throws ProductError `deploy/…` when the package may not take the place of one of these
 */
export async function prefilled(service: Service, profile: ReplacingProfile, item: DeployPackage, deployed: readonly DeployedPackage[]): Promise<Remembered> {
  const inputs = await service.request('deployments/prefill', { profile, packageId: item.id, deployedIds: deployed.map(({ id }) => id) });
  const sources = profile === 'upgrade' ? deployed : (await Promise.all(deployed.map(({ id }) => service.request('deployedPackages/profiles', { id }))))
    .flatMap(({ rollBack }) => (rollBack.possible ? rollBack.installation : []));
  const [newest] = [...sources].sort((a, b) => (a.at < b.at ? 1 : -1));
  const from: FilledFrom = { deploymentId: newest?.deploymentId ?? '', at: newest?.at ?? '', hostNames: [...new Set(deployed.map(({ hostName }) => hostName))] };
  // A name that stays is no name that was entered.
  const moved = (inputs.hostApplications ?? []).filter(({ hostId, name }) => !deployed.some((one) => one.hostId === hostId && one.applicationName === name));
  return { from, inputs: { ...inputs, hostApplications: moved } };
}

/** The first draft of an upgrade or a roll back: of what it was asked for. @throws ProductError `general/not-found` when that is gone */
export async function replacingDraft(service: Service, profile: ReplacingProfile, item: DeployPackage, deployed: readonly DeployedPackage[], applicationId: string): Promise<DeployDraft> {
  if (deployed.length === 0) throw new ProductError('general/not-found', { kind: 'application', name: applicationId });
  const { from, inputs } = await prefilled(service, profile, item, deployed);
  const draft = fillIn(emptyDraft(inputs.hostIds, profile), from, inputs);
  return { ...draft, replaces: deployed.map(({ hostId, applicationId: id }) => ({ hostId, applicationId: id })) };
}

/** The first draft of an installation: what was entered the last time, on these hosts if possible. */
export async function installDraft(service: Service, item: DeployPackage, intent: DeployWizardIntent | undefined): Promise<DeployDraft> {
  const hostIds = intent?.hostIds ?? [];
  const last = intent?.again === undefined
    ? await remembered(service, item, hostIds.length === 0 ? undefined : hostIds) ?? await remembered(service, item)
    : await installedAs(service, intent.again);
  return last === null ? emptyDraft(hostIds) : fillIn(emptyDraft(hostIds), last.from, last.inputs);
}

/** What was entered for a deployment, for one of its hosts. */
async function installedAs(service: Service, { deploymentId, hostId, applicationName }: NonNullable<DeployWizardIntent['again']>): Promise<Remembered> {
  const { from, inputs } = await entered(service, deploymentId);
  return { from, inputs: { ...inputs, hostApplications: [{ hostId, name: applicationName }], applicationName: '' } };
}

/** What was entered for a deployment that has been started, as the progress shows it. */
export async function startedDraft(service: Service, deploymentId: string): Promise<DeployDraft> {
  const { from, inputs } = await entered(service, deploymentId);
  return { ...fillIn(emptyDraft(inputs.hostIds, inputs.profile), from, inputs), step: 'progress', furthest: 'progress', deploymentId };
}

async function entered(service: Service, id: string): Promise<{ readonly from: FilledFrom; readonly inputs: DeploymentInputs }> {
  const [deployment, inputs] = await Promise.all([service.request('deployments/get', { id }), service.request('deployments/inputs', { id })]);
  return { from: { deploymentId: id, at: deployment.startedAt, hostNames: deployment.hosts.map((run) => run.hostName) }, inputs };
}
