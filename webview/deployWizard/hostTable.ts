import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { DeployPackage } from '../../src/core/deployment/draft';
import { deployWizardText } from '../../src/core/text/deployWizardText';
import type { HostRow } from '../../src/protocol/page/deployWizard';
import { icon } from '../components/icon';
import { PageElement } from '../components/page';
import { checkHost, type HostCheck } from './hostCheck';

/** Heights of a row, as the style sheet draws them: in one line, and in two where the page is narrow. */
const rowHeights = { wide: 30, narrow: 42 } as const;
const headHeight = 30;
/** From here on a row has one line (ux.md 19). */
const wideFrom = 760;

/**
 * The table of hosts: only the rows in sight are drawn. One tab stop; the keys of ux.md 17. What changes elsewhere moves
 * neither the row the keys are on nor what is in sight.
 */
@customElement('gp-host-table')
export class HostTable extends PageElement {
  @property({ attribute: false }) rows: readonly HostRow[] = [];
  @property({ attribute: false }) chosen: ReadonlySet<string> = new Set();
  @property({ attribute: false }) package: DeployPackage | undefined;
  @property({ attribute: false }) onToggle: (ids: readonly string[], chosen: boolean) => void = () => undefined;
  @property({ attribute: false }) onAct: (action: 'test' | 'open', id: string) => void = () => undefined;
  /** The keys ask for the filter. */
  @property({ attribute: false }) onFilter: () => void = () => undefined;
  @property() describedBy = '';
  @state() private active: string | undefined;
  @state() private narrow = false;
  private virtualizer: Virtualizer<HTMLElement, HTMLElement> | undefined;
  private unmount: (() => void) | undefined;
  private resizes: ResizeObserver | undefined;
  private typed = '';
  private typedAt = 0;
  /** What was at the upper edge before the rows changed. */
  private anchor: { readonly id: string; readonly offset: number } | undefined;

  private get scroller(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.host-table');
  }

  private get rowHeight(): number {
    return this.narrow ? rowHeights.narrow : rowHeights.wide;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unmount?.();
    this.resizes?.disconnect();
    this.virtualizer = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('rows')) this.keepAnchor((changed.get('rows') as readonly HostRow[] | undefined) ?? []);
    if (this.virtualizer === undefined) return;
    this.virtualizer.setOptions({ ...this.virtualizer.options, count: this.rows.length, estimateSize: () => this.rowHeight, getItemKey: (index) => this.rows[index]?.id ?? index });
    if (changed.has('narrow' as keyof HostTable)) this.virtualizer.measure();
  }

  protected override firstUpdated(): void {
    this.virtualizer = new Virtualizer<HTMLElement, HTMLElement>({
      count: this.rows.length, estimateSize: () => this.rowHeight, overscan: 10, getScrollElement: () => this.scroller,
      getItemKey: (index) => this.rows[index]?.id ?? index, scrollToFn: elementScroll, observeElementRect, observeElementOffset,
      onChange: () => this.requestUpdate(),
    });
    this.unmount = this.virtualizer._didMount();
    this.resizes = new ResizeObserver(() => {
      this.narrow = this.clientWidth < wideFrom;
    });
    this.resizes.observe(this);
    this.requestUpdate();
  }

  protected override updated(changed: PropertyValues): void {
    this.virtualizer?._willUpdate();
    const { scroller, anchor } = this;
    if (changed.has('rows') && anchor !== undefined && scroller !== null) {
      const index = this.rows.findIndex(({ id }) => id === anchor.id);
      if (index >= 0) scroller.scrollTop = index * this.rowHeight + anchor.offset;
    }
    this.anchor = undefined;
  }

  private keepAnchor(before: readonly HostRow[]): void {
    const top = this.scroller?.scrollTop ?? 0;
    const first = before[Math.floor(top / this.rowHeight)];
    // At the upper end there is nothing to hold on to: new first rows are to be seen.
    this.anchor = top === 0 || first === undefined ? undefined : { id: first.id, offset: top % this.rowHeight };
  }

  protected override render(): TemplateResult {
    const text = this.text(deployWizardText);
    // Styles are set as properties: the policy of the page forbids style attributes, also those that a template writes.
    const items = this.virtualizer?.getVirtualItems() ?? [];
    const choosable = this.rows.filter((row) => this.check(row).mayBeChosen);
    const all = choosable.length > 0 && choosable.every(({ id }) => this.chosen.has(id));
    const some = choosable.some(({ id }) => this.chosen.has(id));
    const activeIndex = this.rows.findIndex(({ id }) => id === this.active);
    return html`<div
      class="host-table box ${this.narrow ? 'is-narrow' : ''}" id="host-table" role="grid" tabindex="0" aria-label=${text('hostTable')} aria-multiselectable="true"
      aria-rowcount=${this.rows.length + 1} aria-describedby="host-keys ${this.describedBy}"
      aria-activedescendant=${activeIndex >= 0 && items.some(({ index }) => index === activeIndex) ? rowId(this.active ?? '') : nothing}
      @keydown=${this.onKey} @focus=${this.onFocus}>
      <div role="rowgroup" class="host-head"><div role="row" class="host-row" aria-rowindex="1">
        <span role="columnheader" class="cell-check"><button type="button" class="check" tabindex="-1" aria-label=${text('selectAll')} aria-pressed=${all ? 'true' : some ? 'mixed' : 'false'}
          @click=${() => this.toggle(choosable, !all)}>${all ? icon('check') : some ? icon('remove') : nothing}</button></span>
        <span role="columnheader" class="cell-name">${text('columnHost')}</span>
        <span role="columnheader" class="cell-wide">${text('columnAddress')}</span>
        <span role="columnheader" class="cell-wide">${text('columnSystem')}</span>
        <span role="columnheader" class="cell-wide">${text('columnInstalled')}</span>
        <span role="columnheader" class="cell-state">${text('columnCheck')}</span>
      </div></div>
      <div role="rowgroup" class="host-body" .style=${`height: ${this.rows.length * this.rowHeight}px`}>
        ${repeat(items, ({ key }) => key, ({ index }) => this.row(index))}
      </div>
    </div>`;
  }

  private row(index: number): TemplateResult | typeof nothing {
    const row = this.rows[index];
    if (row === undefined) return nothing;
    const text = this.text(deployWizardText);
    const check = this.check(row);
    const chosen = this.chosen.has(row.id);
    const system = row.system === undefined ? text('systemUnknown') : text('systemBits', { system: row.system.release || row.system.osGroup, bits: row.system.bits });
    const short = [row.address, system, ...(row.installed === undefined ? [] : [text('installedShort', { version: row.installed })])];
    return html`<div
      role="row" class="host-row ${row.id === this.active ? 'is-active' : ''} ${check.mayBeChosen ? '' : 'is-locked'}" id=${rowId(row.id)} aria-rowindex=${index + 2}
      aria-selected=${chosen ? 'true' : 'false'} aria-disabled=${check.mayBeChosen ? nothing : 'true'}
      .style=${`transform: translateY(${index * this.rowHeight}px)`} @click=${() => this.press(row, check)}>
      <span role="gridcell" class="cell-check"><span class="check ${check.mayBeChosen ? '' : 'is-locked'}" aria-hidden="true">${chosen ? icon('check') : nothing}</span></span>
      <span role="gridcell" class="cell-name">${icon('vm')}<span class="host-name">${row.name}</span><span class="cell-narrow quiet">${short.map((words) => html`<span>${words}</span>`)}</span></span>
      <span role="gridcell" class="cell-wide">${row.address}</span>
      <span role="gridcell" class="cell-wide">${system}</span>
      <span role="gridcell" class="cell-wide">${row.installed ?? text('notInstalled')}</span>
      <span role="gridcell" class="cell-state" title=${check.words}>${icon(check.icon, check.color)}${this.stateWords(row, check)}</span>
    </div>`;
  }

  private stateWords(row: HostRow, { words, action }: HostCheck): TemplateResult {
    if (action === undefined) return html`<span>${words}</span>`;
    const act = (event: Event): void => {
      event.stopPropagation();
      this.onAct(action, row.id);
    };
    return html`<button type="button" class="link" tabindex="-1" @click=${act}>${words}</button>`;
  }

  private check(row: HostRow): HostCheck {
    if (this.package === undefined) return { icon: 'question', color: 'warning', words: '', mayBeChosen: false };
    return checkHost(row, this.package, this.text(deployWizardText), this.locale);
  }

  private press(row: HostRow, check: HostCheck): void {
    this.active = row.id;
    this.scroller?.focus({ preventScroll: true });
    if (check.mayBeChosen) this.onToggle([row.id], !this.chosen.has(row.id));
  }

  private toggle(rows: readonly HostRow[], chosen: boolean): void {
    this.onToggle(rows.map(({ id }) => id), chosen);
  }

  /** Brings the keys to the first row. */
  enter(): void {
    this.scroller?.focus();
    this.moveTo(0);
  }

  private readonly onFocus = (): void => {
    if (this.active === undefined || !this.rows.some(({ id }) => id === this.active)) this.active = this.rows[0]?.id;
  };

  private moveTo(index: number): void {
    const { scroller } = this;
    const row = this.rows[Math.max(0, Math.min(this.rows.length - 1, index))];
    if (row === undefined || scroller === null) return;
    this.active = row.id;
    const top = this.rows.indexOf(row) * this.rowHeight;
    const inSight = scroller.clientHeight - headHeight;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + this.rowHeight > scroller.scrollTop + inSight) scroller.scrollTop = top + this.rowHeight - inSight;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const index = this.rows.findIndex(({ id }) => id === this.active);
    const row = this.rows[index];
    const page = Math.max(1, Math.floor(((this.scroller?.clientHeight ?? 0) - headHeight) / this.rowHeight) - 1);
    const target = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: this.rows.length - 1, PageDown: index + page, PageUp: index - page }[event.key];
    if (target !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.moveTo(target);
    } else if (event.key === ' ' && row !== undefined) {
      event.preventDefault();
      const check = this.check(row);
      if (check.mayBeChosen) this.onToggle([row.id], !this.chosen.has(row.id));
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && row !== undefined) {
      event.preventDefault();
      const { action } = this.check(row);
      if (action !== undefined) this.onAct(action, row.id);
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      event.preventDefault();
      this.toggle(this.rows.filter((other) => this.check(other).mayBeChosen), true);
    } else if (event.key === '/' || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f')) {
      event.preventDefault();
      event.stopPropagation();
      this.onFilter();
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) this.jump(event.key, index);
  };

  /** Letters typed quickly one after the other are one name's beginning. */
  private jump(letter: string, index: number): void {
    const now = performance.now();
    const isNew = now - this.typedAt > 800;
    this.typed = (isNew ? letter : this.typed + letter).toLowerCase();
    this.typedAt = now;
    const from = isNew ? index + 1 : Math.max(0, index);
    const ordered = [...this.rows.slice(from), ...this.rows.slice(0, from)];
    const found = ordered.find(({ name }) => name.toLowerCase().startsWith(this.typed));
    if (found !== undefined) this.moveTo(this.rows.indexOf(found));
  }
}

function rowId(hostId: string): string {
  return `host-${hostId}`;
}
