import type { ErrorData } from '../errors';
import type { TemplateOption } from '../formats/tpl/read';
import type { PackageIdentity } from './identity';
import type { ImportLimits } from './importLimits';
import type { ImportMethod, ImportSource } from './importSource';
import type { PackageNote } from './notes';
import type { StoredSolution } from './solution';

/** The stages of one import, in order (ux.md 8). */
export const importSteps = ['open', 'entries', 'description', 'templates', 'store', 'register'] as const;
export type ImportStep = (typeof importSteps)[number];

/** One import, from its start until a person has taken note of its end. A complete import leaves this list by becoming a package. */
export interface ImportRecord {
  readonly id: string;
  /** As it was named. */
  readonly source: ImportSource;
  /** Where that is on the service's machine, when it was named otherwise: by a network path or an address. */
  readonly located?: ImportSource;
  /** Absent: those that hold for every import. */
  readonly limits?: ImportLimits;
  readonly tenantId: string;
  /** Empty: no group. */
  readonly group: string;
  readonly state: 'running' | 'failed' | 'complete' | 'cancelled';
  readonly step: ImportStep;
  /** 0 to 100 over the whole import. */
  readonly percent: number;
  /** Bytes of the source that the present step has worked on; only while the step does, never stored. */
  readonly bytes?: { readonly done: number; readonly total: number };
  /** Files that the present step has worked on; `total` is known for folders. Never stored. */
  readonly files?: { readonly done: number; readonly total?: number };
  /** Has not begun: others run. Never stored. */
  readonly waiting?: boolean;
  /** Known from step `description` on. */
  readonly identity?: PackageIdentity;
  readonly packageId?: string;
  /** Of one that is complete: what its package holds that was not understood. Never stored. */
  readonly notes?: readonly PackageNote[];
  readonly error?: ErrorData;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt?: string;
}

/**
 * Whether a package is a program of its own or lives inside a GAX application; or no package at all, but a solution
 * definition, which is stored, held by tenants, copied, replaced and deleted like one.
 */
export const packageKinds = ['application', 'plug-in', 'solution-definition'] as const;
export type PackageKind = (typeof packageKinds)[number];

/** A package as one tenant sees it: group and description are each tenant's own. */
export interface PackageSummary extends PackageIdentity {
  readonly id: string;
  readonly kind: PackageKind;
  /** `Product/Name/Nickname`, e.g. `LCA`; a solution definition has none. */
  readonly nickname: string;
  readonly tenantId: string;
  /** Empty: no group. */
  readonly group: string;
  readonly description: string;
  /** ISO 8601, UTC. */
  readonly updatedAt: string;
  /** Bytes of the stored archive. */
  readonly size: number;
  /** Lower-case hexadecimal SHA-256 of the stored archive. */
  readonly sha256: string;
  /** The last deployment of this package to end, when it did not end well; shown beside its own status. */
  readonly lastDeployment?: 'failed' | 'unknown';
  /** What its import could not make anything of; absent when there is nothing. */
  readonly notes?: readonly PackageNote[];
}

/** One file or link inside a stored package. */
export interface PackageFile {
  /** Relative, `/` as separator, no leading `/`. */
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink';
  /** Unpacked bytes. */
  readonly size: number;
  /** Unix permission bits, when the archive carries them. */
  readonly mode?: number;
  /** ISO 8601, UTC. */
  readonly modifiedAt?: string;
  /** Lower-case hexadecimal SHA-256 of a file's content. */
  readonly sha256?: string;
  /** For links: the target as the archive spells it. */
  readonly target?: string;
}

/** The archive of a package that lies inside the stored one. The index of the package is of its files. */
export interface NestedPackage {
  /** Its path in the stored archive. */
  readonly path: string;
  readonly format: 'zip' | 'tar.gz';
  readonly size: number;
  /** Lower-case hexadecimal SHA-256 of its bytes. */
  readonly sha256: string;
  /** Where its bytes begin in the stored archive, when they lie there as they are. */
  readonly offset?: number;
  /** The templates beside it, by their paths in the stored archive. */
  readonly beside: readonly PackageFile[];
}

/** One operating system a package says it runs on. */
export interface SupportedSystem {
  /** e.g. `Red Hat Enterprise Linux`. */
  readonly name: string;
  /** The lowest version, when one is given, e.g. `7`. */
  readonly version?: string;
  /** The computer it is listed for, e.g. `Intel EM64T`; absent in packages that an earlier version imported: for all. */
  readonly computerType?: string;
}

export interface PackageTemplate {
  /** Base name without ending, e.g. `LCA_8.5.1`. */
  readonly name: string;
  readonly path: string;
  readonly format: 'apd' | 'xml' | 'tpl';
  /** CfgAppType number, when the file could be read. */
  readonly applicationType?: number;
  /** How many default options a `.tpl` brings, when it could be read. */
  readonly optionCount?: number;
  /** Nothing could be made of a `.tpl`. */
  readonly notUnderstood?: true;
}

/** The default options that a plug-in's `.tpl` brings. */
export interface TemplateOptions {
  readonly path: string;
  readonly options: readonly TemplateOption[];
}

/** How a template's metadata says that the program is to be installed (`installation/step`). */
export interface InstallationWay {
  /** Path of the template. */
  readonly path: string;
  readonly name: string;
  readonly displayName: string;
  /** e.g. `GenesysSilent`: by the installer with its response file. */
  readonly type: string;
}

/** The templates of one package, for lists over all packages. */
export interface PackageTemplates {
  readonly packageId: string;
  /** Name and version of the package. */
  readonly name: string;
  readonly version: string;
  /** The tenants that hold the package and that the user may see. */
  readonly tenantIds: readonly string[];
  readonly templates: readonly PackageTemplate[];
}

/** Everything the details of a package show, without its list of files (which may be long: `packages/files`). */
export interface PackageDetails extends PackageSummary {
  readonly buildNumber: string;
  readonly buildDate: string;
  readonly releaseType: string;
  /** Description from `ip_description.xml`, as opposed to the one users edit. */
  readonly productDescription: string;
  readonly archiveName: string;
  /** `xml`: a solution definition that was imported as its XML alone; `tar`: made by the import, of a folder or of parts. */
  readonly archiveFormat: 'zip' | 'tar.gz' | 'tar' | 'xml';
  /** Set when the files of the package lie in an archive inside the stored one. */
  readonly nested?: NestedPackage;
  /** How the package came; the stored archive is the source itself, or was made of it. */
  readonly importMethod: ImportMethod;
  readonly fileCount: number;
  /** Bytes of all files, unpacked. */
  readonly unpackedSize: number;
  readonly templates: readonly PackageTemplate[];
  /** Names of the tenants that hold the package and that the user may see. */
  readonly tenants: readonly string[];
  /** The package's own `genesys_silent.ini`, when it has one (UTF-8, else Latin-1). */
  readonly silentIni?: string;
  /** The folder of the installer inside the archive, e.g. `ip`. */
  readonly installerFolder: string;
  /** The installer wants its license agreement accepted (`Product/@License`). False in records that were made without it. */
  readonly licenseNeeded: boolean;
  /** `Platforms/Computer/OS` of `ip_description.xml`; absent in records that were made without it. */
  readonly supportedSystems?: readonly SupportedSystem[];
  /** Of each `.tpl` that could be read; absent when there is none. */
  readonly templateOptions?: readonly TemplateOptions[];
  /** Absent when no template tells. */
  readonly installation?: readonly InstallationWay[];
  /** What a solution definition says; set for exactly those. */
  readonly solution?: StoredSolution;
}

export interface Tenant {
  readonly id: string;
  readonly name: string;
  readonly parentId?: string;
}

/** The root of the tenants; it always exists. */
export const environmentTenant: Tenant = { id: 'environment', name: 'Environment' };
