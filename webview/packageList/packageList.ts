import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { nextSort, type ListSort } from '../../src/core/packages/list/order';
import { detailsText } from '../../src/core/text/detailsText';
import { packageListText } from '../../src/core/text/packageListText';
import { wizardText } from '../../src/core/text/wizardText';
import type { ListAction, ListState, PackageListContract } from '../../src/protocol/page/packageList';
import { createAnnouncer, type Announcer } from '../components/announcer';
import { iconButton } from '../components/button';
import { errorBox } from '../components/errorBox';
import { icon } from '../components/icon';
import { PageRoot } from '../components/page';
import '../packageDetails/packageDetails';
import { columnNames, followPointer } from './columns';
import { createDetailsPane, type DetailsPane, type OpenDetails } from './detailsPane';
import { createListModel, type ArrangedList } from './listModel';
import './listTable';
import type { ListTable } from './listTable';
import { listToolbar } from './listToolbar';
import { countLine, emptyList, listNotices, loadingList } from './listWords';
import { between, readRememberedList, widthOfDetails, type RememberedList } from './rememberedList';
import { rowMenu } from './rowMenu';
import { keepSelected, nothingSelected, selectOne, type Selection } from './selection';
import { selectionPane } from './selectionPane';

/** How long the keys rest on a row before its details are opened: who holds Down passes hundreds. */
const restMs = 120;
/** One press of a key on the edge of the details. */
const widthStep = 16;

/** The list of packages with the details beside it (ux.md 5). */
@customElement('gp-package-list')
export class PackageListPage extends PageRoot<PackageListContract> {
  @state() private shown: ListState | undefined;
  @state() private kept: RememberedList = readRememberedList(undefined);
  @state() private selection: Selection = nothingSelected;
  @state() private details: OpenDetails | undefined;
  @state() private problem: string | undefined;
  @state() private waiting = false;
  /** Groups that were closed since the filter began; without it others are. */
  @state() private closedWhileFiltered: ReadonlySet<string> = new Set();
  private closed: ReadonlySet<string> = new Set();
  private readonly model = createListModel(this.locale);
  private announcer!: Announcer;
  private pane!: DetailsPane;
  private timer: number | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.kept = readRememberedList(this.remembered);
    this.closed = new Set(this.kept.closed);
    this.announcer = createAnnouncer();
    this.pane = createDetailsPane({
      connection: this.connection, announcer: this.announcer, remembered: () => this.kept.details, remember: (details) => this.keep({ details }), onProblem: (error) => this.showProblem(error),
    });
    this.connection.onWaiting(() => {
      this.waiting = this.connection.waiting;
    });
    // What comes before the answer to the first request is older than that.
    this.connection.onEvent('state', (shown) => {
      if (this.shown !== undefined) this.shown = shown;
    });
    this.connection.onEvent('rows', (changes) => {
      if (this.shown === undefined) return;
      this.model.change(changes);
      this.selection = keepSelected(this.selection, (key) => this.model.find(key) !== undefined);
      this.requestUpdate();
    });
    this.connection.request('list/open', {}).then(async ({ state: shown, rows }) => {
      performance.mark('rows');
      this.model.clear();
      this.model.change(rows);
      this.shown = shown;
      const { shown: key } = this.kept;
      if (key !== undefined && this.model.find(key) !== undefined) {
        this.selection = selectOne(key);
        this.openDetails(key);
      }
      await this.updateComplete;
      this.focusFilter();
    }, (error: unknown) => this.showProblem(error));
  }

  protected override render(): TemplateResult {
    const { shown, locale } = this;
    const text = this.text(packageListText);
    if (shown === undefined) return html`<main class="list-page"><h1 class="visually-hidden">${text('packages')}</h1>${this.above()}${loadingList(locale)}</main>`;
    const { filter, grouped, sort } = this.kept;
    const list = this.arrange(shown);
    return html`<div class="list-page ${this.hasPane ? 'has-details' : ''}" .style=${`--details-width: ${this.kept.detailsWidth}px`}>
      ${listToolbar({
        locale, state: shown, filter, matching: list.matching, all: list.all, grouped, sort,
        onFilter: this.setFilter, onFilterKey: this.onFilterKey, onTenants: () => this.act(this.connection.request('list/chooseTenants', {})),
        onGrouped: (next) => this.keep({ grouped: next }), onCollapse: () => this.setClosed(new Set(list.groups.map(({ key }) => key))), onSort: this.setSort,
        onRefresh: () => this.act(this.connection.request('list/refresh', {})), onImport: this.import,
      })}
      <main class="list-main" aria-labelledby="list-title">
        <h1 class="visually-hidden" id="list-title">${text('packages')}</h1>
        ${this.above()}${listNotices(shown, locale, this.text(detailsText)('needsTrust'))}
        <p class="list-count quiet" id="list-count">${countLine(list, shown, filter, grouped, locale)}</p>
        ${list.matching === 0 ? emptyList(shown, list, filter, locale, { onImport: this.import, onClearFilter: () => this.setFilter('') }) : this.table(list, shown)}
      </main>
      ${this.hasPane ? this.side(shown) : nothing}
    </div>`;
  }

  private above(): TemplateResult {
    return html`${this.waiting ? html`<div class="reconnecting" role="status">${icon('sync codicon-modifier-spin')}<span>${this.text(wizardText)('reconnecting')}</span></div>` : nothing}
      ${this.problem === undefined ? nothing : errorBox({ message: this.problem })}`;
  }

  private table(list: ArrangedList, shown: ListState): TemplateResult {
    const { grouped, sort, widths } = this.kept;
    const tenantNames = shown.tenants.length > 1 ? new Map(shown.tenants.map(({ id, name }) => [id, name])) : undefined;
    return html`<gp-list-table .options=${{
      lines: list.lines, grouped, sort, widths, selection: this.selection, tenantNames,
      onSelect: this.select, onOpen: (key: string) => this.run('open', [key]), onToggleGroup: this.toggleGroup,
      onSort: (column: ListSort['column']) => this.setSort(nextSort(this.kept.sort, column)),
      onWidth: (column: ListSort['column'], width: number) => this.keep({ widths: { ...this.kept.widths, [column]: width } }),
      onFilter: this.focusFilter, onDelete: () => this.runSelected('delete'), onMoveToGroup: () => this.runSelected('moveToGroup'),
      onMenu: (key: string | undefined, element: HTMLElement) => rowMenu(element, this.menuKeys(key), (each) => this.model.find(each)),
    }}></gp-list-table>`;
  }

  private get hasPane(): boolean {
    return this.details !== undefined || this.selection.keys.size > 1;
  }

  private side(shown: ListState): TemplateResult {
    const text = this.text(packageListText);
    const { details } = this;
    const rows = [...this.selection.keys].flatMap((key) => this.model.find(key) ?? []);
    return html`<aside class="list-details" aria-label=${text('details')}>
      <div class="list-edge" role="separator" tabindex="0" aria-orientation="vertical" aria-label=${text('widthOfDetails')} aria-valuenow=${this.kept.detailsWidth}
        aria-valuemin=${widthOfDetails.least} aria-valuemax=${widthOfDetails.most} @pointerdown=${this.onDrag} @keydown=${this.onEdgeKey}></div>
      <div class="list-close">${iconButton(text('closeDetails'), 'close', this.closeDetails, { id: 'close-details' })}</div>
      ${rows.length > 1
        ? selectionPane({ locale: this.locale, rows, state: shown, needsTrust: this.text(detailsText)('needsTrust'), onAct: (action) => this.runSelected(action) })
        : details === undefined ? nothing : keyed(details.pane, html`<gp-package-details .outer=${details.outer}></gp-package-details>`)}
    </aside>`;
  }

  private arrange(shown: ListState): ArrangedList {
    const { filter, grouped, sort } = this.kept;
    return this.model.arrange({ tenants: shown.tenants, filter, sort, grouped, closed: filter.trim() === '' ? this.closed : this.closedWhileFiltered });
  }

  private keep(change: Partial<RememberedList>): void {
    this.kept = { ...this.kept, ...change };
    this.remember(this.kept);
  }

  private readonly setFilter = (filter: string): void => {
    const before = this.kept.filter;
    if (before.trim() === '') this.closedWhileFiltered = new Set();
    this.keep({ filter });
    if (filter === '') this.focusFilter();
    if (filter.trim() === before.trim() || this.shown === undefined) return;
    const { matching, all } = this.arrange(this.shown);
    this.announcer.say(this.text(packageListText)('filterAnnouncement', { m: matching, n: all }));
  };

  private readonly onFilterKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.querySelector<ListTable>('gp-list-table')?.enter();
    } else if (event.key === 'Escape' && this.kept.filter !== '') {
      event.preventDefault();
      this.setFilter('');
    }
  };

  private readonly focusFilter = (): void => {
    this.querySelector<HTMLElement>('#list-filter')?.focus();
  };

  private readonly setSort = (sort: ListSort): void => {
    this.keep({ sort });
    const text = this.text(packageListText);
    this.announcer.sayNow(text(sort.descending ? 'sortedDescending' : 'sortedAscending', { column: text(columnNames[sort.column]) }));
  };

  private readonly toggleGroup = (key: string, open: boolean): void => {
    const closed = new Set(this.kept.filter.trim() === '' ? this.closed : this.closedWhileFiltered);
    if (open) closed.delete(key);
    else closed.add(key);
    this.setClosed(closed);
  };

  private setClosed(closed: ReadonlySet<string>): void {
    if (this.kept.filter.trim() !== '') this.closedWhileFiltered = closed;
    else {
      this.closed = closed;
      this.keep({ closed: [...closed] });
    }
  }

  private readonly select = (selection: Selection): void => {
    this.selection = selection;
    window.clearTimeout(this.timer);
    const [only] = selection.keys;
    if (only === undefined || selection.keys.size !== 1 || this.details?.key === only) return;
    this.timer = window.setTimeout(() => this.openDetails(only), restMs);
  };

  private openDetails(key: string): void {
    this.details = this.pane.open(key);
    this.keep({ shown: key });
  }

  private readonly closeDetails = (): void => {
    window.clearTimeout(this.timer);
    if (this.details !== undefined) this.pane.close();
    const [first] = this.selection.keys;
    this.details = undefined;
    this.selection = nothingSelected;
    this.keep({ shown: undefined });
    this.querySelector<ListTable>('gp-list-table')?.enter(first);
  };

  private readonly import = (): void => this.act(this.connection.request('list/import', {}));

  private runSelected(action: ListAction): void {
    if (this.selection.keys.size > 0) this.run(action, [...this.selection.keys]);
  }

  private run(action: ListAction, keys: string[]): void {
    this.act(this.connection.request('rows/act', { action, keys }));
  }

  /** A menu acts on all that is selected when it is opened on one of them. */
  private menuKeys(key: string | undefined): readonly string[] {
    if (key === undefined) return [];
    return this.selection.keys.has(key) ? [...this.selection.keys] : [key];
  }

  /** Sends a request; a refusal is shown on the page. */
  private act(request: Promise<unknown>): void {
    this.problem = undefined;
    request.catch((error: unknown) => this.showProblem(error));
  }

  private showProblem(error: unknown): void {
    if (typeof error === 'object' && error !== null && 'cancelled' in error && error.cancelled === true) return;
    this.problem = error instanceof Error ? error.message : String(error);
  }

  private readonly onDrag = (event: PointerEvent): void => {
    event.preventDefault();
    const width = this.kept.detailsWidth;
    followPointer(event.currentTarget as HTMLElement, event, (moved) => this.keep({ detailsWidth: between(width - moved, widthOfDetails) }));
  };

  private readonly onEdgeKey = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: widthStep, ArrowRight: -widthStep }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    this.keep({ detailsWidth: between(this.kept.detailsWidth + by, widthOfDetails) });
  };
}
