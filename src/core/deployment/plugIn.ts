import { gaxApplicationsOn, mayBeGax, type GaxCandidate } from '../configuration/gaxApplication';
import type { ErrorData } from '../errors';
import { findSection, parseSilentIni } from '../formats/silentIni/parse';
import { isWindowsPath } from '../hosts/hostPath';
import type { PackageIdentity } from '../packages/identity';
import type { PackageKind } from '../packages/model';
import { inputsForHost } from './hostInputs';
import type { DeploymentInputs, HostApplication, HostValue, SilentIniKey } from './model';
import type { ReplaceProblem, ResolvedInputs } from './replacedDeployments';
import { lookUpSilentIni } from './silentIni';

/** Where the programs of plug-ins belong, below the GAX directory: the vendor's installer looks for exactly this. */
export const gaxLibrary = 'webapp/WEB-INF/lib';

/** The key of silent.ini that names the GAX directory; it stands in the section of the plug-in. */
const gaxDirectory = 'GAX_Directory';

/** A package as far as it tells whether it is a plug-in, and how its installer is told of GAX. */
export type PlugInPackage = Pick<PackageIdentity, 'name' | 'osGroup'> & { readonly kind: PackageKind; readonly nickname: string; readonly silentIni: string };

/** Which plug-in a package is, as records tell them apart; undefined: a program of its own. */
export function plugInOf({ plugIn, nickname, identity }: { readonly plugIn?: true; readonly nickname: string; readonly identity: Pick<PackageIdentity, 'name'> }): string | undefined {
  return plugIn === true ? nickname || identity.name : undefined;
}

/** The key of silent.ini for the GAX directory. On Windows the installer finds GAX by itself, so there is none. */
export function gaxDirectoryKey({ name, nickname, osGroup, silentIni }: Omit<PlugInPackage, 'kind'>): SilentIniKey | undefined {
  if (osGroup.toLowerCase() === 'windows') return undefined;
  const document = parseSilentIni(silentIni);
  const own = document.sections.find(({ header }) => findSection(document, header.name)?.entries.some(({ key }) => key === gaxDirectory));
  // The section of a product is its nickname (formats: 5.3).
  return { section: own?.header.name ?? (nickname || name), key: gaxDirectory };
}

/** The GAX that a plug-in goes into on a host: the one that is named there, else the only one. */
export function findGax<A extends GaxCandidate>(applications: readonly A[], host: { readonly id: string; readonly name: string }, packageName: string, named: string): A | ErrorData {
  const found = gaxApplicationsOn(applications, host.id);
  const names = found.map(({ name }) => name).join(', ');
  if (named !== '') {
    return applications.find((one) => one.hostId === host.id && one.name === named && mayBeGax(one))
      ?? { code: 'plugIn/not-gax', args: { host: host.name, application: named, applications: names || 'none' } };
  }
  const [only, ...others] = found;
  if (only === undefined) return { code: 'plugIn/no-gax', args: { host: host.name, package: packageName } };
  return others.length === 0 ? only : { code: 'plugIn/several-gax', args: { host: host.name, package: packageName, applications: names } };
}

/** What the inputs of a plug-in are completed from. */
export interface PlugInContext<A extends GaxCandidate> {
  readonly package: Omit<PlugInPackage, 'kind'>;
  readonly applications: readonly A[];
  readonly hostName: (hostId: string) => string;
  /** Of an upgrade or a roll back: the application object that the deployed plug-in is in now. */
  readonly present: (hostId: string) => A | undefined;
}

/**
 * Completes the inputs of a plug-in: for each host its GAX application object, and on Linux its GAX directory, which is the
 * object's working directory until another one is entered. A path that is GAX itself is a problem: on Linux `checkInputs`
 * finds it, since there the directory is an input.
 */
export function completePlugIn<A extends GaxCandidate>(inputs: DeploymentInputs, { package: item, applications, hostName, present }: PlugInContext<A>): ResolvedInputs {
  const key = gaxDirectoryKey(item);
  const problems: ReplaceProblem[] = [];
  const hostApplications: HostApplication[] = [];
  const hostValues: HostValue[] = [...inputs.hostValues ?? []];
  for (const hostId of inputs.hostIds) {
    const host = { id: hostId, name: hostName(hostId) };
    const own = inputsForHost(inputs, hostId);
    const gax = present(hostId) ?? findGax(applications, host, item.name, own.applicationName.trim());
    if ('code' in gax) {
      problems.push({ hostId, problem: gax });
      continue;
    }
    hostApplications.push({ hostId, name: gax.name });
    if (key === undefined) {
      // No silent.ini says where GAX is: its application object does.
      const path = lookUpSilentIni(item.silentIni, own.values)('IPCommon', 'InstallPath') ?? '';
      if (path !== '' && samePlace(path, gax.workingDirectory)) problems.push({ hostId, problem: { code: 'plugIn/path-is-gax', args: { host: host.name, path } } });
      continue;
    }
    const entered = own.values.findLast((value) => value.section === key.section && value.key === key.key);
    const directory = entered ? entered.value.trim() : gax.workingDirectory;
    if (directory === '') problems.push({ hostId, problem: { code: 'plugIn/gax-directory-missing', args: { host: host.name } } });
    else if (!directory.startsWith('/')) problems.push({ hostId, problem: { code: 'plugIn/gax-directory-relative', args: { host: host.name, path: directory } } });
    if (entered?.value !== directory) hostValues.push({ hostId, ...key, value: directory });
  }
  return { inputs: { ...inputs, applicationName: '', hostApplications, ...(hostValues.length > 0 && { hostValues }) }, problems };
}

/** What is entered that plug-ins do not have: they change nothing of GAX but add options to it. */
export function findNotAsked({ application, skipReinstallation, applicationEdits = [] }: DeploymentInputs, packageName: string): readonly ErrorData[] {
  const notAsked = (args: Readonly<Record<string, string>>): ErrorData => ({ code: 'plugIn/not-asked', args: { package: packageName, ...args } });
  return [
    ...(application !== undefined && Object.values(application).some((value: string) => value !== '') ? [notAsked({ what: 'application' })] : []),
    ...(skipReinstallation === true ? [notAsked({ what: 'reinstallation' })] : []),
    ...applicationEdits.filter(({ part }) => part !== 'options').map(({ key }) => notAsked({ what: 'edit', key })),
  ];
}

/** A plug-in that is installed over GAX itself would have the installer move all of GAX away. On Windows capitals do not count. */
export function samePlace(plugInPath: string, directory: string): boolean {
  const plain = (path: string): string => (isWindowsPath(path) ? path.toLowerCase().replaceAll('\\', '/') : path).replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
  return plain(plugInPath) === plain(directory);
}
