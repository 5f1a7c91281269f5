import * as vscode from 'vscode';
import type { Deployment } from '../../../core/deployment/model';
import type { ExtensionTextKey } from '../../../core/text/extensionText';
import { describeHostRun } from '../../../core/text/stateText';
import type { ExtensionParts } from '../../extensionParts';
import { pickOne, turnBack } from '../../inputs/inputs';
import { deploymentTitle } from '../../views/nodes/deployedNodes';
import type { Target } from '../command';

/** A deployment, and the host of it that was meant. */
export interface ChosenDeployment {
  readonly deployment: Deployment;
  readonly hostId?: string;
}

/** The deployment of the row a command was called on. */
export async function deploymentOf(parts: ExtensionParts, target: Target): Promise<ChosenDeployment | undefined> {
  const subject = target.nodes[0]?.subject;
  switch (subject?.kind) {
    case 'deployment':
      return { deployment: subject.deployment };
    case 'hostRun':
      return { deployment: subject.deployment, hostId: subject.run.hostId };
    case 'deployed': {
      const deployment = await parts.service.request('deployments/get', { id: subject.deployed.deploymentId });
      return { deployment, hostId: subject.deployed.hostId };
    }
    default:
      return undefined;
  }
}

/**
 * The deployment a command was called on, else one that the person chooses among those that fit.
 * @param none what to say when there is none to choose from
 * @throws ProductError `general/cancelled`
 */
export async function oneDeployment(
  parts: ExtensionParts, target: Target, title: string, fits: (deployment: Deployment) => boolean, none: ExtensionTextKey,
): Promise<ChosenDeployment> {
  const given = await deploymentOf(parts, target);
  if (given !== undefined) return given;
  const fitting = newestFirst(await parts.service.request('deployments/list', {})).filter(fits);
  if (fitting.length === 0) {
    void vscode.window.showInformationMessage(parts.text(none));
    return turnBack();
  }
  return { deployment: await pickOne(title, parts.text('chooseDeployment'), fitting.map((deployment) => deploymentChoice(parts, deployment))) };
}

export function deploymentChoice(parts: ExtensionParts, deployment: Deployment): { label: string; description: string; detail: string; value: Deployment } {
  return {
    label: deploymentTitle(deployment, parts.views.nodeContext),
    description: parts.views.nodeContext.formatTime(deployment.startedAt),
    detail: deployment.hosts.map((run) => `${run.hostName}: ${describeHostRun(parts.locale, run)}`).join(' · '),
    value: deployment,
  };
}

export function newestFirst(deployments: readonly Deployment[]): readonly Deployment[] {
  return [...deployments].sort((a, b) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0));
}
