import { deflateRawSync } from 'node:zlib';
import { buildZip, unicodePath, type BuiltZip, type ZipEntryOptions, type ZipOptions } from './buildZip';
import type { HostileCase, Refused } from './expectRefusal';

const harmless: ZipEntryOptions = { name: 'ip/harmless', content: 'x' };

/** A zip of a harmless entry and these; the refusal must name the second entry and its place. */
function refused(title: string, entry: ZipEntryOptions, code: string, options: { zip?: ZipOptions; entry?: string; limits?: HostileCase['limits'] } = {}): HostileCase {
  const built = () => buildZip([harmless, entry], options.zip);
  return {
    title,
    bytes: () => built().bytes,
    expected: () => ({ code, entry: options.entry ?? String(entry.name), offset: built().offsets[1] ?? -1 }),
    ...(options.limits && { limits: options.limits }),
  };
}

/** A zip whose structure is at fault. */
function broken(title: string, zip: BuiltZip, expected: Refused, change: (bytes: Buffer) => Buffer = (bytes) => bytes): HostileCase {
  return { title, bytes: () => change(Buffer.from(zip.bytes)), expected };
}

const plain = buildZip([harmless, { name: 'ip/second', content: 'second' }]);
const link = 0o120777;

/** Hostile and damaged zip archives, each with the refusal it must meet. */
export const zipCases: readonly HostileCase[] = [
  // Names (the rules are shared with tar; here: that they hold for zip too)
  refused('a name that climbs out', { name: '../evil' }, 'archive/name-traversal'),
  refused('a name that climbs out with backslashes', { name: '..\\..\\evil' }, 'archive/name-traversal'),
  refused('an absolute name', { name: '/etc/passwd' }, 'archive/name-absolute'),
  refused('a drive letter', { name: 'D:/evil' }, 'archive/name-drive'),
  refused('a network path', { name: '\\\\server\\share' }, 'archive/name-network-path'),
  refused('backslashes', { name: 'ip\\setup.exe' }, 'archive/name-backslash'),
  refused('a device name', { name: 'ip/aux.h' }, 'archive/name-reserved'),
  refused('a device name with an ending', { name: 'ip/CON.txt' }, 'archive/name-reserved'),
  refused('a hidden stream of another file', { name: 'ip/a.txt:stream' }, 'archive/name-stream'),
  refused('a dot at the end', { name: 'ip/setup.exe.' }, 'archive/name-trailing'),
  refused('a blank at the end of a folder', { name: 'ip /setup.exe' }, 'archive/name-trailing'),
  refused('a mark that turns the reading direction', { name: 'ip/\u202egpj.exe' }, 'archive/name-control-character', { entry: 'ip/\\u202egpj.exe' }),
  refused('a file name that is too long', { name: 'n'.repeat(256) }, 'archive/name-too-long', { entry: `${'n'.repeat(80)}…${'n'.repeat(80)}` }),
  refused('a path of too many folders', { name: `${'a/'.repeat(64)}b` }, 'archive/too-deep'),
  refused('a NUL in a name', { name: 'ip/setup.exe\u0000.txt' }, 'archive/name-control-character', { entry: 'ip/setup.exe\\u0000.txt' }),
  refused('no name', { name: '' }, 'archive/name-empty', { entry: '' }),
  refused('a name that is not the UTF-8 it claims to be', { name: Buffer.from('ip/\xc0\xae', 'latin1'), flags: 0x800 }, 'archive/name-encoding', { entry: 'ip/\ufffd\ufffd' }),
  refused('one name twice', { name: 'ip/harmless' }, 'archive/duplicate-name'),
  refused('two names that differ in case', { name: 'IP/HARMLESS' }, 'archive/name-case-collision', { entry: 'IP' }),
  refused('a file below a file', { name: 'ip/harmless/evil' }, 'archive/name-conflict'),

  // Links and kinds
  refused('a link to an absolute path', { name: 'ip/l', content: '/etc', unixMode: link }, 'archive/link-absolute'),
  refused('a link out of the tree', { name: 'ip/l', content: '../../etc', unixMode: link }, 'archive/link-out-of-tree'),
  refused('a link whose target is no path', { name: 'ip/l', content: 'x'.repeat(2000), unixMode: link }, 'archive/link-invalid'),
  refused('a link that is named like a folder', { name: 'ip/l/', content: 'x', unixMode: link }, 'archive/ambiguous'),
  refused('a pipe', { name: 'ip/p', unixMode: 0o010644 }, 'archive/special-file'),
  refused('a device', { name: 'ip/b', unixMode: 0o060644 }, 'archive/special-file'),
  refused('a socket', { name: 'ip/s', unixMode: 0o140644 }, 'archive/special-file'),
  refused('a folder with content', { name: 'ip/d/', content: 'hidden' }, 'archive/ambiguous'),
  {
    title: 'a file written through a link',
    bytes: () => buildZip([{ name: 's', content: '.', unixMode: link }, { name: 's/evil', content: 'x' }]).bytes,
    expected: { code: 'archive/through-link', entry: 's/evil' },
  },

  // Content
  refused('encryption', { name: 'ip/e', content: 'x', flags: 0x801 }, 'archive/encrypted'),
  refused('an unknown method', { name: 'ip/u', content: 'x', method: 77 }, 'archive/unsupported-compression'),
  refused('LZMA', { name: 'ip/u', content: 'x', method: 14 }, 'archive/unsupported-compression'),
  refused('a wrong checksum', { name: 'ip/c', content: 'content', crc: 1 }, 'archive/damaged-content'),
  refused('a wrong checksum of a stored file', { name: 'ip/c', content: 'content', method: 0, crc: 1 }, 'archive/damaged-content'),
  refused('a size that is too small', { name: 'ip/c', content: 'content', size: 3 }, 'archive/wrong-size'),
  refused('a size that is too large', { name: 'ip/c', content: 'content', size: 300 }, 'archive/wrong-size'),
  refused('a large file with a false size', { name: 'ip/c', content: Buffer.alloc(2e6, 1), size: 1e6 }, 'archive/wrong-size'),
  refused('a stored file with two sizes', { name: 'ip/c', content: 'content', method: 0, size: 3 }, 'archive/wrong-size'),
  refused('compressed data that ends too early', { name: 'ip/c', content: 'content', packed: deflateRawSync('content').subarray(0, 4) }, 'archive/damaged-content'),
  refused('compressed data that makes no sense', { name: 'ip/c', content: 'content', packed: Buffer.from([7, 7, 7, 7]) }, 'archive/damaged-content'),
  refused('foreign bytes behind the compressed data', { name: 'ip/c', content: 'content', packed: Buffer.concat([deflateRawSync('content'), Buffer.from('evil')]) }, 'archive/wrong-size'),
  refused('foreign bytes behind large compressed data', largeWithTail(), 'archive/wrong-size'),

  // Two opinions
  refused('another name in the local header', { name: 'ip/good', localName: 'ip/evil', content: 'x' }, 'archive/ambiguous'),
  refused('another method in the local header', { name: 'ip/c', content: 'x', localMethod: 0 }, 'archive/ambiguous'),
  refused('another size in the local header', { name: 'ip/c', content: 'x', localSize: 7 }, 'archive/ambiguous'),
  refused('another size in the 64-bit field of the local header', { name: 'ip/c', content: 'x', zip64: true, localSize: 7 }, 'archive/ambiguous'),
  refused('another name in the Unicode field', { name: 'ip/good', content: 'x', extra: unicodePath('ip/good', '../evil'), localExtra: unicodePath('ip/good', '../evil'), flags: 0 }, 'archive/ambiguous', { entry: '../evil' }),
  refused('a harmless other name in the Unicode field', { name: 'ip/good', content: 'x', extra: unicodePath('ip/good', 'ip/evil'), flags: 0 }, 'archive/ambiguous', { entry: 'ip/evil' }),
  refused('another name in the Unicode field of the local header', { name: 'ip/good', content: 'x', localExtra: unicodePath('ip/good', 'ip/evil') }, 'archive/ambiguous'),
  refused('other flags in the local header', { name: 'ip/c', content: 'x', localFlags: 0x801 }, 'archive/ambiguous'),
  refused('a data descriptor that says something else', { name: 'ip/c', content: 'x', descriptor: 'marked', damageDescriptor: true }, 'archive/ambiguous'),
  {
    title: 'two entries with the same bytes',
    bytes: () => buildZip([harmless, { name: 'ip/second', content: 'x', localName: 'ip/harmless', sameDataAs: 0 }]).bytes,
    expected: { code: 'archive/ambiguous', entry: 'ip/second', offset: 0 },
  },
  overlapping(),

  // Structure
  refused('a part of a split archive', { name: 'ip/c', content: 'x', disk: 1 }, 'archive/split'),
  broken('the first part of a split archive', plain, { code: 'archive/split', entry: '', offset: 0 }, (bytes) => Buffer.concat([Buffer.from('PK\u0007\u0008', 'latin1'), bytes])),
  broken('bytes between two entries', buildZip([harmless, { name: 'ip/c', before: Buffer.from('hidden') }]), { code: 'archive/hidden-data', entry: '', offset: plain.offsets[1] ?? -1 }),
  broken('bytes before the directory', buildZip([harmless], { beforeDirectory: Buffer.from('hidden') }), { code: 'archive/hidden-data', entry: '' }),
  broken('bytes behind the end', buildZip([harmless], { after: Buffer.from('hidden') }), { code: 'archive/trailing-data', entry: '' }),
  broken('a whole zip before the zip', plain, { code: 'archive/hidden-data', entry: '' }, (bytes) => Buffer.concat([plain.bytes, bytes])),
  broken('a wrong number of entries', buildZip([harmless], { count: 3 }), { code: 'archive/damaged', entry: '' }),
  broken('fewer entries than there are', buildZip([harmless, { name: 'ip/c' }], { count: 1 }), { code: 'archive/hidden-data', entry: '' }),
  broken('a second end in the comment', buildZip([harmless], { comment: `!${plain.bytes.subarray(-22).toString('latin1')}` }), { code: 'archive/hidden-data', entry: '', offset: buildZip([harmless]).bytes.length + 1 }),
  broken('a directory that lies elsewhere', buildZip([harmless], { changeEnd: (end) => end.writeUInt32LE(3, 16) }), { code: 'archive/hidden-data', entry: '' }),
  broken('a directory of 4 GB', buildZip([harmless], { changeEnd: (end) => end.writeUInt32LE(0xfffffff0, 12) }), { code: 'archive/damaged', entry: '' }),
  broken('a local header that is none', plain, { code: 'archive/damaged-header', entry: 'ip/second', offset: plain.offsets[1] ?? -1 }, (bytes) => {
    bytes.write('QQ', plain.offsets[1] ?? 0);
    return bytes;
  }),
  broken('no entries', buildZip([]), { code: 'archive/no-entries', entry: '', offset: 0 }),

  // Bombs
  { title: 'too many entries', bytes: () => plain.bytes, limits: { maximumEntries: 1 }, expected: { code: 'archive/too-many-entries', entry: '', offset: plain.directory } },
  refused('too much, as announced', { name: 'ip/c', content: 'x'.repeat(1000) }, 'archive/too-large', { limits: { maximumUnpackedSize: 500 } }),
  refused('too much for its packed size', { name: 'ip/c', content: Buffer.alloc(11e6) }, 'archive/ratio', { limits: { maximumRatio: 100, ratioFrom: 10e6 } }),

  // No archive
  { title: 'an empty file', bytes: () => Buffer.alloc(0), expected: { code: 'archive/empty', entry: '', offset: 0 } },
  { title: 'a text', bytes: () => Buffer.from('hello'), expected: { code: 'archive/not-an-archive', entry: '', offset: 0 } },
  { title: 'a program with a zip behind it', bytes: () => Buffer.concat([Buffer.from('MZ'), Buffer.alloc(100), plain.bytes]), expected: { code: 'archive/not-an-archive', entry: '' } },
  { title: 'a 7-Zip archive', bytes: () => Buffer.from('7z\xbc\xaf\x27\x1c....', 'latin1'), expected: { code: 'archive/unsupported-format', entry: '' } },
  { title: 'a plain tar', bytes: () => Buffer.concat([Buffer.alloc(257), Buffer.from('ustar\x0000'), Buffer.alloc(300)]), expected: { code: 'archive/unsupported-format', entry: '' } },
];

function largeWithTail(): ZipEntryOptions {
  const content = Buffer.alloc(2e6, 'something to pack ');
  return { name: 'ip/c', content, packed: Buffer.concat([deflateRawSync(content), Buffer.from('evil')]) };
}

/** The classic bomb: an entry whose data holds the next entry whole. */
function overlapping(): HostileCase {
  const inner = buildZip([{ name: 'ip/inner', content: 'x', method: 0 }]);
  const header = inner.bytes.subarray(0, inner.directory);
  const outer = buildZip([{ name: 'ip/outer', content: header, method: 0 }, { name: 'ip/inner', content: 'x', method: 0, sameDataAs: 0 }]);
  const start = (outer.offsets[0] ?? 0) + 30 + 'ip/outer'.length;
  // The second directory record points into the data of the first.
  const record = outer.bytes.lastIndexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
  outer.bytes.writeUInt32LE(start, record + 42);
  return { title: 'an entry inside the data of another', bytes: () => outer.bytes, expected: { code: 'archive/overlapping-entries', entry: 'ip/inner', offset: start } };
}
