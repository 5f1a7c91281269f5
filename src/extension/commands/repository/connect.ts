import type { Command } from '../command';

/** Connects to the repository again and reads its lists. */
export const connect: Command = {
  id: 'gaxPackages.repository.connect',
  run: ({ state }) => state.refresh(),
};
