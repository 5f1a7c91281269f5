import type { DeploymentInputs, HostApplication, HostValue } from '../core/deployment/model';
import { gaxDirectoryKey } from '../core/deployment/plugIn';
import type { ServiceClient } from '../service/client';
import type { CliContext } from './context';
import { CliFailure } from './failure';
import { UsageError } from './usage';

/** What a command line says of the GAX that a plug-in goes into. */
export interface PlugInOptions {
  /** Name of the GAX application object; `{host}` stands for the host. Empty: not given. */
  readonly gaxApplication: string;
  readonly gaxDirectories: readonly GaxDirectory[];
}

interface GaxDirectory {
  /** Absent: of every host. */
  readonly hostName?: string;
  readonly directory: string;
}

/** Reads `--gax-application NAME` and `--gax-directory [HOST=]DIRECTORY`. @param app what `--app` says: the same under another name */
export function readPlugInOptions(gaxApplication: string | undefined, directories: readonly string[] = [], app?: string): PlugInOptions | undefined {
  if (gaxApplication === undefined && directories.length === 0) return undefined;
  if (gaxApplication !== undefined && app !== undefined) throw new UsageError('optionsExclude', { option: '--gax-application', other: '--app' });
  return { gaxApplication: gaxApplication ?? '', gaxDirectories: directories.map(readDirectory) };
}

function readDirectory(text: string): GaxDirectory {
  const { hostName, directory } = /^(?<hostName>[^=/]+)=(?<directory>.*)$/s.exec(text)?.groups ?? {};
  return hostName === undefined || directory === undefined ? { directory: text } : { hostName, directory };
}

/**
 * Lays what the command line says of GAX over inputs.
 * @throws CliFailure for a package that is no plug-in, a plug-in that asks for no GAX directory, and a host that is not deployed to
 */
export async function overlayPlugIn(
  context: CliContext, client: Pick<ServiceClient, 'request'>, inputs: DeploymentInputs, { plugIn }: { readonly plugIn: PlugInOptions | undefined },
): Promise<DeploymentInputs> {
  if (plugIn === undefined) return inputs;
  const item = await client.request('packages/get', { id: inputs.packageId, tenantId: inputs.tenantId });
  const name = `${item.name} ${item.version}`;
  if (item.kind !== 'plug-in') throw new CliFailure(context.text('noPlugIn', { package: name }));
  const key = gaxDirectoryKey({ ...item, silentIni: item.silentIni ?? '' });
  if (plugIn.gaxDirectories.length > 0 && key === undefined) throw new CliFailure(context.text('noGaxDirectory', { package: name }));
  const hosts = (await client.request('hosts/list', {})).filter(({ id }) => inputs.hostIds.includes(id));
  const hostValues = plugIn.gaxDirectories.flatMap(({ hostName, directory }): HostValue[] => {
    const meant = hostName === undefined ? hosts : hosts.filter((host) => host.name.toLowerCase() === hostName.toLowerCase());
    if (meant.length === 0) throw new CliFailure(context.text('gaxDirectoryHost', { host: hostName ?? '' }));
    return key === undefined ? [] : meant.map(({ id }) => ({ hostId: id, ...key, value: directory }));
  });
  const hostApplications = plugIn.gaxApplication === '' ? undefined
    : hosts.map((host): HostApplication => ({ hostId: host.id, name: plugIn.gaxApplication.replaceAll('{host}', host.name) }));
  const others = (inputs.hostValues ?? []).filter((value) => !hostValues.some((other) => other.hostId === value.hostId && other.section === value.section && other.key === value.key));
  return {
    ...inputs,
    ...(hostApplications && { applicationName: '', hostApplications }),
    ...(hostValues.length > 0 && { hostValues: [...others, ...hostValues] }),
  };
}
