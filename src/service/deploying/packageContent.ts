import type { PackageFacts } from '../../core/deployment/facts';
import { transferForm } from '../../core/deployment/transferForm';
import { ProductError } from '../../core/errors';
import { describeIdentity } from '../../core/packages/identity';
import type { PackageDetails, PackageFile, PackageTemplate } from '../../core/packages/model';
import type { ArchiveLimits } from '../archive/archive';
import { tarForDeployment } from '../archive/packageTar';
import { packageArchive } from '../archive/storedArchive';
import type { Repository } from '../repository/repository';
import { filterTar } from './filterTar';
import { shareStream } from './sharedStream';

/** A stored package as a deployment needs it. */
export interface PackageContent {
  readonly facts: PackageFacts;
  /** Its regular files, with their hashes. */
  readonly files: readonly PackageFile[];
  readonly templates: readonly PackageTemplate[];
  /**
   * The bytes for `tar -x` on a host, made as they are taken: of the whole package, read once for all hosts that take it
   * about the same time, or of the files `only` names.
   */
  open(only: ReadonlySet<string> | undefined, signal: AbortSignal): {
    readonly bytes: AsyncIterable<Uint8Array>;
    /** Bytes to come, as near as can be told before. */
    readonly size: number;
    /** Whether `tar` must undo gzip. */
    readonly compressed: boolean;
  };
}

const diskBlock = 4096;
const tarBlock = 512;

/**
 * Opens a stored package. Reads its index, not its content.
 * @throws ProductError `general/not-found`, `deploy/solution-definition`
 */
export async function openPackageContent(repository: Repository, packageId: string, tenantId: string, limits: ArchiveLimits): Promise<PackageContent> {
  const details = await repository.getPackage(packageId, tenantId);
  requirePackage(details);
  const index = await repository.listPackageFiles(packageId);
  const files = index.filter((file) => file.type === 'file');
  const { source, format } = packageArchive(repository, details);
  const tar = (gunzip: boolean) => tarForDeployment(source, format, index, { limits, gunzip });
  const facts = packageFacts(details, index);
  const whole = tar(transferForm(facts) === 'archive');
  const shared = shareStream((signal) => whole.stream(signal));
  return {
    facts,
    files,
    templates: details.templates,
    open(only, signal) {
      if (only === undefined) return { bytes: shared.read(signal), size: whole.size ?? details.unpackedSize, compressed: whole.compression === 'gzip' };
      const size = files.reduce((sum, file) => (only.has(file.path) ? sum + tarBlock + Math.ceil(file.size / tarBlock) * tarBlock : sum), 2 * tarBlock);
      return { bytes: filterTar(tar(false).stream(signal), only), size, compressed: false };
    },
  };
}

function requirePackage(details: PackageDetails): asserts details is PackageDetails & { readonly archiveFormat: PackageFacts['archiveFormat'] } {
  if (details.kind === 'solution-definition' || details.archiveFormat === 'xml') throw new ProductError('deploy/solution-definition', { package: describeIdentity(details) });
}

/** What a plan needs to know of a stored package. @throws ProductError `deploy/solution-definition` */
export function packageFacts(details: PackageDetails, index: readonly PackageFile[]): PackageFacts {
  requirePackage(details);
  const { name, version, localeId, osGroup, computerTypes, installerFolder } = details;
  const installer = installerFolder === '' ? '' : `${installerFolder}/`;
  return {
    identity: { name, version, localeId, osGroup, computerTypes },
    nickname: details.nickname,
    ...(details.kind === 'plug-in' && { plugIn: true as const }),
    sha256: details.sha256,
    archiveFormat: details.nested?.format ?? details.archiveFormat,
    archiveSize: details.nested?.size ?? details.size,
    unpackedSize: details.unpackedSize,
    longestPath: index.reduce((longest, { path }) => (path.length > longest.length ? path : longest), ''),
    fileCount: index.filter((file) => file.type === 'file').length,
    diskUse: { all: diskUse(index), installer: diskUse(index.filter((file) => file.path.startsWith(installer))) },
    installerFolder,
    silentIni: details.silentIni ?? '',
    supportedSystems: details.supportedSystems ?? [],
    licenseNeeded: details.licenseNeeded,
  };
}

/** Bytes on a disk with blocks of 4 KB; a folder or link takes one block. */
function diskUse(index: readonly PackageFile[]): number {
  return index.reduce((sum, file) => sum + (file.type === 'file' ? Math.ceil(file.size / diskBlock) : 1) * diskBlock, 0);
}
