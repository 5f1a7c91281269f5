import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { describeProblem } from '../../../core/formats/describeProblem';
import { ProductError } from '../../../core/errors';
import { decodeApd } from '../../../core/formats/apd/decode';
import { readMetadataXml } from '../../../core/formats/metadataXml/read';
import { firstError, lineColumn } from '../../../core/formats/problem';
import { compareTemplates } from '../../../core/formats/templatePair/compare';
import { parseXml } from '../../../core/formats/xml/parse';
import type { MessageArguments } from '../../../core/text/messages';
import type { PackageNote } from '../../../core/packages/notes';
import type { ImportSource } from '../../../core/packages/importSource';
import type { PackageFile } from '../../../core/packages/model';
import { decodeText } from '../../../core/text/utf8';
import type { ArchiveLimits } from '../../archive/archive';
import { createEntryChecker } from '../../archive/checkEntry';
import { openFileSource, type FileSource } from '../../archive/fileSource';
import { readArchive } from '../../archive/readArchive';
import { tarHeader } from '../../archive/writeTar';
import { readTemplate } from '../readTemplate';
import { createContentRecognizer, type RecognizedContent } from '../recognizeContent';
import { timeOf } from './folderTree';
import type { CheckedPackage, PackageSource } from './packageSource';
import { createTarOfFiles, type TarInput } from './tarOfFiles';
import { withTemplates } from './withTemplates';

type PartsPaths = Omit<Extract<ImportSource, { method: 'parts' }>, 'method'>;

const longestTemplate = 16 * 1024 * 1024;
/** Differences that a message names. */
const mostNamed = 10;
/** What two templates of one application cannot differ in. */
const deciding: ReadonlySet<string> = new Set(['templatePair.type-differs', 'templatePair.not-in-apd', 'templatePair.not-in-xml']);

interface Part {
  readonly source: FileSource;
  readonly file: PackageFile;
  readonly modified: bigint;
}

/** A template file, read whole. */
interface TemplatePart extends Part {
  readonly content: Uint8Array;
  readonly base: string;
}

/**
 * A package whose two templates are files of their own. The three are stored in one tar, as they are.
 * @throws ProductError `import/file-missing`, `import/not-a-file`, `import/wrong-part`
 */
export async function openParts(paths: PartsPaths, limits: ArchiveLimits): Promise<PackageSource> {
  for (const format of ['xml', 'apd'] as const) {
    if (!paths[format].toLowerCase().endsWith(`.${format}`)) throw new ProductError('import/wrong-part', { file: paths[format], format });
  }
  const sources: FileSource[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(sources.map((source) => source.close()));
  };
  try {
    for (const path of [paths.path, paths.xml, paths.apd]) sources.push(await openFileSource(path));
    const [archive, xml, apd] = sources as [FileSource, FileSource, FileSource];
    const checker = createEntryChecker(limits);
    const part = async (source: FileSource, path: string): Promise<Part> => {
      const stats = await stat(path, { bigint: true });
      const file = checker.check({ name: basename(path), type: 'file', size: source.size, mode: Number(stats.mode), modified: timeOf(stats) }, { archive: source.name, entry: source.name, offset: 0 });
      if (file === undefined) throw new ProductError('import/not-a-file', { file: path });
      return { source, file, modified: stats.mtimeNs };
    };
    const parts = { archive: await part(archive, paths.path), xml: await part(xml, paths.xml), apd: await part(apd, paths.apd) };
    return { name: archive.name, size: archive.size, check: (signal, onProgress) => check(paths, parts, limits, signal, onProgress), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function check(
  paths: PartsPaths, parts: { readonly archive: Part; readonly xml: Part; readonly apd: Part }, limits: ArchiveLimits, signal: AbortSignal, onProgress: (bytesRead: number) => void,
): Promise<CheckedPackage> {
  // The two small files first: what is wrong with them need not wait for the package.
  const xml = await readPart(parts.xml, 'xml');
  const apd = await readPart(parts.apd, 'apd');
  const pairNotes = comparePair(xml, apd);

  const { source } = parts.archive;
  const recognizer = createContentRecognizer(source.name);
  const report = await readArchive(source, limits, { ...recognizer, onProgress }, signal);
  await assertUnchanged();

  const templates = [xml, apd].map((part) => ({ ...part.file, sha256: hashOf(part.content) }));
  const inputs = [parts.archive, parts.xml, parts.apd].map(({ source: from, file, modified }): TarInput => ({ file, modified, open: (stop) => from.stream(stop) }));
  const tar = createTarOfFiles(inputs);
  const hashes = [report.sha256, ...templates.map(({ sha256 }) => sha256)];
  return {
    identity: () => recognizer.identity(),
    content() {
      const recognized = recognizer.result();
      const notes = [...recognized.notes ?? [], ...pairNotes, ...compareWithPackage(source.name, recognized, report.files, { xml, apd })];
      const whole = withTemplates(recognized, [readTemplate(xml.file.path, 'xml', xml.content), readTemplate(apd.file.path, 'apd', apd.content)]);
      return { ...whole, ...(notes.length > 0 && { notes }) };
    },
    archive: {
      archiveName: `${source.name.replace(/\.(zip|tar\.gz|tgz)$/i, '')}.tar`,
      archiveFormat: 'tar',
      nested: {
        path: parts.archive.file.path, format: report.format === 'zip' ? 'zip' : 'tar.gz', size: source.size, sha256: report.sha256,
        offset: tarHeader({ ...parts.archive.file, modified: parts.archive.modified }).length, beside: templates,
      },
    },
    size: tar.size,
    stream: (stop, onFile) => tar.stream(stop, onFile),
    async finish() {
      await assertUnchanged();
      const differs = tar.files.findIndex(({ sha256 }, index) => sha256 !== hashes[index]);
      if (differs >= 0) throw new ProductError('import/source-changed', { file: [paths.path, paths.xml, paths.apd][differs] ?? paths.path });
      return { files: report.files, unpackedSize: report.unpackedSize };
    },
  };

  async function assertUnchanged(): Promise<void> {
    for (const part of [parts.archive, parts.xml, parts.apd]) await part.source.assertUnchanged();
  }
}

async function readPart({ source, ...part }: Part, format: 'xml' | 'apd'): Promise<TemplatePart> {
  if (source.size > longestTemplate) throw new ProductError('archive/entry-too-large', { archive: source.name, entry: source.name, offset: 0, size: source.size, limit: longestTemplate });
  return { source, ...part, content: await source.read(0, source.size), base: part.file.path.slice(0, -format.length - 1) };
}

/** @throws ProductError `import/template-unreadable`, `import/templates-disagree` */
function comparePair(xml: TemplatePart, apd: TemplatePart): PackageNote[] {
  const text = decodeText(xml.content);
  const document = parseXml(text);
  const error = firstError(document.problems);
  if (error !== undefined || readMetadataXml(text).template === undefined) {
    const problem = error ?? { code: 'xml.no-root', start: 0, args: {} };
    throw unreadable(xml, problem, lineColumn(text, problem.start));
  }
  const decoded = decodeApd(apd.content);
  if (decoded.template === undefined) throw unreadable(apd, firstError(decoded.problems) ?? { code: 'xml.no-root', args: {} });

  if (xml.base.toLowerCase() !== apd.base.toLowerCase()) throw new ProductError('import/templates-named-differently', { xml: xml.file.path, apd: apd.file.path });
  const compared = compareTemplates(decoded.template, document);
  const differences = [...compared.xml, ...compared.apd.filter(({ code }) => code === 'templatePair.not-in-xml')].filter(({ code }) => deciding.has(code));
  if (differences.length > 0) {
    const problems = JSON.stringify(differences.slice(0, mostNamed).map(({ code, args }) => ({ code, args })));
    throw new ProductError('import/templates-disagree', { xml: xml.file.path, apd: apd.file.path, more: Math.max(0, differences.length - mostNamed), problems });
  }
  const defaults = compared.xml.filter(({ code }) => code === 'templatePair.default-differs');
  const first = defaults[0]?.args;
  return first === undefined ? [] : [{ kind: 'templateDefaults', path: xml.file.path, args: { n: defaults.length, option: `${String(first['section'])} / ${String(first['option'])}` } }];
}

function unreadable(part: TemplatePart, problem: { readonly code: string; readonly args: MessageArguments }, place?: { readonly line: number; readonly column: number }): ProductError {
  const reason = describeProblem('en', problem).replace(/\.$/, '');
  return new ProductError('import/template-unreadable', { ...problem.args, problem: problem.code, reason, file: part.file.path, line: place?.line ?? 0 });
}

/** @throws ProductError `import/several-templates`, `import/template-changed` */
function compareWithPackage(
  archive: string, recognized: RecognizedContent, files: readonly PackageFile[], { xml, apd }: { readonly xml: TemplatePart; readonly apd: TemplatePart },
): PackageNote[] {
  const names = [...new Set(recognized.templates.map(({ name }) => name.toLowerCase()))];
  if (names.length > 1) {
    const shown = [...new Set(recognized.templates.map(({ name }) => name))].slice(0, mostNamed).join(', ');
    throw new ProductError('import/several-templates', { file: archive, n: names.length, names: shown });
  }
  const notes: PackageNote[] = [];
  if (!names.includes(xml.base.toLowerCase())) notes.push({ kind: 'templateNotInPackage', path: xml.base, args: {} });
  for (const part of [xml, apd]) {
    const format = part === xml ? 'xml' : 'apd';
    const own = recognized.templates.find((template) => template.format === format && template.name.toLowerCase() === part.base.toLowerCase());
    const inside = own && files.find(({ path }) => path === own.path);
    if (inside !== undefined && inside.sha256 !== hashOf(part.content)) throw new ProductError('import/template-changed', { file: part.file.path, archive, entry: inside.path });
  }
  return [...notes, ...versionNotes(recognized, xml, apd)];
}

function versionNotes({ version }: RecognizedContent, xml: TemplatePart, apd: TemplatePart): PackageNote[] {
  const versions = [
    [xml, readMetadataXml(decodeText(xml.content)).template?.version],
    [apd, decodeApd(apd.content).template?.version.value.text],
  ] as const;
  return versions.flatMap(([part, found]): PackageNote[] => {
    // The APD of a real pair has a shorter version, e.g. 8.5.1 beside 8.5.145.06.
    if (found === undefined || found === '' || version.startsWith(found)) return [];
    return [{ kind: 'templateVersion', path: part.file.path, args: { found, expected: version } }];
  });
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

