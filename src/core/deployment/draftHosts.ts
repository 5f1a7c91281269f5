import type { DeployDraft, FilledFrom } from './draft';
import { inputsForHost } from './hostInputs';
import type { DeploymentInputs, HostValue } from './model';
import type { ChosenReplaced } from './replaceable';

/**
 * Fills in hosts that were added to an upgrade or a roll back: what was entered for them becomes their own, where it is not
 * what the draft says for all. What a person entered for them stays.
 * @param inputs as they are filled in for these hosts
 * @param replaced what is replaced on them
 */
export function fillInHosts(draft: DeployDraft, from: FilledFrom, inputs: DeploymentInputs, replaced: readonly ChosenReplaced[]): DeployDraft {
  const { hostApplications, replaces = [], applicationEdits = [], filledFrom } = draft;
  const added = replaced.filter(({ hostId }) => !replaces.some((known) => known.hostId === hostId));
  const isAdded = ({ hostId }: { readonly hostId?: string | undefined }): boolean => added.some((one) => one.hostId === hostId);
  const names = (inputs.hostApplications ?? []).filter((named) => isAdded(named) && !hostApplications.some(({ hostId }) => hostId === named.hostId));
  const edits = [...applicationEdits, ...(inputs.applicationEdits ?? []).filter(isAdded)];
  return {
    ...draft,
    hostApplications: [...hostApplications, ...names],
    hostValues: [...draft.hostValues, ...added.flatMap(({ hostId }) => ownValues(draft, inputs, hostId))],
    replaces: [...replaces, ...added],
    ...(edits.length > 0 && { applicationEdits: edits }),
    ...(filledFrom && { filledFrom: { ...filledFrom, hostNames: [...new Set([...filledFrom.hostNames, ...from.hostNames])] } }),
  };
}

function ownValues(draft: DeployDraft, inputs: DeploymentInputs, hostId: string): readonly HostValue[] {
  const { values } = inputsForHost(inputs, hostId);
  return values
    .filter(({ section, key, value }) => !draft.values.some((other) => other.section === section && other.key === key && other.value === value)
      && !draft.hostValues.some((own) => own.hostId === hostId && own.section === section && own.key === key))
    .map((value) => ({ hostId, ...value }));
}
