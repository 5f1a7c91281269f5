import { checkName, isTraversal } from './checkName';
import { hasUnprintable, printableName } from './printableName';
import { refusal, type Place } from './refusal';

const longestTarget = 1024;

/**
 * Checks that a symbolic link stays inside the tree, whatever other links lie there: `..` may stand at the beginning only,
 * as often as the link lies deep. After a name it could climb from wherever that name, being a link itself, leads.
 */
export function checkSymlinkTarget(path: string, target: string, place: Place): void {
  const more = checkSpelling(target, place);
  const parts = target.split('/').filter((part) => part !== '' && part !== '.');
  const depth = path.split('/').length - 1;
  const climbs = parts.findIndex((part) => part !== '..');
  const names = climbs < 0 ? [] : parts.slice(climbs);
  if ((climbs < 0 ? parts.length : climbs) > depth) throw refusal('archive/link-out-of-tree', place, more);
  if (names.some((part) => isTraversal(part))) throw refusal('archive/link-out-of-tree', place, more);
}

/** Checks the target of a hard link: the name of an entry. @returns its clean path */
export function checkHardLinkTarget(target: string, place: Place): string {
  const more = checkSpelling(target, place);
  if (isTraversal(target)) throw refusal('archive/link-out-of-tree', place, more);
  return checkName(target, place);
}

function checkSpelling(target: string, place: Place): { target: string } {
  const more = { target: printableName(target) };
  if (target === '' || target.includes('\ufffd') || hasUnprintable(target) || Buffer.byteLength(target) > longestTarget) {
    throw refusal('archive/link-invalid', place, more);
  }
  if (/^([\\/]|[A-Za-z]:)/.test(target)) throw refusal('archive/link-absolute', place, more);
  if (target.includes('\\')) throw refusal(isTraversal(target) ? 'archive/link-out-of-tree' : 'archive/link-invalid', place, more);
  return more;
}
