import * as vscode from 'vscode';
import { isCancelled } from '../../core/errors';
import type { Host } from '../../core/hosts/model';
import { bitWidths } from '../../core/packages/identity';
import type { PackageSummary } from '../../core/packages/model';
import { showError } from '../commands/command';
import { askForHost } from '../commands/hosts/add';
import { hostChoice } from '../commands/hosts/chooseHosts';
import { testHostVisibly } from '../commands/hosts/testHost';
import type { ExtensionParts } from '../extensionParts';
import { turnBack, type Choice } from '../inputs/inputs';

/** Asks for the hosts of a deployment, several at once; a button adds one that is not in the list yet. */
export async function chooseTargets(parts: ExtensionParts, item: PackageSummary, title: string, chosen: readonly string[]): Promise<readonly Host[]> {
  let selected = new Set(chosen);
  for (;;) {
    const hosts = [...(await parts.service.request('hosts/list', {}))].sort((a, b) => parts.views.nodeContext.compareNames(a.name, b.name));
    const answer = hosts.length === 0 ? 'add' : await pickHosts(parts, hosts.map((host) => targetChoice(parts, host, item)), selected, title);
    if (answer !== 'add') return answer;
    const added = await askForHost(parts);
    await testHostVisibly(parts, added).catch((error: unknown) => {
      if (isCancelled(error)) throw error;
      // It is in the list, with its state: the person may choose it all the same.
      void showError(parts, error, 'hosts.test');
    });
    selected = new Set([...selected, added.id]);
  }
}

/** A host of the list: one whose system does not fit says so. It can be chosen all the same: the host itself is asked again before anything is sent. */
function targetChoice(parts: ExtensionParts, host: Host, item: PackageSummary): Choice<Host> {
  const choice = hostChoice(parts, host);
  const { system } = host;
  if (system === undefined) return choice;
  const widths = bitWidths(item);
  const fits = system.osGroup.toLowerCase() === item.osGroup.toLowerCase() && (widths.length === 0 || widths.includes(system.bits) || (system.bits === 64 && widths.includes(32)));
  return fits ? choice : { ...choice, description: `$(circle-slash) ${parts.text('hostDiffers', { system: system.release })}` };
}

function pickHosts({ text }: ExtensionParts, choices: readonly Choice<Host>[], selected: ReadonlySet<string>, title: string): Promise<readonly Host[] | 'add'> {
  const pick = vscode.window.createQuickPick<Choice<Host>>();
  const add: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('add'), tooltip: text('addHost') };
  pick.title = title;
  pick.placeholder = text('chooseHosts');
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.buttons = [add];
  pick.items = choices;
  pick.selectedItems = choices.filter((choice) => selected.has(choice.value.id));
  return new Promise<readonly Host[] | 'add'>((resolve, reject) => {
    pick.onDidTriggerButton(() => resolve('add'));
    pick.onDidAccept(() => {
      if (pick.selectedItems.length > 0) resolve(pick.selectedItems.map((choice) => choice.value));
      // Nothing ticked: the list stays, and says what is missing.
      else pick.placeholder = `${text('noHostChosen')} ${text('chooseHosts')}`;
    });
    pick.onDidHide(() => {
      try {
        turnBack();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    pick.show();
  }).finally(() => pick.dispose());
}
