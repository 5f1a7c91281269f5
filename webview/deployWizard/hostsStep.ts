import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { fieldNames } from '../../src/core/deployment/draftRules';
import { deployWizardText } from '../../src/core/text/deployWizardText';
import { createText } from '../../src/core/text/messages';
import { plugInText } from '../../src/core/text/plugInText';
import type { HostRow } from '../../src/protocol/page/deployWizard';
import { button, linkButton } from '../components/button';
import { icon } from '../components/icon';
import { PageElement } from '../components/page';
import type { DeployModel } from './deployModel';
import { hostsWithGax } from './gaxObjects';
import type { HostTable } from './hostTable';
import './hostTable';
import { orderChoice } from './orderChoice';
import { controlId, type StepView } from './stepView';
import { tagFilter, withAnyTag } from './tagFilter';

/** Step 2: the hosts. @param say speaks to a screen reader */
export function hostsStep(model: DeployModel, say: (words: string) => void): StepView {
  const text = createText(model.locale, deployWizardText);
  return {
    heading: text('hostsHeading'),
    introduction: (model.isPlugIn ? createText(model.locale, plugInText) : text)('hostsText', { system: model.start?.system ?? '' }),
    content: html`<gp-hosts-step .model=${model} .rows=${model.hostRows} .chosen=${model.draft.hostIds} .problem=${model.shownProblem('hosts', fieldNames.hosts)?.message} .say=${say}></gp-hosts-step>${orderChoice(model)}`,
    footer: nothing,
  };
}

/** Chips that are shown; who chooses thousands counts them. */
const mostChips = 60;

@customElement('gp-hosts-step')
export class HostsStep extends PageElement {
  @property({ attribute: false }) model!: DeployModel;
  @property({ attribute: false }) rows: ReadonlyMap<string, HostRow> = new Map();
  @property({ attribute: false }) chosen: readonly string[] = [];
  @property({ attribute: false }) problem: string | undefined;
  @property({ attribute: false }) say: (words: string) => void = () => undefined;
  @state() private filter = '';
  @state() private tagKeys: ReadonlySet<string> = new Set();
  private sorted: { readonly of: ReadonlyMap<string, HostRow>; readonly rows: readonly HostRow[] } | undefined;
  private shown: { readonly of: readonly unknown[]; readonly rows: readonly HostRow[] } | undefined;
  private chosenIds: { readonly of: readonly string[]; readonly ids: ReadonlySet<string> } | undefined;

  protected override render(): TemplateResult {
    const text = this.text(deployWizardText);
    const all = this.allRows();
    const rows = this.shownRows(all);
    const add = linkButton(text('addHost'), () => void this.add(), { icon: 'add', id: 'add-host' });
    if (all.length === 0) return html`<div class="host-empty"><p>${text('noHosts')}</p>${button(text('addHost'), () => void this.add(), { id: 'add-host', icon: 'add' })}${this.error()}</div>`;
    return html`<div class="host-tools">
        <div class="filter">
          ${icon('search')}
          <input type="text" class="input" id="host-filter" aria-label=${text('filterHosts')} aria-describedby=${this.problem === undefined ? nothing : 'hosts-error'} placeholder=${text('filterHosts')}
            autocomplete="off" spellcheck="false" .value=${this.filter} @input=${this.onFilter} @keydown=${this.onFilterKey}>
          <span class="filter-count quiet">${this.filter === '' && this.tagKeys.size === 0 ? nothing : text('filterCount', { shown: rows.length, all: all.length })}</span>
          ${this.filter === '' ? nothing : html`<button type="button" class="icon-button" aria-label=${text('clearFilter')} @click=${() => this.setFilter('')}>${icon('close')}</button>`}
        </div>
        ${add}
      </div>
      ${tagFilter(all, text('filterByTag'), this.tagKeys, this.toggleTag)}
      <p class="visually-hidden" id="host-keys">${text('hostKeys')}</p>
      <gp-host-table
        .rows=${rows} .chosen=${this.chosenSet()} .package=${this.model.context.package} .hostsWithGax=${hostsWithGax(this.model)} .describedBy=${this.problem === undefined ? '' : 'hosts-error'}
        .onToggle=${this.onToggle} .onAct=${this.onAct} .onFilter=${this.focusFilter}></gp-host-table>
      ${rows.length === 0 ? html`<p class="quiet host-none">${this.filter === '' ? text('noHostTagged') : text('noHostMatches', { text: this.filter })}</p>` : nothing}
      <div class="chosen"><h3 id="${controlId(fieldNames.hosts)}-label">${text('chosenHostsHead')}</h3>${this.chips()}</div>
      ${this.error()}`;
  }

  private error(): TemplateResult | typeof nothing {
    return this.problem === undefined ? nothing : html`<p class="field-error" id="hosts-error">${icon('error', 'error')}<span>${this.problem}</span></p>`;
  }

  private chips(): TemplateResult {
    const text = this.text(deployWizardText);
    if (this.chosen.length === 0) return html`<span class="quiet">${text('noHostChosen')}</span>`;
    return html`<ul class="chips">
      ${this.chosen.slice(0, mostChips).map((id, index) => {
        const name = this.rows.get(id)?.name ?? id;
        return html`<li class="chip"><span>${name}</span><button type="button" class="icon-button" aria-label=${text('removeChosen', { host: name })} @click=${() => void this.takeOut(id, index)}>${icon('close')}</button></li>`;
      })}
      ${this.chosen.length > mostChips ? html`<li class="quiet">+${this.chosen.length - mostChips}</li>` : nothing}
    </ul>`;
  }

  private allRows(): readonly HostRow[] {
    if (this.sorted?.of !== this.rows) {
      const collator = new Intl.Collator(this.locale, { numeric: true, sensitivity: 'base' });
      this.sorted = { of: this.rows, rows: [...this.rows.values()].sort((a, b) => collator.compare(a.name, b.name)) };
    }
    return this.sorted.rows;
  }

  private shownRows(all: readonly HostRow[]): readonly HostRow[] {
    if (this.shown?.of[0] !== all || this.shown.of[1] !== this.filter || this.shown.of[2] !== this.tagKeys) {
      const wanted = this.filter.trim().toLowerCase();
      const tagged = withAnyTag(all, this.tagKeys);
      const rows = wanted === '' ? tagged : tagged.filter(({ name, address, system }) => name.toLowerCase().includes(wanted) || address.toLowerCase().includes(wanted) || system?.release.toLowerCase().includes(wanted) === true);
      this.shown = { of: [all, this.filter, this.tagKeys], rows };
    }
    return this.shown.rows;
  }

  private chosenSet(): ReadonlySet<string> {
    if (this.chosenIds?.of !== this.chosen) this.chosenIds = { of: this.chosen, ids: new Set(this.chosen) };
    return this.chosenIds.ids;
  }

  private setFilter(filter: string): void {
    this.filter = filter;
    this.focusFilter();
    this.sayCount();
  }

  private sayCount(): void {
    const all = this.allRows();
    this.say(this.text(deployWizardText)('hostsAnnouncement', { shown: this.shownRows(all).length, all: all.length }));
  }

  private readonly toggleTag = (key: string): void => {
    const keys = new Set(this.tagKeys);
    if (!keys.delete(key)) keys.add(key);
    this.tagKeys = keys;
    this.sayCount();
  };

  private readonly onFilter = (event: InputEvent): void => {
    this.filter = (event.currentTarget as HTMLInputElement).value;
    this.sayCount();
  };

  private readonly onFilterKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.querySelector<HostTable>('gp-host-table')?.enter();
    } else if (event.key === 'Escape' && this.filter !== '') {
      event.preventDefault();
      this.setFilter('');
    }
  };

  private readonly focusFilter = (): void => {
    this.querySelector<HTMLElement>('#host-filter')?.focus();
  };

  private readonly onToggle = (ids: readonly string[], chosen: boolean): void => {
    const changed = new Set(ids);
    const others = this.model.draft.hostIds.filter((id) => !changed.has(id));
    this.model.choose(chosen ? [...others, ...ids] : others);
  };

  private readonly onAct = (action: 'test' | 'open', id: string): void => {
    void this.model.ask(() => this.model.connection.request(action === 'test' ? 'hosts/test' : 'hosts/open', { id }));
  };

  private async takeOut(id: string, index: number): Promise<void> {
    this.onToggle([id], false);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const chips = this.querySelectorAll<HTMLElement>('.chip button');
    (chips[Math.min(index, chips.length - 1)] ?? this.querySelector<HTMLElement>('#host-filter'))?.focus();
  }

  private async add(): Promise<void> {
    await this.model.ask(async () => {
      const id = await this.model.connection.request('hosts/add', {});
      if (!this.model.draft.hostIds.includes(id)) this.model.choose([...this.model.draft.hostIds, id]);
    });
    this.querySelector<HTMLElement>('#add-host')?.focus();
  }
}
