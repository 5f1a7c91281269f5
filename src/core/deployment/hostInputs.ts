import type { DeploymentInputs, SilentIniKey, SilentIniValue } from './model';

/** Inputs as they hold for one host: nothing in them depends on the host any more. */
export type HostInputs = Omit<DeploymentInputs, 'hostValues' | 'hostApplications' | 'replaces'> & {
  /** Id of the deployed package that it takes the place of. */
  readonly replacesDeployed?: string;
};

/** The inputs of one host: its own values and its own application name win over what holds for all. */
export function inputsForHost(inputs: DeploymentInputs, hostId: string): HostInputs {
  const { hostValues = [], hostApplications = [], replaces = [], applicationEdits, ...shared } = inputs;
  const own = hostValues.flatMap(({ hostId: id, ...value }) => (id === hostId ? [value] : []));
  const applicationName = hostApplications.findLast((named) => named.hostId === hostId && named.name.trim() !== '')?.name ?? shared.applicationName;
  const replaced = replaces.findLast((one) => one.hostId === hostId)?.deployedId;
  const edits = applicationEdits?.filter((edit) => edit.hostId === undefined || edit.hostId === hostId) ?? [];
  return {
    ...shared,
    applicationName,
    // Its own edits win over those for all.
    ...(edits.length > 0 && { applicationEdits: [...edits.filter((edit) => edit.hostId === undefined), ...edits.filter((edit) => edit.hostId === hostId)] }),
    ...(replaced !== undefined && { replacesDeployed: replaced }),
    values: own.length === 0 ? shared.values : overlay(shared.values, own),
  };
}

/** True when the host has silent.ini values of its own. */
export function hasOwnValues(inputs: DeploymentInputs, hostId: string): boolean {
  return inputs.hostValues?.some((value) => value.hostId === hostId) === true;
}

function overlay(values: readonly SilentIniValue[], own: readonly SilentIniValue[]): readonly SilentIniValue[] {
  return [...values.filter((value) => !own.some((other) => isSameKey(other, value))), ...own];
}

function isSameKey(a: SilentIniKey, b: SilentIniKey): boolean {
  return a.section === b.section && a.key === b.key;
}
