import * as vscode from 'vscode';
import { createText } from '../../../core/text/messages';
import { packageActionsText } from '../../../core/text/packageActionsText';
import { describeFilter } from '../../views/nodes/filterLine';
import type { ExtensionParts } from '../../extensionParts';
import type { Command } from '../command';

/** Filters the tree while the person types; Escape brings back what was before. */
export const filterPackages: Command = {
  id: 'gaxPackages.packages.filter',
  run: async (parts) => {
    const { filters, views } = parts;
    const text = createText(parts.locale, packageActionsText);
    await views.show('packages');
    const before = filters.text;
    const input = vscode.window.createInputBox();
    try {
      input.title = text('filterTitle');
      input.placeholder = text('filterPlaceholder');
      input.value = before;
      input.prompt = describePresent(parts);
      input.onDidChangeValue((value) => {
        filters.setText(value);
        input.prompt = describePresent(parts);
      });
      const accepted = await new Promise<boolean>((resolve) => {
        input.onDidAccept(() => resolve(true));
        input.onDidHide(() => resolve(false));
        input.show();
      });
      if (!accepted) filters.setText(before);
    } finally {
      input.dispose();
    }
  },
};

/** How many match, below the input. */
function describePresent({ state, filters, views }: ExtensionParts): string {
  return filters.text === '' ? '' : (describeFilter(state.snapshot, filters, views.nodeContext) ?? '');
}

/** The same once something is filtered: a button of its own, since its icon says so. */
export const changeFilter: Command = { id: 'gaxPackages.packages.changeFilter', run: (parts, target) => filterPackages.run(parts, target) };

/** Shows all packages again. */
export const clearFilter: Command = {
  id: 'gaxPackages.packages.clearFilter',
  run: ({ filters }) => {
    filters.setText('');
    return Promise.resolve();
  },
};
