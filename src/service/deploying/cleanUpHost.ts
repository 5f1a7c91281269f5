import { stagingLayout, stepOf, type HostPlan } from '../../core/deployment/plan';
import { ProductError } from '../../core/errors';
import { isWindowsPath } from '../../core/hosts/hostPath';
import { defaultLockFolders, defaultStagingFolders, familyOf, type Host, type HostFamily } from '../../core/hosts/model';
import type { SshOptions } from '../../protocol/service';
import type { Left } from './hostWork';
import { lastWords, runScript } from './shell';
import type { HostConnection } from './ssh/hostConnection';

/** Where a deployment's own things lie on a host, as full paths. */
export interface HostPlaces {
  readonly hostName: string;
  readonly folder: string;
  readonly run: string;
  readonly lock: string;
}

/** The places that a plan names. */
export function placesOf(plan: HostPlan): HostPlaces {
  return { hostName: plan.hostName, folder: plan.layout.folder, run: plan.layout.run, lock: stepOf(plan, 'lock').folder };
}

/**
 * The places of a deployment whose plan is gone with the service that made it.
 * @param left what is known to be left there: the host's folders may have been changed since
 */
export function placesOnHost(host: Host, deploymentId: string, left: readonly string[] = []): HostPlaces {
  const known = stagingFolderIn(left, deploymentId);
  // What system a host has is kept before anything is written to it.
  const family = knownFamily(host, '');
  const { folder, run } = stagingLayout(known ?? stagingFolderOf(host, family), deploymentId, '');
  return { hostName: host.name, folder, run, lock: lockFolderOf(host, family) };
}

/** The family of a host's system, as it told; of the package's where it was never asked. */
export function knownFamily(host: Pick<Host, 'system'>, osGroupOfPackage: string): HostFamily {
  return familyOf(host.system?.osGroup ?? osGroupOfPackage);
}

/** What a run says that is on its host; a run that has not begun says nothing. */
export function leftBy(run: Left | undefined): Left {
  return { left: run?.left ?? [], ...(run?.kept !== undefined && { kept: run.kept }) };
}

/** The staging folder of a deployment whose own folder is among the paths that it left. */
export function stagingFolderIn(left: readonly string[], deploymentId: string): string | undefined {
  return left.find((path) => path.endsWith(`/${deploymentId}`) || path.endsWith(`\\${deploymentId}`))?.slice(0, -deploymentId.length - 1);
}

/** Where deployments keep their things on a host: the host's own folder wins over what a person has set for all. */
export function stagingFolderOf(host: Pick<Host, 'stagingFolder'>, family: HostFamily, ssh?: SshOptions): string {
  const ofAll = family === 'windows' ? ssh?.stagingFolderWindows : ssh?.stagingFolder;
  return host.stagingFolder || ofAll || defaultStagingFolders[family];
}

export function lockFolderOf(host: Pick<Host, 'lockFolder'>, family: HostFamily): string {
  return host.lockFolder || defaultLockFolders[family];
}

/** What may be on a host that could not be asked. */
export function supposedLeft({ folder, lock }: HostPlaces): readonly string[] {
  return [folder, lock];
}

/**
 * Ends a running installer and all it has started.
 * @param patience seconds it has to end by itself before it is killed
 * @returns the processes that could not be ended, as `pid 4711 (/bin/sh)`
 */
export async function stopInstaller(
  connection: HostConnection, places: HostPlaces, deploymentId: string, patience: number, signal: AbortSignal,
): Promise<readonly string[]> {
  const result = await runScript(connection, 'stopInstaller', [places.run, deploymentId, String(Math.ceil(patience * 10))], { signal });
  return reported(result.stdout, 'left').map((line) => line.replace(/^(\d+) (.*)$/, 'pid $1 ($2)'));
}

export interface Removed {
  readonly removed: readonly string[];
  /** Full paths of what is still there and should not be. */
  readonly left: readonly string[];
  /** The deployment's folder, where its package is kept. */
  readonly kept?: string;
}

/**
 * Removes from a host what this deployment put there for its own use: staging folder with silent.ini, copies of the
 * vendor's wrapper, and the lock when it is ours. Can be called again and again.
 * @param keepPackage leaves the package itself, where there is one, so that the next attempt need not send it again
 * @throws ProductError `deploy/clean-up-failed`, `host/connection-lost`
 */
export async function removeStaging(
  connection: HostConnection, places: HostPlaces, deploymentId: string, keepPackage: boolean, signal: AbortSignal,
): Promise<Removed> {
  const result = await runScript(connection, 'removeStaging', [places.folder, places.lock, deploymentId, ...(keepPackage ? ['keep'] : [])], { signal });
  if (result.code !== 0) throw new ProductError('deploy/clean-up-failed', { host: places.hostName, reason: lastWords(result) });
  const [kept] = reported(result.stdout, 'kept');
  return { removed: reported(result.stdout, 'removed'), left: reported(result.stdout, 'left'), ...(kept !== undefined && { kept }) };
}

/** Those of the paths that were left on a host which still are: a half-replaced target is for a person to look at. */
export async function findRemaining(connection: HostConnection, left: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
  const paths = left.filter(isFullPath);
  return paths.length === 0 ? [] : reported((await runScript(connection, 'findRemaining', paths, { signal })).stdout, 'left');
}

/** What is left on a host is told as paths and as processes. */
export function isFullPath(left: string): boolean {
  return left.startsWith('/') || isWindowsPath(left);
}

function reported(output: string, key: string): string[] {
  return output.split(/\r?\n/).flatMap((line) => (line.startsWith(`${key}\t`) ? [line.slice(key.length + 1)] : []));
}
