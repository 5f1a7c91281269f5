import type { HostSystem } from '../hosts/model';
import type { PackageIdentity } from '../packages/identity';
import type { SupportedSystem } from '../packages/model';

/** What a plan needs to know of a package. */
export interface PackageFacts {
  readonly identity: PackageIdentity;
  readonly nickname: string;
  /** A plug-in of GAX: it goes into a GAX that is there and has no application object of its own. */
  readonly plugIn?: true;
  /** SHA-256 of the stored archive, lower-case hexadecimal. */
  readonly sha256: string;
  readonly archiveFormat: 'zip' | 'tar.gz' | 'tar';
  /** Bytes of the stored archive. */
  readonly archiveSize: number;
  readonly fileCount: number;
  /** The path inside the archive that is longest. */
  readonly longestPath: string;
  /** Bytes of all files, unpacked. */
  readonly unpackedSize: number;
  /** Bytes on a disk with 4 KB blocks: of everything inside the archive, and of the installer's folder alone. */
  readonly diskUse: { readonly all: number; readonly installer: number };
  /** Folder of the installer inside the archive, e.g. `ip`. */
  readonly installerFolder: string;
  /** The package's own `genesys_silent.ini`; empty when it has none. */
  readonly silentIni: string;
  readonly supportedSystems: readonly SupportedSystem[];
  /** The installer wants its license agreement accepted. */
  readonly licenseNeeded: boolean;
}

/** A folder that will be written to, as the host has it now. */
export interface FolderFacts {
  /** The folder as it was asked for. */
  readonly path: string;
  /** The physical path of its nearest existing ancestor, or of itself. */
  readonly existing: string;
  /** Its own physical path, links in existing ancestors resolved; equal to `existing` when the folder is there. */
  readonly real: string;
  /** True when something that is no folder stands in the way. */
  readonly blocked: boolean;
  readonly writable: boolean;
  /** Where the file system that holds it is mounted. */
  readonly mount: string;
  /** Bytes that the user may still write there. */
  readonly free: number;
  /** Programs may not be run from it. */
  readonly noexec: boolean;
  /** The folder is there already, and somebody else than the user and the administrators owns it or may rename in it. */
  readonly foreign: boolean;
}

/** What the host has where GAX is said to be. */
export interface GaxFacts {
  readonly directory: string;
  /** It holds `webapp/WEB-INF/lib`, where the programs of plug-ins belong: without it the directory is none of GAX. */
  readonly hasLibrary: boolean;
  /** The user may write to that folder. */
  readonly writable: boolean;
  /** What `ip_description.xml` in it says. */
  readonly version?: string;
}

/** A program of the host, as messages name it: `pid 4711 (lca)`. */
export interface HostProcess {
  readonly pid: number;
  readonly program: string;
}

/** What a host told when it was asked, before anything was changed on it. */
export interface HostFacts {
  readonly system: HostSystem;
  /** The version that the vendor's installer compares: of `/etc/redhat-release`, else `/etc/lsb-release`; undefined where neither is there. On Windows that of the system, e.g. `10.0.17763`. */
  readonly releaseVersion?: string;
  readonly missingTools: readonly string[];
  /** The loader of 32-bit programs is there. */
  readonly loader32: boolean;
  /** Windows only: the signed-in user has an administrator's rights. */
  readonly administrator?: boolean;
  readonly staging: FolderFacts;
  /** Where the vendor's installer puts a copy of the package: `/tmp`, on Windows the user's temporary folder. */
  readonly temporary: FolderFacts;
  /** Absent when the installation path is left to the installer. */
  readonly target?: FolderFacts & {
    readonly filled: boolean;
    /** Names of the backup folders that earlier installations made in it. */
    readonly backups: readonly string[];
    /** What `ip_description.xml` in it says. */
    readonly installed?: { readonly name: string; readonly nickname: string; readonly version: string };
  };
  /** Of a plug-in that names one: the GAX directory as it was asked for. */
  readonly gax?: GaxFacts;
  /** Programs that run from the target folder. */
  readonly processes: readonly HostProcess[];
  /** Installers that an earlier deployment of ours started and that still run. */
  readonly installers: readonly { readonly deploymentId: string; readonly pid: number }[];
  /** What earlier deployments left in the staging folder: theirs, and the content it was to hold. */
  readonly leftovers: readonly { readonly deploymentId: string; readonly sha256: string }[];
}

/** What the host printed, sorted by its key: lines of `key<TAB>value`. */
type Report = ReadonlyMap<string, readonly string[]>;

/**
 * Reads the report that `service/deploying/hostScripts` has a host print. Never throws.
 * @returns undefined when it is not complete, e.g. because the shell was ended
 */
export function parseHostReport(text: string, system: HostSystem): HostFacts | undefined {
  const report = readReport(text);
  const readFolder = system.osGroup === 'windows' ? readWindowsFolder : createPosixReader(report);
  const staging = readFolder(report, 'staging');
  const temporary = readFolder(report, 'temporary');
  const target = readFolder(report, 'target');
  if (!report.has('end') || !staging || !temporary) return undefined;
  const gax = first(report, 'gax.path');
  const releaseVersion = first(report, 'version') ?? /release\s+(\d+(?:\.\d+)*)/.exec(first(report, 'redhat') ?? '')?.[1] ?? /^"?(\d+(?:\.\d+)*)/.exec(first(report, 'lsb') ?? '')?.[1];
  return {
    system,
    ...(releaseVersion !== undefined && { releaseVersion }),
    missingTools: report.get('missing') ?? [],
    loader32: report.has('loader32'),
    ...(system.osGroup === 'windows' && { administrator: report.has('administrator') }),
    staging,
    temporary,
    ...(target && { target: { ...target, filled: report.has('target.filled'), backups: report.get('target.backup') ?? [] } }),
    ...(gax !== undefined && { gax: { directory: gax, hasLibrary: report.has('gax.library'), writable: report.has('gax.writable') } }),
    processes: (report.get('process') ?? []).flatMap((line) => {
      const [, pid, program] = /^(\d+) (.*)$/.exec(line) ?? [];
      return pid === undefined || program === undefined ? [] : [{ pid: Number(pid), program }];
    }),
    installers: pairs(report.get('installer')).map(([deploymentId, pid]) => ({ deploymentId, pid: Number(pid) })),
    leftovers: pairs(report.get('leftover')).map(([deploymentId, sha256]) => ({ deploymentId, sha256 })),
  };
}

function readReport(text: string): Report {
  const report = new Map<string, string[]>();
  for (const line of text.split(/\r?\n/)) {
    const tab = line.indexOf('\t');
    if (tab < 0) continue;
    const key = line.slice(0, tab);
    report.set(key, [...(report.get(key) ?? []), line.slice(tab + 1)]);
  }
  return report;
}

type ReadFolder = (report: Report, name: string) => FolderFacts | undefined;

function createPosixReader(report: Report): ReadFolder {
  const mounts = readMounts(report.get('mount') ?? []);
  const userId = Number(first(report, 'user'));
  return (_, name) => (Number.isInteger(userId) ? readPosixFolder(report, name, mounts, userId) : undefined);
}

/** Windows prints the free bytes, the drive, and whether others own a folder or may write in it. */
function readWindowsFolder(report: Report, name: string): FolderFacts | undefined {
  const shared = readShared(report, name);
  const free = Number(first(report, `${name}.free`));
  const mount = first(report, `${name}.mount`);
  if (!shared || mount === undefined || !Number.isFinite(free)) return undefined;
  return { ...shared, mount, free: Math.max(0, free), noexec: false, foreign: report.has(`${name}.foreign`) };
}

function readShared(report: Report, name: string): Pick<FolderFacts, 'path' | 'existing' | 'real' | 'blocked' | 'writable'> | undefined {
  const path = first(report, `${name}.path`);
  const existing = first(report, `${name}.existing`);
  const real = first(report, `${name}.real`);
  if (path === undefined || existing === undefined || real === undefined) return undefined;
  return { path, existing, real, blocked: report.has(`${name}.blocked`), writable: report.has(`${name}.writable`) };
}

function readPosixFolder(report: Report, name: string, mounts: ReadonlyMap<string, string>, userId: number): FolderFacts | undefined {
  const shared = readShared(report, name);
  // POSIX: `df -P` prints Filesystem, 1024-blocks, Used, Available, Capacity, Mounted on.
  const [, free, mount] = /^.*?\s+\d+\s+-?\d+\s+(-?\d+)\s+\S+\s+(\/.*)$/.exec(first(report, `${name}.space`) ?? '') ?? [];
  const [, mode, owner] = /^(\S{10})\S*\s+\d+\s+(\d+)\s/.exec(first(report, `${name}.list`) ?? '') ?? [];
  if (!shared || free === undefined || mount === undefined || mode === undefined) return undefined;
  return {
    ...shared,
    mount,
    free: Math.max(0, Number(free)) * 1024,
    noexec: (mounts.get(mount) ?? '').split(',').includes('noexec'),
    foreign: shared.existing === shared.real && isForeign(Number(owner), mode, userId),
  };
}

/** A staging folder that is there already must be ours: whoever else may rename in it could put other files in the place of ours. */
function isForeign(owner: number, mode: string, userId: number): boolean {
  const othersMayWrite = mode[5] === 'w' || mode[8] === 'w';
  const sticky = /[tT]/.test(mode[9] ?? '');
  return (owner !== userId && owner !== 0) || (othersMayWrite && !sticky);
}

/** Mount point → options, from lines of `/proc/self/mounts`. The last mount on a point hides the earlier ones. */
function readMounts(lines: readonly string[]): ReadonlyMap<string, string> {
  const mounts = new Map<string, string>();
  for (const line of lines) {
    const [, point, , options] = line.split(' ');
    if (point === undefined || options === undefined) continue;
    mounts.set(point.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8))), options);
  }
  return mounts;
}

function pairs(lines: readonly string[] = []): [string, string][] {
  return lines.flatMap((line) => {
    const [a, b] = line.split(' ');
    return a !== undefined && b !== undefined && /^[\w-]{1,64}$/.test(a) ? [[a, b] as [string, string]] : [];
  });
}

function first(report: Report, key: string): string | undefined {
  return report.get(key)?.[0];
}
