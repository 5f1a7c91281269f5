import { createHash } from 'node:crypto';
import { recognizeFormat } from '../../core/language/recognizeFormat';
import type { PackageFile } from '../../core/packages/model';
import { loneDefinitionPath, longestDefinition } from '../../core/packages/solution';
import type { ArchiveReport, ReadArchive } from './archive';
import { refusal } from './refusal';

/** Whether a file begins as the XML of a solution definition; one that only says that it is XML is told what it lacks. */
export function isLoneDefinition(beginning: Uint8Array): boolean {
  const text = Buffer.from(beginning.subarray(0, 4096)).toString('utf8');
  return /^\ufeff?<\?xml\s/.test(text) || recognizeFormat('a.xml', text) === 'spd';
}

/**
 * Reads the XML of a solution definition that came without an archive, as an archive of one file. Its path in there is always
 * the same: what is stored depends on the bytes alone.
 * @throws ProductError `archive/entry-too-large`
 */
export const readLoneDefinition: ReadArchive = async (source, _limits, visitor, signal): Promise<ArchiveReport> => {
  const hash = createHash('sha256');
  const pieces: Uint8Array[] = [];
  let read = 0;
  if (source.size > longestDefinition) {
    throw refusal('archive/entry-too-large', { archive: source.name, entry: source.name, offset: 0 }, { limit: longestDefinition, size: source.size });
  }
  for await (const piece of source.stream(signal)) {
    hash.update(piece);
    pieces.push(piece);
    read += piece.length;
    visitor.onProgress?.(read);
  }
  const sha256 = hash.digest('hex');
  const file: PackageFile = { path: loneDefinitionPath, type: 'file', size: read, sha256 };
  if (visitor.wantsContent?.(file) !== undefined) visitor.onContent?.(file, Buffer.concat(pieces));
  return { format: 'xml', files: [file], unpackedSize: read, sha256 };
};
