import { describeFilesToCopy } from '../../../core/deployment/filesToCopy';
import { describeError, isProductError } from '../../../core/errors';
import { isSecretKey } from '../../../core/formats/silentIni/secrets';
import type { ApplicationObject, DeployedPackage, Deployment, DeploymentInputs, SilentIniKey } from '../../../core/deployment/model';
import type { DeployProfiles } from '../../../core/deployment/profiles';
import type { Verification } from '../../../core/deployment/verification';
import type { Tenant } from '../../../core/packages/model';
import { describeOperatingSystem } from '../../../core/packages/identity';
import { detailsText } from '../../../core/text/detailsText';
import { mask } from '../../../core/text/mask';
import { createText, type Locale } from '../../../core/text/messages';
import { filesNotCopied } from '../../../core/text/stateText';
import { viewText } from '../../../core/text/viewText';
import type { DeployedPackageView, ShownApplication, ShownParameters, ShownProfiles, UsedValue } from '../../../protocol/page/deployedPackage';
import type { PageSubject } from '../../../protocol/page/page';
import type { ChangedArea, DeploymentForm } from '../../../protocol/service';
import type { PackageService } from '../../packageService';
import type { RepositoryState } from '../../repositoryState';
import { deploymentLines } from '../deploymentLines';
import { isOfflineAndEmpty, pageLock } from '../liveView';

/** The lists that the details of a deployed package are made of. */
export const deployedAreas: readonly ChangedArea[] = ['tenants', 'packages', 'applications', 'deployments', 'deployedPackages'];

export interface DeployedViewParts {
  readonly locale: Locale;
  readonly service: PackageService;
  readonly state: RepositoryState;
  readonly isTrusted: () => boolean;
}

export interface DeployedViewSource {
  build(): Promise<DeployedPackageView>;
  /** The record by its application object: an installation replaces the record, the object stays. */
  find(): DeployedPackage | undefined;
  /** What was entered for an earlier deployment, for this host. */
  parametersOf(deploymentId: string, hostId: string): Promise<ShownParameters>;
  /** The deployments of that application on that host. */
  history(deployed: DeployedPackage): readonly Deployment[];
  /** What could take its place when it was last shown. */
  readonly profiles: DeployProfiles | undefined;
}

export function createDeployedView(subject: PageSubject, { locale, service, state, isTrusted }: DeployedViewParts): DeployedViewSource {
  const describe = (error: unknown): string => describeError(locale, error);
  let lastName: string | undefined;
  /** The parameters of a deployment never change; whether its package is still stored may. */
  let read: { readonly key: string; readonly value: ShownParameters } | undefined;

  const find = (): DeployedPackage | undefined => state.snapshot.deployedPackages.find((item) => item.applicationId === subject.id && item.plugIn === subject.plugIn);
  // A plug-in and the GAX that it lives in have one application object and a history each.
  const history = ({ hostId, applicationName, plugIn, package: { name } }: DeployedPackage): readonly Deployment[] =>
    state.snapshot.deployments.filter(({ hosts, ...one }) => (plugIn === undefined ? one.plugIn !== true : one.package.name === name) && hosts.some((run) => run.hostId === hostId && run.applicationName === applicationName));

  const readParameters = async (deployed: DeployedPackage, packageStored: boolean): Promise<ShownParameters | { readonly problem: string }> => {
    const key = `${deployed.deploymentId} ${deployed.hostId} ${packageStored}`;
    if (read?.key === key) return read.value;
    // Asking now would only start the next attempt to connect.
    if (state.snapshot.connection === 'offline') return { problem: createText(locale, detailsText)('offlineEmpty') };
    const inputs = await service.request('deployments/inputs', { id: deployed.deploymentId });
    const values = valuesOf(inputs, deployed.hostId);
    const form = packageStored ? await service.request('deployments/form', { packageId: deployed.packageId, values: values.map((value) => ({ ...value })) }) : undefined;
    read = { key, value: usedValues(values, inputs.secretKeys, form) };
    return read.value;
  };

  let profiles: DeployProfiles | undefined;
  const readProfiles = async ({ id }: DeployedPackage): Promise<DeployProfiles | undefined> => {
    // What was known stays while nobody can be asked.
    if (state.snapshot.connection === 'offline') return profiles;
    try {
      return await service.request('deployedPackages/profiles', { id });
    } catch (error) {
      // It was replaced meanwhile: the next view has another record.
      if (isProductError(error)) return undefined;
      throw error;
    }
  };

  let verification: { readonly key: string; readonly value: Verification | undefined } | undefined;
  const readVerification = async ({ id, verification: summary }: DeployedPackage): Promise<Verification | undefined> => {
    if (summary === undefined) return undefined;
    const key = `${id} ${summary.at}`;
    if (verification?.key === key) return verification.value;
    if (state.snapshot.connection === 'offline') return undefined;
    try {
      verification = { key, value: (await service.request('deployedPackages/verification', { id })) ?? undefined };
      return verification.value;
    } catch (error) {
      if (isProductError(error)) return undefined;
      throw error;
    }
  };

  const build = async (): Promise<DeployedPackageView> => {
    const { snapshot } = state;
    const deployed = find();
    if (deployed === undefined) {
      if (isOfflineAndEmpty(snapshot, ['deployedPackages'])) return { kind: 'offline' };
      return { kind: 'gone', ...(lastName !== undefined && { name: lastName }) };
    }
    const { id, hostId, hostName, applicationId, applicationName, package: identity, packageId, status, installPath, deploymentId, at } = deployed;
    lastName = `${identity.name} ${identity.version}`;
    const packageStored = snapshot.packages.find(packageId, deployed.tenantId) !== undefined;
    const parameters = await readParameters(deployed, packageStored).catch((error: unknown) => ({ problem: describe(error) }));
    profiles = await readProfiles(deployed);
    const verified = await readVerification(deployed);
    const past = history(deployed);
    const deployedBy = past.find((deployment) => deployment.id === deploymentId)?.startedBy;
    const running = past.find((deployment) => deployment.state === 'running')?.hosts.find((run) => run.hostId === hostId);
    const application = snapshot.applications.find((item) => item.id === applicationId);
    const lock = pageLock(snapshot, isTrusted(), describe);
    return {
      kind: 'deployed',
      deployed: { id, hostId, hostName, applicationId, applicationName, package: identity, packageId, status, installPath, deploymentId, at },
      ...(deployed.filesToCopy && { duty: { state: filesNotCopied(locale), words: describeFilesToCopy(locale, deployed.filesToCopy, hostName) } }),
      system: describeOperatingSystem(identity, createText(locale, viewText)('bit')),
      ...(deployedBy !== undefined && { deployedBy }),
      ...(running && { deploying: Math.floor(running.percent) }),
      packageStored,
      ...(verified && { verification: verified }),
      ...(profiles && { profiles: showProfiles(profiles) }),
      ...(application && { application: showApplication(application, snapshot.tenants) }),
      ...('problem' in parameters ? { parametersProblem: parameters.problem } : { parameters }),
      history: deploymentLines(past, locale, (run) => run.hostId === hostId),
      ...(lock && { lock }),
      offline: snapshot.connection === 'offline',
    };
  };
  return {
    build, find, history,
    parametersOf: async (deploymentId, hostId) => {
      const inputs = await service.request('deployments/inputs', { id: deploymentId });
      return { ...usedValues(valuesOf(inputs, hostId), inputs.secretKeys, undefined), onlyEntered: false };
    },
    get profiles() {
      return profiles;
    },
  };
}

function showProfiles({ upgrades, rollBack }: DeployProfiles): ShownProfiles {
  return {
    upgrades: upgrades.map(({ packageId, package: { version } }) => ({ packageId, version })),
    rollBack: rollBack.possible ? { packageId: rollBack.packageId, version: rollBack.package.version }
      : rollBack.reason === 'package-gone' ? { impossible: 'gone', version: rollBack.version } : { impossible: 'nothingBefore' },
  };
}

/** What was entered for one host: its own values win. */
function valuesOf({ values, hostValues = [] }: DeploymentInputs, hostId: string): DeploymentInputs['values'] {
  const own = hostValues.filter((value) => value.hostId === hostId);
  const isOwn = (value: SilentIniKey): boolean => own.some(({ section, key }) => section === value.section && key === value.key);
  return [...values.filter((value) => !isOwn(value)), ...own.map(({ section, key, value }) => ({ section, key, value }))];
}

/** The values of the file as it was written: the package's own with those that a person entered. Secrets stay names. */
function usedValues(values: DeploymentInputs['values'], secrets: readonly SilentIniKey[], form: DeploymentForm | undefined): ShownParameters {
  const label = (place: { readonly section: string; readonly key: string }): string => JSON.stringify([place.section, place.key]);
  const entered = new Set([...values, ...secrets].map(label));
  const secretKeys = new Set(secrets.map(label));
  const known = (form?.fields ?? []).filter((field) => field.value !== '' || field.secret || entered.has(label(field)));
  const listed = new Set(known.map(label));
  const rest = [...values, ...secrets].filter((place) => !listed.has(label(place)));
  const show = (place: { readonly section: string; readonly key: string; readonly value?: string; readonly secret?: boolean }): UsedValue => {
    const secret = place.secret === true || secretKeys.has(label(place)) || isSecretKey(place.section, place.key);
    return { section: place.section, key: place.key, value: secret ? mask : (place.value ?? ''), secret, entered: entered.has(label(place)) };
  };
  return { values: [...known, ...rest].map(show), onlyEntered: form === undefined };
}

function showApplication(application: ApplicationObject, tenants: readonly Tenant[]): ShownApplication {
  const { name, type, version, workingDirectory, commandLine, commandLineArguments, state, options } = application;
  return {
    name, type, version, workingDirectory, commandLine, commandLineArguments, state,
    tenant: application.tenantObject !== '' ? application.tenantObject : (tenants.find(({ id }) => id === application.tenantId)?.name ?? ''),
    port: application.port, primaryServer: application.primaryServer, backupServer: application.backupServer,
    options: Object.entries(options).flatMap(([section, values]) =>
      Object.entries(values).map(([option, value]) => ({ section, option, value: value !== '' && isSecretKey(section, option) ? mask : value }))),
  };
}
