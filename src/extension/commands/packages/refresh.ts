import type { Command } from '../command';

/** Reads the lists of the views anew. */
export const refresh: Command = {
  id: 'gaxPackages.packages.refresh',
  run: ({ state }) => state.refresh(),
};
