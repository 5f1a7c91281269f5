import { applicationTypes } from '../../../core/configuration/applicationTypes';
import type { ApplicationObject, DeployedPackage } from '../../../core/deployment/model';
import { createNameFilter } from '../../../core/packages/list/filter';
import type { PackageSummary, PackageTemplate, PackageTemplates } from '../../../core/packages/model';
import { compareVersions } from '../../../core/packages/version';
import { contentText } from '../../../core/text/contentText';
import { createText } from '../../../core/text/messages';
import type { RepositoryLists } from '../../repositoryState';
import { visibleTenants } from '../packageFilters';
import { commandLink, tooltipMarkdown } from './markdown';
import type { NodeContext } from './nodeContext';
import { packageIcon, type TreeFilter } from './packageNodes';
import { joinParts, pageItems, type NodeIcon, type ViewNode } from './viewNode';

/** The lists that the tree of templates, applications and solution definitions is made of. */
export type ObjectLists = Pick<RepositoryLists, 'tenants' | 'packages' | 'templates' | 'applications' | 'hosts' | 'deployedPackages'>;

/** One template of a package, in however many formats. */
interface TemplateRow {
  readonly name: string;
  readonly of: PackageTemplates;
  /** The one to open: the binary one has its own editor, with the XML beside it. */
  readonly file: PackageTemplate;
  readonly applicationType: number | undefined;
}

/** Best to open first. */
const formats: readonly PackageTemplate['format'][] = ['apd', 'xml', 'tpl'];

/** Application templates, application objects, then solution definitions. None of any: no node, so that the welcome text shows. */
export function objectNodes(lists: ObjectLists, context: NodeContext, filter: TreeFilter): readonly ViewNode[] {
  const all = visibleObjects(lists, filter);
  const shown = matchingObjects(all, filter);
  const { text, compareNames } = context;
  const description = (n: number, of: number): string => (filter.text === '' ? text('count', { n }) : text('countOf', { m: n, n: of }));
  const nodes: ViewNode[] = [];
  if (shown.templates.length > 0) {
    const rows = [...shown.templates].sort((a, b) => compareNames(a.name, b.name) || compareVersions(b.of.version, a.of.version) || compareNames(a.of.name, b.of.name));
    nodes.push(kindNode('objects:templates', text('applicationTemplates'), { id: 'notebook-template' }, description(rows.length, all.templates.length), context, rows, (row) => templateNode(row, context)));
  }
  if (shown.applications.length > 0) {
    const hostNames = new Map(lists.hosts.map(({ id, name }) => [id, name]));
    const deployed = new Map(lists.deployedPackages.filter(({ plugIn }) => plugIn === undefined).map((item) => [item.applicationId, item]));
    const rows = [...shown.applications].sort((a, b) => compareNames(a.name, b.name) || compareNames(a.id, b.id));
    nodes.push(kindNode('objects:applications', text('applications'), { id: 'server-process' }, description(rows.length, all.applications.length), context, rows, (row) =>
      applicationNode(row, hostNames.get(row.hostId) ?? deployed.get(row.id)?.hostName, deployed.get(row.id), context)));
  }
  if (shown.solutions.length > 0) {
    const rows = [...shown.solutions].sort((a, b) => compareNames(a.name, b.name) || compareVersions(b.version, a.version));
    nodes.push(kindNode('objects:solutions', text('solutionDefinitions'), packageIcon({ kind: 'solution-definition' }), description(rows.length, all.solutions.length), context, rows, (row) => solutionNode(row, context)));
  }
  return nodes;
}

/** How many templates, applications and solution definitions a filter leaves, of how many; for the line above the tree. */
export function countObjects(lists: ObjectLists, filter: TreeFilter): { readonly matching: number; readonly all: number } {
  const all = visibleObjects(lists, filter);
  const shown = matchingObjects(all, filter);
  const count = ({ templates, applications, solutions }: Objects): number => templates.length + applications.length + solutions.length;
  return { matching: count(shown), all: count(all) };
}

interface Objects {
  readonly templates: readonly TemplateRow[];
  readonly applications: readonly ApplicationObject[];
  /** Each once, however many tenants hold it. */
  readonly solutions: readonly PackageSummary[];
}

function visibleObjects(lists: ObjectLists, { tenantIds }: TreeFilter): Objects {
  const tenants = new Set(visibleTenants(lists.tenants, tenantIds).map(({ id }) => id));
  return {
    templates: lists.templates.filter((item) => item.tenantIds.some((id) => tenants.has(id))).flatMap(templateRows),
    applications: lists.applications.filter(({ tenantId }) => tenants.has(tenantId)),
    solutions: [...new Map(lists.packages.all().filter(({ kind, tenantId }) => kind === 'solution-definition' && tenants.has(tenantId)).map((item) => [item.id, item])).values()],
  };
}

function matchingObjects({ templates, applications, solutions }: Objects, { text }: TreeFilter): Objects {
  const matches = createNameFilter(text);
  const named = ({ name }: { readonly name: string }): boolean => matches({ name, nickname: '' });
  return { templates: templates.filter(named), applications: applications.filter(named), solutions: solutions.filter(named) };
}

/** A template that is there as APD and as XML is one. */
function templateRows(of: PackageTemplates): readonly TemplateRow[] {
  const byName = new Map<string, PackageTemplate[]>();
  for (const template of of.templates) byName.set(template.name, [...(byName.get(template.name) ?? []), template]);
  return [...byName].flatMap(([name, files]) => {
    const [file] = [...files].sort((a, b) => formats.indexOf(a.format) - formats.indexOf(b.format));
    return file === undefined ? [] : [{ name, of, file, applicationType: files.find(({ applicationType }) => applicationType !== undefined)?.applicationType }];
  });
}

function kindNode<T>(id: string, label: string, icon: NodeIcon, description: string, context: NodeContext, rows: readonly T[], draw: (row: T) => ViewNode): ViewNode {
  return {
    id, label, description, icon, contextValue: 'objects', accessibilityLabel: () => context.text('accessibleState', { name: label, state: description }),
    collapse: 'expanded', children: pageItems(id, rows, draw, context.limits, (n) => context.text('showMore', { n })),
    subject: { kind: 'objects' }, tooltip: () => tooltipMarkdown(label, []),
  };
}

function templateNode({ name, of, file, applicationType }: TemplateRow, context: NodeContext): ViewNode {
  const { text } = context;
  const type = describeType(applicationType, context);
  const words = createText(context.locale, contentText);
  const options = file.notUnderstood === true ? words('notUnderstood') : file.optionCount === undefined ? undefined : words('optionCount', { n: file.optionCount });
  const description = joinParts(type, of.version, options);
  return {
    id: `object:template:${of.packageId}:${file.path}`, label: name, description, icon: { id: 'notebook-template' }, contextValue: 'template',
    accessibilityLabel: () => text('accessibleState', { name, state: description }), collapse: 'none', children: [],
    subject: { kind: 'packageFile', package: { id: of.packageId, name: of.name, version: of.version }, path: file.path },
    command: 'gaxPackages.packages.openFile',
    tooltip: () => tooltipMarkdown(name, [[text('fieldType'), type], [text('fieldPackage'), `${of.name} ${of.version}`], [text('fieldFile'), file.path]]),
  };
}

function solutionNode(item: PackageSummary, context: NodeContext): ViewNode {
  const { text } = context;
  const id = `object:solution:${item.id}`;
  return {
    id, label: item.name, description: item.version, icon: packageIcon(item), contextValue: 'solution',
    accessibilityLabel: () => text('accessibleState', { name: item.name, state: item.version }), collapse: 'none', children: [],
    subject: { kind: 'package', package: item }, command: 'gaxPackages.packages.showDetails',
    tooltip: () => tooltipMarkdown(`${item.name} ${item.version}`, [
      [text('fieldDescription'), item.description],
      [text('fieldUpdateTime'), context.formatTime(item.updatedAt)],
    ], [commandLink(text('showDetails'), 'gaxPackages.packages.showDetails', id)]),
  };
}

function applicationNode(item: ApplicationObject, host: string | undefined, deployed: DeployedPackage | undefined, context: NodeContext): ViewNode {
  const { text } = context;
  const id = `object:application:${item.id}`;
  const description = joinParts(host, item.version);
  return {
    id, label: item.name, description, icon: { id: 'server-process' }, contextValue: 'applicationObject',
    accessibilityLabel: () => text('accessibleState', { name: item.name, state: description }), collapse: 'none', children: [],
    subject: deployed === undefined ? { kind: 'application', applicationId: item.id } : { kind: 'deployed', deployed },
    // What was planned and never installed has no page.
    ...(deployed && { command: 'gaxPackages.packages.showDetails' }),
    tooltip: () => tooltipMarkdown(item.name, [
      [text('fieldType'), describeType(item.type, context)],
      [text('fieldHost'), host],
      [text('fieldVersion'), item.version],
      [text('fieldWorkingDirectory'), item.workingDirectory],
    ], deployed === undefined ? [] : [commandLink(text('showDetails'), 'gaxPackages.packages.showDetails', id)]),
  };
}

/** The vendor's name of a type; a number that has none stays a number. Undefined: the template does not tell. */
function describeType(type: number | undefined, { text }: NodeContext): string | undefined {
  return type === undefined || type === 0 ? undefined : (applicationTypes[type] ?? text('applicationType', { n: String(type) }));
}
