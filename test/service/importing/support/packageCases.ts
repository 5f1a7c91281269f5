import { gzipSync, deflateRawSync, constants } from 'node:zlib';
import { crc32 } from '../../../../src/service/archive/crc32';
import { buildZip, type ZipEntryOptions } from '../../archive/support/buildZip';
import { tarEntry, tarGz } from '../../archive/support/buildTar';
import type { HostileCase } from '../../archive/support/expectRefusal';

type Format = 'tar.gz' | 'zip';

interface File {
  readonly name: string;
  readonly content: string | Buffer;
}

/** A sound archive of these files, with where each begins. */
function pack(format: Format, files: readonly File[]): { readonly bytes: Buffer; readonly offsets: readonly number[] } {
  if (format === 'zip') return buildZip(files.map((file): ZipEntryOptions => file));
  const entries = files.map(({ name, content }) => tarEntry({ name, content }));
  return { bytes: tarGz(...entries), offsets: entries.map((_, i) => entries.slice(0, i).reduce((sum, entry) => sum + entry.length, 0)) };
}

/** Bytes without a pattern that are the same each time. */
function noise(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let i = 0, state = 1; i < size; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    bytes[i] = state >> 16;
  }
  return bytes;
}

const description = '<?xml version="1.0"?><InstallationPackage></InstallationPackage>';

/** Sound archives that are no package, or more than one. */
export function packageCases(format: Format): readonly HostileCase[] {
  const holding = (title: string, files: readonly File[], code: string, entry?: string): HostileCase => ({
    title, bytes: () => pack(format, files).bytes, expected: { code, ...(entry !== undefined && { entry }) },
  });
  const large = [{ name: 'ip/a', content: 'x' }, { name: 'ip/ip_description.xml', content: noise(1024 * 1024 + 1) }];
  return [
    holding('no description', [{ name: 'ip/install.sh', content: 'exit 0' }], 'import/no-description'),
    holding('a description where none belongs', [{ name: 'deep/er/ip/ip_description.xml', content: description }], 'import/no-description'),
    holding('an empty description', [{ name: 'ip/ip_description.xml', content: '' }], 'import/description-unreadable', 'ip/ip_description.xml'),
    holding('a description that is no XML', [{ name: 'ip/ip_description.xml', content: '<InstallationPackage' }], 'import/description-unreadable', 'ip/ip_description.xml'),
    holding('a description of nothing', [{ name: 'ip/ip_description.xml', content: description }], 'import/description-unreadable', 'ip/ip_description.xml'),
    holding('a description of bytes', [{ name: 'ip/ip_description.xml', content: noise(1000) }], 'import/description-unreadable', 'ip/ip_description.xml'),
    holding('entities that grow without end', [{ name: 'ip/ip_description.xml', content: billionLaughs }], 'import/description-unreadable', 'ip/ip_description.xml'),
    holding('two packages', ['a', 'b'].map((folder) => ({ name: `${folder}/ip/ip_description.xml`, content: description })), 'import/several-packages'),
    { title: 'an immense description', bytes: () => pack(format, large).bytes, expected: { code: 'archive/entry-too-large', entry: 'ip/ip_description.xml', offset: pack(format, large).offsets[1] ?? -1 } },
  ];
}

const billionLaughs = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, i) => `<!ENTITY a${i} "${`&a${i === 0 ? '' : i - 1};`.repeat(10)}">`).join('')}]><InstallationPackage><Name>&a19;</Name></InstallationPackage>`;

/** One sound archive, cut at every twentieth of its length, and with a bit of its content changed in many places. */
export function damageCases(format: Format): readonly HostileCase[] {
  const { bytes } = pack(format, [{ name: 'ip/first', content: noise(20_000) }, { name: 'ip/second', content: noise(20_000) }]);
  const cuts = Array.from({ length: 19 }, (_, i): HostileCase => {
    const length = Math.floor((bytes.length * (i + 1)) / 20);
    return { title: `cut at ${(i + 1) * 5} %`, bytes: () => bytes.subarray(0, length), expected: { code: 'archive/truncated', entry: '', offset: length } };
  });
  const flips = Array.from({ length: 16 }, (_, i): HostileCase => {
    // Behind the first header, before what follows the content of the second file.
    const place = 200 + Math.floor(((bytes.length - 600) * i) / 16);
    const first = place < bytes.length / 2;
    const expected = format === 'zip' ? { code: 'archive/damaged-content', entry: first ? 'ip/first' : 'ip/second' } : { code: 'archive/damaged', entry: '' };
    return {
      title: `a bit changed at ${place}`,
      bytes: () => {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(place) ^ (1 << (i % 8)), place);
        return changed;
      },
      expected,
    };
  });
  return [...cuts, ...flips];
}

/** Deflate data that unpacks to the same bytes again and again: each piece stands for itself. */
function repeated(piece: Buffer, times: number): Buffer {
  const packed = deflateRawSync(piece, { finishFlush: constants.Z_FULL_FLUSH, level: 9 });
  return Buffer.concat([...Array.from({ length: times }, () => packed), deflateRawSync(Buffer.alloc(0))]);
}

const gzipStart = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
const zeros = Buffer.alloc(1024 * 1024);
const folder = tarEntry({ name: 'ip/', kind: '5' });

/** Small archives that would unpack to more than there is room or time for, over the limits that hold for everybody. */
export const bombCases: readonly HostileCase[] = [
  {
    title: 'a tar.gz that unpacks to a thousandfold',
    bytes: () => Buffer.concat([gzipStart, repeated(tarEntry({ name: 'ip/zeros', size: 8e9 }), 1).subarray(0, -2), repeated(zeros, 8000)]),
    expected: { code: 'archive/ratio', entry: 'ip/zeros', offset: 0 },
  },
  {
    title: 'a zip that says it unpacks to a thousandfold',
    bytes: () => buildZip([{ name: 'ip/a', content: 'x' }, { name: 'ip/zeros', packed: repeated(zeros, 3000), size: 3000 * zeros.length }]).bytes,
    expected: { code: 'archive/ratio', entry: 'ip/zeros', offset: buildZip([{ name: 'ip/a', content: 'x' }]).directory },
  },
  {
    title: 'a zip of many entries that unpack to a thousandfold together',
    bytes: () => buildZip(manyZeros()).bytes,
    expected: { code: 'archive/ratio', entry: 'ip/zeros2' },
  },
  {
    title: 'a zip that unpacks to more than it says',
    bytes: () => buildZip([{ name: 'ip/zeros', packed: repeated(zeros, 3000), size: 1000 }]).bytes,
    expected: { code: 'archive/wrong-size', entry: 'ip/zeros', offset: 0 },
  },
  {
    title: 'a tar.gz of more folders than anybody has',
    bytes: () => Buffer.concat([gzipStart, repeated(Buffer.concat(Array.from({ length: 1000 }, () => folder)), 250)]),
    expected: { code: 'archive/too-many-entries', entry: 'ip/', offset: 200_000 * 512 },
  },
  {
    title: 'a zip of more entries than anybody has',
    bytes: () => buildZip([{ name: 'ip/a', content: 'x' }, { name: 'ip/b', content: 'x' }], { zip64Count: 200_001 }).bytes,
    expected: { code: 'archive/too-many-entries', entry: '' },
  },
  {
    title: 'a gzip of gzips',
    bytes: () => gzipSync(gzipSync(Buffer.concat([gzipStart, repeated(zeros, 8000)]))),
    expected: { code: 'archive/not-a-tar', entry: '', offset: 0 },
  },
];

/** Archives as support sends them, with something hostile inside. */
export const nestedCases: readonly HostileCase[] = [
  {
    title: 'an archive in an archive that unpacks to a thousandfold',
    bytes: () => buildZip([{ name: 'inner.zip', content: packOf([{ name: 'ip/zeros', packed: repeated(zeros, 3000), size: 3000 * zeros.length }]) }]).bytes,
    expected: { code: 'archive/ratio', entry: 'ip/zeros', offset: 0 },
  },
  {
    title: 'twenty archives in an archive, each of which unpacks to a thousandfold',
    bytes() {
      const content = Buffer.concat([gzipStart, repeated(tarEntry({ name: 'ip/zeros', size: 8e9 }), 1).subarray(0, -2), repeated(zeros, 8000)]);
      return buildZip(Array.from({ length: 20 }, (_, i) => ({ name: `inner${i}.tar.gz`, content }))).bytes;
    },
    expected: { code: 'archive/ratio', entry: 'ip/zeros', offset: 0 },
  },
  {
    title: 'archives in archives without end',
    bytes() {
      let bytes = packOf([{ name: 'ip/a', content: 'x' }]);
      for (let depth = 0; depth < 100; depth++) bytes = packOf([{ name: 'inner.zip', content: bytes }]);
      return bytes;
    },
    expected: { code: 'import/no-description' },
  },
  {
    title: 'more archives in an archive than anybody sends',
    bytes: () => packOf(Array.from({ length: 21 }, (_, i) => ({ name: `inner${i}.zip`, content: packOf([{ name: 'ip/a', content: 'x' }]) }))),
    expected: { code: 'import/several-packages' },
  },
  {
    title: 'a name that climbs out of the archive in an archive',
    bytes: () => packOf([{ name: 'inner.zip', content: packOf([{ name: 'ip/a', content: 'x' }, { name: '../evil', content: 'x' }]) }]),
    expected: { code: 'archive/name-traversal', entry: '../evil' },
  },
  {
    title: 'a cut archive in an archive',
    bytes: () => packOf([{ name: 'inner.zip', content: packOf([{ name: 'ip/a', content: noise(3000) }]).subarray(0, 2000) }]),
    expected: { code: 'archive/truncated', entry: '', offset: 2000 },
  },
];

function packOf(entries: readonly ZipEntryOptions[]): Buffer {
  return buildZip(entries).bytes;
}

function manyZeros(): readonly ZipEntryOptions[] {
  const entry = { packed: repeated(zeros, 400), size: 400 * zeros.length, crc: sumOfZeros(400) };
  return Array.from({ length: 5 }, (_, i) => ({ ...entry, name: `ip/zeros${i}` }));
}

/** CRC-32 of so many times a megabyte of zeros. */
function sumOfZeros(times: number): number {
  let sum = 0;
  for (let i = 0; i < times; i++) sum = crc32(zeros, sum);
  return sum;
}
