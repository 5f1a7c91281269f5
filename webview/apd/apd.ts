import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { apdText, type ApdTextKey } from '../../src/core/text/apdText';
import type { Text } from '../../src/core/text/messages';
import { wizardText } from '../../src/core/text/wizardText';
import type { ApdContract, ApdOptionDescription, ApdView } from '../../src/protocol/page/apd';
import { createAnnouncer, type Announcer } from '../components/announcer';
import { iconButton } from '../components/button';
import { select } from '../components/choices';
import { errorBox } from '../components/errorBox';
import { icon } from '../components/icon';
import { PageRoot } from '../components/page';
import type { VirtualTable } from '../components/virtualTable';
import { chosenRows, countDifferences, countSections, isDifferent, isInApd, linesOf, nextSorting, readChoice, type ApdChoice, type Line, type NumberedRow } from './apdModel';
import { comparisonBar, damageBox, factList, unreadablePage } from './headParts';
import { optionDetails } from './optionDetails';
import { optionTable } from './optionTable';
import { sectionChoice, sectionList } from './sectionParts';

type Template = Extract<ApdView, { kind: 'template' }>;

/** The page of an application template: read-only, beside what the XML of the same name says. */
@customElement('gp-apd')
export class ApdPage extends PageRoot<ApdContract> {
  @state() private view: ApdView | undefined;
  @state() private choice: ApdChoice = readChoice(this.remembered);
  @state() private selected: string | undefined;
  /** Of the selected option; undefined while it is asked for. */
  @state() private description: ApdOptionDescription | null | undefined;
  @state() private problem: string | undefined;
  @state() private waiting = false;
  private readonly announcer: Announcer = createAnnouncer();
  private readonly words: Text<ApdTextKey> = this.text(apdText);
  private rows: readonly NumberedRow[] = [];
  private lines: readonly Line[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.connection.onWaiting(() => {
      this.waiting = this.connection.waiting;
    });
    this.connection.onEvent('view', (view) => {
      this.view = view;
      void this.describe();
    });
    this.act(this.connection.request('page/open', {}).then(async ({ view }) => {
      this.view = view;
      await this.updateComplete;
      this.filterField?.focus();
    }));
    window.addEventListener('keydown', this.onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.onKey);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.view?.kind !== 'template' || !(changed.has('view') || changed.has('choice'))) return;
    // A section that has gone is no choice any more.
    const { section } = this.choice;
    if (section !== undefined && !this.view.rows.some((row) => row.section === section)) this.choice = { ...this.choice, section: undefined };
    if (this.choice.onlyDifferences && !this.view.rows.some(isDifferent)) this.choice = { ...this.choice, onlyDifferences: false };
    this.rows = chosenRows(this.view, this.choice, this.locale);
    this.lines = linesOf(this.rows, this.choice, this.locale);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { view, words } = this;
    if (view === undefined) return nothing;
    const bytes = (offset: number): void => this.act(this.connection.request('bytes/open', { offset }));
    if (view.kind === 'unreadable') return html`${this.above()}${unreadablePage(view, words, bytes)}`;
    return html`<main class="apd">
      <h1 class="visually-hidden">${view.file}</h1>
      ${factList(view, words)}
      <div class="apd-notices">
        ${this.above()}
        ${damageBox(view, words, bytes)}
        ${comparisonBar(view, words, {
          next: () => this.goToDifference(1),
          openXml: () => this.act(this.connection.request('xml/open', {})),
          compare: () => this.act(this.connection.request('text/compare', {})),
        })}
      </div>
      ${this.tools(view)}
      <div class="apd-body">
        ${sectionList(countSections(view), this.choice.section, words, (section) => this.choose({ section }))}
        <div class="apd-options">
          ${this.table(view)}
          ${optionDetails(this.selectedRow(), this.description, view.xml !== undefined, words, () => this.showInXml())}
        </div>
      </div>
      <footer class="apd-foot quiet">${icon('eye')}<span>${words('readOnly')}</span>${view.xml === undefined ? html`<span>${words('noXml')}</span>` : nothing}</footer>
    </main>`;
  }

  private above(): TemplateResult {
    return html`${this.waiting ? html`<div class="reconnecting" role="status">${icon('sync codicon-modifier-spin')}<span>${this.text(wizardText)('reconnecting')}</span></div>` : nothing}
      ${this.problem === undefined ? nothing : errorBox({ message: this.problem })}`;
  }

  private tools(view: Template): TemplateResult {
    const { words, choice } = this;
    const different = countDifferences(view.rows).all;
    const toggle = (onlyDifferences: boolean, label: string): TemplateResult => html`<button
      type="button" class="toggle" aria-pressed=${choice.onlyDifferences === onlyDifferences ? 'true' : 'false'} @click=${() => this.choose({ onlyDifferences })}>${label}</button>`;
    return html`<div class="apd-tools">
      <div class="filter">${icon('search')}
        <input type="text" class="input" id="filter" role="searchbox" autocomplete="off" spellcheck="false" aria-label=${words('filter')} placeholder=${words('filter')} .value=${live(choice.filter)}
          @input=${(event: InputEvent) => this.choose({ filter: (event.currentTarget as HTMLInputElement).value })} @keydown=${this.onFilterKey}>
        <span class="filter-count quiet">${this.countWords(view)}</span>
        ${choice.filter === '' ? nothing : iconButton(words('clearFilter'), 'close', () => this.choose({ filter: '' }), { id: 'clear-filter' })}
      </div>
      ${different === 0 ? nothing : html`<div class="toggle-group" role="group" aria-label=${words('show')}>${toggle(false, words('allOptions'))}${toggle(true, words('differences', { n: different }))}</div>`}
      <span class="apd-actions">
        ${iconButton(words('openAsText'), 'go-to-file', () => this.act(this.connection.request('text/open', {})), { id: 'open-text' })}
        ${iconButton(words('copyValue'), 'copy', () => this.copyValue(), { id: 'copy-value', disabled: this.defaultOf(this.selectedRow()) === undefined })}
      </span>
      ${sectionChoice(countSections(view), choice.section, words, (section) => this.choose({ section }), select)}
    </div>`;
  }

  private countWords(view: Template): string {
    const all = view.rows.filter(isInApd).length;
    const { filter, onlyDifferences, section } = this.choice;
    if (filter.trim() === '' && !onlyDifferences && section === undefined) return this.words('count', { n: all });
    return this.words('countOf', { m: this.rows.length, n: all });
  }

  private table(view: Template): TemplateResult {
    const { words, choice } = this;
    const { section } = choice;
    const empty = view.rows.length === 0 ? words('noOptions') : choice.filter.trim() === '' ? words('noDifference') : words('nothingMatches', { text: choice.filter.trim() });
    return html`<p class="visually-hidden" id="options-help">${words('tableHelp')}</p>
      ${optionTable({
        text: words, lines: this.lines, label: section === undefined ? words('tableOfAll') : words('tableOf', { section: section === '' ? words('noSection') : section }),
        isCompared: view.xml?.kind === 'compared', sorting: choice.sorting, selected: this.selected,
        onSort: (column) => {
          const sorting = nextSorting(this.choice.sorting, column);
          this.choose({ sorting });
          const names = { option: 'columnOption', apd: view.xml?.kind === 'compared' ? 'columnApd' : 'columnValue', xml: 'columnXml', comparison: 'columnComparison' } as const;
          this.announcer.sayNow(sorting === undefined ? words('sortedFile') : words(sorting.descending ? 'sortedDown' : 'sortedUp', { column: words(names[column]) }));
        },
        onSelect: (line) => this.selectLine(line),
        onToggle: (toggled) => this.toggle(toggled),
        onKey: this.onTableKey,
        onFilter: () => this.filterField?.focus(),
      })}
      ${this.lines.length === 0 ? html`<p class="apd-nothing quiet">${empty}</p>` : nothing}`;
  }

  private get filterField(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>('#filter');
  }

  private get tableElement(): VirtualTable | null {
    return this.querySelector<VirtualTable>('gp-virtual-table');
  }

  private selectedRow(): NumberedRow | undefined {
    const line = this.lines.find(({ key }) => key === this.selected);
    return line?.kind === 'option' ? line.row : undefined;
  }

  private defaultOf(row: NumberedRow | undefined): string | undefined {
    return row?.apd ?? row?.xml;
  }

  private choose(change: Partial<ApdChoice>): void {
    this.choice = { ...this.choice, ...change };
    this.remember(this.choice);
    if (!('filter' in change || 'onlyDifferences' in change || 'section' in change)) return;
    // What is said counts what will be shown.
    void this.updateComplete.then(() => {
      if (this.view?.kind === 'template') this.announcer.say(this.countWords(this.view));
    });
  }

  private toggle(section: string): void {
    const { closed } = this.choice;
    this.choose({ closed: closed.includes(section) ? closed.filter((each) => each !== section) : [...closed, section] });
  }

  private selectLine(line: Line): void {
    if (this.selected === line.key) return;
    this.selected = line.key;
    this.description = undefined;
    void this.describe();
  }

  private async describe(): Promise<void> {
    const row = this.selectedRow();
    if (row === undefined || this.view?.kind !== 'template' || this.view.xml === undefined) return;
    const asked = this.selected;
    const description = await this.connection.request('option/describe', { section: row.section, option: row.option }).catch(() => null);
    if (this.selected !== asked) return;
    const isNew = this.description === undefined;
    this.description = description;
    await this.updateComplete;
    // What is said of the option takes room from the table: the row stays in sight all the same.
    if (isNew && this.selected === asked && document.activeElement?.id === 'options') this.tableElement?.enter(asked);
  }

  private goToDifference(step: 1 | -1): void {
    // All of them, also those that a filter or a closed section hides.
    if (this.view?.kind !== 'template') return;
    const { rows } = this.view;
    const different = rows.map((row, index) => ({ ...row, index })).filter(isDifferent);
    const from = this.selectedRow()?.index ?? (step === 1 ? -1 : rows.length);
    const row = step === 1 ? (different.find(({ index }) => index > from) ?? different[0]) : (different.findLast(({ index }) => index < from) ?? different.at(-1));
    if (row === undefined) return;
    const key = `o:${row.index}`;
    if (!this.lines.some((line) => line.key === key)) {
      const { closed } = this.choice;
      this.choose({ filter: '', section: undefined, closed: closed.filter((each) => each !== row.section) });
    }
    void this.updateComplete.then(async () => {
      await this.tableElement?.updateComplete;
      this.tableElement?.enter(key);
      const line = this.lines.find((each) => each.key === key);
      if (line !== undefined) this.selectLine(line);
    });
  }

  private showInXml(): void {
    const row = this.selectedRow();
    if (row !== undefined) this.act(this.connection.request('option/showInXml', { section: row.section, option: row.option }));
  }

  private copyValue(): void {
    const row = this.selectedRow();
    if (this.view?.kind !== 'template' || row === undefined || this.defaultOf(row) === undefined) return;
    this.act(this.connection.request('option/copyValue', { revision: this.view.revision, row: row.index }).then(() => this.announcer.sayNow(this.words('copied'))));
  }

  /** Sends a request; a refusal is shown on the page. */
  private act(request: Promise<unknown>): void {
    this.problem = undefined;
    request.catch((error: unknown) => {
      if (typeof error === 'object' && error !== null && 'cancelled' in error && error.cancelled === true) return;
      this.problem = error instanceof Error ? error.message : String(error);
    });
  }

  private readonly onFilterKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' && this.lines.length > 0) {
      event.preventDefault();
      this.tableElement?.enter();
      const [first] = this.lines;
      if (first !== undefined) this.selectLine(first);
    } else if (event.key === 'Escape' && this.choice.filter !== '') this.choose({ filter: '' });
  };

  private readonly onTableKey = (event: KeyboardEvent, line: Line | undefined): boolean => {
    const withControl = event.ctrlKey || event.metaKey;
    if (line === undefined || event.altKey) return false;
    if (withControl) {
      if (event.key.toLowerCase() !== 'c') return false;
      this.copyValue();
      return true;
    }
    if (event.key === 'Enter') {
      if (line.kind === 'section') this.toggle(line.section);
      else if (this.description !== undefined && this.description !== null) this.showInXml();
      return true;
    }
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return false;
    const isOpen = line.kind === 'section' && line.open;
    if (line.kind === 'section' && isOpen !== (event.key === 'ArrowRight')) this.toggle(line.section);
    else if (line.kind === 'option' && line.level === 2 && event.key === 'ArrowLeft') this.enterLine(`s:${line.row.section}`);
    else if (line.kind === 'section' && event.key === 'ArrowRight') this.enterLine(this.lines[this.lines.indexOf(line) + 1]?.key);
    return true;
  };

  private enterLine(key: string | undefined): void {
    const line = this.lines.find((each) => each.key === key);
    if (line === undefined) return;
    this.tableElement?.enter(line.key);
    this.selectLine(line);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === 'F7') {
      event.preventDefault();
      this.goToDifference(event.shiftKey ? -1 : 1);
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f') {
      event.preventDefault();
      this.filterField?.focus();
      this.filterField?.select();
    }
  };
}
