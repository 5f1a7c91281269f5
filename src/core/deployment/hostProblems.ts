import type { ErrorData } from '../errors';
import { bitWidths, describeIdentity, describeOperatingSystem, type PackageIdentity } from '../packages/identity';
import type { FolderFacts, HostFacts, PackageFacts } from './facts';
import type { SilentIniLookup } from './silentIni';

/** What on a host stands against a deployment, apart from space; most important first. A wrong system stands alone. */
export function findHostProblems(facts: PackageFacts, silentIni: SilentIniLookup, host: string, found: HostFacts): readonly ErrorData[] {
  const system = systemProblem(facts, host, found);
  if (system) return [system];
  const problems: ErrorData[] = [];
  const add = (code: ErrorData['code'], args: ErrorData['args']) => problems.push({ code, args: { host, ...args } });

  if (found.missingTools.length > 0) add('deploy/tools-missing', { n: found.missingTools.length, tools: found.missingTools.join(', ') });
  const needs32 = silentIni('IPCommon', 'DataModel') === '32' || bitWidths(facts.identity).every((width) => width === 32);
  if (needs32 && bitWidths(facts.identity).includes(32) && found.system.bits === 64 && !found.loader32) {
    add('deploy/loader-missing', { package: describeIdentity(facts.identity) });
  }
  for (const folder of [found.staging, found.temporary, ...(found.target ? [found.target] : [])]) {
    if (folder.blocked) add('deploy/not-a-folder', { folder: folder.path, existing: folder.existing });
    else if (!folder.writable) add('deploy/not-writable', { folder: folder.path, existing: folder.existing });
  }
  for (const folder of [found.staging, found.temporary]) {
    if (folder.noexec) add('deploy/noexec', { folder: folder.path, mount: folder.mount });
  }
  if (isForeign(found.staging, found.userId)) add('deploy/foreign-folder', { folder: found.staging.existing });

  if (/\s/.test(found.staging.real)) add('deploy/blank-in-path', { folder: found.staging.path, real: found.staging.real });

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

/** A staging folder that is there already must be ours: whoever else may rename in it could put other files in the place of ours. */
function isForeign(staging: FolderFacts, userId: number): boolean {
  if (staging.existing !== staging.real) return false;
  const othersMayWrite = staging.mode[5] === 'w' || staging.mode[8] === 'w';
  const sticky = /[tT]/.test(staging.mode[9] ?? '');
  return (staging.owner !== userId && staging.owner !== 0) || (othersMayWrite && !sticky);
}

function systemProblem(facts: PackageFacts, host: string, { system, releaseVersion }: HostFacts): ErrorData | undefined {
  const { identity } = facts;
  const args = {
    host,
    package: `${identity.name} ${identity.version}`,
    needs: describeOperatingSystem({ ...identity, computerTypes: [] }, ''),
    needsBits: bitWidths(identity).join('/') || 'none',
    runs: system.release,
    runsBits: system.bits,
    architecture: system.architecture,
  };
  if (identity.osGroup.toLowerCase() !== system.osGroup.toLowerCase() || !fitsComputer(identity, system)) return { code: 'deploy/wrong-system', args };
  const wanted = facts.supportedSystems.flatMap((supported) => supported.version ?? []);
  if (releaseVersion === undefined || wanted.length === 0 || wanted.some((version) => !isLower(releaseVersion, version))) return undefined;
  const names = facts.supportedSystems.filter(({ version }) => version !== undefined).map(({ name, version = '' }) => (name.endsWith(version) ? name : `${name} ${version}`));
  return { code: 'deploy/wrong-release', args: { ...args, systems: names.join(', '), version: releaseVersion } };
}

const processorFamilies: readonly (readonly [computerType: RegExp, architecture: RegExp])[] = [
  [/intel|em64t|x86|amd/i, /^(x86_64|amd64|i[3-6]86|x86)$/i],
  [/power/i, /^(ppc|powerpc)/i],
  [/sparc/i, /^sparc/i],
  [/arm/i, /^(arm|aarch64)/i],
];

/** A package fits where one of its computers has the host's processor family and is not wider. Unknown names fit everywhere. */
function fitsComputer(identity: PackageIdentity, system: HostFacts['system']): boolean {
  if (identity.computerTypes.length === 0) return true;
  return identity.computerTypes.some((type) => {
    const family = processorFamilies.find(([computer]) => computer.test(type));
    const [width = 32] = bitWidths({ computerTypes: [type] });
    return width <= system.bits && (!family || family[1].test(system.architecture));
  });
}

/** Whether a dotted version is lower than another; missing parts count as zero. */
function isLower(version: string, than: string): boolean {
  const parts = (text: string) => text.split('.').map((part) => parseInt(part, 10) || 0);
  const a = parts(version);
  const b = parts(than);
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
