import { describeKey, keyText, valuesOf } from '../configuration/applicationValue';
import { isLostSecret } from '../configuration/maskedApplication';
import { inputsForHost } from './hostInputs';
import type { ApplicationEdit, ApplicationObject, DeployedPackage, DeploymentInputs, DeploymentProfile, HostValue, Installation, SilentIniKey, SilentIniValue } from './model';

/** Where the values for one host come from. */
export interface PrefillSource {
  readonly deployed: DeployedPackage;
  /** The installation whose values are taken: for an upgrade the present one, for a roll back the one before. */
  readonly installation: Pick<Installation, 'applicationName' | 'installPath'>;
  /** What was entered for it; absent when its deployment is not known any more. */
  readonly inputs?: DeploymentInputs;
  /** What the application object is to say again (`restoreEdits`). */
  readonly edits: readonly ApplicationEdit[];
}

/**
 * The inputs of an upgrade or a roll back as they are filled in before anybody enters anything (D7, D9, D10): the hosts,
 * what is replaced there, and what was entered for the installation whose values count. The application object itself
 * keeps what it says, by the rule of merging, so its values need not be entered again. Never holds a secret.
 */
export function prefillInputs(profile: Exclude<DeploymentProfile, 'install'>, item: { readonly packageId: string; readonly tenantId: string }, sources: readonly PrefillSource[]): DeploymentInputs {
  const valuesByHost = sources.map((source) => ({ hostId: source.deployed.hostId, values: enteredFor(source) }));
  const shared = sharedValues(valuesByHost.map(({ values }) => values));
  const hostValues = valuesByHost.flatMap(({ hostId, values }) =>
    values.filter((value) => !shared.some((other) => isSame(other, value))).map((value): HostValue => ({ hostId, ...value })));
  const edits = sources.flatMap(({ edits: own }) => own);
  return {
    ...item,
    profile,
    hostIds: sources.map(({ deployed }) => deployed.hostId),
    replaces: sources.map(({ deployed }) => ({ hostId: deployed.hostId, deployedId: deployed.id })),
    values: shared,
    ...(hostValues.length > 0 && { hostValues }),
    secretKeys: secretKeysOf(sources),
    applicationName: '',
    hostApplications: sources.map(({ deployed, installation }) => ({ hostId: deployed.hostId, name: installation.applicationName })),
    skipReinstallation: false,
    ...(edits.length > 0 && { applicationEdits: edits }),
  };
}

/**
 * What a roll back has to enter into an application object, so that it says again what it said before: every value that
 * the installations since had put in the place of another one, unless it was changed once more after them. What they only
 * added stays, as merging has it. A secret is not kept, so none can be entered again (`lostSecrets` names them).
 * @param since installations after the one that is gone back to, the newest first
 */
export function restoreEdits(present: ApplicationObject, since: readonly Pick<Installation, 'replaced'>[], hostId: string): readonly ApplicationEdit[] {
  const values = new Map(valuesOf(present).map((value) => [keyText(value), value.value]));
  const edits = new Map<string, ApplicationEdit>();
  for (const { part, section, key, before, after } of since.flatMap(({ replaced }) => replaced)) {
    const place = keyText({ part, section, key });
    if (isLostSecret({ section, key, before })) continue;
    if ((values.get(place) ?? '') !== after || (part === 'field' && (key === 'version' || key === 'workingDirectory'))) continue;
    values.set(place, before);
    edits.set(place, { hostId, part, section, key, value: before });
  }
  return [...edits.values()];
}

/**
 * The options, as people write them, that held a secret before the installations since took it out: a roll back cannot put it
 * there again, and a person has to.
 * @param since as for `restoreEdits`
 */
export function lostSecrets(present: ApplicationObject, since: readonly Pick<Installation, 'replaced'>[]): readonly string[] {
  const values = new Map(valuesOf(present).map((value) => [keyText(value), value.value]));
  const lost = since.flatMap(({ replaced }) => replaced).filter((one) => isLostSecret(one) && (values.get(keyText(one)) ?? '') === '');
  return [...new Set(lost.map(describeKey))];
}

/** What was entered for a host then, with the folder it was installed to: another version's own file may name another one. */
function enteredFor({ deployed, installation, inputs }: PrefillSource): readonly SilentIniValue[] {
  const values = inputs ? inputsForHost(inputs, deployed.hostId).values : [];
  const folder = { section: 'IPCommon', key: 'InstallPath' };
  if (installation.installPath === '' || values.some((value) => isSameKey(value, folder))) return values;
  return [...values, { ...folder, value: installation.installPath }];
}

function sharedValues(ofHosts: readonly (readonly SilentIniValue[])[]): readonly SilentIniValue[] {
  const [first = [], ...others] = ofHosts;
  return first.filter((value) => others.every((values) => values.some((other) => isSame(other, value))));
}

function secretKeysOf(sources: readonly PrefillSource[]): readonly SilentIniKey[] {
  const keys = new Map(sources.flatMap(({ inputs }) => (inputs?.secretKeys ?? []).map((key) => [JSON.stringify([key.section, key.key]), key])));
  return [...keys.values()];
}

function isSame(a: SilentIniValue, b: SilentIniValue): boolean {
  return isSameKey(a, b) && a.value === b.value;
}

function isSameKey(a: SilentIniKey, b: SilentIniKey): boolean {
  return a.section === b.section && a.key === b.key;
}
