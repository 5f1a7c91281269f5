import type { ArchiveFormat, ArchiveSource, ReadArchive } from './archive';
import { isLoneDefinition, readLoneDefinition } from './readLoneDefinition';
import { readTar, readTarGz } from './readTar';
import { readZip } from './readZip';
import { refusal } from './refusal';

interface Mark {
  readonly bytes: string;
  readonly offset?: number;
}

/** First bytes, Latin-1, of what can be read. A zip begins with an entry, or with its end when it is empty. */
const readable: readonly (Mark & { readonly format: Exclude<ArchiveFormat, 'tar'> })[] = [
  { bytes: 'PK\u0003\u0004', format: 'zip' },
  { bytes: 'PK\u0005\u0006', format: 'zip' },
  { bytes: '\u001f\u008b', format: 'tar.gz' },
];

/** First bytes of the first part of a split zip. */
const splitMarks = ['PK\u0007\u0008', 'PK00'];

/** What people mistake for a package archive, named so that they know what to do. */
const known: readonly (Mark & { readonly name: string })[] = [
  { bytes: '7z\u00bc\u00af\u0027\u001c', name: '7-Zip' },
  { bytes: 'Rar!\u001a\u0007', name: 'RAR' },
  { bytes: 'BZh', name: 'bzip2' },
  { bytes: '\u00fd7zXZ\u0000', name: 'xz' },
  { bytes: '\u0028\u00b5\u002f\u00fd', name: 'Zstandard' },
  { bytes: '\u001f\u009d', name: 'compress (.Z)' },
  { bytes: 'ustar', offset: 257, name: 'tar' },
  { bytes: 'CD001', offset: 32_769, name: 'ISO 9660' },
  { bytes: '\u00ed\u00ab\u00ee\u00db', name: 'RPM' },
  { bytes: 'MSCF', name: 'Cabinet' },
];

/**
 * Tells the format of an archive by its first bytes, never by its name.
 * @throws ProductError `archive/empty`, `archive/split`, `archive/unsupported-format`, `archive/not-an-archive`
 */
export async function detectFormat(source: ArchiveSource): Promise<Exclude<ArchiveFormat, 'tar'>> {
  const place = { archive: source.name, entry: '', offset: 0 };
  if (source.size === 0) throw refusal('archive/empty', place);
  const bytes = Buffer.from(await source.read(0, 33_000));
  const start = bytes.toString('latin1');
  const has = ({ bytes, offset = 0 }: Mark) => start.startsWith(bytes, offset);
  const found = readable.find(has);
  if (found !== undefined) return found.format;
  if (splitMarks.some((bytes) => has({ bytes }))) throw refusal('archive/split', place);
  if (isLoneDefinition(bytes)) return 'xml';
  const other = known.find(has);
  throw other === undefined ? refusal('archive/not-an-archive', place) : refusal('archive/unsupported-format', place, { format: other.name });
}

const readers: Readonly<Record<ArchiveFormat, ReadArchive>> = { zip: readZip, 'tar.gz': readTarGz, tar: readTar, xml: readLoneDefinition };

/** Reads an archive whose format is known. See {@link ReadArchive}. */
export function readArchiveAs(format: ArchiveFormat, ...args: Parameters<ReadArchive>): ReturnType<ReadArchive> {
  return readers[format](...args);
}

/** Reads an archive of any format. See {@link ReadArchive}. */
export const readArchive: ReadArchive = async (source, limits, visitor, signal) => readers[await detectFormat(source)](source, limits, visitor, signal);
