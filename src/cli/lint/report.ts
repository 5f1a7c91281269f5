import { describeError, isProductError } from '../../core/errors';
import { describeProblem } from '../../core/formats/describeProblem';
import type { ProblemSeverity, TextRange } from '../../core/formats/problem';
import type { LintedFile } from '../../core/language/lint';
import { createTextPositions } from '../../core/language/textPositions';
import type { Locale } from '../../core/text/messages';
import { decodeText } from '../../core/text/utf8';
import type { CliContext } from '../context';
import type { Obstacle } from './collectFiles';

/** Line and column from 1; in a binary file, bytes from its start. */
export type Place =
  | { readonly line: number; readonly column: number; readonly endLine: number; readonly endColumn: number }
  | { readonly offset: number; readonly length: number };

/** One thing that is wrong, ready for print. */
export interface Finding {
  readonly path: string;
  /** The file inside of the archive `path`. */
  readonly entry?: string;
  readonly code: string;
  readonly severity: ProblemSeverity;
  readonly message: string;
  /** Missing where the whole file is meant. */
  readonly place?: Place;
}

/** The findings of one file, in the order of their places. */
export function findingsOf(file: LintedFile, archive: string | undefined, locale: Locale): readonly Finding[] {
  const isBinary = file.format === 'apd' || (file.format === 'tpl' && file.problems.some(({ code }) => code.startsWith('apd.')));
  const positions = isBinary ? undefined : createTextPositions(decodeText(file.bytes));
  return file.problems.map((problem): Finding => ({
    ...(archive === undefined ? { path: file.path } : { path: archive, entry: file.path }),
    code: problem.code, severity: problem.severity, message: describeProblem(locale, problem),
    place: positions ? textPlace(positions, problem) : { offset: problem.start, length: problem.end - problem.start },
  }));
}

function textPlace(positions: ReturnType<typeof createTextPositions>, { start, end }: TextRange): Place {
  const from = positions.positionAt(start);
  const to = positions.positionAt(end);
  return { line: from.line + 1, column: from.character + 1, endLine: to.line + 1, endColumn: to.character + 1 };
}

/** A file that could not be looked at is an error of its own: a check that was not made must not pass. */
export function findingOf({ path, kind, error }: Obstacle, context: Pick<CliContext, 'locale' | 'text'>): Finding {
  if (kind === 'unknown-format') return { path, code: 'lint.unknown-format', severity: 'warning', message: context.text('lintUnknownFormat') };
  if (kind !== 'unreadable') return { path, code: `lint.${kind}`, severity: 'error', message: context.text(obstacleText[kind]) };
  if (isProductError(error)) return { path, code: error.code, severity: 'error', message: describeError(context.locale, error) };
  return { path, code: 'lint.unreadable', severity: 'error', message: context.text('lintUnreadable', { reason: error instanceof Error ? error.message : String(error) }) };
}

const obstacleText = { missing: 'lintMissing', 'too-long': 'lintTooLong', 'too-deep': 'lintTooDeep' } as const;

/** One line: path, place, severity, code, sentence; compilers' problem matchers read it. */
export function asLine({ path, entry, place, severity, code, message }: Finding): string {
  const file = entry === undefined ? path : `${path}!/${entry}`;
  const at = place === undefined ? '' : 'line' in place ? `:${place.line}:${place.column}` : `:+${place.offset}`;
  return `${file}${at}: ${severity}: ${message} [${code}]`;
}

/** The SARIF 2.1.0 log of a run. */
export function asSarif(findings: readonly Finding[], version: string): unknown {
  const rules = [...new Set(findings.map((finding) => finding.code))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'gaxpkg', version, rules: rules.map((id) => ({ id })) } },
      columnKind: 'utf16CodeUnits',
      results: findings.map((finding) => ({
        ruleId: finding.code,
        ruleIndex: rules.indexOf(finding.code),
        level: levels[finding.severity],
        message: { text: finding.message },
        locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(finding) }, ...(finding.place && { region: regionOf(finding.place) }) } }],
      })),
    }],
  };
}

const levels: Readonly<Record<ProblemSeverity, string>> = { error: 'error', warning: 'warning', information: 'note', hint: 'note' };

/** Relative paths stay relative, so that the reader of the log finds them below its own root. */
function uriOf({ path, entry }: Finding): string {
  const escaped = (name: string) => name.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  const file = /^[A-Za-z]:[\\/]/.test(path) ? `file:///${escaped(path).replace('%3A', ':')}` : path.startsWith('/') ? `file://${escaped(path)}` : escaped(path);
  return entry === undefined ? file : `${file}!/${escaped(entry)}`;
}

function regionOf(place: Place): unknown {
  if ('offset' in place) return { byteOffset: place.offset, byteLength: place.length };
  return { startLine: place.line, startColumn: place.column, endLine: place.endLine, endColumn: place.endColumn };
}
