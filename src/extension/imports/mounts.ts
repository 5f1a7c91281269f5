import * as vscode from 'vscode';
import type { MountMap } from '../../core/packages/uncPath';

const section = 'gaxPackages';
const setting = 'import.mountMap';

/** Where network shares are mounted on this machine, as the settings say. What is no path is left out. */
export function readMounts(): MountMap {
  const map: unknown = vscode.workspace.getConfiguration(section).get(setting);
  if (typeof map !== 'object' || map === null) return {};
  return Object.fromEntries(Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** Tells when the settings have another map. Returns how to stop listening. */
export function onMountsChanged(listener: () => void): () => void {
  const registration = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${section}.${setting}`)) listener();
  });
  return () => {
    registration.dispose();
  };
}
