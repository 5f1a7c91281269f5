import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { fieldNames } from '../../src/core/deployment/draftRules';
import { keysOfLines } from '../../src/core/deployment/filePreview';
import { deployParametersText, type DeployParametersTextKey } from '../../src/core/text/deployParametersText';
import { diffLines } from '../../src/core/text/diffLines';
import { createText, type Locale, type Text } from '../../src/core/text/messages';
import { icon } from '../components/icon';

/** One line of the preview. */
export interface PreviewLine {
  readonly text: string;
  readonly kind: 'same' | 'added' | 'removed';
  /** Counts from 1; what was removed has none. */
  readonly line?: number;
  /** The field that the line is from. */
  readonly field?: string;
  readonly key?: string;
}

/** The lines of a file; with an earlier one, what differs is marked. */
export function previewLines(after: string, before?: string): readonly PreviewLine[] {
  const lines = splitLines(after);
  const keys = keysOfLines(after);
  const oldKeys = before === undefined ? [] : keysOfLines(before);
  const compared = before === undefined ? lines.map((text, index) => ({ kind: 'same' as const, line: index + 1, text })) : diffLines(splitLines(before), lines);
  let old = 0;
  return compared.map((line): PreviewLine => {
    const key = line.kind === 'removed' ? oldKeys[old] : keys[line.line - 1];
    if (line.kind !== 'added') old += 1;
    return { ...line, ...(key !== undefined && { field: fieldNames.valueOf(key), key: key.key }) };
  });
}

function splitLines(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n\r(?!\n)|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** A change of the preview: the lines that are gone and those that came in their place. */
export interface PreviewChange {
  /** Position of its first line in the preview. */
  readonly at: number;
  readonly removed: readonly PreviewLine[];
  readonly added: readonly PreviewLine[];
}

/** The changes, in the order of the file. */
export function previewChanges(lines: readonly PreviewLine[]): readonly PreviewChange[] {
  const changes: PreviewChange[] = [];
  lines.forEach((line, index) => {
    if (line.kind === 'same') return;
    const last = changes.at(-1);
    const follows = last !== undefined && last.at + last.removed.length + last.added.length === index && !(line.kind === 'removed' && last.added.length > 0);
    const change = follows ? last : { at: index, removed: [], added: [] };
    const grown = line.kind === 'removed' ? { ...change, removed: [...change.removed, line] } : { ...change, added: [...change.added, line] };
    if (follows) changes[changes.length - 1] = grown;
    else changes.push(grown);
  });
  return changes;
}

/** A change in words, for a screen reader. */
export function describeChange(text: Text<DeployParametersTextKey>, { removed, added }: PreviewChange): string {
  const [before, after] = [removed[0], added[0]];
  const key = after?.key ?? before?.key ?? after?.text ?? before?.text ?? '';
  if (before === undefined) return text('lineAdded', { key, line: after?.line ?? 0, after: valueOf(after) });
  if (after === undefined) return text('lineRemoved', { key, before: valueOf(before) });
  return text('lineChanged', { key, line: after.line ?? 0, before: valueOf(before), after: valueOf(after) });
}

function valueOf(line: PreviewLine | undefined): string {
  if (line === undefined) return '';
  return line.key === undefined ? line.text : line.text.slice(line.text.indexOf('=') + 1);
}

export interface PreviewOptions {
  readonly locale: Locale;
  readonly lines: readonly PreviewLine[];
  /** The field that the keys are in. */
  readonly active: string | undefined;
  /** The change that F7 went to last. */
  readonly change: PreviewChange | undefined;
  /** Fields whose value is another one on each host. */
  readonly perHost: ReadonlySet<string>;
  /** Fields whose value the host that is shown has a warning about, with its words. */
  readonly warned?: ReadonlyMap<string, string>;
  readonly onPick: (field: string) => void;
  /** Unique in the page. */
  readonly id: string;
}

/** The file beside the form. A click on a line goes to its field. */
export function previewBody({ locale, lines, active, change, perHost, warned = new Map<string, string>(), onPick, id }: PreviewOptions): TemplateResult {
  const text = createText(locale, deployParametersText);
  const inChange = (index: number): boolean => change !== undefined && index >= change.at && index < change.at + change.removed.length + change.added.length;
  const warningOf = ({ kind, field }: PreviewLine): string | undefined => (kind === 'removed' || field === undefined ? undefined : warned.get(field));
  return html`<div class="preview-lines mono" id=${id} tabindex="0" role="group" aria-label=${text('preview')}>
    ${lines.map((line, index) => html`<div
      class=${classMap({ 'preview-line': true, [`is-${line.kind}`]: line.kind !== 'same', 'is-active': (line.field !== undefined && line.field === active) || inChange(index), 'is-warned': warningOf(line) !== undefined, 'is-section': /^\[.*\]$/.test(line.text) })}
      data-field=${line.field ?? nothing} @click=${() => (line.field === undefined ? undefined : onPick(line.field))}>
      <span class="preview-number" aria-hidden="true">${line.line ?? ''}</span><span class="preview-mark">${mark(text, line, warningOf(line))}</span>${lineText(line)}${
        line.field !== undefined && perHost.has(line.field) ? html`<span class="preview-note quiet">${text('differsPerHost')}</span>` : nothing}
    </div>`)}
  </div>`;
}

function mark(text: Text<DeployParametersTextKey>, { kind }: PreviewLine, warning: string | undefined): TemplateResult | typeof nothing {
  if (warning !== undefined) return html`<span title=${warning}>${icon('warning', 'warning')}</span><span class="visually-hidden">${warning}</span>`;
  if (kind === 'same') return nothing;
  return html`<span aria-hidden="true">${kind === 'added' ? '+' : '-'}</span><span class="visually-hidden">${text(kind === 'added' ? 'previewAdded' : 'previewRemoved')}</span>`;
}

function lineText({ text, key }: PreviewLine): TemplateResult {
  if (key === undefined) return html`<code class="preview-text">${text}</code>`;
  const at = text.indexOf('=') + 1;
  return html`<code class="preview-text">${text.slice(0, at)}<span class="preview-value">${text.slice(at)}</span></code>`;
}
