import * as vscode from 'vscode';
import { outlineActionLog } from '../../core/deployment/actionLog';
import type { Locale } from '../../core/text/messages';
import { deploymentStepName } from '../../core/text/stateText';
import { logLanguage, logScheme, type LogDocuments } from './logDocuments';

/** Outline and folding of logs: host ▸ step. */
export function registerLogStructure(logs: LogDocuments, locale: Locale): vscode.Disposable {
  const selector = { scheme: logScheme, language: logLanguage };
  const hostName = (uri: vscode.Uri, hostId: string): string =>
    logs.contentOf(uri)?.deployment.hosts.find((run) => run.hostId === hostId)?.hostName ?? hostId;
  return vscode.Disposable.from(
    vscode.languages.registerDocumentSymbolProvider(selector, {
      provideDocumentSymbols: (document) =>
        outlineActionLog(logs.contentOf(document.uri)?.lines ?? []).map((host) => {
          const symbol = makeSymbol(document, hostName(document.uri, host.hostId), '', vscode.SymbolKind.Namespace, host.firstLine, host.lastLine);
          symbol.children = host.steps.map((step) =>
            makeSymbol(document, deploymentStepName(locale, step.step), step.failed ? '✗' : '', vscode.SymbolKind.Event, step.firstLine, step.lastLine));
          return symbol;
        }),
    }),
    vscode.languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: (document) =>
        outlineActionLog(logs.contentOf(document.uri)?.lines ?? []).flatMap((host) =>
          host.steps.filter((step) => step.lastLine > step.firstLine).map((step) => new vscode.FoldingRange(step.firstLine, step.lastLine, vscode.FoldingRangeKind.Region))),
    }),
  );
}

function makeSymbol(document: vscode.TextDocument, name: string, detail: string, kind: vscode.SymbolKind, first: number, last: number): vscode.DocumentSymbol {
  return new vscode.DocumentSymbol(name, detail, kind, rangeOf(document, first, last), rangeOf(document, first, first));
}

function rangeOf(document: vscode.TextDocument, first: number, last: number): vscode.Range {
  // The outline may know lines that the editor has not read yet.
  const end = Math.min(last, document.lineCount - 1);
  return document.lineAt(Math.min(first, end)).range.union(document.lineAt(end).range);
}
