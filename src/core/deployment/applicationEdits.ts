import { canBeEntered } from '../configuration/applicationValue';
import { isSecretKey } from '../formats/silentIni/secrets';
import type { ApplicationEdit, ApplicationKey } from './model';

/** Whether a person may enter this value in a plan. A secret may not: inputs are kept with the deployment. */
export function canBeEdited(key: ApplicationKey): boolean {
  return canBeEntered(key) && !isSecretKey(key.section, key.key);
}

/** The edit that holds for a value on a host: its own, else the one for all. */
export function editOf(edits: readonly ApplicationEdit[], key: ApplicationKey, hostId: string): ApplicationEdit | undefined {
  const same = edits.filter((edit) => isSameKey(edit, key));
  return same.find((edit) => edit.hostId === hostId) ?? same.find((edit) => edit.hostId === undefined);
}

/** Enters a value for one host, or for all: then no host keeps one of its own. */
export function enterEdit(edits: readonly ApplicationEdit[], { part, section, key }: ApplicationKey, value: string, hostId?: string): readonly ApplicationEdit[] {
  const others = edits.filter((edit) => !isSameKey(edit, { part, section, key }) || (hostId !== undefined && edit.hostId !== hostId));
  return [...others, { part, section, key, value, ...(hostId !== undefined && { hostId }) }];
}

/** Takes back the edit that holds for a value on a host. */
export function resetEdit(edits: readonly ApplicationEdit[], key: ApplicationKey, hostId: string): readonly ApplicationEdit[] {
  const held = editOf(edits, key, hostId);
  return edits.filter((edit) => edit !== held);
}

function isSameKey(a: ApplicationKey, b: ApplicationKey): boolean {
  return a.part === b.part && a.section === b.section && a.key === b.key;
}
