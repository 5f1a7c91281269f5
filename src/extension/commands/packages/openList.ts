import type { Command } from '../command';

/** Opens the list of packages, or brings it to the front. */
export const openList: Command = {
  id: 'gaxPackages.packages.openList',
  run: (parts) => {
    parts.pages.show('packageList', {});
    return Promise.resolve();
  },
};
