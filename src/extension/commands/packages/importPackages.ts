import type { ImportIntent } from '../../pages/importWizard/intent';
import type { Command } from '../command';
import { localPath, placeOf } from './importFile';

/** Opens the import wizard: with the tenant and group it was called on, with the files that were dropped. An import that runs is brought back. */
export const importPackages: Command = {
  id: 'gaxPackages.packages.import',
  needsTrust: true,
  run: (parts, target) => {
    const { tenant, group } = placeOf(parts, target);
    const intent: ImportIntent = {
      ...(tenant && { tenantId: tenant.id }), ...(group !== undefined && { group }), ...(target.uris.length > 0 && { paths: target.uris.map(localPath) }),
    };
    parts.pages.show('importWizard', {}, intent);
    return Promise.resolve();
  },
};
