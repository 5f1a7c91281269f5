import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { keyText } from '../../src/core/configuration/applicationValue';
import type { ApplicationValue } from '../../src/core/configuration/mergeApplication';
import { canBeEdited, editOf } from '../../src/core/deployment/applicationEdits';
import type { ApplicationEdit } from '../../src/core/deployment/model';
import { deploySummaryText, type DeploySummaryTextKey } from '../../src/core/text/deploySummaryText';
import { detailsText, type DetailsTextKey } from '../../src/core/text/detailsText';
import type { PlannedHost } from '../../src/protocol/page/deployWizard';
import { iconButton, linkButton } from '../components/button';
import { icon } from '../components/icon';
import { PageElement } from '../components/page';
import { controlId } from './stepView';

const reasons: Readonly<Record<ApplicationValue['why'], readonly [icon: string, color: string, words: DeploySummaryTextKey]>> = {
  newVersion: ['arrow-up', '', 'whyNewVersion'],
  entered: ['edit', '', 'whyEntered'],
  existingKept: ['lock', '', 'whyExistingKept'],
  added: ['diff-added', 'good', 'whyAdded'],
  equal: ['dash', 'quiet', 'whyEqual'],
};

/** Fields of an application object by the names that its own page gives them; every other value is an option. */
const fieldNames: Readonly<Partial<Record<string, DetailsTextKey>>> = {
  version: 'fieldVersion', workingDirectory: 'fieldWorkingDirectory', commandLine: 'fieldCommandLine', commandLineArguments: 'fieldArguments',
  tenantObject: 'fieldTenant', port: 'fieldPort', primaryServer: 'fieldPrimaryServer', backupServer: 'fieldBackupServer',
};

/** Takes a value that was entered, for this host or for all; undefined: it is reset. */
export type EditValue = (value: ApplicationValue, entered: string | undefined, forAll: boolean) => void;

/** The values of the application object of one host: each with where it comes from, and to be changed before the run. */
@customElement('gp-application-values')
export class ApplicationValues extends PageElement {
  @property({ attribute: false }) host!: PlannedHost;
  @property({ attribute: false }) edits: readonly ApplicationEdit[] = [];
  /** Hosts of the deployment. */
  @property({ attribute: false }) hostCount = 1;
  /** Nothing can be changed now. */
  @property({ attribute: false }) isLocked = false;
  @property({ attribute: false }) onEdit: EditValue = () => undefined;
  @state() private showsEqual = false;
  /** The value that is being entered. */
  @state() private entering: { readonly key: string; readonly value: string; readonly forAll: boolean } | undefined;

  protected override render(): TemplateResult {
    const text = this.text(deploySummaryText);
    const { values } = this.host.application;
    const isShown = (value: ApplicationValue): boolean => value.why !== 'equal' || this.showsEqual || this.heldEdit(value) !== undefined;
    const equal = values.filter(({ why }) => why === 'equal').length;
    const shown = values.filter(isShown);
    return html`${shown.length === 0 ? html`<p class="quiet">${text('noDifference')}</p>` : html`<table class="plain-table values-table" aria-label=${text('tabApplication', { n: shown.length })}>
        <thead><tr>${(['columnValue', 'columnExisting', 'columnNew', 'columnResult', 'columnWhy'] as const).map((name) => html`<th scope="col">${text(name)}</th>`)}</tr></thead>
        <tbody>${shown.map((value) => this.row(value))}</tbody>
      </table>`}
      ${equal === 0 ? nothing : linkButton(this.showsEqual ? text('hideEqual') : text('showEqual', { n: equal }), () => {
        this.showsEqual = !this.showsEqual;
      })}`;
  }

  private heldEdit(value: ApplicationValue): ApplicationEdit | undefined {
    return editOf(this.edits, value, this.host.hostId);
  }

  private row(value: ApplicationValue): TemplateResult {
    const text = this.text(deploySummaryText);
    const edit = this.heldEdit(value);
    // Until the plan is there that has it, what was entered is shown as what it will be.
    const result = edit?.value ?? value.result;
    const [name, color, words] = reasons[edit === undefined ? value.why : edit.value === value.existing ? 'equal' : 'entered'];
    const field = fieldNames[value.name];
    const cell = (column: DeploySummaryTextKey, said: string | undefined): TemplateResult => html`<td class="mono" data-column=${text(column)}>${said === undefined || said === '' ? '–' : said}</td>`;
    const isEntering = this.entering?.key === keyText(value);
    return html`<tr class=${isEntering ? 'is-entering' : ''}>
      ${field === undefined ? html`<th scope="row" class="mono">${value.name}</th>` : html`<th scope="row">${this.text(detailsText)(field)}</th>`}
      ${cell('columnExisting', value.existing)}${cell('columnNew', value.fresh)}
      <td class="mono result-cell" data-column=${text('columnResult')}>${isEntering ? this.entry(value) : html`<strong>${result === '' ? '–' : result}</strong>${this.actions(value, edit)}`}</td>
      <td><span class="state">${icon(name, color)}<span>${text(words)}</span></span></td>
    </tr>`;
  }

  private actions(value: ApplicationValue, edit: ApplicationEdit | undefined): TemplateResult | typeof nothing {
    // A plug-in only adds to GAX.
    if (this.host.plugIn !== undefined || !canBeEdited(value)) return nothing;
    const text = this.text(deploySummaryText);
    const name = this.nameOf(value);
    return html`<span class="value-actions">${iconButton(text('changeValue', { name }), 'edit', () => this.begin(value, edit), { id: this.idOf(value), disabled: this.isLocked })}${
      edit === undefined ? nothing : iconButton(text('resetValue', { name }), 'discard', () => {
        this.onEdit(value, undefined, false);
        this.focusButton(value);
      }, { disabled: this.isLocked })}</span>`;
  }

  /** The field for a new value, with whom it is for. */
  private entry(value: ApplicationValue): TemplateResult {
    const text = this.text(deploySummaryText);
    const entering = this.entering ?? { key: keyText(value), value: '', forAll: false };
    const name = this.nameOf(value);
    const id = this.idOf(value);
    const scope = (forAll: boolean, label: string): TemplateResult => html`<label class="scope"><input type="radio" name="${id}-scope" .checked=${entering.forAll === forAll} @change=${() => {
      this.entering = { ...entering, forAll };
    }}><span>${label}</span></label>`;
    return html`<div class="value-entry" role="group" aria-label=${text('changeValue', { name })} @keydown=${(event: KeyboardEvent) => this.onKey(event, value)}>
      <input type="text" class="input mono" id="${id}-entry" aria-label=${text('resultOf', { name })} maxlength="4096" autocomplete="off" spellcheck="false" .value=${entering.value} @input=${(event: InputEvent) => {
        this.entering = { ...entering, value: (event.currentTarget as HTMLInputElement).value };
      }}>
      ${this.hostCount < 2 ? nothing : html`<span class="scopes">${scope(false, text('forThisHost', { host: this.host.hostName }))}${scope(true, text('forAllHosts', { n: this.hostCount }))}</span>`}
      <span class="value-actions">${linkButton(text('takeValue'), () => this.take(value), { id: `${id}-take` })}${linkButton(text('leaveValue'), () => this.leave(value), { id: `${id}-leave` })}</span>
    </div>`;
  }

  private nameOf({ name }: ApplicationValue): string {
    const field = fieldNames[name];
    return field === undefined ? name : this.text(detailsText)(field);
  }

  private idOf(value: ApplicationValue): string {
    return controlId(`planned-${this.host.hostId}-${keyText(value)}`);
  }

  private begin(value: ApplicationValue, edit: ApplicationEdit | undefined): void {
    this.entering = { key: keyText(value), value: edit?.value ?? value.result, forAll: edit !== undefined && edit.hostId === undefined };
    void this.updateComplete.then(() => this.querySelector<HTMLInputElement>(`#${CSS.escape(`${this.idOf(value)}-entry`)}`)?.select());
  }

  private take(value: ApplicationValue): void {
    const { entering } = this;
    if (entering === undefined) return;
    this.onEdit(value, entering.value, entering.forAll && this.hostCount > 1);
    this.leave(value);
  }

  private leave(value: ApplicationValue): void {
    this.entering = undefined;
    this.focusButton(value);
  }

  private focusButton(value: ApplicationValue): void {
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`#${CSS.escape(this.idOf(value))}`)?.focus());
  }

  private onKey(event: KeyboardEvent, value: ApplicationValue): void {
    const inField = event.target instanceof HTMLInputElement;
    if (event.key === 'Escape') this.leave(value);
    else if (event.key === 'Enter' && inField && !event.ctrlKey && !event.metaKey) this.take(value);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
