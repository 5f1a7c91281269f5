import * as vscode from 'vscode';
import { createText } from '../../../core/text/messages';
import { packageActionsText, type PackageActionsTextKey } from '../../../core/text/packageActionsText';
import type { ExtensionParts } from '../../extensionParts';
import type { FilteredView } from '../../views/packageFilters';
import type { Command } from '../command';

/** Filters the tree of packages while the person types. */
export const filterPackages: Command = {
  id: 'gaxPackages.packages.filter',
  run: (parts) => askFilter(parts, 'packages', 'filterTitle', 'filterPlaceholder'),
};

/** Filters a tree while the person types; Escape brings back what was before. */
export async function askFilter(parts: ExtensionParts, view: FilteredView, title: PackageActionsTextKey, placeholder: PackageActionsTextKey): Promise<void> {
  const { filters, views } = parts;
  const text = createText(parts.locale, packageActionsText);
  await views.show(view);
  const before = filters.textOf(view);
  /** How many match, below the input. */
  const describePresent = (): string => (filters.textOf(view) === '' ? '' : (views.describeFilter(view) ?? ''));
  const input = vscode.window.createInputBox();
  try {
    input.title = text(title);
    input.placeholder = text(placeholder);
    input.value = before;
    input.prompt = describePresent();
    input.onDidChangeValue((value) => {
      filters.setText(view, value);
      input.prompt = describePresent();
    });
    const accepted = await new Promise<boolean>((resolve) => {
      input.onDidAccept(() => resolve(true));
      input.onDidHide(() => resolve(false));
      input.show();
    });
    if (!accepted) filters.setText(view, before);
  } finally {
    input.dispose();
  }
}

/** The same once something is filtered: a button of its own, since its icon says so. */
export const changeFilter: Command = { id: 'gaxPackages.packages.changeFilter', run: (parts, target) => filterPackages.run(parts, target) };

/** Shows all packages again. */
export const clearFilter: Command = {
  id: 'gaxPackages.packages.clearFilter',
  run: ({ filters }) => {
    filters.setText('packages', '');
    return Promise.resolve();
  },
};
