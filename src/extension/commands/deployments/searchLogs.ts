import * as vscode from 'vscode';
import type { Deployment } from '../../../core/deployment/model';
import { searchActionLog, type FoundLine } from '../../../core/deployment/searchLog';
import { describeError } from '../../../core/errors';
import { logSearchText } from '../../../core/text/logSearchText';
import { createText } from '../../../core/text/messages';
import { readDeploymentEvents } from '../../../service/client';
import type { ExtensionParts } from '../../extensionParts';
import { askText, turnBack, type Choice } from '../../inputs/inputs';
import { deploymentTitle } from '../../views/nodes/deployedNodes';
import type { Command } from '../command';
import { newestFirst } from './chooseDeployment';

/** Lines offered at once: the editor's list is slow with more, and nobody reads so many. The newest come first. */
const mostLines = 2000;

type LineChoice = Choice<{ readonly deployment: Deployment; readonly line: number }>;

/** Looks for a text in the action logs of all deployments, newest first, and opens the log on the line that was chosen. */
export const searchLogs: Command = {
  id: 'gaxPackages.deployments.searchLogs',
  run: async (parts) => {
    const text = createText(parts.locale, logSearchText);
    const deployments = newestFirst(await parts.service.request('deployments/list', {}));
    if (deployments.length === 0) {
      void vscode.window.showInformationMessage(parts.text('noDeployments'));
      return turnBack();
    }
    for (;;) {
      const wanted = await askText({ title: text('title'), prompt: text('prompt'), validateInput: (value) => (value.trim() === '' ? text('prompt') : undefined) });
      const chosen = await chooseLine(parts, deployments, wanted.trim());
      if (chosen !== 'nothing') {
        await parts.logs.show(chosen.deployment, undefined, chosen.line);
        return;
      }
      const again = await vscode.window.showInformationMessage(text('nothing', { text: wanted.trim() }), text('searchAgain'));
      if (again === undefined) return turnBack();
    }
  },
};

/** Lists lines as they are found. @throws ProductError `general/cancelled` when the person turned back */
async function chooseLine(parts: ExtensionParts, deployments: readonly Deployment[], wanted: string): Promise<LineChoice['value'] | 'nothing'> {
  const text = createText(parts.locale, logSearchText);
  const list = vscode.window.createQuickPick<LineChoice | vscode.QuickPickItem>();
  let isGone = false;
  list.matchOnDetail = true;
  list.ignoreFocusOut = true;
  list.busy = true;
  list.keepScrollPosition = true;
  const found: (LineChoice | vscode.QuickPickItem)[] = [];
  let lines = 0;
  const show = (read: number): void => {
    list.items = [...found];
    list.placeholder = text('placeholder', { n: lines, text: wanted });
    list.title = `${text('title')}: ${read < deployments.length ? text('searching', { done: read, all: deployments.length }) : text('ended', { n: read })}`;
  };
  const outcome = new Promise<LineChoice['value'] | undefined>((resolve) => {
    list.onDidAccept(() => {
      const [picked] = list.selectedItems;
      if (picked !== undefined && 'value' in picked) resolve(picked.value);
    });
    list.onDidHide(() => resolve(undefined));
  }).finally(() => {
    isGone = true;
  });
  try {
    show(0);
    list.show();
    const search = async (): Promise<void> => {
      for (const [index, deployment] of deployments.entries()) {
        if (isGone || lines >= mostLines) break;
        const more = await linesOf(parts, deployment, wanted);
        lines += more.filter((item) => 'value' in item).length;
        found.push(...more);
        show(index + 1);
      }
      list.busy = false;
    };
    const searched = search();
    const first = await Promise.race([outcome, searched.then(() => 'searched' as const)]);
    if (first === 'searched' && found.length === 0) return 'nothing';
    return (await outcome) ?? turnBack();
  } finally {
    list.dispose();
  }
}

/** A line begins with its time (`actionLog`): what is looked for comes after it. */
const timeOfLine = /^(\S+ \d[\d:.]*)\s+(?=\S)/;

/** The lines of one log, each with its time and whose it is below; a log that cannot be read says so in its place. */
async function linesOf(parts: ExtensionParts, deployment: Deployment, wanted: string): Promise<readonly (LineChoice | vscode.QuickPickItem)[]> {
  const title = deploymentTitle(deployment, parts.views.nodeContext);
  try {
    const { lines } = searchActionLog(deployment, await readDeploymentEvents(parts.service, deployment.id), { text: wanted }, parts.locale);
    return lines.map(({ number, line: { text } }: FoundLine): LineChoice => {
      const time = timeOfLine.exec(text)?.[1] ?? parts.views.nodeContext.formatTime(deployment.startedAt);
      return { label: text.replace(timeOfLine, '').trim(), detail: `${time} · ${title}`, value: { deployment, line: number } };
    });
  } catch (error) {
    return [{ label: createText(parts.locale, logSearchText)('unreadable', { title, reason: describeError(parts.locale, error) }), alwaysShow: true }];
  }
}
