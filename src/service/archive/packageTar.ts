import { pack as createPack, type Header, type Pack } from 'tar-stream';
import type { PackageFile } from '../../core/packages/model';
import { defaultArchiveLimits, type ArchiveFormat, type ArchiveLimits, type ArchiveSource } from './archive';
import { gunzip } from './gunzip';
import { walkZip } from './walkZip';

/** A package as the stream that `tar -x` on a host takes. */
export interface DeploymentTar {
  /** What the host must undo before `tar`. */
  readonly compression: 'gzip' | 'none';
  /** Bytes that `stream` will give; undefined when only the end tells. */
  readonly size: number | undefined;
  /** The bytes, made as they are taken; each call begins anew. Fails when the stored archive does not match its checksums. */
  stream(signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

/**
 * Makes the stream for a host: a tar or tar.gz goes as its original bytes, a zip becomes a tar on the fly. No temporary file.
 * @param files the index of the archive, as its reader made it
 * @param options.gunzip false: the host has no gzip, so a tar.gz is unpacked here
 */
export function tarForDeployment(
  source: ArchiveSource,
  format: Exclude<ArchiveFormat, 'xml'>,
  files: readonly PackageFile[],
  options: { gunzip?: boolean; limits?: ArchiveLimits } = {},
): DeploymentTar {
  if (format === 'zip') {
    return { compression: 'none', size: tarSize(files), stream: (signal) => zipAsTar(source, options.limits ?? defaultArchiveLimits, signal) };
  }
  if (format === 'tar') return { compression: 'none', size: source.size, stream: (signal) => source.stream(signal) };
  if (options.gunzip === false) {
    return { compression: 'none', size: undefined, stream: (signal) => gunzip(source, () => undefined, signal).pieces() };
  }
  return { compression: 'gzip', size: source.size, stream: (signal) => source.stream(signal) };
}

/** Programs of an installer that must be executable; a zip made on Windows does not say so. */
const programs = /(^|\/)(gunzip|tar|[^/]+\.sh)$/i;
const latestTime = 0x7fff_ffff;

type TarHeader = Pick<Header, 'name' | 'type' | 'mode' | 'size' | 'mtime'> & Partial<Pick<Header, 'linkname'>>;

/** The header of an entry. Owner and group are root: the host's `tar` gives the files to whom it runs as. */
function tarHeader(file: PackageFile): TarHeader {
  const seconds = Math.floor(Date.parse(file.modifiedAt ?? '1980-01-01T00:00:00Z') / 1000);
  const mode = file.mode ?? (file.type === 'directory' || programs.test(file.path) ? 0o755 : 0o644);
  return {
    name: file.type === 'directory' ? `${file.path}/` : file.path,
    type: file.type === 'hardlink' ? 'link' : file.type,
    // tar-stream takes 0 for "none given"; nobody could read such a file.
    mode: mode === 0 ? 0o600 : mode,
    size: file.type === 'file' ? file.size : 0,
    mtime: new Date(Math.min(Math.max(seconds, 0), latestTime) * 1000),
    ...(file.target !== undefined && { linkname: file.target }),
  };
}

async function* zipAsTar(source: ArchiveSource, limits: ArchiveLimits, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const pack = createPack();
  const filling = fill(pack, source, limits, signal);
  // Met below, through the stream it destroys.
  filling.catch((error: unknown) => pack.destroy(error instanceof Error ? error : new Error(String(error))));
  try {
    yield* pack as AsyncIterable<Uint8Array>;
    await filling;
  } finally {
    pack.destroy();
    await filling.catch(() => undefined);
  }
}

type TarEntry = ReturnType<Pack['entry']>;

async function fill(pack: Pack, source: ArchiveSource, limits: ArchiveLimits, signal: AbortSignal | undefined): Promise<void> {
  let entry: TarEntry | undefined;
  let written: Promise<void> = Promise.resolve();
  await walkZip(
    source,
    limits,
    {
      begin(file) {
        written = new Promise((resolve, reject) => {
          entry = pack.entry(tarHeader(file), (error) => (error ? reject(error) : resolve()));
          // It fails with the pack, where the error is met; unheard here it would end the process.
          entry.on('error', () => undefined);
        });
        written.catch(() => undefined);
        if (file.type !== 'file') entry = undefined;
      },
      async data(bytes) {
        if (entry?.write(bytes) === false) await Promise.race([drained(entry), written]);
      },
      async end() {
        entry?.end(null);
        await written;
      },
    },
    { signal },
  );
  pack.finalize();
}

async function drained(entry: TarEntry): Promise<void> {
  await new Promise<void>((resolve) => entry.once('drain', resolve));
}

const block = 512;
const filled = (size: number) => Math.ceil(size / block) * block;

/** The exact length of the tar that {@link zipAsTar} makes. */
function tarSize(files: readonly PackageFile[]): number {
  // Two blocks of zeros end a tar.
  let size = 2 * block;
  for (const file of files) {
    const { name, linkname } = tarHeader(file);
    const pax = paxLength(name, linkname);
    size += block + (pax === 0 ? 0 : block + filled(pax)) + (file.type === 'file' ? filled(file.size) : 0);
  }
  return size;
}

/** Bytes of the pax records of an entry; 0 when its names fit a ustar header: ASCII, split at a slash into 155 + 100 bytes. */
function paxLength(name: string, target: string | undefined): number {
  if (fitsUstar(name) && Buffer.byteLength(target ?? '') <= 100) return 0;
  return recordLength('path', name) + (target === undefined ? 0 : recordLength('linkpath', target));
}

function fitsUstar(name: string): boolean {
  if (Buffer.byteLength(name) !== name.length) return false;
  let prefix = 0;
  let rest = name;
  while (rest.length > 100) {
    const slash = rest.indexOf('/');
    if (slash < 0) return false;
    prefix += slash + (prefix > 0 ? 1 : 0);
    rest = rest.slice(slash + 1);
  }
  return prefix <= 155;
}

/** A record counts its own length: `LENGTH KEY=VALUE\n`. */
function recordLength(key: string, value: string): number {
  const bare = Buffer.byteLength(` ${key}=${value}\n`);
  let length = bare + String(bare).length;
  if (String(length).length > String(bare).length) length = bare + String(length).length;
  return length;
}
