import { hasUnprintable } from './printableName';
import { refusal, type Place } from './refusal';

/** Bytes of a path, below what any system allows (4,096) by enough room for the folder it is unpacked into. */
const longestPath = 1024;
/** Bytes of one part of a path, on every common file system. */
const longestPart = 255;
const deepestPath = 64;

/** Device names of Windows, also with an ending and with trailing blanks. */
const deviceName = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)[ ]*(\..*)?$/i;

/**
 * Checks the name of an entry, as the strictest system it could be unpacked on would.
 * @returns the path: relative, `/` as separator, without `.` parts; empty for the root itself
 */
export function checkName(name: string, place: Place): string {
  if (name === '') throw refusal('archive/name-empty', place);
  if (name.includes('\ufffd')) throw refusal('archive/name-encoding', place);
  if (hasUnprintable(name)) throw refusal('archive/name-control-character', place);
  if (isTraversal(name)) throw refusal('archive/name-traversal', place);
  if (/^[A-Za-z]:/.test(name)) throw refusal('archive/name-drive', place);
  if (/^[\\/]{2}/.test(name)) throw refusal('archive/name-network-path', place);
  if (/^[\\/]/.test(name)) throw refusal('archive/name-absolute', place);
  if (name.includes('\\')) throw refusal('archive/name-backslash', place);

  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.length > deepestPath) throw refusal('archive/too-deep', place, { limit: deepestPath });
  for (const part of parts) {
    if (deviceName.test(part)) throw refusal('archive/name-reserved', place);
    // Windows would write a hidden stream of another file, or a file of another name.
    if (part.includes(':')) throw refusal('archive/name-stream', place);
    if (/[. ]$/.test(part)) throw refusal('archive/name-trailing', place);
    if (part.length > longestPart / 4 && Buffer.byteLength(part) > longestPart) throw refusal('archive/name-too-long', place, { limit: longestPath });
  }
  const path = parts.join('/');
  if (path.length > longestPath / 4 && Buffer.byteLength(path) > longestPath) throw refusal('archive/name-too-long', place, { limit: longestPath });
  return path;
}

/**
 * True when any reader could take a part of the path for `..`: with either separator, with the dots and blanks at its end
 * that Windows drops, or with characters that become dots or slashes when a system normalises names.
 */
export function isTraversal(name: string): boolean {
  const normal = name.normalize('NFKC');
  if (normal !== name && normal.split(/[\\/]/).length !== name.split(/[\\/]/).length) return true;
  return normal.split(/[\\/]/).some((part) => /^\.[. ]+$/.test(part));
}
