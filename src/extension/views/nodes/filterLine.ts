import type { ViewTextKey } from '../../../core/text/viewText';
import { visibleTenants } from '../packageFilters';
import type { NodeContext } from './nodeContext';
import { countObjects, type ObjectLists } from './objectNodes';
import { countMatches, type PackageLists, type TreeFilter } from './packageNodes';

/** Tenants that are named; the rest as a number. */
const namedAtMost = 3;

/** What the filters leave out of the packages, in words; undefined while they leave out nothing. */
export function describeFilter(lists: PackageLists, filter: TreeFilter, context: FilterContext): string | undefined {
  if (lists.packages.size === 0 && lists.imports.length === 0) return undefined;
  return describe(lists, filter, context, { some: 'filtered', none: 'filteredNone', count: () => countMatches(lists, filter) });
}

/** The same for templates and applications. */
export function describeObjectFilter(lists: ObjectLists, filter: TreeFilter, context: FilterContext): string | undefined {
  if (lists.templates.length === 0 && lists.applications.length === 0) return undefined;
  return describe(lists, filter, context, { some: 'filteredObjects', none: 'filteredObjectsNone', count: () => countObjects(lists, filter) });
}

type FilterContext = Pick<NodeContext, 'text' | 'compareNames'>;

interface FilterWords {
  readonly some: ViewTextKey;
  readonly none: ViewTextKey;
  readonly count: () => { readonly matching: number; readonly all: number };
}

function describe(lists: Pick<PackageLists, 'tenants'>, filter: TreeFilter, { text, compareNames }: FilterContext, { some, none, count }: FilterWords): string | undefined {
  const tenants = visibleTenants(lists.tenants, filter.tenantIds);
  const names = tenants.map(({ name }) => name).sort(compareNames);
  const isChosen = tenants.length < lists.tenants.length;
  const named = !isChosen && names.length > 1 ? text('allTenants')
    : names.length > namedAtMost ? text('moreTenants', { names: names.slice(0, namedAtMost).join(', '), n: names.length - namedAtMost }) : names.join(', ');
  if (filter.text === '') return isChosen ? text('filteredTenants', { tenants: named }) : undefined;
  const { matching, all } = count();
  return matching === 0 ? text(none, { text: filter.text, tenants: named }) : text(some, { m: matching, n: all, text: filter.text, tenants: named });
}
