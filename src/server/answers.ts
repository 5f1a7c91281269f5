import {
  CodeActionKind, CompletionItemKind, DiagnosticSeverity, FoldingRangeKind, InsertTextFormat, MarkupKind, SymbolKind,
  type CodeAction, type CompletionItem, type Diagnostic, type DocumentSymbol, type FoldingRange, type Hover, type Range, type TextEdit as LspTextEdit,
} from 'vscode-languageserver';
import { describeProblem } from '../core/formats/describeProblem';
import type { Problem, ProblemSeverity, TextEdit, TextRange } from '../core/formats/problem';
import type { Analysis } from '../core/language/analyze';
import { gatherFixes } from '../core/language/applyEdits';
import { complete, type Completion } from '../core/language/complete';
import { formatText } from '../core/language/formatText';
import { hoverAt } from '../core/language/hover';
import { folds, outline, type OutlineSymbol } from '../core/language/outline';
import type { TextPosition, TextPositions } from '../core/language/textPositions';
import { fixText } from '../core/text/fixText';
import { formatMessage, type Locale } from '../core/text/messages';

/** The command kind that mends all of a file at once, e.g. when it is saved. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.gaxPackages`;

const severities: Readonly<Record<ProblemSeverity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning, information: DiagnosticSeverity.Information, hint: DiagnosticSeverity.Hint,
};

/** How a client reads: its language, and where the pages of docs/formats lie, if it has them. */
export interface Reader {
  readonly locale: Locale;
  /** The folder's address, without a slash at its end. */
  readonly documentation: string | undefined;
}

/** A file with the other one of its pair, if it has one. */
export interface PlacedFile {
  readonly uri: string;
  readonly positions: TextPositions;
  readonly partner?: { readonly uri: string; readonly positions: TextPositions } | undefined;
}

/** Says problems in the reader's language, as the protocol wants them. */
export function diagnosticsOf(file: PlacedFile, problems: readonly Problem[], reader: Reader): Diagnostic[] {
  return problems.map((problem) => diagnosticOf(file, problem, reader));
}

function diagnosticOf({ uri, positions, partner }: PlacedFile, problem: Problem, { locale, documentation }: Reader): Diagnostic {
  const message = describeProblem(locale, problem);
  const related = (problem.related ?? []).map((place) => ({ location: { uri, range: rangeOf(positions, place) }, message }));
  if (partner && problem.elsewhere) related.push({ location: { uri: partner.uri, range: rangeOf(partner.positions, problem.elsewhere) }, message });
  return {
    range: rangeOf(positions, problem), severity: severities[problem.severity], code: problem.code, source: 'gaxpkg', message,
    // The page of a rule has the name of its format.
    ...(documentation !== undefined && { codeDescription: { href: `${documentation}/${problem.code.slice(0, problem.code.indexOf('.'))}.md` } }),
    ...(related.length > 0 && { relatedInformation: related }),
  };
}

/** Suggestions at a position. */
export function completionsAt(analysis: Analysis, position: TextPosition, locale: Locale, snippets: boolean): CompletionItem[] {
  return complete(analysis, analysis.positions.offsetAt(position), locale).map((item) => ({
    label: item.label, kind: completionKinds[item.kind],
    insertTextFormat: snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range: rangeOf(analysis.positions, item.range), newText: snippets ? item.snippet : withoutStops(item.snippet) },
    filterText: analysis.text.slice(item.range.start, item.range.end) === '<' ? `<${item.label}` : item.label,
    // What the file cannot do without comes first.
    sortText: `${item.isMissing ? 0 : 1}${item.label}`,
    ...(item.isMissing && { preselect: true }),
    ...(item.documentation !== undefined && { documentation: item.documentation }),
  }));
}

const completionKinds: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  element: CompletionItemKind.Struct, attribute: CompletionItemKind.Property, value: CompletionItemKind.EnumMember, section: CompletionItemKind.Module, key: CompletionItemKind.Property,
};

function withoutStops(snippet: string): string {
  return snippet.replaceAll(/\\([\\$}])|\$\d+/g, (_, escaped: string | undefined) => escaped ?? '');
}

/** What is known of what stands at a position. */
export function hoverOf(analysis: Analysis, position: TextPosition, locale: Locale): Hover | null {
  const found = hoverAt(analysis, analysis.positions.offsetAt(position), locale);
  return found ? { range: rangeOf(analysis.positions, found.range), contents: { kind: MarkupKind.Markdown, value: found.markdown } } : null;
}

/** The outline. */
export function symbolsOf(analysis: Analysis): DocumentSymbol[] {
  const kinds = { section: SymbolKind.Namespace, key: SymbolKind.Key, element: SymbolKind.Struct } as const;
  const convert = ({ name, detail, kind, range, nameRange, children }: OutlineSymbol): DocumentSymbol => ({
    name, detail, kind: kinds[kind], range: rangeOf(analysis.positions, range), selectionRange: rangeOf(analysis.positions, nameRange), children: children.map(convert),
  });
  return outline(analysis).map(convert);
}

/** What can be folded. */
export function foldsOf(analysis: Analysis): FoldingRange[] {
  return folds(analysis).flatMap(({ kind, start, end }) => {
    const [from, to] = [analysis.positions.positionAt(start).line, analysis.positions.positionAt(end).line];
    // The line of an end tag stays in sight.
    const endLine = analysis.tree.kind === 'xml' && kind === 'region' ? to - 1 : to;
    return endLine > from ? [{ startLine: from, endLine, ...(kind === 'comment' && { kind: FoldingRangeKind.Comment }) }] : [];
  });
}

/** The edits that lay the text out. */
export function formattingOf(analysis: Analysis, indent: string): LspTextEdit[] {
  return formatText(analysis, { indent }).map((edit) => editOf(analysis.positions, edit));
}

/** Mends of the problems that touch a range, and of all problems where that is asked for. */
export function actionsFor(uri: string, analysis: Analysis, range: Range, only: readonly string[] | undefined, reader: Reader): CodeAction[] {
  const { locale } = reader;
  const { positions, problems } = analysis;
  const wants = (kind: string) => !only || only.some((one) => kind === one || kind.startsWith(`${one}.`));
  const changes = (edits: readonly TextEdit[]) => ({ changes: { [uri]: edits.map((edit) => editOf(positions, edit)) } });
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const [start, end] = [positions.offsetAt(range.start), positions.offsetAt(range.end)];
    for (const problem of problems) {
      if (!problem.fix || problem.start > end || problem.end < start) continue;
      const { title, args, edits } = problem.fix;
      actions.push({
        title: formatMessage(locale, fixText[locale][title], args), kind: CodeActionKind.QuickFix, isPreferred: true,
        diagnostics: [diagnosticOf({ uri, positions }, problem, reader)], edit: changes(edits),
      });
    }
  }
  const all = wants(fixAllKind) ? gatherFixes(problems) : [];
  if (all.length > 0) actions.push({ title: fixText[locale].fixAll, kind: fixAllKind, edit: changes(all) });
  return actions;
}

function editOf(positions: TextPositions, edit: TextEdit): LspTextEdit {
  return { range: rangeOf(positions, edit), newText: edit.text };
}

function rangeOf(positions: TextPositions, { start, end }: TextRange): Range {
  return { start: positions.positionAt(start), end: positions.positionAt(end) };
}
