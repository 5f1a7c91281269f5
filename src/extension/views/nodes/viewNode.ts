import type { DeployedPackage, Deployment, HostRun } from '../../../core/deployment/model';
import type { Host } from '../../../core/hosts/model';
import type { ImportRecord, PackageSummary, Tenant } from '../../../core/packages/model';

/** What a tree row stands for. */
export type Subject =
  | { readonly kind: 'tenant'; readonly tenant: Tenant }
  | { readonly kind: 'group'; readonly tenant: Tenant; readonly group: string }
  | { readonly kind: 'package'; readonly package: PackageSummary }
  | { readonly kind: 'import'; readonly record: ImportRecord }
  | { readonly kind: 'inProgress' }
  | { readonly kind: 'deployment'; readonly deployment: Deployment }
  | { readonly kind: 'hostRun'; readonly deployment: Deployment; readonly run: HostRun }
  | { readonly kind: 'deployedHost'; readonly hostId: string }
  | { readonly kind: 'application'; readonly applicationId: string }
  | { readonly kind: 'deployed'; readonly deployed: DeployedPackage }
  | { readonly kind: 'host'; readonly host: Host }
  | { readonly kind: 'objects' }
  | { readonly kind: 'packageFolder' }
  | { readonly kind: 'packageFile'; readonly package: Pick<PackageSummary, 'id' | 'name' | 'version'>; readonly path: string }
  | { readonly kind: 'more'; readonly parentId: string }
  | { readonly kind: 'unread'; readonly parentId: string };

/** A codicon and, where it tells more than decoration, its colour. */
export interface NodeIcon {
  readonly id: string;
  readonly color?: string;
}

/** One row of a tree as plain data: made by pure functions, shown by a thin provider. */
export interface ViewNode {
  /** Made of the ids of entities; never of a position or a time, so that expansion and selection survive. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly icon: NodeIcon;
  /** How the row stands out (`views/rowDecorations.ts`). */
  readonly decoration?: 'protected';
  /** What `when` clauses of menus see. */
  readonly contextValue: string;
  /** What a screen reader says instead of label and description; made when the row is drawn. */
  readonly accessibilityLabel: () => string;
  readonly collapse: 'none' | 'collapsed' | 'expanded';
  readonly children: readonly ViewNode[];
  /** Set where `children` are many and made when they are first looked at: who need not, should not. */
  readonly late?: LateChildren;
  /** Set instead of `children` where these are read when a person unfolds the row. */
  readonly inside?: NodeInside;
  readonly subject: Subject;
  /** Markdown; made when a person rests on the row. */
  readonly tooltip: () => string;
  /** Run by Enter or a click, with the node as its argument. */
  readonly command?: string;
}

/** What is known of children that are not made yet. */
export interface LateChildren {
  /** Whether a row of that id stands among them, or would if a person asked for more. */
  readonly holds: (id: string) => boolean;
  /** Set while they are not complete: resolves when a tree that is built then has them. */
  readonly ready?: () => Promise<void>;
}

/** Children that are read when they are wanted. */
export interface NodeInside {
  /** Another key: what was read before may be wrong. */
  readonly key: string;
  /** Never rejects: a row says why there is nothing else. */
  readonly read: () => Promise<readonly ViewNode[]>;
}

/** Icons of the states of ux: one vocabulary for trees and lists. */
export const stateIcons = {
  done: { id: 'pass-filled', color: 'charts.green' },
  running: { id: 'sync~spin', color: 'charts.blue' },
  queued: { id: 'watch', color: 'descriptionForeground' },
  paused: { id: 'debug-pause', color: 'problemsWarningIcon.foreground' },
  waiting: { id: 'bell-dot', color: 'problemsWarningIcon.foreground' },
  failed: { id: 'error', color: 'errorForeground' },
  unknown: { id: 'question', color: 'problemsWarningIcon.foreground' },
  skipped: { id: 'debug-step-over', color: 'descriptionForeground' },
  stopped: { id: 'circle-slash', color: 'descriptionForeground' },
  duty: { id: 'warning', color: 'problemsWarningIcon.foreground' },
  drifted: { id: 'warning', color: 'problemsWarningIcon.foreground' },
  interrupted: { id: 'debug-disconnect', color: 'problemsWarningIcon.foreground' },
} as const satisfies Readonly<Record<string, NodeIcon>>;

/** Joins the parts of a description that say something. */
export function joinParts(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

const pageSize = 500;

/** How many children of a parent are shown, unless a person asked for more. */
export type PageLimits = (parentId: string) => number | undefined;

/** Cuts a long list of children and ends it with a row that shows more. */
export function pageChildren(parentId: string, children: readonly ViewNode[], limits: PageLimits, describe: (hidden: number) => string): readonly ViewNode[] {
  return pageItems(parentId, children, (child) => child, limits, describe);
}

/** The same for what is not drawn yet: only the shown ones are. */
export function pageItems<T>(parentId: string, items: readonly T[], draw: (item: T) => ViewNode, limits: PageLimits, describe: (hidden: number) => string): readonly ViewNode[] {
  const limit = limits(parentId) ?? pageSize;
  if (items.length <= limit) return items.map(draw);
  const label = describe(Math.min(pageSize, items.length - limit));
  const more: ViewNode = {
    id: `more:${parentId}`, label, description: '', icon: { id: 'ellipsis' }, contextValue: 'more', accessibilityLabel: () => label,
    collapse: 'none', children: [], subject: { kind: 'more', parentId }, tooltip: () => '', command: 'gaxPackages.views.showMore',
  };
  return [...items.slice(0, limit).map(draw), more];
}

/** The limit after a person asked for more. */
export function nextPageLimit(limit: number | undefined): number {
  return (limit ?? pageSize) + pageSize;
}
