import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Locale } from '../../../core/text/messages';
import { pageSubject, subjectKey, type PageKind, type PageSubject } from '../../../protocol/page/page';
import type { OpenPage, PageDefinition, PageIntent } from '../pageDefinition';
import { channelOf, loadPage, pageFiles, pageOptions } from './webviewPage';

/** The pages of this window, each in a tab of its own. */
export interface PagePanels {
  /** Opens a page, or brings it to the front where it is open already. @param place `beside`: a new page opens beside the present editor */
  show(kind: PageKind, subject: PageSubject, intent?: PageIntent, place?: 'beside'): void;
  /** The page is open and no other tab lies over it. */
  isVisible(kind: PageKind, subject: PageSubject): boolean;
  dispose(): void;
}

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly page: OpenPage;
}

export interface PagePanelOptions {
  readonly extensionUri: vscode.Uri;
  readonly locale: Locale;
  readonly definitions: readonly PageDefinition[];
}

/** Opens pages and brings those back that were open before a reload. */
export function createPagePanels({ extensionUri, locale, definitions }: PagePanelOptions): PagePanels {
  const files = pageFiles(extensionUri);
  const open = new Map<string, OpenPanel>();
  const webviewOptions = pageOptions(files);

  const attach = (definition: PageDefinition, subject: PageSubject, panel: vscode.WebviewPanel, intent: PageIntent | undefined): void => {
    const key = keyOf(definition.kind, subject);
    const { webview } = panel;
    const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(files, 'icons', `${definition.icon}-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const page = definition.open({
      subject,
      channel: channelOf(webview),
      get visible() {
        return panel.visible;
      },
      setTitle: (title) => {
        panel.title = title;
      },
      close: () => {
        panel.dispose();
      },
    }, intent);
    open.set(key, { panel, page });
    panel.onDidDispose(() => {
      if (open.get(key)?.panel === panel) open.delete(key);
      page.dispose();
    });
    loadPage(webview, files, { kind: definition.kind, subject, locale, title: panel.title });
  };

  const registrations = definitions.map((definition) => vscode.window.registerWebviewPanelSerializer(viewType(definition.kind), {
    deserializeWebviewPanel: (panel, state) => {
      const kept = v.safeParse(v.object({ subject: pageSubject }), state);
      if (!kept.success || open.has(keyOf(definition.kind, kept.output.subject))) {
        panel.dispose();
        return Promise.resolve();
      }
      panel.webview.options = webviewOptions;
      attach(definition, kept.output.subject, panel, undefined);
      return Promise.resolve();
    },
  }));

  return {
    show: (kind, subject, intent, place) => {
      const shown = open.get(keyOf(kind, subject));
      if (shown !== undefined) {
        shown.panel.reveal();
        if (intent !== undefined) shown.page.receive?.(intent);
        return;
      }
      const definition = definitions.find((candidate) => candidate.kind === kind);
      if (definition === undefined) throw new Error(`there is no page ${kind}`);
      const column = place === 'beside' ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
      attach(definition, subject, vscode.window.createWebviewPanel(viewType(kind), definition.title, column, { ...webviewOptions, enableFindWidget: true }), intent);
    },
    isVisible: (kind, subject) => open.get(keyOf(kind, subject))?.panel.visible === true,
    dispose: () => {
      for (const registration of registrations) registration.dispose();
      // The tabs stay with the editor: after a restart of the extension they are brought back.
      for (const { page } of open.values()) page.dispose();
      open.clear();
    },
  };
}

function viewType(kind: PageKind): string {
  return `gaxPackages.${kind}`;
}

function keyOf(kind: PageKind, subject: PageSubject): string {
  return `${kind}|${subjectKey(subject)}`;
}
