import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { isProductError, ProductError } from '../../../../core/errors';
import { createTarParser } from '../../../archive/tarParser';
import { endName, endSchema, longestEntry } from './exportFormat';

/** One entry of an exported repository, whole. */
export interface ExportEntry {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * The entries of an exported file in order, each held to the size and kind that an export writes. Ends without an error only
 * when the file is complete and its hash is right; so nothing may be made of the entries before.
 * @param source for messages
 * @throws ProductError `repository/export-damaged`
 */
export async function* readExport(source: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ExportEntry> {
  const refuse = (reason: string, offset: number, cause?: unknown): ProductError => new ProductError('repository/export-damaged', { file: source, reason, offset }, { cause });
  const hash = createHash('sha256');
  let ready: ExportEntry[] = [];
  let name = '';
  let size = 0;
  let pieces: Uint8Array[] = [];
  let end: string | undefined;
  const parser = createTarParser(source, {
    begin(entry, { offset }) {
      if (end !== undefined) throw refuse('entry', offset);
      if (entry.type !== 'file' || entry.size > longestEntry) throw refuse('entry', offset);
      ({ name, size } = entry);
      pieces = [];
    },
    data: (piece) => void pieces.push(piece.slice()),
    end() {
      const whole = Buffer.concat(pieces);
      if (name === endName) end = whole.toString('utf8');
      else {
        hash.update(`${name}\n${size}\n`).update(whole);
        ready.push({ name, bytes: whole });
      }
    },
  });
  try {
    for await (const piece of bytes) {
      parser.write(piece);
      yield* ready;
      ready = [];
    }
    parser.finish();
  } catch (error) {
    const isOurs = isProductError(error) && error.code.startsWith('archive/');
    throw isOurs ? refuse(error.code === 'archive/truncated' ? 'truncated' : 'entry', Number(error.args['offset'] ?? parser.position), error) : error;
  }
  const stated = v.safeParse(v.pipe(v.string(), v.parseJson(), endSchema), end ?? '');
  if (!stated.success) throw refuse('truncated', parser.position);
  if (stated.output.sha256 !== hash.digest('hex')) throw refuse('checksum', parser.position);
}
