import type { Command } from '../command';
import { importsOf } from './choosePackages';

/** Takes imports that failed or were stopped out of the list. Nothing of them was kept, so nothing is lost. */
export const dismissImport: Command = {
  id: 'gaxPackages.packages.dismissImport',
  run: async ({ service }, target) => {
    const ended = importsOf(target).filter((record) => record.state !== 'running');
    await Promise.all(ended.map(({ id }) => service.request('imports/dismiss', { id })));
  },
};
