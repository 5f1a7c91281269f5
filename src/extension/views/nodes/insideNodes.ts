import { describeError } from '../../../core/errors';
import type { PackageDetails, PackageSummary } from '../../../core/packages/model';
import { formatBytes } from '../../../core/text/measures';
import type { PackageIndex } from '../../documents/packageIndex';
import { tooltipMarkdown } from './markdown';
import type { NodeContext } from './nodeContext';
import { pageItems, stateIcons, type NodeIcon, type NodeInside, type ViewNode } from './viewNode';

/** Reads what is inside packages, for the rows that a person unfolds. */
export interface PackageReader {
  details(item: Pick<PackageSummary, 'id' | 'tenantId'>): Promise<Pick<PackageDetails, 'installerFolder' | 'templates' | 'fileCount' | 'solution'>>;
  files(packageId: string): Promise<PackageIndex>;
}

/** Opens a file of a package in the editor that is made for it. */
const openFile = 'gaxPackages.packages.openFile';

/** What a package unfolds to: its description, its templates and its files; a solution definition to its XML. */
export function packageInside(item: PackageSummary, reader: PackageReader, context: NodeContext): NodeInside {
  const id = `package:${item.tenantId}:${item.id}`;
  return inside(id, item, context, async () => {
    const { installerFolder, templates, fileCount, solution } = await reader.details(item);
    const description = installerFolder === '' ? 'ip_description.xml' : `${installerFolder}/ip_description.xml`;
    const place: Place = { item, reader, context };
    const files = partNode(place, 'files', context.text('files'), fileCount, () => folderRows(place, partId(item, 'files'), ''));
    // A definition that came as its XML alone has nothing beside that.
    if (solution !== undefined) return [fileNode(place, 'description', solution.path), ...(fileCount > 1 ? [files] : [])];
    return [
      fileNode(place, 'description', description),
      partNode(place, 'templates', context.text('templates'), templates.length, templates.length === 0 ? undefined : () => {
        const paths = templates.map(({ path }) => path).sort((a, b) => context.compareNames(lastName(a), lastName(b)) || context.compareNames(a, b));
        return Promise.resolve(paged(place, partId(item, 'templates'), paths, (path) => fileNode(place, 'template', path)));
      }),
      files,
    ];
  });
}

interface Place {
  readonly item: PackageSummary;
  readonly reader: PackageReader;
  readonly context: NodeContext;
}

type Part = 'description' | 'templates' | 'template' | 'files' | 'folder' | 'file';

function partId({ tenantId, id }: PackageSummary, part: Part, path = ''): string {
  return `${part}:${tenantId}:${id}:${path}`;
}

/** A row whose children are read. When that fails, one row says why and tries again. */
function inside(id: string, item: PackageSummary, context: NodeContext, read: () => Promise<readonly ViewNode[]>): NodeInside {
  return {
    // A package that was replaced has the same id and another hash.
    key: item.sha256,
    read: () => read().catch((error: unknown) => [unreadNode(id, describeError(context.locale, error), context)]),
  };
}

function unreadNode(parentId: string, label: string, context: NodeContext): ViewNode {
  return {
    id: `unread:${parentId}`, label, description: '', icon: stateIcons.failed, contextValue: 'unread', accessibilityLabel: () => label, collapse: 'none', children: [],
    subject: { kind: 'unread', parentId }, tooltip: () => tooltipMarkdown(label, [['', context.text('readAgain')]]), command: 'gaxPackages.views.showMore',
  };
}

/** *Templates* and *Files*. */
function partNode({ item, context }: Place, part: 'templates' | 'files', label: string, n: number, read: (() => Promise<readonly ViewNode[]>) | undefined): ViewNode {
  const id = partId(item, part);
  return {
    id, label, description: context.text('count', { n }), icon: { id: 'folder' }, contextValue: 'packageFolder',
    accessibilityLabel: () => context.text('accessibleState', { name: label, state: context.text('count', { n }) }),
    collapse: read === undefined ? 'none' : 'collapsed', children: [], ...(read && { inside: inside(id, item, context, read) }),
    subject: { kind: 'packageFolder' }, tooltip: () => tooltipMarkdown(label, []),
  };
}

async function folderRows(place: Place, parentId: string, path: string): Promise<readonly ViewNode[]> {
  const { item, reader, context } = place;
  const index = await reader.files(item.id);
  const entries = (index.list(path) ?? []).map((each) => ({ ...each, isFolder: index.find(each.path)?.kind === 'folder' }))
    .sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || context.compareNames(a.name, b.name));
  return paged(place, parentId, entries, (entry) => (entry.isFolder ? folderNode(place, entry.name, entry.path) : fileNode(place, 'file', entry.path, index)));
}

function paged<T>({ context }: Place, parentId: string, items: readonly T[], draw: (item: T) => ViewNode): readonly ViewNode[] {
  return pageItems(parentId, items, draw, context.limits, (n) => context.text('showMore', { n }));
}

function folderNode(place: Place, name: string, path: string): ViewNode {
  const id = partId(place.item, 'folder', path);
  return {
    id, label: name, description: '', icon: { id: 'folder' }, contextValue: 'packageFolder', accessibilityLabel: () => name,
    collapse: 'collapsed', children: [], inside: inside(id, place.item, place.context, () => folderRows(place, id, path)),
    subject: { kind: 'packageFolder' }, tooltip: () => tooltipMarkdown(path, []),
  };
}

/** @param index given where a link may lead nowhere, or to a folder: then there is nothing to open */
function fileNode({ item, context }: Place, part: 'description' | 'template' | 'file', path: string, index?: PackageIndex): ViewNode {
  const { text } = context;
  const label = lastName(path);
  const link = index?.files.get(path)?.type === 'symlink' ? index.files.get(path)?.target : undefined;
  const entry = index?.find(path);
  const canOpen = index === undefined || entry?.kind === 'file';
  return {
    id: partId(item, part, path), label, description: link === undefined ? '' : `→ ${link}`, icon: fileIcon(label, link !== undefined),
    contextValue: 'packageFile', accessibilityLabel: () => label, collapse: 'none', children: [],
    subject: { kind: 'packageFile', package: item, path }, ...(canOpen && { command: openFile }),
    tooltip: () => tooltipMarkdown(path, [
      [text('fieldSize'), entry?.kind === 'file' ? formatBytes(context.locale, entry.file.size) : undefined],
      [text('fieldHash'), entry?.kind === 'file' ? entry.file.sha256 : undefined],
    ]),
  };
}

/** The icon of a file by its ending. */
function fileIcon(name: string, isLink = false): NodeIcon {
  if (isLink) return { id: 'file-symlink-file' };
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return { id: ending === 'apd' ? 'file-binary' : ending === 'xml' ? 'file-code' : 'file' };
}

/** The part of a path after its last slash. */
function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
