import { createHash, type Hash } from 'node:crypto';
import type { PackageFile } from '../../../core/packages/model';
import { tarEnd, tarHeader, tarPadding } from '../../archive/writeTar';

/** What goes into a tar: an entry of the index, and for a file its bytes. */
export interface TarInput {
  readonly file: PackageFile;
  /** Nanoseconds since 1970. */
  readonly modified: bigint;
  /** The content of a file, exactly as long as `file.size`. */
  open?(signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** A tar that is made of files as it is taken. */
export interface TarOfFiles {
  /** Bytes of the whole tar. */
  readonly size: number;
  readonly fileCount: number;
  /** Once: it hashes each file as it goes by. */
  stream(signal: AbortSignal, onFile: (filesDone: number) => void): AsyncGenerator<Uint8Array>;
  /** The index, once the stream has ended: files with their SHA-256. */
  readonly files: readonly PackageFile[];
}

export function createTarOfFiles(inputs: readonly TarInput[]): TarOfFiles {
  const files: PackageFile[] = [];
  const header = ({ file, modified }: TarInput): Uint8Array => tarHeader({ ...file, modified });
  const contentSize = ({ file }: TarInput): number => (file.type === 'file' ? file.size + tarPadding(file.size).length : 0);
  return {
    size: inputs.reduce((sum, input) => sum + header(input).length + contentSize(input), tarEnd().length),
    fileCount: inputs.filter(({ file }) => file.type === 'file').length,
    async *stream(signal, onFile) {
      let done = 0;
      for (const input of inputs) {
        signal.throwIfAborted();
        yield header(input);
        if (input.file.type !== 'file' || input.open === undefined) {
          files.push(input.file);
          continue;
        }
        const hash: Hash = createHash('sha256');
        for await (const piece of input.open(signal)) {
          hash.update(piece);
          yield piece;
        }
        const padding = tarPadding(input.file.size);
        if (padding.length > 0) yield padding;
        files.push({ ...input.file, sha256: hash.digest('hex') });
        onFile(++done);
      }
      yield tarEnd();
    },
    files,
  };
}
