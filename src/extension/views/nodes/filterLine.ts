import { visibleTenants } from '../packageFilters';
import type { NodeContext } from './nodeContext';
import { countMatches, type PackageLists, type TreeFilter } from './packageNodes';

/** Tenants that are named; the rest as a number. */
const namedAtMost = 3;

/** What the filters leave out, in words; undefined while they leave out nothing. */
export function describeFilter(lists: PackageLists, filter: TreeFilter, { text, compareNames }: Pick<NodeContext, 'text' | 'compareNames'>): string | undefined {
  if (lists.packages.length === 0 && lists.imports.length === 0) return undefined;
  const tenants = visibleTenants(lists.tenants, filter.tenantIds);
  const names = tenants.map(({ name }) => name).sort(compareNames);
  const isChosen = tenants.length < lists.tenants.length;
  const named = !isChosen && names.length > 1 ? text('allTenants')
    : names.length > namedAtMost ? text('moreTenants', { names: names.slice(0, namedAtMost).join(', '), n: names.length - namedAtMost }) : names.join(', ');
  if (filter.text === '') return isChosen ? text('filteredTenants', { tenants: named }) : undefined;
  const { matching, all } = countMatches(lists, filter);
  return matching === 0 ? text('filteredNone', { text: filter.text, tenants: named }) : text('filtered', { m: matching, n: all, text: filter.text, tenants: named });
}
