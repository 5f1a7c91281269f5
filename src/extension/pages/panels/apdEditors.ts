import * as vscode from 'vscode';
import { apdCommandText } from '../../../core/text/apdCommandText';
import { createText, type Locale } from '../../../core/text/messages';
import type { ApdTexts } from '../../documents/apdTexts';
import { findPartner, nameOf, readTemplateFile, watchFiles, withEnding } from '../../documents/templateFiles';
import { openApdPage } from '../apd/apdPage';
import { channelOf, loadPage, pageFiles, pageOptions } from './webviewPage';

/** The editor of the manifest for such files. */
const apdEditor = 'gaxPackages.apd';

interface ApdEditorParts {
  readonly extensionUri: vscode.Uri;
  readonly locale: Locale;
  readonly texts: ApdTexts;
  readonly report: (method: string, error: unknown) => void;
}

/** Shows application templates, read-only. The editor itself keeps the file of each tab through a reload; the language server says what is wrong with it in the Problems view. */
export function registerApdEditors({ extensionUri, locale, texts, report }: ApdEditorParts): vscode.Disposable {
  const text = createText(locale, apdCommandText);
  const files = pageFiles(extensionUri);
  const provider: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: ({ uri }, panel) => {
      // As it was found last: it may come, go, or come back with other capitals while the editor is open.
      let xml = withEnding(uri, '.xml');
      panel.webview.options = pageOptions(files);
      const page = openApdPage(channelOf(panel.webview), {
        locale, report,
        read: async () => {
          xml = await findPartner(uri, '.xml');
          const [apd, beside] = await Promise.all([readTemplateFile(uri), readTemplateFile(xml)]);
          return { apdName: nameOf(uri), xmlName: nameOf(xml), apd, xml: beside };
        },
        onChanged: (listener) => {
          const following = watchFiles([uri, xml], listener);
          return () => {
            following.dispose();
          };
        },
        openXml: async (place) => {
          const position = new vscode.Position((place?.line ?? 1) - 1, (place?.column ?? 1) - 1);
          await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(xml), { preview: false, selection: new vscode.Range(position, position) });
        },
        openAsText: () => texts.open(uri),
        compareAsText: () => texts.compare(uri, text('compareTitle', { xml: nameOf(xml), apd: nameOf(uri) }), xml),
        openBytes: (offset) => texts.openBytes(uri, offset),
        copy: async (value) => vscode.env.clipboard.writeText(value),
      });
      panel.onDidDispose(() => page.dispose());
      loadPage(panel.webview, files, { kind: 'apd', subject: {}, locale, title: nameOf(uri) });
    },
  };
  return vscode.window.registerCustomEditorProvider(apdEditor, provider, { supportsMultipleEditorsPerDocument: true });
}
