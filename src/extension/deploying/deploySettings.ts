import * as vscode from 'vscode';
import { defaultParallelHosts, defaultStopAfterFailures, mostParallelHosts } from '../../core/deployment/order';

/** What the settings say of deployments to several hosts. */
export interface DeploySettings {
  /** Hosts that the service works on at a time. */
  readonly parallelHosts: number;
  /** Failed hosts after which no other begins; 0: the others go on. */
  readonly stopAfterFailures: number;
}

/** A value outside of its bounds is as if it were not there. */
export function readDeploySettings(): DeploySettings {
  const settings = vscode.workspace.getConfiguration('gaxPackages');
  const read = (name: string, least: number, most: number, otherwise: number): number => {
    const value = settings.get<unknown>(name);
    return Number.isInteger(value) && Number(value) >= least && Number(value) <= most ? Number(value) : otherwise;
  };
  return {
    parallelHosts: read('deploy.parallelHosts', 1, mostParallelHosts, defaultParallelHosts),
    stopAfterFailures: read('deploy.stopAfterFailures', 0, Infinity, defaultStopAfterFailures),
  };
}
