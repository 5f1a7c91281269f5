import * as vscode from 'vscode';
import type { MountMap } from '../../core/packages/uncPath';

/** Where network shares are mounted on this machine, as the settings say. What is no path is left out. */
export function readMounts(): MountMap {
  const map: unknown = vscode.workspace.getConfiguration('gaxPackages').get('import.mountMap');
  if (typeof map !== 'object' || map === null) return {};
  return Object.fromEntries(Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
