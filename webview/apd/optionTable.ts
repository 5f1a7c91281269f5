import { html, nothing, type TemplateResult } from 'lit';
import type { ApdTextKey } from '../../src/core/text/apdText';
import type { Text } from '../../src/core/text/messages';
import { icon } from '../components/icon';
import { virtualTable, type TableRow } from '../components/virtualTable';
import { isDifferent, type Line, type NumberedRow, type SortColumn, type Sorting } from './apdModel';

export interface OptionTableOptions {
  readonly text: Text<ApdTextKey>;
  readonly lines: readonly Line[];
  readonly label: string;
  /** False without an XML: then its columns are left out. */
  readonly isCompared: boolean;
  readonly sorting: Sorting | undefined;
  readonly selected: string | undefined;
  readonly onSort: (column: SortColumn) => void;
  readonly onSelect: (line: Line) => void;
  readonly onToggle: (section: string) => void;
  readonly onKey: (event: KeyboardEvent, line: Line | undefined) => boolean;
  readonly onFilter: () => void;
}

/** As the style sheet draws them. */
const rowHeight = 28;

/** Id of the element of a line: keys hold names of sections, which may hold anything. */
export function lineId(key: string): string {
  return `line-${Array.from(key, (character) => (/[A-Za-z0-9]/.test(character) ? character : `-${character.codePointAt(0)}-`)).join('')}`;
}

/** The options, below their sections where all sections are shown. */
export function optionTable(options: OptionTableOptions): TemplateResult {
  const { text, lines, label, isCompared, onKey, onFilter } = options;
  return virtualTable<Line>({
    id: 'options', role: 'treegrid', label, describedBy: 'options-help', classes: `apd-table ${isCompared ? '' : 'is-alone'}`, multiple: false,
    rows: lines, key: ({ key }) => key, rowId: lineId, name: (line) => (line.kind === 'section' ? line.section : line.row.option),
    heightOf: () => rowHeight, headHeight: rowHeight, head: head(options),
    describe: (line) => describe(line, options, text),
    onPress: (line) => {
      options.onSelect(line);
      if (line.kind === 'section') options.onToggle(line.section);
    },
    onMove: (line) => options.onSelect(line),
    onKey, onFilter,
  });
}

function head({ text, isCompared, sorting, onSort }: OptionTableOptions): TemplateResult {
  const column = (name: SortColumn, words: string): TemplateResult => {
    const state = sorting?.column !== name ? 'none' : sorting.descending ? 'descending' : 'ascending';
    return html`<span role="columnheader" aria-sort=${state}><button type="button" class="sort" id="sort-${name}" @click=${() => onSort(name)}>
      <span>${words}</span>${state === 'none' ? nothing : icon(state === 'descending' ? 'arrow-down' : 'arrow-up')}</button></span>`;
  };
  return html`<div role="row" class="table-row" aria-rowindex="1">
    ${column('option', text('columnOption'))}
    ${column('apd', text(isCompared ? 'columnApd' : 'columnValue'))}
    ${isCompared ? html`${column('xml', text('columnXml'))}${column('comparison', text('columnComparison'))}` : nothing}
  </div>`;
}

function describe(line: Line, { isCompared, selected, lines }: OptionTableOptions, text: Text<ApdTextKey>): TableRow {
  if (line.kind === 'section') {
    return {
      level: 1, expanded: line.open, selected: line.key === selected, classes: 'is-section',
      cells: html`<span role="gridcell" aria-colspan=${isCompared ? 4 : 2}>${icon(line.open ? 'chevron-down' : 'chevron-right')}<span class="mono">${sectionName(line.section, text)}</span>
        <span class="quiet">${line.options}</span></span>`,
    };
  }
  const { row, level } = line;
  const words = isDifferent(row) && row.comparison !== undefined && row.comparison !== 'same' ? text(row.comparison) : undefined;
  return {
    level, selected: line.key === selected, classes: level === 2 && lines[0]?.kind === 'section' ? 'is-below' : '',
    cells: html`<span role="gridcell" class="mono" title=${row.option}>${row.option}</span>
      <span role="gridcell" class="mono" title=${row.apd ?? row.other ?? nothing}>${apdValue(row, text)}</span>
      ${isCompared ? html`<span role="gridcell" class="mono" title=${row.xml ?? nothing}>${xmlValue(row, text)}</span>
      <span role="gridcell" title=${words ?? nothing}>${words === undefined ? nothing : html`${icon('diff-modified', 'warning')}<span>${words}</span>`}</span>` : nothing}`,
  };
}

/** What stands outside of a section has none to be named by. */
export function sectionName(section: string, text: Text<ApdTextKey>): string {
  return section === '' ? text('noSection') : section;
}

function apdValue(row: NumberedRow, text: Text<ApdTextKey>): TemplateResult {
  if (row.apd !== undefined) return shownValue(row.apd, text);
  return html`<span class="quiet">${row.other ?? text('missing')}</span>`;
}

function xmlValue(row: NumberedRow, text: Text<ApdTextKey>): TemplateResult {
  if (row.xml !== undefined) return shownValue(row.xml, text);
  return html`<span class="quiet">${text(row.comparison === 'notInXml' ? 'missing' : 'noDefault')}</span>`;
}

/** Longer values are cut in the table; copying gives all of them. */
const longestShown = 400;

/** A value with the blanks at its end in sight. */
function shownValue(value: string, text: Text<ApdTextKey>): TemplateResult {
  if (value === '') return html`<span class="quiet">${text('empty')}</span>`;
  const trimmed = value.trimEnd();
  if (value.length > longestShown) return html`<span>${value.slice(0, longestShown)}…</span>`;
  return html`<span>${trimmed}</span>${trimmed === value ? nothing : html`<span class="blank-end">${'·'.repeat(value.length - trimmed.length)}</span>`}`;
}
