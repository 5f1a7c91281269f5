import type { PackageFile } from '../../core/packages/model';
import type { ArchiveLimits } from './archive';
import { checkName } from './checkName';
import { checkHardLinkTarget, checkSymlinkTarget } from './checkLink';
import { printableName } from './printableName';
import { refusal, type Place } from './refusal';

/** An entry as an archive states it, before anything of it is believed. */
export interface RawEntry {
  /** As spelled in the archive, decoded. */
  readonly name: string;
  readonly type: PackageFile['type'];
  readonly size: number;
  readonly mode?: number;
  readonly modified?: Date;
  /** For links. */
  readonly target?: string;
}

/** The rules both readers share. It holds the names seen so far. */
export interface EntryChecker {
  /**
   * Takes one entry in the archive's order.
   * @returns the entry under its clean path; undefined for a folder that needs no entry of its own (the root, or one named before)
   * @throws ProductError `archive/name-…`, `archive/link-…`, `archive/too-…` and others: see docs of each code
   */
  check(raw: RawEntry, place: Place): PackageFile | undefined;
  /** Entries checked so far, repeated folders too. */
  readonly entries: number;
}

/** Creates the checker for one archive. */
export function createEntryChecker(limits: ArchiveLimits): EntryChecker {
  const tree = createNameTree();
  let entries = 0;
  return {
    get entries() {
      return entries;
    },
    check(raw, place) {
      entries++;
      if (entries > limits.maximumEntries) throw refusal('archive/too-many-entries', place, { limit: limits.maximumEntries });
      if (!Number.isSafeInteger(raw.size) || raw.size < 0) throw refusal('archive/damaged-header', place);
      const path = checkName(raw.name, place);
      if (path === '') {
        if (raw.type === 'directory') return undefined;
        throw refusal('archive/name-empty', place);
      }
      const entry: PackageFile = {
        path,
        type: raw.type,
        size: raw.size,
        ...(raw.mode !== undefined && { mode: raw.mode & 0o7777 }),
        ...(raw.modified !== undefined && !Number.isNaN(raw.modified.getTime()) && { modifiedAt: raw.modified.toISOString() }),
        ...linkTarget(raw, path, tree, place),
      };
      // Only a file has content. A size elsewhere is skipped by some programs and read as the next entry by others.
      if (raw.type !== 'file' && raw.size !== 0) throw refusal('archive/ambiguous', place);
      return tree.add(path, raw.type, place) ? entry : undefined;
    },
  };
}

function linkTarget(raw: RawEntry, path: string, tree: NameTree, place: Place): { target?: string } {
  if (raw.type === 'symlink') {
    checkSymlinkTarget(path, raw.target ?? '', place);
    return { target: raw.target ?? '' };
  }
  if (raw.type === 'hardlink') {
    const target = checkHardLinkTarget(raw.target ?? '', place);
    if (!tree.isFile(target)) throw refusal('archive/hard-link-missing', place, { target: printableName(raw.target ?? '') });
    return { target };
  }
  return {};
}

interface KnownName {
  readonly path: string;
  readonly type: PackageFile['type'];
  /** False for a folder known by the names of its children alone. */
  named: boolean;
}

interface NameTree {
  /** @returns false for a folder that is known by name already */
  add(path: string, type: PackageFile['type'], place: Place): boolean;
  isFile(path: string): boolean;
}

/** All names of one archive, compared as the least careful file system would: without case, accents composed. */
function createNameTree(): NameTree {
  const known = new Map<string, KnownName>();
  let lastParent = '';

  function collide(path: string, other: KnownName, place: Place) {
    return refusal('archive/name-case-collision', { ...place, entry: printableName(path) }, { other: printableName(other.path) });
  }

  function addParents(path: string, place: Place): void {
    const end = path.lastIndexOf('/');
    if (end < 0) return;
    const parent = path.slice(0, end);
    if (parent === lastParent) return;
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      const folder = path.slice(0, slash);
      const folded = foldName(folder);
      const found = known.get(folded);
      if (found === undefined) known.set(folded, { path: folder, type: 'directory', named: false });
      else if (found.path !== folder) throw collide(folder, found, place);
      else if (found.type === 'symlink') throw refusal('archive/through-link', place, { other: printableName(found.path) });
      else if (found.type !== 'directory') throw refusal('archive/name-conflict', place, { other: printableName(found.path) });
    }
    lastParent = parent;
  }

  return {
    add(path, type, place) {
      addParents(path, place);
      const folded = foldName(path);
      const found = known.get(folded);
      if (found === undefined) {
        known.set(folded, { path, type, named: true });
        return true;
      }
      if (found.path !== path) throw collide(path, found, place);
      if (found.type !== 'directory' && type !== 'directory') throw refusal('archive/duplicate-name', place);
      if (found.type !== type) throw refusal('archive/name-conflict', place, { other: printableName(found.path) });
      const first = !found.named;
      found.named = true;
      return first;
    },
    isFile(path) {
      const found = known.get(foldName(path));
      return found?.path === path && (found.type === 'file' || found.type === 'hardlink');
    },
  };
}

function foldName(path: string): string {
   
  return (/^[\u0000-\u007f]*$/.test(path) ? path : path.normalize('NFC')).toLowerCase();
}
