import * as vscode from 'vscode';
import { describeError, isCancelled, toErrorData } from '../../core/errors';
import type { ExtensionParts } from '../extensionParts';
import { subjectsOf } from '../pages/packageList/listSubjects';
import type { Subject, ViewNode } from '../views/nodes/viewNode';
import type { ViewName } from '../views/views';

/** What a command was called on. Empty from the palette: the command then asks. */
export interface Target {
  /** Rows of the trees: the one under the pointer first, then the others that are selected. A page gives what it is about, without a row. */
  readonly nodes: readonly Pick<ViewNode, 'subject'>[];
  /** Files of the explorer or of a drop. */
  readonly uris: readonly vscode.Uri[];
  /** It was called on a row that went while it was clicked, as the row of an import does when its package is there. */
  readonly isGone: boolean;
}

/** One command: a small file of its own under `commands/<noun>/<verb>.ts`. */
export interface Command {
  readonly id: `gaxPackages.${string}.${string}`;
  /** Set for what changes packages, hosts or deployments: it asks for trust in Restricted Mode. */
  readonly needsTrust?: boolean;
  /** Throws `general/cancelled` when the person turned back: an outcome, not an error. */
  run(parts: ExtensionParts, target: Target): Promise<void>;
}

/** Registers commands under the one wrapper that shows their errors, once each. */
export function registerCommands(parts: ExtensionParts, commands: readonly Command[]): vscode.Disposable {
  return vscode.Disposable.from(
    ...commands.map((command) => vscode.commands.registerCommand(command.id, (...args: unknown[]) => runCommand(parts, command, asTarget(parts, args)))),
  );
}

async function runCommand(parts: ExtensionParts, command: Command, target: Target): Promise<void> {
  try {
    if (command.needsTrust === true && !vscode.workspace.isTrusted) {
      await askForTrust(parts);
      return;
    }
    await command.run(parts, target);
  } catch (error) {
    if (isCancelled(error)) return;
    await showError(parts, error, command.id);
  }
}


const shown = new WeakSet();

/** What can be done about an error at once. */
export interface ErrorRemedy {
  readonly label: string;
  readonly run: () => void;
}

/** Shows an error, each only once: its sentence, and the log with the chain of causes one click away. */
export async function showError(parts: Pick<ExtensionParts, 'text' | 'log' | 'locale'>, error: unknown, area: string, remedy?: ErrorRemedy): Promise<void> {
  const { text, log, locale } = parts;
  if (typeof error === 'object' && error !== null) {
    if (shown.has(error)) return;
    shown.add(error);
  }
  const data = toErrorData(error);
  log.error(`${area}: ${data.code} ${JSON.stringify(data.args)}`, ...(data.causes ?? []));
  if (data.code === 'general/unexpected' && error instanceof Error) log.error(error.stack ?? error.message);
  const answer = await vscode.window.showErrorMessage(describeError(locale, data), ...(remedy === undefined ? [] : [remedy.label]), text('copyDetails'), text('showLog'));
  if (remedy !== undefined && answer === remedy.label) remedy.run();
  if (answer === text('showLog')) log.show();
  if (answer === text('copyDetails')) {
    await vscode.env.clipboard.writeText([`${data.code}: ${describeError(locale, data)}`, ...(data.causes ?? [])].join('\n'));
  }
}

async function askForTrust({ text }: ExtensionParts): Promise<void> {
  const answer = await vscode.window.showInformationMessage(text('needsTrust'), text('manageTrust'));
  if (answer !== undefined) await vscode.commands.executeCommand('workbench.trust.manage');
}

/**
 * Menus of trees give the row and the selected rows, the explorer a file and the selected files, links of tooltips an id,
 * pages a subject, keys of a view its name: then the selected rows are meant.
 */
function asTarget(parts: ExtensionParts, args: readonly unknown[]): Target {
  const given = [...new Set(args.flat())];
  const nodes = given.flatMap((item): Target['nodes'] => {
    if (typeof item === 'string') return [parts.views.find(item) ?? []].flat();
    if (isMeant(item)) return item.meant.map((subject) => ({ subject }));
    if (isListContext(item)) return subjectsOf(item.gaxPackagesRows, parts.state.snapshot).map((subject) => ({ subject }));
    return isSelectionOf(item) ? parts.views.selected(item.selectionOf) : [];
  });
  return {
    nodes,
    isGone: nodes.length === 0 && given.some((item) => typeof item === 'string'),
    uris: given.filter((item) => item instanceof vscode.Uri),
  };
}

/** Runs a command on something that need not be a row of a tree. */
export function runOn(id: Command['id'], ...meant: readonly Subject[]): Thenable<void> {
  return vscode.commands.executeCommand(id, { meant } satisfies Meant);
}

interface Meant {
  readonly meant: readonly Subject[];
}

function isMeant(value: unknown): value is Meant {
  return typeof value === 'object' && value !== null && 'meant' in value && Array.isArray(value.meant);
}

/** What the list of packages said of the rows under the editor's menu (webview/packageList/rowMenu.ts). A page says it: only rows that are there count. */
function isListContext(value: unknown): value is { readonly gaxPackagesRows: readonly string[] } {
  return typeof value === 'object' && value !== null && 'gaxPackagesRows' in value && Array.isArray(value.gaxPackagesRows) && value.gaxPackagesRows.every((key) => typeof key === 'string');
}

function isSelectionOf(value: unknown): value is { readonly selectionOf: ViewName } {
  return typeof value === 'object' && value !== null && 'selectionOf' in value && typeof value.selectionOf === 'string' && value.selectionOf in viewNames;
}

const viewNames: Readonly<Record<ViewName, true>> = { packages: true, deployed: true, hosts: true, objects: true };
