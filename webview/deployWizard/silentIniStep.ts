import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { clearFilledIn, emptyDraft, fillIn, type DeployDraft } from '../../src/core/deployment/draft';
import { askedQuestions, fieldNames, formFields } from '../../src/core/deployment/draftRules';
import { previewFile } from '../../src/core/deployment/filePreview';
import { deployParametersText } from '../../src/core/text/deployParametersText';
import { formatTime } from '../../src/core/text/measures';
import { createText } from '../../src/core/text/messages';
import { select } from '../components/choices';
import { icon } from '../components/icon';
import { PageElement } from '../components/page';
import type { DeployModel } from './deployModel';
import { askForGax, gaxDirectories, gaxDirectoryFields, introducePlugIn, labelPlugInPath, warnedFields, warnsOfGax } from './gaxDirectories';
import { filledInLine } from './introductionStep';
import { askedField, askedQuestion, silentIniControl, titleOf, type AskedValue } from './silentIniField';
import { describeChange, previewBody, previewChanges, previewLines, type PreviewChange, type PreviewLine } from './silentIniPreview';
import { controlId, type StepView } from './stepView';

/** Step 4: the values of silent.ini, with the file beside them. @param say speaks to a screen reader */
export function silentIniStep(model: DeployModel, say: (words: string) => void): StepView {
  const text = createText(model.locale, deployParametersText);
  const isRight = !model.problems.some(({ step, severity }) => step === 'silentIni' && severity === 'error');
  return {
    heading: text('silentIniHeading'),
    introduction: model.isPlugIn ? introducePlugIn(model) : text(model.context.package.silentIni === '' ? 'noSilentIni' : 'silentIniText'),
    content: html`<gp-silent-ini-step .model=${model} .draft=${model.draft} .start=${model.start} .shownHost=${model.shownHost} .problems=${model.problems} .checks=${model.checks} .gaxChecks=${model.gax.changes} .say=${say}></gp-silent-ini-step>`,
    footer: warnsOfGax(model) ?? (isRight ? html`<span class="state">${icon('pass', 'good')}<span>${text('noProblems', { n: model.chosen.length })}</span></span>` : nothing),
  };
}

@customElement('gp-silent-ini-step')
export class SilentIniStep extends PageElement {
  @property({ attribute: false }) model!: DeployModel;
  // What it is drawn from: a change of any draws it anew.
  @property({ attribute: false }) draft: unknown;
  @property({ attribute: false }) start: unknown;
  @property({ attribute: false }) shownHost: unknown;
  @property({ attribute: false }) problems: unknown;
  @property({ attribute: false }) checks = 0;
  @property({ attribute: false }) gaxChecks = 0;
  @property({ attribute: false }) say: (words: string) => void = () => undefined;
  @state() private view: 'file' | 'changes' = 'changes';
  @state() private active: string | undefined;
  @state() private changing: ReadonlySet<string> = new Set();
  @state() private change: PreviewChange | undefined;

  protected override firstUpdated(): void {
    askForGax(this.model);
  }

  protected override render(): TemplateResult {
    const lines = this.lines();
    return html`<div class="silent-ini" @keydown=${(event: KeyboardEvent) => this.onKey(event, lines)} @focusin=${this.onFocusIn}>
      <div class="silent-ini-form">
        ${filledInLine(this.model)}
        ${this.hostChoice()}
        ${this.questions()}
        ${this.sections()}
        ${gaxDirectories(this.model)}
      </div>
      <section class="preview box" aria-label=${this.text(deployParametersText)('preview')}>
        ${this.previewHead()}
        ${lines.length === 0 ? html`<p class="preview-empty quiet">${this.text(deployParametersText)('noChanges')}</p>` : previewBody({
          locale: this.locale, lines, active: this.active, change: this.change, perHost: this.perHost(), warned: warnedFields(this.model), onPick: (field) => this.focusField(field), id: 'preview-lines',
        })}
        <p class="preview-foot quiet">${icon('info')}<span>${this.text(deployParametersText)('previewNote')}</span></p>
      </section>
    </div>`;
  }

  private hostChoice(): TemplateResult {
    const text = this.text(deployParametersText);
    const { model } = this;
    const own = model.chosen.flatMap((host) => {
      const n = model.draft.hostValues.filter(({ hostId }) => hostId === host.id).length;
      return n === 0 ? [] : [text('ownValues', { host: host.name, n })];
    });
    const choices = [{ value: '', label: text('valuesForAll', { n: model.chosen.length }) }, ...model.chosen.map(({ id, name }) => ({ value: id, label: name }))];
    return html`<div class="values-for">
      <label for="values-for" id="values-for-label">${text('valuesFor')}</label>
      ${select({ id: 'values-for', labelledBy: 'values-for-label', describedBy: undefined, invalid: false, required: false }, {
        value: model.shownHost ?? '', choices, onChange: (value) => model.show(value === '' ? undefined : value),
      })}
      <span class="quiet">${own.join(' · ')}</span>
    </div>`;
  }

  private questions(): TemplateResult | typeof nothing {
    const text = this.text(deployParametersText);
    const { model } = this;
    const { notUnderstood = [] } = model.start ?? {};
    // An option of the application object is the same on all hosts.
    const asked = askedQuestions(model.context).filter(({ target }) => model.shownHost === undefined || target === 'silentIni').map((question) => askedQuestion(question, text));
    if (asked.length === 0 && notUnderstood.length === 0) return nothing;
    return html`<section class="ini-section"><h3>${text('questions')}</h3>
      ${asked.map((item) => this.control(item))}
      ${notUnderstood.length === 0 ? nothing : html`<ul class="not-understood">${notUnderstood.map((item) => html`<li class="field-warning">${icon('warning', 'warning')}<span>${text('notUnderstood', { file: item.file, line: item.line, text: item.text })}</span></li>`)}</ul>`}
    </section>`;
  }

  private sections(): readonly TemplateResult[] {
    const text = this.text(deployParametersText);
    const { model } = this;
    const own = new Map(formFields(emptyDraft(), model.context, undefined, this.locale).map((item) => [fieldNames.valueOf(item), item.value]));
    const bySection = new Map<string, AskedValue[]>();
    for (const item of formFields(model.draft, model.context, model.shownHost, this.locale)) {
      bySection.set(item.section, [...(bySection.get(item.section) ?? []), labelPlugInPath(model, askedField(item, own.get(fieldNames.valueOf(item)) ?? '', text))]);
    }
    const { nickname, name } = model.context.package;
    return [...bySection].map(([section, fields]) => html`<section class="ini-section">
      <h3>${section === nickname ? name : titleOf(text, 'section', section)} <code class="quiet">[${section}]</code></h3>
      ${fields.map((item) => this.control(item))}
    </section>`);
  }

  private control(asked: AskedValue): TemplateResult {
    const text = this.text(deployParametersText);
    // One secret for all hosts: it lies in the secret store under the package and the key.
    if (asked.secret && this.model.shownHost !== undefined) return html`<div class="field"><p>${asked.label} <code class="quiet">${asked.key}</code></p><p class="field-help">${text('secretForAll')}</p></div>`;
    return silentIniControl(this.model, asked, {
      changing: this.changing,
      onChange: (field, isChanging) => {
        const others = [...this.changing].filter((other) => other !== field);
        this.changing = new Set(isChanging ? [...others, field] : others);
      },
    });
  }

  private previewHead(): TemplateResult {
    const text = this.text(deployParametersText);
    const { remembered } = this.model.start ?? {};
    const changes = remembered === null || remembered === undefined ? text('previewOwnChanges') : text('previewChanges', { date: formatTime(this.locale, remembered.from.at) });
    const tab = (view: 'file' | 'changes', label: string): TemplateResult => html`<button type="button" class="toggle" aria-pressed=${this.view === view ? 'true' : 'false'} @click=${() => {
      this.view = view;
      this.change = undefined;
    }}>${label}</button>`;
    return html`<div class="preview-head"><code><strong>genesys_silent.ini</strong></code>
      <div class="toggles" role="group" aria-label=${text('previewView')}>${tab('file', text('previewFile'))}${tab('changes', changes)}</div>
      <button type="button" class="icon-button" id="open-in-editor" aria-label=${text('openInEditor')} title=${text('openInEditor')} @click=${this.openInEditor}>${icon('go-to-file')}</button>
    </div>`;
  }

  private lines(): readonly PreviewLine[] {
    const { draft, context, shownHost } = this.model;
    const file = previewFile(draft, context, shownHost);
    return this.view === 'file' ? previewLines(file) : previewLines(file, previewFile(this.earlier(), context, shownHost));
  }

  /** What the changes are told against: the values of the last deployment, else the package's own file. */
  private earlier(): DeployDraft {
    const { draft, start } = this.model;
    const bare = { ...clearFilledIn(draft), hostApplications: draft.hostApplications };
    return start?.remembered === null || start === undefined ? bare : { ...fillIn(bare, start.remembered.from, start.remembered.inputs), hostApplications: draft.hostApplications };
  }

  private perHost(): ReadonlySet<string> {
    const { draft, shownHost, chosen } = this.model;
    if (shownHost !== undefined || chosen.length < 2) return new Set();
    const key = { section: 'ConfigServer', key: 'ApplicationName' };
    const named = draft.values.some(({ section, key: name, value }) => section === key.section && name === key.key && value !== '');
    return new Set([...draft.hostValues.map(fieldNames.valueOf), ...gaxDirectoryFields(this.model), ...(named ? [] : [fieldNames.valueOf(key)])]);
  }

  private readonly openInEditor = (): void => {
    const { model } = this;
    void model.ask(() => model.connection.request('silentIni/open', { draft: model.draft, ...(model.shownHost !== undefined && { hostId: model.shownHost }) }));
  };

  private readonly onFocusIn = (event: FocusEvent): void => {
    const asked = event.target instanceof Element ? event.target.closest<HTMLElement>('.asked') : null;
    this.active = asked?.dataset['field'];
    if (this.active !== undefined) {
      this.change = undefined;
      void this.updateComplete.then(() => this.showLine('.preview-line.is-active'));
    }
  };

  private showLine(selector: string): void {
    const box = this.querySelector<HTMLElement>('.preview-lines');
    const line = this.querySelector<HTMLElement>(selector);
    // Only the preview itself is moved: the form stays under the person's hands.
    if (box !== null && line !== null) box.scrollTop = Math.max(0, line.offsetTop - box.offsetTop - box.clientHeight / 2);
  }

  private focusField(field: string): void {
    this.querySelector<HTMLElement>(`#${CSS.escape(controlId(field))}`)?.focus();
  }

  private onKey(event: KeyboardEvent, lines: readonly PreviewLine[]): void {
    if (event.key !== 'F7') return;
    event.preventDefault();
    const changes = previewChanges(lines);
    if (changes.length === 0) return this.say(this.text(deployParametersText)('noChanges'));
    const at = this.change === undefined ? -1 : changes.findIndex((change) => change.at === this.change?.at);
    const next = event.shiftKey ? (at <= 0 ? changes.length - 1 : at - 1) : (at + 1) % changes.length;
    this.change = changes[next];
    if (this.change === undefined) return;
    this.say(describeChange(this.text(deployParametersText), this.change));
    void this.updateComplete.then(() => this.showLine('.preview-line.is-active'));
  }
}
