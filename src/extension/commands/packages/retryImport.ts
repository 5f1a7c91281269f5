import { followImports } from '../../imports/followImports';
import type { Command } from '../command';
import { importsOf } from './choosePackages';

/** Begins failed imports anew. */
export const retryImport: Command = {
  id: 'gaxPackages.packages.retryImport',
  needsTrust: true,
  run: async (parts, target) => {
    const failed = importsOf(target).filter((record) => record.state !== 'running');
    followImports(parts, await Promise.all(failed.map(({ id }) => parts.service.request('imports/retry', { id }))));
  },
};
