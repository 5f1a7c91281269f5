import { confirm } from '../../inputs/inputs';
import type { Command } from '../command';
import { runningImports } from './choosePackages';

/** Stops running imports; nothing of them stays. */
export const stopImport: Command = {
  id: 'gaxPackages.packages.stopImport',
  run: async (parts, target) => {
    const { text, service } = parts;
    const imports = await runningImports(parts, target, text('stopImportButton'));
    if (imports.length === 0) return;
    await confirm(text('stopImportMessage', { n: imports.length }), text('stopImportDetail'), text('stopImportButton'));
    await Promise.all(imports.map(({ id }) => service.request('imports/cancel', { id })));
  },
};
