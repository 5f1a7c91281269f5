import type { ComputerDescription } from '../../core/formats/ipDescription/parse';
import type { PackageIdentity } from '../../core/packages/identity';
import type { PackageDetails, SupportedSystem } from '../../core/packages/model';
import { solutionIdentity, type StoredSolution } from '../../core/packages/solution';
import type { ArchiveVisitor } from '../archive/archive';
import type { NewPackage } from '../repository/repository';
import { createPackageRecognizer, type PackageRecognizer } from './recognizePackage';
import { createSolutionRecognizer } from './recognizeSolution';

/** What the content of a source says of the package, or solution definition, that it is. */
export type RecognizedContent = PackageIdentity & Pick<NewPackage, 'tasks'> & Pick<
  PackageDetails,
  | 'kind' | 'nickname' | 'productDescription' | 'buildNumber' | 'buildDate' | 'releaseType' | 'templates' | 'silentIni' | 'installerFolder' | 'licenseNeeded'
  | 'supportedSystems' | 'templateOptions' | 'installation' | 'notes' | 'solution'
>;

/** Sees the files of a source pass by and tells at the end what they make. */
export interface ContentRecognizer extends Required<Pick<ArchiveVisitor, 'wantsContent' | 'onContent'>> {
  /** Whether there is a description of a package. */
  isPackage(): boolean;
  /** Whether there is neither that nor a solution definition. */
  isNothing(): boolean;
  /** @throws ProductError `import/no-description`, `import/several-packages`, `import/…-unreadable`, `import/several-definitions` */
  identity(): PackageIdentity;
  /** The whole; to be called after `identity`. */
  result(): RecognizedContent;
}

/**
 * @param name of the source, for messages
 * @param installer the name of the installer's folder, where it is not `ip`
 */
export function createContentRecognizer(name: string, installer?: string): ContentRecognizer {
  const packages = createPackageRecognizer(name, installer);
  const solutions = createSolutionRecognizer(name);

  let read: { readonly solution: StoredSolution | undefined } | undefined;
  /** A package may hold a definition among its files; without a package that definition is what was meant. */
  const solution = (): StoredSolution | undefined => {
    read ??= { solution: packages.isPackage() ? undefined : solutions.result() };
    return read.solution;
  };

  return {
    isPackage: () => packages.isPackage(),
    isNothing: () => !packages.isPackage() && !solutions.isFound(),
    wantsContent: (file) => packages.wantsContent(file) ?? solutions.wantsContent(file),
    onContent(file, content) {
      packages.onContent(file, content);
      solutions.onContent(file, content);
    },
    identity() {
      const found = solution();
      if (found !== undefined) return solutionIdentity(found);
      const { name: long, version, localeId, osGroup, computerTypes } = packages.description();
      return { name: long, version, localeId, osGroup, computerTypes };
    },
    result() {
      const found = solution();
      return found === undefined ? asPackage(packages) : asSolution(found);
    },
  };
}

function asSolution(solution: StoredSolution): RecognizedContent {
  return {
    ...solutionIdentity(solution), kind: 'solution-definition', solution, productDescription: solution.description,
    nickname: '', buildNumber: '', buildDate: '', releaseType: '', templates: [], installerFolder: '', licenseNeeded: false,
  };
}

function asPackage(packages: PackageRecognizer): RecognizedContent {
  const { computers, description, ...told } = packages.description();
  const { installerFolder, kind, templates, silentIni, tasks, templateOptions, installation, notes } = packages.result();
  const { name, version, localeId, osGroup, computerTypes, nickname, buildNumber, buildDate, releaseType, licenseNeeded } = told;
  return {
    name, version, localeId, osGroup, computerTypes, kind, nickname, productDescription: description, buildNumber, buildDate, releaseType, licenseNeeded, templates, installerFolder, tasks,
    supportedSystems: supportedSystems(computers),
    ...(silentIni !== undefined && { silentIni }),
    ...(templateOptions.length > 0 && { templateOptions }),
    ...(installation.length > 0 && { installation }),
    ...(notes.length > 0 && { notes }),
  };
}

/** The systems of all computers, each once for each computer. */
function supportedSystems(computers: readonly ComputerDescription[]): readonly SupportedSystem[] {
  const systems = new Map<string, SupportedSystem>();
  for (const { type, operatingSystems } of computers) {
    for (const { name, version } of operatingSystems) {
      systems.set(JSON.stringify([name, version, type]), { name, ...(version !== undefined && { version }), ...(type !== '' && { computerType: type }) });
    }
  }
  return [...systems.values()];
}
