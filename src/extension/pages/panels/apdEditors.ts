import * as vscode from 'vscode';
import type { Problem, ProblemSeverity } from '../../../core/formats/problem';
import { describeProblem } from '../../../core/formats/describeProblem';
import { apdCommandText } from '../../../core/text/apdCommandText';
import { createText, type Locale } from '../../../core/text/messages';
import type { ApdTexts } from '../../documents/apdTexts';
import { nameOf, readTemplateFile, watchFiles, withEnding } from '../../documents/templateFiles';
import { openApdPage } from '../apd/apdPage';
import { channelOf, loadPage, pageFiles, pageOptions } from './webviewPage';

/** The editor of the manifest for such files. */
export const apdEditor = 'gaxPackages.apd';

export interface ApdEditorParts {
  readonly extensionUri: vscode.Uri;
  readonly locale: Locale;
  readonly texts: ApdTexts;
  readonly report: (method: string, error: unknown) => void;
}

/** Shows application templates, read-only. The editor itself keeps the file of each tab through a reload. */
export function registerApdEditors({ extensionUri, locale, texts, report }: ApdEditorParts): vscode.Disposable {
  const text = createText(locale, apdCommandText);
  const files = pageFiles(extensionUri);
  const shownProblems = vscode.languages.createDiagnosticCollection('gaxPackages.apd');
  /** One file can be open in several tabs; its problems go with the last. */
  const tabs = new Map<string, number>();

  const provider: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: ({ uri }, panel) => {
      const xml = withEnding(uri, '.xml');
      const key = uri.toString();
      tabs.set(key, (tabs.get(key) ?? 0) + 1);
      panel.webview.options = pageOptions(files);
      let isClosing = false;
      let problems: readonly Problem[] = [];
      const publish = (): void => {
        if (isClosing && tabs.get(key) !== 1) return;
        // While the XML is open, the language server says what is wrong with both files.
        const isSaid = vscode.workspace.textDocuments.some((document) => document.uri.toString() === xml.toString());
        shownProblems.set(uri, isSaid ? [] : problems.map((problem) => diagnosticOf(problem, locale)));
      };
      const watching = vscode.Disposable.from(vscode.workspace.onDidOpenTextDocument(publish), vscode.workspace.onDidCloseTextDocument(publish));
      const page = openApdPage(channelOf(panel.webview), {
        locale, report,
        read: async () => {
          const [apd, beside] = await Promise.all([readTemplateFile(uri), readTemplateFile(xml)]);
          return { apdName: nameOf(uri), xmlName: nameOf(xml), apd, xml: beside };
        },
        onChanged: (listener) => {
          const following = watchFiles([uri, xml], listener);
          return () => {
            following.dispose();
          };
        },
        showProblems: (found) => {
          problems = found;
          publish();
        },
        openXml: async (place) => {
          const position = new vscode.Position((place?.line ?? 1) - 1, (place?.column ?? 1) - 1);
          await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(xml), { preview: false, selection: new vscode.Range(position, position) });
        },
        openAsText: () => texts.open(uri),
        compareAsText: () => texts.compare(uri, text('compareTitle', { xml: nameOf(xml), apd: nameOf(uri) })),
        openBytes: (offset) => texts.openBytes(uri, offset),
        copy: async (value) => vscode.env.clipboard.writeText(value),
      });
      panel.onDidDispose(() => {
        isClosing = true;
        watching.dispose();
        page.dispose();
        const left = (tabs.get(key) ?? 1) - 1;
        if (left > 0) tabs.set(key, left);
        else tabs.delete(key);
      });
      loadPage(panel.webview, files, { kind: 'apd', subject: {}, locale, title: nameOf(uri) });
    },
  };
  return vscode.Disposable.from(shownProblems, vscode.window.registerCustomEditorProvider(apdEditor, provider, { supportsMultipleEditorsPerDocument: true }));
}

const severities: Readonly<Record<ProblemSeverity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error, warning: vscode.DiagnosticSeverity.Warning, information: vscode.DiagnosticSeverity.Information, hint: vscode.DiagnosticSeverity.Hint,
};

/** The file has no lines: the column is the byte. */
function diagnosticOf(problem: Problem, locale: Locale): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(new vscode.Range(0, problem.start, 0, problem.end), describeProblem(locale, problem), severities[problem.severity]);
  return Object.assign(diagnostic, { code: problem.code, source: 'gaxpkg' });
}
