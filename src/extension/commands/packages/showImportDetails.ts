import { showImportFailure } from '../../imports/followImports';
import type { Command } from '../command';
import { importsOf } from './choosePackages';

/** Says why an import failed. */
export const showImportDetails: Command = {
  id: 'gaxPackages.packages.showImportDetails',
  run: async (parts, target) => {
    const [record] = importsOf(target);
    if (record?.state === 'failed') await showImportFailure(parts, record);
  },
};
