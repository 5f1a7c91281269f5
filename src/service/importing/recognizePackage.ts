import type { KnownTask } from '../../core/access/privileges';
import { ProductError } from '../../core/errors';
import { describeProblem } from '../../core/formats/describeProblem';
import { parseIpDescription, type IpDescription } from '../../core/formats/ipDescription/parse';
import { firstError, lineColumn } from '../../core/formats/problem';
import type { InstallationWay, PackageFile, PackageKind, PackageTemplate, TemplateOptions } from '../../core/packages/model';
import type { PackageNote } from '../../core/packages/notes';
import { decodeText } from '../../core/text/utf8';
import type { ArchiveVisitor } from '../archive/archive';
import { printableName } from '../archive/printableName';
import { readTemplate, templateFormatOf, type TemplateReading } from './readTemplate';

/** What an archive holds, as an installation package. */
export interface RecognizedPackage {
  readonly description: IpDescription;
  /** The folder of `ip_description.xml`, as spelled in the archive, e.g. `ip`. */
  readonly installerFolder: string;
  readonly kind: PackageKind;
  readonly templates: readonly PackageTemplate[];
  /** The privileges that its metadata brings, each once. */
  readonly tasks: readonly KnownTask[];
  /** The package's own `genesys_silent.ini`. */
  readonly silentIni?: string;
  /** How its metadata says that it is installed. */
  readonly installation: readonly InstallationWay[];
  /** The default options of a plug-in. */
  readonly templateOptions: readonly TemplateOptions[];
  readonly notes: readonly PackageNote[];
}

/** Sees the files of one archive pass by and tells at the end what package they make. */
export interface PackageRecognizer extends Required<Pick<ArchiveVisitor, 'wantsContent' | 'onContent'>> {
  /** Whether there is a description at all. */
  isPackage(): boolean;
  /** @throws ProductError `import/no-description`, `import/several-packages`, `import/description-unreadable` */
  description(): IpDescription;
  /** The whole; to be called after `description`. */
  result(): RecognizedPackage;
}

/** Bytes; the vendor's own are far below a tenth of these. */
const longestDescription = 1024 * 1024;
const longestSilentIni = 1024 * 1024;
const longestTemplate = 16 * 1024 * 1024;
/** Templates of one archive that are looked into. */
const mostTemplates = 1000;
/** Privileges of one package that are kept; the vendor's largest brings some hundred. */
const mostTasks = 2000;
/** Entries that a message names. */
const mostNamed = 5;

const descriptionName = 'ip_description.xml';
const silentIniName = 'genesys_silent.ini';

type Place =
  | { readonly kind: 'description' | 'silentIni'; readonly root: string }
  | { readonly kind: 'template'; readonly root: string; readonly format: PackageTemplate['format'] };

/**
 * The vendor's layout (docs/formats/package.md): `ip/` and `templates/` side by side at the archive's root, or in one
 * folder below it; their names in any case.
 * @param installer the name of the installer's folder, where it has another one
 */
export function createPackageRecognizer(archive: string, installer = 'ip'): PackageRecognizer {
  const descriptions = new Map<string, { readonly file: PackageFile; readonly text: string }>();
  const silentInis = new Map<string, string>();
  const templates: (TemplateReading & { readonly root: string })[] = [];
  let descriptionCount = 0;

  function onlyDescription(): { readonly root: string; readonly file: PackageFile; readonly text: string } {
    const [found] = descriptions;
    if (found === undefined) throw new ProductError('import/no-description', { file: archive });
    if (descriptionCount > 1) {
      const named = [...descriptions.values()].map(({ file }) => printableName(file.path));
      const entries = named.join(', ') + (descriptionCount > named.length ? ', …' : '');
      throw new ProductError('import/several-packages', { file: archive, n: descriptionCount, entries });
    }
    return { root: found[0], ...found[1] };
  }

  function description(): IpDescription {
    const { file, text } = onlyDescription();
    const parsed = parseIpDescription(text);
    if (parsed.description !== undefined) return parsed.description;
    const problem = firstError(parsed.problems) ?? { code: 'xml.no-root', start: 0, args: {} };
    const reason = describeProblem('en', problem).replace(/\.$/, '');
    throw new ProductError('import/description-unreadable', {
      ...problem.args, problem: problem.code, reason, file: archive, entry: printableName(file.path), ...lineColumn(text, problem.start),
    });
  }

  const placeOf = (path: string): Place | undefined => placeIn(path, installer.toLowerCase());

  return {
    wantsContent(file) {
      const place = placeOf(file.path);
      if (place?.kind === 'description') return longestDescription;
      if (place?.kind === 'silentIni') return longestSilentIni;
      return place?.kind === 'template' && templates.length < mostTemplates ? longestTemplate : undefined;
    },
    onContent(file, content) {
      const place = placeOf(file.path);
      if (place?.kind === 'description') {
        descriptionCount++;
        if (descriptions.size < mostNamed) descriptions.set(place.root, { file, text: decodeText(content) });
      } else if (place?.kind === 'silentIni') {
        silentInis.set(place.root, decodeText(content));
      } else if (place?.kind === 'template') {
        templates.push({ root: place.root, ...readTemplate(file.path, place.format, content) });
      }
    },
    isPackage: () => descriptionCount > 0,
    description,
    result() {
      const { root, file } = onlyDescription();
      const below = templates.filter((each) => each.root === root);
      const own = below.map((each) => each.template);
      const tasks = new Map(below.flatMap((each) => each.tasks).map((task) => [task.name, task]));
      const silentIni = silentInis.get(root);
      return {
        description: description(),
        installerFolder: file.path.slice(0, -descriptionName.length - 1),
        kind: own.some((template) => template.format === 'tpl') ? 'plug-in' : 'application',
        templates: own,
        tasks: [...tasks.values()].slice(0, mostTasks),
        installation: below.flatMap((each) => each.installation),
        templateOptions: below.flatMap(({ template: { path }, options }) => (options === undefined ? [] : [{ path, options }])),
        notes: below.flatMap(({ note }) => note ?? []),
        ...(silentIni !== undefined && { silentIni }),
      };
    },
  };
}

/** What the layout says of a path; `root` is the folder that holds `ip/`, empty or ending in a slash. */
function placeIn(path: string, installer: string): Place | undefined {
  const parts = path.split('/');
  const at = [0, 1].find((index) => index < parts.length - 1 && [installer, 'templates'].includes(parts[index]?.toLowerCase() ?? ''));
  if (at === undefined) return undefined;
  const root = at === 0 ? '' : `${parts[0] ?? ''}/`;
  const name = parts.slice(at + 1).join('/').toLowerCase();
  if (parts[at]?.toLowerCase() === 'templates') {
    const format = templateFormatOf(name);
    return format === undefined ? undefined : { kind: 'template', root, format };
  }
  if (name === descriptionName) return { kind: 'description', root };
  return name === silentIniName ? { kind: 'silentIni', root } : undefined;
}
