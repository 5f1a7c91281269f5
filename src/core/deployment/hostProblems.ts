import type { ErrorData } from '../errors';
import { bitWidths, describeIdentity, describeOperatingSystem } from '../packages/identity';
import { childPath, isHostFolder, isWindowsPath, longestWindowsPath } from '../hosts/hostPath';
import type { HostFacts, PackageFacts } from './facts';
import { hostFit, lowestVersion, needs32Bit, neededReleases } from './hostFit';
import { gaxLibrary } from './plugIn';
import type { SilentIniLookup } from './silentIni';
import { windowsVersionOf } from './windowsReleases';

/**
 * What on a host stands against a deployment, apart from space; most important first. A wrong system stands alone.
 * @param packageFolder where the package will be unpacked on the host
 */
export function findHostProblems(facts: PackageFacts, silentIni: SilentIniLookup, host: string, found: HostFacts, packageFolder: string): readonly ErrorData[] {
  const system = systemProblem(facts, host, found);
  if (system) return [system];
  const problems: ErrorData[] = [];
  const add = (code: ErrorData['code'], args: ErrorData['args']) => problems.push({ code, args: { host, ...args } });

  if (found.missingTools.length > 0) add('deploy/tools-missing', { n: found.missingTools.length, tools: found.missingTools.join(', ') });
  const runs32 = (silentIni('IPCommon', 'DataModel') === '32' && bitWidths(facts.identity).includes(32)) || needs32Bit(facts.identity, found.system);
  if (runs32 && found.system.bits === 64 && !found.loader32) {
    add('deploy/loader-missing', { package: describeIdentity(facts.identity), system: found.system.osGroup });
  }
  if (found.administrator === false) add('deploy/not-administrator', { package: describeIdentity(facts.identity) });
  for (const folder of [found.staging, found.temporary, ...(found.target ? [found.target] : [])]) {
    if (folder.blocked) add('deploy/not-a-folder', { folder: folder.path, existing: folder.existing });
    else if (!folder.writable) add('deploy/not-writable', { folder: folder.path, existing: folder.existing });
  }
  if (found.gax?.hasLibrary === true && !found.gax.writable) {
    const folder = childPath(found.gax.directory, gaxLibrary);
    add('deploy/not-writable', { folder, existing: folder });
  }
  for (const folder of [found.staging, found.temporary]) {
    if (folder.noexec) add('deploy/noexec', { folder: folder.path, mount: folder.mount });
  }
  if (found.staging.foreign) add('deploy/foreign-folder', { folder: found.staging.existing });

  if (!isHostFolder(found.staging.real)) add('deploy/blank-in-path', { folder: found.staging.path, real: found.staging.real });
  const longest = childPath(packageFolder, facts.longestPath);
  if (isWindowsPath(longest) && longest.length > longestWindowsPath) {
    add('deploy/path-too-long', { folder: found.staging.path, path: longest, length: longest.length, most: longestWindowsPath });
  }

  const [installer] = found.installers;
  if (installer) add('deploy/installer-running', { pid: String(installer.pid), deployment: installer.deploymentId });
  const installed = found.target?.installed;
  if (found.target && installed && installed.nickname.toLowerCase() !== facts.nickname.toLowerCase()) {
    add('deploy/other-product', { folder: found.target.path, installed: `${installed.name} ${installed.version}` });
  }
  if (found.target && found.processes.length > 0) {
    add('deploy/programs-running', {
      folder: found.target.path,
      n: found.processes.length,
      programs: found.processes.slice(0, 5).map(({ pid, program }) => `${program} (${pid})`).join(', '),
    });
  }
  return problems;
}

function systemProblem(facts: PackageFacts, host: string, { system, releaseVersion }: HostFacts): ErrorData | undefined {
  const { identity } = facts;
  const needs = { ...identity, supportedSystems: facts.supportedSystems };
  const found = { ...system, ...(releaseVersion !== undefined && { releaseVersion }) };
  const fit = hostFit(needs, found);
  if (fit === 'fits' || fit === 'unknown') return undefined;
  const args = {
    host,
    package: `${identity.name} ${identity.version}`,
    needs: describeOperatingSystem({ ...identity, computerTypes: [] }, ''),
    needsBits: bitWidths(identity).join('/') || 'none',
    runs: system.release,
    runsBits: system.bits,
    architecture: system.architecture,
  };
  if (fit !== 'wrong-release') return { code: 'deploy/wrong-system', args };
  const names = neededReleases(needs, found).filter((listed) => lowestVersion(listed, needs.osGroup) !== undefined)
    .map(({ name, version = '' }) => (name.endsWith(version) || windowsVersionOf(name) !== undefined ? name : `${name} ${version}`));
  return { code: 'deploy/wrong-release', args: { ...args, systems: [...new Set(names)].join(', '), version: releaseVersion ?? '' } };
}
