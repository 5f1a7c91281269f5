import * as vscode from 'vscode';
import type { Deployment } from '../../core/deployment/model';
import { isRefused, planLines } from '../../core/deployment/planLines';
import { describeError } from '../../core/errors';
import { profileName } from '../../core/text/stateText';
import type { ExtensionParts } from '../extensionParts';
import { turnBack } from '../inputs/inputs';

/**
 * Has hosts of a deployment planned anew, as they are now, and puts that plan to the person: the whole of it in a document
 * of its own, the question beside it.
 * @returns the hash of the plan that was agreed to
 * @throws ProductError `general/cancelled` for everything but agreement, and where something stands against the plan
 */
export async function confirmPlanAgain(parts: ExtensionParts, { id, profile, package: item }: Deployment, hostIds: readonly string[] | undefined): Promise<string> {
  const { service, text, locale } = parts;
  const plan = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: text('checkingAgain'), cancellable: false },
    () => service.request('deployments/planAgain', { id, ...(hostIds && { hostIds: [...hostIds] }) }),
  );
  const title = text('planTitle', { profile: profileName(locale, profile), package: item.name, version: item.version });
  const close = await parts.plans.show(title, [title, ...plan.hosts.flatMap((host) => ['', ...planLines(locale, host)])].join('\n'));
  try {
    const refused = plan.hosts.filter(isRefused);
    if (refused.length > 0) {
      const reasons = refused.flatMap(({ error, problems }) => [...(error ? [error] : []), ...problems]).map((problem) => describeError(locale, problem));
      await vscode.window.showErrorMessage(text('planAgainRefused', { reasons: reasons.join(' ') }));
      return turnBack();
    }
    const names = plan.hosts.map(({ hostName }) => hostName).join(', ');
    const answer = await vscode.window.showWarningMessage(text('planAgainQuestion', { package: item.name, version: item.version, hosts: names }), text('runButton'));
    return answer === text('runButton') ? plan.hash : turnBack();
  } finally {
    await close();
  }
}
