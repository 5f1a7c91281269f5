import * as vscode from 'vscode';
import { importSettingBounds, type ImportSettings } from '../../core/packages/importLimits';

const gigabyte = 1e9;

/** What the settings say of imports. A value outside of its bounds is as if it were not there. */
export function readImportSettings(): ImportSettings {
  const settings = vscode.workspace.getConfiguration('gaxPackages');
  const read = (name: string, [least, most]: readonly [number, number], unit = 1): number | undefined => {
    const value = settings.get<unknown>(name);
    const number = typeof value === 'number' ? Math.round(value * unit) : Number.NaN;
    return number >= least && number <= most ? number : undefined;
  };
  return {
    parallel: read('import.parallel', importSettingBounds.parallel),
    maximumUnpackedSize: read('import.maximumUnpackedSize', importSettingBounds.maximumUnpackedSize, gigabyte),
    maximumEntries: read('import.maximumEntries', importSettingBounds.maximumEntries),
  };
}
