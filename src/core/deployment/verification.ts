import type { PackageFile } from '../packages/model';

/** How the files of a deployed package on its host were found, by paths below the folder it is installed in. */
export interface Verification {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** `user@machine` of who had it verified. */
  readonly by: string;
  /** Files that were held against the package. */
  readonly compared: number;
  /** Not the bytes of the package. */
  readonly changed: readonly string[];
  readonly missing: readonly string[];
  /**
   * On the host but not of the package, and so no difference: what the installer made (`run.sh`), configuration, logs. Its
   * backups of earlier installations are left out. At most `mostExtra`.
   */
  readonly extra: readonly string[];
  /** All of them. */
  readonly extraCount: number;
  /** Set where the package does not tell all that its installer lays down: of the rest nobody can say how it should be. */
  readonly partial?: true;
}

/** What lists say of a verification. */
export interface VerificationSummary extends Pick<Verification, 'at' | 'by'> {
  /** Files that are changed or missing. */
  readonly differing: number;
}

/** Extra files that are named; what a program has written in years is counted. */
export const mostExtra = 1000;

export function summarizeVerification({ at, by, changed, missing }: Verification): VerificationSummary {
  return { at, by, differing: changed.length + missing.length };
}

/** A file that the installer lays down. */
export interface ExpectedFile {
  /** Below the installation's folder. */
  readonly path: string;
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** Where it lies in the package: in its payload, or beside that. */
  readonly from: 'payload' | 'package';
  /** Missing counts. Other files of the package are compared where they are. */
  readonly sure: boolean;
}

/** The archive that the vendor's installer unpacks into the target (formats.md 1). */
export const payloadName = 'data.tar.gz';

/** What the installer copies beside its payload (formats.md 1): the rest of the installer's folder is its own. */
const copied = /^(?:ip_description\.xml|read_me\.html|release_notes\.html|release_notes\/.*|uninstall\/.*)$/;
/** Of the installer alone: that a target has a file of this name says nothing. */
const installersOwn = /^(?:install\.sh|gunzip|installer\.tar\.gz|iscript\.tar\.gz|data\.tar\.gz|genesys_silent\.ini|GCTISetup\.ini|launch_directory\.txt|MediaInfo\.xml)$/;

/** What `setup.exe` brings for itself, in any case of its names: InstallShield's engine, its cabinets and its answers. */
const setupsOwn = /^(?:setup\..*|_?setup\.dll|issetup\.dll|layout\.bin|data\d*\.(?:cab|hdr)|engine32\.cab|_user\d\.cab|genesys_silent\.ini|gctisetup\.ini|mediainfo\.xml)$/i;

/**
 * Which files of a package for Windows can be held against an installation. What `setup.exe` unpacks lies in cabinets of
 * InstallShield, of which nothing is told; its description is left beside every program (the check finds a version by it), and
 * other files of the package count where they are.
 */
export function expectedOnWindows(index: readonly PackageFile[], installerFolder: string): readonly ExpectedFile[] {
  const prefix = installerFolder === '' ? '' : `${installerFolder}/`;
  return index.flatMap(({ type, path, size, sha256 }): ExpectedFile[] => {
    const inside = path.slice(prefix.length);
    if (type !== 'file' || sha256 === undefined || !path.startsWith(prefix) || setupsOwn.test(inside)) return [];
    return [{ path: inside, size, sha256, from: 'package', sure: inside.toLowerCase() === 'ip_description.xml' }];
  }).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Names as the package spells them where those of a host differ in their case alone: to Windows they are the same. */
export function asExpected(present: ReadonlySet<string>, expected: readonly ExpectedFile[]): ReadonlySet<string> {
  const spelled = new Map(expected.map(({ path }) => [path.toLowerCase(), path]));
  return new Set([...present].map((path) => spelled.get(path.toLowerCase()) ?? path));
}

/**
 * The files that an installation has, as far as the package tells: its payload, and what is copied beside it.
 * @param index entries of the package
 * @param installerFolder of the package, without a slash at its end; empty: the package's root
 * @param payload entries of its `data.tar.gz`; empty when it has none
 */
export function expectedFiles(index: readonly PackageFile[], installerFolder: string, payload: readonly PackageFile[]): readonly ExpectedFile[] {
  const prefix = installerFolder === '' ? '' : `${installerFolder}/`;
  const found = new Map<string, ExpectedFile>();
  for (const { type, path, size, sha256 } of index) {
    const inside = path.slice(prefix.length);
    if (type !== 'file' || sha256 === undefined || !path.startsWith(prefix) || installersOwn.test(inside)) continue;
    found.set(inside, { path: inside, size, sha256, from: 'package', sure: copied.test(inside) });
  }
  const hashes = new Map(payload.map((entry) => [entry.path, entry]));
  for (const entry of payload) {
    const { sha256, size } = entry.type === 'hardlink' && entry.target !== undefined ? hashes.get(entry.target) ?? entry : entry;
    if ((entry.type !== 'file' && entry.type !== 'hardlink') || sha256 === undefined) continue;
    // What the installer copies after it has unpacked wins.
    if (found.get(entry.path)?.sure !== true) found.set(entry.path, { path: entry.path, size, sha256, from: 'payload', sure: true });
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Tells the files of a host apart before any of them is read.
 * @param links paths of the payload that are no files: they are not extra
 */
export function sortFiles(expected: readonly ExpectedFile[], present: ReadonlySet<string>, links: ReadonlySet<string> = new Set()): {
  readonly compare: readonly ExpectedFile[]; readonly missing: readonly string[]; readonly extra: readonly string[];
} {
  const known = new Set(expected.map(({ path }) => path));
  return {
    compare: expected.filter(({ path }) => present.has(path)),
    missing: expected.filter(({ path, sure }) => sure && !present.has(path)).map(({ path }) => path),
    extra: [...present].filter((path) => !known.has(path) && !links.has(path)).sort(),
  };
}

/** The paths that the script `listFiles` prints: one a line, a line end inside a name as character 1. */
export function parseFileList(output: string): ReadonlySet<string> {
  return new Set(output.split('\n').flatMap((line) => (line === '' ? [] : [line.replace(/^\.\//, '').replaceAll('\u0001', '\n')])));
}
