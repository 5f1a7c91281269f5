import * as vscode from 'vscode';

export const planScheme = 'gaxpackages-plan';

/** Shows plans as read-only documents while their question is open. */
export interface PlanDocuments {
  /** Opens a plan beside the present editor. The returned function closes it again. */
  show(title: string, content: string): Promise<() => Promise<void>>;
  dispose(): void;
}

export function createPlanDocuments(): PlanDocuments {
  const contents = new Map<string, string>();
  let count = 0;
  const registration = vscode.workspace.registerTextDocumentContentProvider(planScheme, { provideTextDocumentContent: (uri) => contents.get(uri.toString()) ?? '' });
  return {
    show: async (title, content) => {
      count += 1;
      const uri = vscode.Uri.from({ scheme: planScheme, path: `/${count}/${title.replaceAll('/', '∕')}` });
      contents.set(uri.toString(), content);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true, preserveFocus: true });
      return async (): Promise<void> => {
        contents.delete(uri.toString());
        const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
        await vscode.window.tabGroups.close(tabs.filter((tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri.toString()));
      };
    },
    dispose: () => {
      registration.dispose();
    },
  };
}
