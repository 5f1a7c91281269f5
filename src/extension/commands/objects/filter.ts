import type { Command } from '../command';
import { askFilter } from '../packages/filter';

/** Filters the tree of templates and applications while the person types. */
export const filterObjects: Command = {
  id: 'gaxPackages.objects.filter',
  run: (parts) => askFilter(parts, 'objects', 'filterObjectsTitle', 'filterObjectsPlaceholder'),
};

/** The same once something is filtered: a button of its own, since its icon says so. */
export const changeObjectFilter: Command = { id: 'gaxPackages.objects.changeFilter', run: (parts, target) => filterObjects.run(parts, target) };

/** Shows all templates and applications again. */
export const clearObjectFilter: Command = {
  id: 'gaxPackages.objects.clearFilter',
  run: ({ filters }) => {
    filters.setText('objects', '');
    return Promise.resolve();
  },
};
