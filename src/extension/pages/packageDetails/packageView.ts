import { describeError, isProductError } from '../../../core/errors';
import type { Deployment } from '../../../core/deployment/model';
import { isSecretKey } from '../../../core/formats/silentIni/secrets';
import { describeOperatingSystem } from '../../../core/packages/identity';
import { describeLocaleId } from '../../../core/packages/localeIds';
import { fileNameOf } from '../../../core/packages/importSource';
import type { ImportRecord, PackageDetails, PackageSummary } from '../../../core/packages/model';
import { referredPackages, unsupportedCommands } from '../../../core/packages/solution';
import { contentText, describeComplete, describeInstallation, describeNote } from '../../../core/text/contentText';
import { mask } from '../../../core/text/mask';
import { createText, type Locale } from '../../../core/text/messages';
import { filesNotCopied } from '../../../core/text/stateText';
import { viewText } from '../../../core/text/viewText';
import type { ForbiddenActions, PackageDetailsView, ShownImport, ShownPackage, ShownSolution } from '../../../protocol/page/packageDetails';
import type { PageSubject } from '../../../protocol/page/page';
import type { ChangedArea } from '../../../protocol/service';
import type { PackageService } from '../../packageService';
import { describeMissing, isHeld } from '../../access';
import type { RepositorySnapshot, RepositoryState } from '../../repositoryState';
import { wasPresent } from '../../views/nodes/packageNodes';
import { deploymentLines } from '../deploymentLines';
import { isOfflineAndEmpty, pageLock } from '../liveView';

/** The lists that the details of a package are made of. */
export const detailsAreas: readonly ChangedArea[] = ['access', 'tenants', 'packages', 'imports', 'deployments', 'deployedPackages'];

export interface PackageViewParts {
  readonly locale: Locale;
  readonly service: PackageService;
  readonly state: RepositoryState;
  readonly isTrusted: () => boolean;
}

/** Makes the view of one subject from the lists, and finds what the subject stands for. */
export interface PackageViewSource {
  build(): Promise<PackageDetailsView>;
  findPackage(): PackageSummary | undefined;
  findImport(): ImportRecord | undefined;
}

export function createPackageView(subject: PageSubject, { locale, service, state, isTrusted }: PackageViewParts): PackageViewSource {
  const describe = (error: unknown): string => describeError(locale, error);
  /** What the subject has become: an import that succeeded is a package. */
  let meant: PageSubject = subject;
  let lastName: string | undefined;
  /** Read anew when the package is another, here or in the tenants that hold it too. */
  let details: { readonly item: PackageSummary; readonly holders: string; readonly value: PackageDetails } | undefined;

  const findPackage = (): PackageSummary | undefined =>
    (meant.id === undefined ? undefined : state.snapshot.packages.find(meant.id, meant.tenantId));
  const findImport = (): ImportRecord | undefined => state.snapshot.imports.find((record) => record.id === meant.id && record.state !== 'complete');

  const readDetails = async (item: PackageSummary): Promise<PackageDetails | undefined> => {
    const { packages, connection } = state.snapshot;
    const holders = packages.holders(item.id).join(' ');
    // Out of reach: what was read last is the best there is. Asking anew would only start the next attempt to connect.
    if (details?.value.id === item.id && ((details.item === item && details.holders === holders) || connection === 'offline')) return details.value;
    if (connection === 'offline') return undefined;
    try {
      details = { item, holders, value: await service.request('packages/get', { id: item.id, tenantId: item.tenantId }) };
    } catch (error) {
      if (isProductError(error, 'general/not-found')) return undefined;
      throw error;
    }
    return details.value;
  };

  /** An import that is not on the list as this window last read it: it has only just begun, or it has ended and the service still knows how. */
  const followImport = async (): Promise<ImportRecord | undefined> => {
    const { id } = meant;
    if (id?.startsWith('import-') !== true || state.snapshot.connection !== 'online') return undefined;
    const listed = (await service.request('imports/list', {})).find((record) => record.id === id);
    if (listed !== undefined && listed.state !== 'complete') return listed;
    // It does not run, so this answers at once.
    const ended = await service.request('imports/wait', { id }).catch(() => undefined);
    if (ended?.packageId !== undefined) meant = { id: ended.packageId, tenantId: ended.tenantId };
    return undefined;
  };

  const build = async (): Promise<PackageDetailsView> => {
    const before = state.snapshot;
    const record = findImport() ?? (findPackage() === undefined ? await followImport() : undefined);
    const lock = pageLock(before, isTrusted(), describe);
    const offline = before.connection === 'offline';
    if (record !== undefined) {
      lastName = record.identity?.name ?? fileNameOf(record.source.path);
      return { kind: 'import', import: { ...showImport(record, describe, locale), ...(wasPresent(record) && isHeld(before.access, 'replace', record.tenantId) && { replaceable: true }) }, offline, ...(lock && { lock }) };
    }
    const item = findPackage();
    const found = item === undefined ? undefined : await readDetails(item);
    const snapshot = state.snapshot;
    if (item === undefined || found === undefined) {
      if (isOfflineAndEmpty(snapshot, ['packages', 'imports']) || (item !== undefined && offline)) return { kind: 'offline' };
      return { kind: 'gone', ...(lastName !== undefined && { name: lastName }) };
    }
    lastName = `${item.name} ${item.version}`;
    const deployments = snapshot.deployments.filter((deployment) => deployment.packageId === item.id && deployment.tenantId === item.tenantId);
    return {
      kind: 'package',
      package: { ...showPackage(item, found, deployments, locale), ...(found.solution && { solution: showSolution(found.solution, snapshot.packages.of(item.tenantId)) }) },
      groups: [...snapshot.packages.groups(item.tenantId).keys()].filter((group) => group !== '').sort((a, b) => a.localeCompare(b, locale)),
      deployedOn: snapshot.deployedPackages
        .filter((deployed) => deployed.packageId === item.id)
        .map(({ id, hostName, applicationId, applicationName, status, filesToCopy, at }) => ({ id, hostName, applicationId, applicationName, status, at, ...(filesToCopy && { filesToCopy: filesNotCopied(locale) }) })),
      deployments: deploymentLines(deployments, locale),
      forbidden: { ...forbiddenActions(snapshot, item.tenantId, locale), ...(item.kind === 'solution-definition' && { install: createText(locale, contentText)('cannotRunYet') }) },
      offline,
      ...(lock && { lock }),
    };
  };

  return { build, findPackage, findImport };
}

function forbiddenActions({ access, tenants }: RepositorySnapshot, tenantId: string, locale: Locale): ForbiddenActions {
  const tenant = tenants.find(({ id }) => id === tenantId) ?? { id: tenantId, name: tenantId };
  const missing = {
    install: describeMissing(locale, access, 'deploy', tenant), edit: describeMissing(locale, access, 'import', tenant), delete: describeMissing(locale, access, 'delete', tenant),
    // A copy is made in other tenants: there the privilege is needed.
    copyToTenants: describeMissing(locale, access, 'copy'),
  };
  return Object.fromEntries(Object.entries(missing).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function showPackage(item: PackageSummary, details: PackageDetails, deployments: readonly Deployment[], locale: Locale): ShownPackage {
  const running = deployments.filter(({ state }) => state === 'running').map(({ percent }) => percent);
  return {
    id: item.id, tenantId: item.tenantId, kind: item.kind,
    name: item.name, version: item.version, localeId: item.localeId, osGroup: item.osGroup, computerTypes: item.computerTypes,
    nickname: item.nickname, system: describeOperatingSystem(item, createText(locale, viewText)('bit')), language: describeLocaleId(locale, item.localeId),
    group: item.group, description: item.description, updatedAt: item.updatedAt,
    size: item.size, sha256: item.sha256, unpackedSize: details.unpackedSize, fileCount: details.fileCount,
    tenants: details.tenants, templates: details.templates, status: describeComplete(locale, item.notes),
    notes: (item.notes ?? []).map((note) => describeNote(locale, note)),
    installation: [...new Set((details.installation ?? []).map((way) => describeInstallation(locale, way)))],
    defaultOptions: (details.templateOptions ?? []).flatMap(({ options }) => options.map(({ section, option, defaultValue }) => ({ section, option, value: defaultValue !== '' && isSecretKey(section, option) ? mask : defaultValue }))),
    ...(running.length > 0 && { deploying: Math.floor(running.reduce((sum, percent) => sum + percent, 0) / running.length) }),
    ...(item.lastDeployment && { lastDeployment: item.lastDeployment }),
  };
}

function showSolution(solution: NonNullable<PackageDetails['solution']>, ofTenant: readonly PackageSummary[]): ShownSolution {
  const { path, schemaVersion, deploymentKey, summary, profiles } = solution;
  return {
    path, schemaVersion, deploymentKey, summary, profiles, unsupported: unsupportedCommands(solution),
    // A definition can have the name of a package; what it installs are packages.
    packages: referredPackages(solution, ofTenant.filter(({ kind }) => kind !== 'solution-definition')),
  };
}

function showImport(record: ImportRecord, describe: (error: unknown) => string, locale: Locale): ShownImport {
  const { id, source, state, step, percent, startedAt, identity, error } = record;
  return {
    id, source: source.path, state, step, percent: Math.floor(percent), startedAt, file: fileNameOf(record.source.path),
    ...(identity && { identity, system: describeOperatingSystem(identity, createText(locale, viewText)('bit')) }), ...(error && { error: { code: error.code, message: describe(error) } }),
  };
}
