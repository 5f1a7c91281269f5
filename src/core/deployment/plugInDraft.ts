import { gaxApplicationsOn } from '../configuration/gaxApplication';
import type { DeployDraft, DeployHost, DraftContext, KnownApplication } from './draft';
import { inputsForHost } from './hostInputs';
import type { DeploymentInputs, SilentIniKey } from './model';
import { completePlugIn, gaxDirectoryKey } from './plugIn';
import { replacedOn } from './replaceable';
import type { ResolvedInputs } from './replacedDeployments';

/** The GAX application objects that a plug-in can go into on a host. */
export function gaxOn({ applications }: Pick<DraftContext, 'applications'>, hostId: string): readonly KnownApplication[] {
  return gaxApplicationsOn(applications, hostId);
}

/** The one that was chosen on a host, or is the only one; of an upgrade or a roll back that of the plug-in that is replaced. */
export function chosenGax(draft: DeployDraft, context: DraftContext, hostId: string): KnownApplication | undefined {
  const found = gaxOn(context, hostId);
  const replaced = replacedOn(hostId, draft.replaces ?? [], context.hosts.get(hostId)?.replaceable ?? [])?.applicationName;
  const named = replaced ?? draft.hostApplications.findLast((one) => one.hostId === hostId)?.name;
  return found.find(({ name }) => name === named) ?? (found.length === 1 ? found[0] : undefined);
}

/**
 * The inputs of a plug-in's draft: those of other packages without what plug-ins do not have, completed with the GAX of each
 * host. A name that is none of a host's GAX any more, or never was, does not count.
 */
export function plugInDraft(inputs: DeploymentInputs, draft: DeployDraft, context: DraftContext): ResolvedInputs {
  const { application: _, skipReinstallation: __, ...others } = inputs;
  const hostApplications = inputs.hostIds.flatMap((hostId) => {
    const name = chosenGax(draft, context, hostId)?.name;
    return name === undefined ? [] : [{ hostId, name }];
  });
  return completePlugIn({ ...others, hostApplications }, {
    package: context.package, applications: context.applications, hostName: (id) => context.hosts.get(id)?.name ?? id, present: () => undefined,
  });
}

/** Whether a key of silent.ini names the GAX directory of a plug-in: it is asked for each host by itself, or not at all. */
export function isGaxDirectory({ kind }: Pick<DraftContext['package'], 'kind'>, { key }: Pick<SilentIniKey, 'key'>): boolean {
  return kind === 'plug-in' && key === 'GAX_Directory';
}

/** The GAX directory of a host as it will be written; undefined where the installer finds GAX by itself. */
export function gaxDirectoryOn(inputs: DeploymentInputs, context: DraftContext, host: Pick<DeployHost, 'id'>): string | undefined {
  const key = gaxDirectoryKey(context.package);
  if (key === undefined) return undefined;
  return inputsForHost(inputs, host.id).values.findLast((value) => value.section === key.section && value.key === key.key)?.value ?? '';
}
