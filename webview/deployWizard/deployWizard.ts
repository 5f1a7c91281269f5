import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { deploySteps, type DeployStep } from '../../src/core/deployment/draft';
import { errorsOf, fieldNames, type DraftProblem } from '../../src/core/deployment/draftRules';
import { deploySummaryText } from '../../src/core/text/deploySummaryText';
import { deployWizardText } from '../../src/core/text/deployWizardText';
import { formatBytes, formatTime } from '../../src/core/text/measures';
import { plugInText } from '../../src/core/text/plugInText';
import { profileName } from '../../src/core/text/stateText';
import { wizardText } from '../../src/core/text/wizardText';
import type { DeployWizardContract } from '../../src/protocol/page/deployWizard';
import { createAnnouncer, type Announcer } from '../components/announcer';
import { button, linkButton } from '../components/button';
import { errorBox } from '../components/errorBox';
import { firstWrong } from '../components/firstWrong';
import { icon } from '../components/icon';
import { PageRoot } from '../components/page';
import { wizardFrame, type WizardStep } from '../components/wizardFrame';
import { applicationStep } from './applicationStep';
import { DeployModel } from './deployModel';
import { describeChoice } from './describeChoice';
import { gaxStep } from './gaxObjects';
import { hostsStep } from './hostsStep';
import { introductionStep } from './introductionStep';
import { progressButtons, progressChosen, progressStep } from './progress';
import { ProgressModel } from './progressModel';
import { silentIniStep } from './silentIniStep';
import { controlId, type StepView } from './stepView';
import { isReady, summaryStep } from './summaryStep';

const profileIcons = { install: 'rocket', upgrade: 'arrow-circle-up', rollBack: 'discard' } as const;

/** The deploy wizard: frame, steps, and the way between them. */
@customElement('gp-deploy-wizard')
export class DeployWizard extends PageRoot<DeployWizardContract> {
  private readonly model = new DeployModel(this.connection, this.locale, () => this.requestUpdate());
  private readonly progress = new ProgressModel(this.connection, this.locale, () => this.requestUpdate());
  private announcer: Announcer | undefined;
  /** Where the focus goes once the page is drawn. */
  private focusNext: 'first' | 'heading' | { readonly field: string } | undefined = 'first';

  override connectedCallback(): void {
    super.connectedCallback();
    this.announcer = createAnnouncer();
    this.progress.speakThrough(this.announcer);
    this.connection.onWaiting(() => this.requestUpdate());
    // Before what has the focus, wherever that is: a button would take Ctrl+Enter for Enter.
    document.addEventListener('keydown', this.onKey, true);
    void this.model.load().then(() => {
      if (this.model.start === undefined) return;
      if (this.model.draft.step === 'summary' && this.model.plan === undefined) void this.model.makePlan();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.onKey, true);
  }

  protected override render(): TemplateResult {
    const { model } = this;
    if (model.start === undefined) {
      return model.refusal === undefined ? html`<p class="page-message" role="status">${this.text(wizardText)('loading')}</p>` : html`<div class="page-message">
        <h1>${this.text(deployWizardText)('loadFailed')}</h1>
        ${errorBox(model.refusal, button(this.text(wizardText)('tryAgain'), () => void model.load()))}
      </div>`;
    }
    const text = this.text(deployWizardText);
    const { context: { package: item }, draft, locale } = model;
    const view = this.step(draft.step);
    const isRunning = draft.step === 'progress';
    const about = { locale: item.localeId, system: model.start.system, size: formatBytes(locale, item.size) };
    return wizardFrame<DeployStep>({
      locale,
      title: text('title', { profile: model.profile, package: item.name, version: item.version }),
      facts: [
        { icon: profileIcons[model.profile], words: text('profileFact', { profile: profileName(locale, model.profile) }) },
        { icon: model.isPlugIn ? 'plug' : 'package', words: (model.isPlugIn ? this.text(plugInText)('plugInFact', about) : text('packageFact', about)) },
        { icon: 'vm', words: text('machineFact', { machine: model.start.machine }) },
      ],
      steps: deploySteps.map((step) => this.railStep(step)),
      current: draft.step,
      goTo: (step) => this.goTo(step),
      heading: view.heading,
      ...(view.introduction !== undefined && { introduction: view.introduction }),
      content: html`${this.draftLine()}${model.refusal === undefined || isRunning ? nothing : errorBox(model.refusal)}${view.content}`,
      footer: this.footer(view),
      buttons: this.buttons(),
      waiting: this.connection.waiting,
    });
  }

  private step(step: DeployStep): StepView {
    const { model } = this;
    switch (step) {
      case 'introduction':
        return introductionStep(model);
      case 'hosts':
        return hostsStep(model, (words) => this.announcer?.say(words));
      case 'application':
        return model.isPlugIn ? gaxStep(model) : applicationStep(model);
      case 'silentIni':
        return silentIniStep(model, (words) => this.announcer?.sayNow(words));
      case 'summary':
        return summaryStep(model);
      case 'progress':
        return progressStep(this.progress, model.draft);
    }
  }

  private railStep(id: DeployStep): WizardStep<DeployStep> {
    const { model } = this;
    const { draft } = model;
    const text = this.text(deployWizardText);
    const position = deploySteps.indexOf(id);
    const isPast = position < deploySteps.indexOf(draft.furthest);
    const errors = isPast || draft.step === id ? (draft.step === id ? model.shownErrors(id) : errorsOf(model.problems, id)) : [];
    const chosen = id === 'progress' ? progressChosen(this.progress) : describeChoice(model, id, isPast || draft.step === id);
    const isRunning = draft.step === 'progress';
    return {
      id, name: text(id),
      ...(chosen !== undefined && { chosen }),
      // What runs cannot be changed any more.
      visited: !isRunning && position <= deploySteps.indexOf(draft.furthest),
      done: isRunning ? id !== 'progress' : isPast && id !== draft.step && errors.length === 0,
      ...(errors.length > 0 && !isRunning && { warning: text('problemsOfStep', { n: errors.length }) }),
    };
  }

  private draftLine(): TemplateResult | typeof nothing {
    const { draftOf } = this.model.start ?? {};
    if (draftOf === undefined || this.model.draft.step === 'progress') return nothing;
    const text = this.text(wizardText);
    return html`<p class="draft-line quiet">${icon('history')}<span>${text('draftOf', { time: formatTime(this.locale, draftOf) })}</span>
      ${linkButton(text('startAgain'), () => void this.model.startAgain().then(() => this.focusOn('heading')), { id: 'start-again' })}</p>`;
  }

  private footer(view: StepView): TemplateResult | string | typeof nothing {
    const { model } = this;
    const errors = model.shownErrors(model.draft.step);
    const [first] = errors;
    if (first === undefined) return view.footer;
    return firstWrong({ locale: this.locale, count: errors.length, name: this.nameOf(first), goTo: () => this.focusOn({ field: first.field }) });
  }

  /** What a wrong field is called: by its own label. */
  private nameOf(problem: DraftProblem): string {
    const label = this.querySelector<HTMLElement>(`#${CSS.escape(`${controlId(problem.field)}-label`)}`);
    return label?.textContent.trim() ?? this.text(deployWizardText)(problem.step);
  }

  private buttons(): TemplateResult {
    const text = this.text(wizardText);
    const { model } = this;
    const { step } = model.draft;
    const waits = this.connection.waiting || model.isStarting;
    if (step === 'progress') return html`${progressButtons(this.progress)}${button(text('close'), () => void model.ask(() => this.connection.request('wizard/close', {})), { kind: 'primary', id: 'close' })}`;
    return html`
      ${step === 'summary' ? button(this.text(deploySummaryText)('saveAsTask'), () => void model.saveTask(), { icon: 'json', id: 'save-task', disabled: waits }) : nothing}
      ${button(text('cancel'), () => void model.ask(() => this.connection.request('wizard/cancel', {})), { id: 'cancel', disabled: waits })}
      ${step === 'introduction' ? nothing : button(text('back'), () => this.back(), { id: 'back', disabled: waits })}
      ${step === 'summary'
        ? button(text('finish'), () => void this.finish(), { kind: 'primary', id: 'finish', disabled: waits || !isReady(model), describedBy: 'footer-words' })
        : button(text('next'), () => void this.next(), { kind: 'primary', id: 'next', disabled: waits })}`;
  }

  private async next(): Promise<void> {
    const { model } = this;
    const { step } = model.draft;
    // A field that the keys are still in counts as left: a secret in it is kept first.
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
    await model.secretsKept;
    const errors = model.check(step);
    const [first] = errors;
    if (first !== undefined) {
      this.showOwnValue(first);
      this.focusOn({ field: first.field });
      await this.updateComplete;
      this.announcer?.sayNow(this.text(deployWizardText)('errorAnnouncement', { n: errors.length, first: this.nameOf(first), message: first.message }));
      return;
    }
    if (step === 'hosts') await model.fillInForHosts();
    const following = deploySteps[deploySteps.indexOf(step) + 1];
    if (following !== undefined) this.goTo(following);
  }

  /** A value that is wrong for one host alone is shown where it can be mended. */
  private showOwnValue({ hostId }: DraftProblem): void {
    if (hostId !== undefined) this.model.shownHost = hostId;
  }

  private back(): void {
    const before = deploySteps[deploySteps.indexOf(this.model.draft.step) - 1];
    if (before !== undefined) this.goTo(before);
  }

  private goTo(step: DeployStep): void {
    const { model } = this;
    const { draft } = model;
    if (step === 'progress' || draft.step === 'progress') return;
    // The summary is of all that was entered: an earlier step that became wrong is shown first.
    const wrong = step === 'summary' ? model.problems.find(({ severity }) => severity === 'error') : undefined;
    if (wrong !== undefined) {
      model.check(wrong.step);
      this.showOwnValue(wrong);
      model.edit({ ...draft, step: wrong.step });
      this.focusOn({ field: wrong.field });
      return;
    }
    const furthest = deploySteps.indexOf(step) > deploySteps.indexOf(draft.furthest) ? step : draft.furthest;
    model.edit({ ...draft, step, furthest });
    this.focusOn('heading');
    if (step === 'summary' && model.plan === undefined) void model.makePlan();
  }

  private async finish(): Promise<void> {
    await this.model.finish();
    if (this.model.draft.step === 'progress' || this.model.planChanged) this.focusOn('heading');
  }

  private focusOn(target: NonNullable<typeof this.focusNext>): void {
    this.focusNext = target;
    this.requestUpdate();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const target = this.focusNext;
    if (target === undefined || this.model.start === undefined) return;
    this.focusNext = undefined;
    if (target === 'heading' || (target === 'first' && this.model.draft.step !== 'introduction')) this.querySelector<HTMLElement>('#step-heading')?.focus();
    else if (target === 'first') this.querySelector<HTMLElement>('main input, main select, main button:not(.link), #next')?.focus();
    else void this.focusField(target.field);
  }

  /** Some fields are drawn by elements of their own, a turn later. */
  private async focusField(field: string): Promise<void> {
    const id = field === fieldNames.hosts ? 'host-filter' : controlId(field);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const control = this.querySelector<HTMLElement>(`#${CSS.escape(id)}`);
    control?.scrollIntoView({ block: 'nearest' });
    control?.focus();
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (this.model.start === undefined || this.connection.waiting) return;
    const { step } = this.model.draft;
    const take = (): void => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      take();
      if (step === 'summary') this.querySelector<HTMLElement>('#finish')?.focus();
      else if (step !== 'progress') void this.next();
    } else if (event.altKey && event.key === 'PageUp' && step !== 'introduction' && step !== 'progress') {
      take();
      this.back();
    } else if (event.altKey && event.key === 'PageDown' && step !== 'summary' && step !== 'progress') {
      take();
      void this.next();
    }
  };
}
