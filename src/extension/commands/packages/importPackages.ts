import { ProductError } from '../../../core/errors';
import type { DroppedSource } from '../../../core/packages/droppedSources';
import { lookAt } from '../../imports/lookAt';
import type { ImportIntent } from '../../pages/importWizard/intent';
import type { Command, Target } from '../command';
import { placeOf } from './importFile';

/** Opens the import wizard: with the tenant and group it was called on, with the files and folders that were dropped. An import that runs is brought back. */
export const importPackages: Command = {
  id: 'gaxPackages.packages.import',
  needsTrust: true,
  run: async (parts, target) => {
    const { tenant, group } = placeOf(parts, target);
    const dropped = await lookAtAll(target);
    const intent: ImportIntent = {
      ...(tenant && { tenantId: tenant.id }), ...(group !== undefined && { group }), ...(dropped.length > 0 && { dropped }),
    };
    parts.pages.show('importWizard', {}, intent);
  },
};

/** @throws ProductError `editor/not-a-local-file` for a file that the service cannot read */
async function lookAtAll({ uris }: Target): Promise<NonNullable<ImportIntent['dropped']>> {
  return Promise.all(uris.map(async (uri) => {
    const looked: DroppedSource | undefined = await lookAt(uri);
    if (looked === undefined) throw new ProductError('editor/not-a-local-file', { uri: uri.toString(true) });
    return { path: looked.path, ...(looked.entries && { entries: [...looked.entries] }) };
  }));
}
