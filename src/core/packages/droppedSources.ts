import { withPaths, withPlaces, type ImportDraft } from './importDraft';

/** A file or folder that was dropped or chosen. */
export interface DroppedSource {
  readonly path: string;
  /** Of a folder: the names of what it holds. Absent: it is a file. */
  readonly entries?: readonly { readonly name: string; readonly isFolder: boolean }[];
}

const archiveEnding = /\.(zip|tar\.gz|tgz)$/i;

/** Puts dropped files and folders into the draft, and chooses the method that fits them (ux.md 4.2). */
export function withDropped(draft: ImportDraft, dropped: readonly DroppedSource[]): ImportDraft {
  if (dropped.length === 0) return draft;
  const folders = dropped.filter(({ entries }) => entries !== undefined);
  if (folders.length === 0) return withFiles(draft, dropped.map(({ path }) => path));
  // Archives beside folders are found where the folders are searched: a place may be an archive too.
  return { ...withPlaces(draft, dropped.map(({ path }) => path)), method: folders.length === dropped.length && folders.every(holdsArchivesOnly) ? 'support-archives' : 'directory' };
}

/** Customer care sends a folder of archives; a CD holds the folders of packages. */
function holdsArchivesOnly({ entries = [] }: DroppedSource): boolean {
  return entries.some(({ name, isFolder }) => !isFolder && archiveEnding.test(name)) && !entries.some(({ isFolder }) => isFolder);
}

/** One package with its two templates is a package in parts, also when they come one after the other; anything else are archives. */
function withFiles(draft: ImportDraft, paths: readonly string[]): ImportDraft {
  const apds = paths.filter((path) => /\.apd$/i.test(path));
  const xmls = paths.filter((path) => /\.xml$/i.test(path));
  const archives = paths.filter((path) => !apds.includes(path) && !xmls.includes(path));
  const isInParts = apds.length > 0 || (draft.method === 'parts' && archives.length <= 1);
  if (!isInParts || apds.length > 1 || xmls.length > 1 || archives.length > 1) return { ...withPaths(draft, paths), method: 'archive' };
  const { parts } = draft;
  return { ...draft, method: 'parts', parts: { path: archives[0] ?? parts.path, xml: xmls[0] ?? parts.xml, apd: apds[0] ?? parts.apd } };
}
