import { pipeline } from 'node:stream/promises';
import { extract, pack as createPack } from 'tar-stream';

/**
 * A tar with only those regular files of another one that `only` names; folders and links stay. Made as it is taken. The
 * tar was checked when its package was imported, so a lenient reader will do.
 */
export async function* filterTar(tar: AsyncIterable<Uint8Array>, only: ReadonlySet<string>): AsyncGenerator<Uint8Array> {
  const entries = extract();
  const pack = createPack();
  entries.on('entry', (header, content, next) => {
    if (header.type === 'file' && !only.has(plainPath(header.name))) {
      content.on('end', next).resume();
      return;
    }
    const { pax: _, ...plain } = header;
    pipeline(content, pack.entry(plain, (error) => next(error ?? undefined))).catch(next);
  });
  const reading = pipeline(tar, entries).then(() => pack.finalize());
  reading.catch((error: unknown) => pack.destroy(error instanceof Error ? error : new Error(String(error))));
  try {
    yield* pack as AsyncIterable<Uint8Array>;
    await reading;
  } finally {
    pack.destroy();
    entries.destroy();
    await reading.catch(() => undefined);
  }
}

/** Names as the index of a package has them: `./ip/a` and `ip//a` are `ip/a`. */
function plainPath(name: string): string {
  return name.split('/').filter((part) => part !== '' && part !== '.').join('/');
}
