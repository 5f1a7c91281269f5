import { gzipSync } from 'node:zlib';
import { endOfTar, gnuLong, pax, tarEntry, tarGz, type TarEntryOptions } from './buildTar';
import type { HostileCase } from './expectRefusal';

/** A harmless entry of 1,024 bytes, so that the hostile one stands at a known place. */
const harmless = tarEntry({ name: 'ip/harmless', content: 'x' });
const at = 1024;
const after = (...entries: Buffer[]) => () => tarGz(harmless, ...entries);
const named = (title: string, name: string, code: string, entry = name): HostileCase => ({
  title,
  bytes: after(tarEntry({ name: Buffer.from(name, 'utf8').toString('latin1'), content: 'evil' })),
  expected: { code, entry, offset: at },
});
const link = (title: string, options: TarEntryOptions, code: string): HostileCase => ({
  title,
  bytes: after(tarEntry({ kind: '2', ...options })),
  expected: { code, entry: options.name, offset: at },
});
const longPath = Array.from({ length: 12 }, () => 'a'.repeat(100)).join('/');

/** Hostile and damaged tar.gz archives, each with the refusal it must meet. */
export const tarCases: readonly HostileCase[] = [
  // Names
  named('a name that climbs out', '../evil', 'archive/name-traversal'),
  named('a name that climbs out from inside', 'ip/../../evil', 'archive/name-traversal'),
  named('a name that climbs but stays inside', 'ip/x/../evil', 'archive/name-traversal'),
  named('a name that climbs with backslashes', 'ip\\..\\..\\evil', 'archive/name-traversal'),
  named('a name that climbs where blanks at the end are dropped', 'ip/.. /evil', 'archive/name-traversal'),
  named('a name that climbs with full-width dots', 'ip/．．/evil', 'archive/name-traversal'),
  named('a name that climbs with full-width slashes', 'ip／../evil', 'archive/name-traversal'),
  named('an absolute name', '/etc/passwd', 'archive/name-absolute'),
  named('an absolute name of a device', '/dev/sda', 'archive/name-absolute'),
  named('an absolute name of Windows', '\\evil', 'archive/name-absolute'),
  named('a name with a drive letter', 'C:/evil', 'archive/name-drive'),
  named('a name relative to a drive', 'c:evil', 'archive/name-drive'),
  named('a network path', '//server/share/evil', 'archive/name-network-path'),
  named('a network path of Windows', '\\\\server\\share\\evil', 'archive/name-network-path'),
  named('a backslash', 'ip\\evil', 'archive/name-backslash'),
  named('a device name', 'ip/CON', 'archive/name-reserved'),
  named('a device name with an ending', 'ip/nul.txt', 'archive/name-reserved'),
  named('a device name as a folder', 'com1/evil', 'archive/name-reserved'),
  named('a hidden stream of another file', 'ip/a.txt:stream', 'archive/name-stream'),
  named('a dot at the end', 'ip/setup.', 'archive/name-trailing'),
  named('a blank at the end', 'ip/setup ', 'archive/name-trailing'),
  named('an escape sequence', 'ip/\u001b[31mevil', 'archive/name-control-character', 'ip/\\u001b[31mevil'),
  named('a line feed', 'ip/a\nb', 'archive/name-control-character', 'ip/a\\u000ab'),
  named('a mark that turns the reading direction', 'ip/\u202egpj.sh', 'archive/name-control-character', 'ip/\\u202egpj.sh'),
  { title: 'a path of too many folders', bytes: after(pax([['path', `${'a/'.repeat(64)}b`]]), tarEntry({ name: 'x' })), expected: { code: 'archive/too-deep', entry: `${'a/'.repeat(64)}b`, offset: at + 1024 } },
  { title: 'overlong UTF-8', bytes: after(tarEntry({ name: 'ip/\xc0\xae\xc0\xae/evil' })), expected: { code: 'archive/name-encoding', entry: 'ip/\\xc0\\xae\\xc0\\xae/evil', offset: at } },
  { title: 'Latin-1', bytes: after(tarEntry({ name: 'ip/\xe9t\xe9' })), expected: { code: 'archive/name-encoding', entry: 'ip/\\xe9t\\xe9', offset: at } },
  { title: 'no name', bytes: after(tarEntry({ name: '' })), expected: { code: 'archive/name-empty', entry: '', offset: at } },
  { title: 'a file in place of the root', bytes: after(tarEntry({ name: '.' })), expected: { code: 'archive/name-empty', entry: '.', offset: at } },
  {
    title: 'a NUL inside a pax name',
    bytes: after(pax([['path', 'ip/ok\u0000/../../evil']]), tarEntry({ name: 'ip/ok' })),
    expected: { code: 'archive/name-control-character', entry: 'ip/ok\\u0000/../../evil', offset: at + 1024 },
  },
  {
    title: 'a pax name that climbs out',
    bytes: after(pax([['path', '../../evil']]), tarEntry({ name: 'ip/ok' })),
    expected: { code: 'archive/name-traversal', entry: '../../evil', offset: at + 1024 },
  },
  {
    title: 'a GNU long name that climbs out',
    bytes: after(gnuLong('L', '../'.repeat(50) + 'evil'), tarEntry({ name: 'ip/ok', format: 'gnu' })),
    expected: { code: 'archive/name-traversal', offset: at + 1024 },
  },
  {
    title: 'a ustar prefix that climbs out',
    bytes: after(tarEntry({ name: 'evil', prefix: '../..' })),
    expected: { code: 'archive/name-traversal', entry: '../../evil', offset: at },
  },
  { title: 'a path that is too long', bytes: after(pax([['path', longPath]]), tarEntry({ name: 'x' })), expected: { code: 'archive/name-too-long', offset: at + 2048 } },
  { title: 'a file name that is too long', bytes: after(pax([['path', 'n'.repeat(256)]]), tarEntry({ name: 'x' })), expected: { code: 'archive/name-too-long', offset: at + 1024 } },

  // Names against each other
  { title: 'one name twice', bytes: after(tarEntry({ name: './ip//harmless' })), expected: { code: 'archive/duplicate-name', entry: './ip//harmless', offset: at } },
  { title: 'two names that differ in case', bytes: after(tarEntry({ name: 'ip/Harmless' })), expected: { code: 'archive/name-case-collision', entry: 'ip/Harmless', offset: at } },
  { title: 'two folders that differ in case', bytes: after(tarEntry({ name: 'IP/other' })), expected: { code: 'archive/name-case-collision', entry: 'IP', offset: at } },
  {
    title: 'two names that differ in how an accent is spelled',
    bytes: after(tarEntry({ name: Buffer.from('ip/\u00e9').toString('latin1') }), tarEntry({ name: Buffer.from('ip/e\u0301').toString('latin1') })),
    expected: { code: 'archive/name-case-collision', entry: 'ip/e\u0301', offset: at + 512 },
  },
  { title: 'a file below a file', bytes: after(tarEntry({ name: 'ip/harmless/evil' })), expected: { code: 'archive/name-conflict', entry: 'ip/harmless/evil', offset: at } },
  { title: 'a link in place of a folder', bytes: after(tarEntry({ name: 'ip', kind: '2', linkName: 'x' })), expected: { code: 'archive/name-conflict', entry: 'ip', offset: at } },

  // Links
  link('a link to an absolute path', { name: 'ip/l', linkName: '/etc' }, 'archive/link-absolute'),
  link('a link to a drive', { name: 'ip/l', linkName: 'C:\\Windows' }, 'archive/link-absolute'),
  link('a link out of the tree', { name: 'ip/l', linkName: '../../etc' }, 'archive/link-out-of-tree'),
  link('a link out of the tree with backslashes', { name: 'ip/l', linkName: '..\\..\\etc' }, 'archive/link-out-of-tree'),
  link('a link that climbs after a name, which may be a link', { name: 'ip/l', linkName: 'deep/../../etc' }, 'archive/link-out-of-tree'),
  link('a link to nothing', { name: 'ip/l', linkName: '' }, 'archive/link-invalid'),
  link('a link with a line feed', { name: 'ip/l', linkName: 'a\nb' }, 'archive/link-invalid'),
  link('a link with content', { name: 'ip/l', linkName: 'harmless', content: 'x' }, 'archive/ambiguous'),
  link('a hard link to an absolute path', { name: 'ip/h', kind: '1', linkName: '/etc/shadow' }, 'archive/link-absolute'),
  link('a hard link out of the tree', { name: 'ip/h', kind: '1', linkName: '../etc/shadow' }, 'archive/link-out-of-tree'),
  link('a hard link to a missing entry', { name: 'ip/h', kind: '1', linkName: 'ip/nobody' }, 'archive/hard-link-missing'),
  link('a hard link to a folder', { name: 'h', kind: '1', linkName: 'ip' }, 'archive/hard-link-missing'),
  link('a hard link with content', { name: 'ip/h', kind: '1', linkName: 'ip/harmless', content: 'x' }, 'archive/ambiguous'),
  {
    title: 'a hard link to a later entry',
    bytes: after(tarEntry({ name: 'ip/h', kind: '1', linkName: 'ip/later' }), tarEntry({ name: 'ip/later', content: 'x' })),
    expected: { code: 'archive/hard-link-missing', entry: 'ip/h', offset: at },
  },
  {
    title: 'a pax link target out of the tree',
    bytes: after(pax([['linkpath', '../../etc/passwd']]), tarEntry({ name: 'ip/l', kind: '2', linkName: 'harmless' })),
    expected: { code: 'archive/link-out-of-tree', entry: 'ip/l', offset: at + 1024 },
  },
  {
    title: 'a GNU long link target out of the tree',
    bytes: after(gnuLong('K', '../'.repeat(40)), tarEntry({ name: 'ip/l', kind: '2', linkName: 'harmless', format: 'gnu' })),
    expected: { code: 'archive/link-out-of-tree', entry: 'ip/l', offset: at + 1024 },
  },
  {
    title: 'a hard link to a symbolic link',
    bytes: after(tarEntry({ name: 'ip/s', kind: '2', linkName: 'harmless' }), tarEntry({ name: 'ip/h', kind: '1', linkName: 'ip/s' })),
    expected: { code: 'archive/hard-link-missing', entry: 'ip/h', offset: at + 512 },
  },
  {
    title: 'a file written through a link',
    bytes: after(tarEntry({ name: 'ip/s', kind: '2', linkName: '.' }), tarEntry({ name: 'ip/s/evil', content: 'x' })),
    expected: { code: 'archive/through-link', entry: 'ip/s/evil', offset: at + 512 },
  },

  // Kinds
  link('a pipe', { name: 'ip/p', kind: '6' }, 'archive/special-file'),
  link('a character device', { name: 'ip/c', kind: '3' }, 'archive/special-file'),
  link('a block device', { name: 'ip/b', kind: '4' }, 'archive/special-file'),
  link('a sparse file of GNU', { name: 'ip/s', kind: 'S', format: 'gnu' }, 'archive/sparse-file'),
  link('a multi-volume part', { name: 'ip/m', kind: 'M', format: 'gnu' }, 'archive/unsupported-entry'),
  link('a folder with content', { name: 'ip/d', kind: '5', content: 'hidden' }, 'archive/ambiguous'),
  {
    title: 'a sparse file of pax',
    bytes: after(pax([['GNU.sparse.major', '1'], ['GNU.sparse.name', 'ip/s']]), tarEntry({ name: 'ip/x' })),
    expected: { code: 'archive/sparse-file', entry: 'ip/x', offset: at + 1024 },
  },

  // Two opinions
  { title: 'two pax headers for one entry', bytes: after(pax([['path', 'a']]), pax([['path', 'b']]), tarEntry({ name: 'c' })), expected: { code: 'archive/ambiguous', offset: at + 1024 } },
  { title: 'one pax key twice', bytes: after(pax([['path', 'a'], ['path', 'b']]), tarEntry({ name: 'c' })), expected: { code: 'archive/ambiguous', offset: at } },
  { title: 'a pax name and a GNU name', bytes: after(pax([['path', 'a']]), gnuLong('L', 'b'), tarEntry({ name: 'c' })), expected: { code: 'archive/ambiguous', offset: at + 2048 } },
  { title: 'two GNU names', bytes: after(gnuLong('L', 'a'), gnuLong('L', 'b'), tarEntry({ name: 'c' })), expected: { code: 'archive/ambiguous', offset: at + 1024 } },
  { title: 'a second GNU name behind a NUL', bytes: after(gnuLong('L', 'a\u0000b'), tarEntry({ name: 'c' })), expected: { code: 'archive/ambiguous', offset: at } },
  { title: 'a GNU name that goes on behind its stated size', bytes: after(tarEntry({ name: '././@LongLink', kind: 'L', content: 'ip/long/name\0', format: 'gnu', change: (block) => block.write('00000000005', 124) }).subarray(0, 1024), tarEntry({ name: 'c' })), expected: { code: 'archive/ambiguous', offset: at } },
  { title: 'a pax size that differs from the header', bytes: after(pax([['size', '4']]), tarEntry({ name: 'c', content: 'x' })), expected: { code: 'archive/ambiguous', entry: 'c', offset: at + 1024 } },
  { title: 'a name for all entries', bytes: after(pax([['path', 'evil']], 'g'), tarEntry({ name: 'c' })), expected: { code: 'archive/ambiguous', offset: at } },
  { title: 'pax names in an unknown character set', bytes: after(pax([['hdrcharset', 'BINARY'], ['path', 'x']]), tarEntry({ name: 'c' })), expected: { code: 'archive/name-encoding', offset: at } },

  // Damage
  { title: 'a wrong checksum', bytes: after(tarEntry({ name: 'ip/c', damage: (block) => block.write('j') })), expected: { code: 'archive/damaged-header', entry: 'jp/c', offset: at } },
  { title: 'an unknown format mark', bytes: after(tarEntry({ name: 'ip/c', change: (block) => block.write('ustar\x0077', 257, 'latin1') })), expected: { code: 'archive/damaged-header', entry: 'ip/c', offset: at } },
  { title: 'a size that is no number', bytes: after(tarEntry({ name: 'ip/c', change: (block) => block.write('12x', 124) })), expected: { code: 'archive/damaged-header', entry: 'ip/c', offset: at } },
  { title: 'a negative size', bytes: after(tarEntry({ name: 'ip/c', change: (block) => block.fill(0xff, 124, 136) })), expected: { code: 'archive/damaged-header', entry: 'ip/c', offset: at } },
  { title: 'a pax record with a false length', bytes: after(tarEntry({ name: 'PaxHeader', kind: 'x', content: '99 path=evil\n' }), tarEntry({ name: 'c' })), expected: { code: 'archive/damaged-header', offset: at } },
  { title: 'a pax header without its entry', bytes: after(pax([['path', 'a']])), expected: { code: 'archive/damaged-header', offset: at + 1024 } },
  { title: 'a negative size', bytes: after(tarEntry({ name: 'ip/n', change: (block) => block.fill(0xff, 124, 136) })), expected: { code: 'archive/damaged-header', entry: 'ip/n', offset: at } },
  { title: 'a size beyond all numbers', bytes: after(tarEntry({ name: 'ip/n', change: (block) => block.fill(0x7f, 125, 136).writeUInt8(0x80, 124) })), expected: { code: 'archive/damaged-header', entry: 'ip/n', offset: at } },
  { title: 'a second archive packed behind the first', bytes: () => Buffer.concat([tarGz(harmless), tarGz(tarEntry({ name: 'evil' }))]), expected: { code: 'archive/trailing-data', entry: '', offset: 2048 } },
  { title: 'no end mark', bytes: () => gzipSync(harmless), expected: { code: 'archive/truncated', entry: '', offset: 1024 } },
  { title: 'an end inside a file', bytes: () => gzipSync(tarEntry({ name: 'ip/c', content: 'x', size: 5000 })), expected: { code: 'archive/truncated', entry: 'ip/c', offset: 1024 } },
  { title: 'an entry behind the end mark', bytes: () => gzipSync(Buffer.concat([harmless, endOfTar, harmless, endOfTar])), expected: { code: 'archive/trailing-data', entry: '', offset: 2048 } },
  { title: 'foreign data behind the compression', bytes: () => Buffer.concat([tarGz(harmless), Buffer.from('foreign')]), expected: { code: 'archive/trailing-data', entry: '' } },
  { title: 'foreign data behind zeros', bytes: () => Buffer.concat([tarGz(harmless), Buffer.alloc(100), Buffer.from('foreign')]), expected: { code: 'archive/trailing-data', offset: tarGz(harmless).length + 100 } },
  { title: 'a wrong checksum of the compression', bytes: () => changed(tarGz(harmless), -8), expected: { code: 'archive/damaged', entry: '' } },
  { title: 'a wrong length of the compression', bytes: () => changed(tarGz(harmless), -4), expected: { code: 'archive/damaged', entry: '' } },
  { title: 'no tar inside', bytes: () => gzipSync(Buffer.alloc(2000, 'text ')), expected: { code: 'archive/not-a-tar', entry: '', offset: 0 } },
  { title: 'a short text inside', bytes: () => gzipSync('hello'), expected: { code: 'archive/not-a-tar', entry: '' } },
  { title: 'nothing inside', bytes: () => gzipSync(endOfTar), expected: { code: 'archive/no-entries', entry: '', offset: 0 } },

  // Bombs
  { title: 'too many entries', bytes: after(tarEntry({ name: 'b' }), tarEntry({ name: 'c' })), limits: { maximumEntries: 2 }, expected: { code: 'archive/too-many-entries', entry: 'c', offset: at + 512 } },
  { title: 'too much, as announced', bytes: after(tarEntry({ name: 'b', size: 1e6 })), limits: { maximumUnpackedSize: 100_000 }, expected: { code: 'archive/too-large', entry: 'b', offset: at } },
  { title: 'too much, in headers alone', bytes: () => tarGz(...Array.from({ length: 300 }, (_, i) => tarEntry({ name: `f${i}` }))), limits: { maximumUnpackedSize: 100_000 }, expected: { code: 'archive/too-large' } },
  { title: 'too much for its packed size', bytes: () => tarGz(tarEntry({ name: 'zeros', content: Buffer.alloc(11e6) })), limits: { maximumRatio: 100, ratioFrom: 10e6 }, expected: { code: 'archive/ratio', entry: 'zeros', offset: 0 } },
  { title: 'an immense pax header', bytes: after(tarEntry({ name: 'PaxHeader', kind: 'x', size: 2e6 })), expected: { code: 'archive/header-too-large', entry: 'PaxHeader', offset: at } },
  { title: 'a wanted file that is too large', bytes: after(tarEntry({ name: 'b', content: 'x'.repeat(2000) })), visitor: { wantsContent: () => 1000 }, expected: { code: 'archive/entry-too-large', entry: 'b', offset: at } },
];

function changed(bytes: Buffer, index: number): Buffer {
  const copy = Buffer.from(bytes);
  const place = copy.length + index;
  copy.writeUInt8(copy.readUInt8(place) ^ 0x10, place);
  return copy;
}
