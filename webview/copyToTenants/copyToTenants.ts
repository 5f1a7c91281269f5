import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { checkCopy, chosenTargets, countCopies, planCopy, targetState, withTargets, wholeName, type CopyProblem, type CopyTenant } from '../../src/core/packages/tenantCopy';
import { copyToTenantsText, describeCopied, describeCopyProblem } from '../../src/core/text/copyToTenantsText';
import { formatTime } from '../../src/core/text/measures';
import { wizardText } from '../../src/core/text/wizardText';
import { copySteps, type CopyDraft, type CopyResultRow, type CopyStart, type CopyStep, type CopyToTenantsContract, type CopyView } from '../../src/protocol/page/copyToTenants';
import type { RequestName, RequestParams, RequestResult } from '../../src/protocol/page/page';
import { createAnnouncer, type Announcer } from '../components/announcer';
import { button, linkButton } from '../components/button';
import { errorBox } from '../components/errorBox';
import { icon } from '../components/icon';
import { notice } from '../components/notice';
import { PageRoot } from '../components/page';
import { wizardFrame, type HeaderFact, type WizardStep } from '../components/wizardFrame';
import { RefusedRequest } from '../messaging';
import { copyResult } from './copyResult';
import { plannedRows } from './copyTable';
import { targetList } from './targetList';
import './tenantTree';

type View = Extract<CopyView, { kind: 'copy' }>;
type Request = RequestName<CopyToTenantsContract>;

/** Packages that the header names. */
const mostFacts = 6;

/** The wizard that copies packages to tenants: which ones, then what will be done. */
@customElement('gp-copy-to-tenants')
export class CopyToTenants extends PageRoot<CopyToTenantsContract> {
  @state() private view: CopyView | undefined;
  @state() private draft: CopyDraft = { tenantIds: [], step: 'tenants' };
  @state() private draftOf: string | null = null;
  @state() private result: readonly CopyResultRow[] | null = null;
  /** Next was pressed: what is wrong is said. */
  @state() private nextPressed = false;
  @state() private problem: { readonly message: string; readonly code?: string } | undefined;
  @state() private isBusy = false;
  private announcer: Announcer | undefined;
  /** An element to focus once it is there. */
  private focusOn: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.announcer = createAnnouncer();
    this.connection.onWaiting(() => this.requestUpdate());
    this.connection.onEvent('view', (view) => {
      // What comes before the answer to the first request is older than that.
      // What was done stays to be read, also when its packages are deleted.
      if (this.view !== undefined && (this.result === null || view.kind === 'copy')) this.view = view;
    });
    this.connection.onEvent('start', (start) => this.begin(start));
    document.addEventListener('keydown', this.onKeyDown);
    void this.answer('page/open', {}).then((opened) => {
      if (opened === undefined) return;
      this.view = opened.view;
      this.begin(opened.start);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.onKeyDown);
  }

  private begin({ draft, draftOf, result }: CopyStart): void {
    this.draft = draft;
    this.draftOf = draftOf;
    this.result = result;
    this.nextPressed = false;
    this.problem = undefined;
    this.focusOn = result === null && draft.step === 'tenants' ? 'tenant-filter' : 'step-heading';
  }

  protected override render(): TemplateResult {
    const { view } = this;
    const text = this.text(copyToTenantsText);
    if (view?.kind === 'copy') return this.wizard(view);
    return html`<main class="details"><h1>${text('title')}</h1>
      ${this.problem === undefined ? nothing : errorBox(this.problem)}
      ${view === undefined ? html`<p role="status">${this.text(wizardText)('loading')}</p>` : view.kind === 'offline' ? this.offline() : html`${notice('warning', text('gone'))}
        <div class="actions">${button(this.text(wizardText)('close'), () => this.ask('page/close', {}), { kind: 'primary', id: 'close' })}</div>`}
    </main>`;
  }

  private wizard(view: View): TemplateResult {
    const text = this.text(copyToTenantsText);
    const { result } = this;
    const step = this.stepOf(view);
    return wizardFrame<CopyStep>({
      locale: this.locale, title: text('title'), facts: this.facts(view),
      steps: copySteps.map((id) => this.railStep(view, id, step)), current: step, goTo: (to) => this.goTo(to),
      heading: result !== null ? describeCopied(this.locale, countCopies(result)) : text(step === 'tenants' ? 'chooseHeading' : 'reviewHeading'),
      ...(result === null && { introduction: text(step === 'tenants' ? 'chooseText' : 'reviewText') }),
      content: html`${this.notices(view)}${result !== null ? copyResult(this.locale, result) : step === 'tenants' ? this.choose(view) : html`<gp-copy-table .rows=${plannedRows(planCopy(this.draft.tenantIds, view))}></gp-copy-table>`}`,
      footer: this.footer(view, step), buttons: this.buttons(view, step), waiting: this.connection.waiting,
    });
  }

  /** A choice that became wrong while it was reviewed is shown where it can be mended. */
  private stepOf(view: View): CopyStep {
    return this.result !== null || (this.draft.step === 'review' && this.problems(view).length === 0) ? 'review' : 'tenants';
  }

  private problems(view: View): readonly CopyProblem[] {
    return checkCopy(this.draft.tenantIds, view);
  }

  /** What is wrong with the choice, once Next was pressed; a right that was taken away at once. */
  private shownProblem(view: View): string | undefined {
    const isPressed = this.nextPressed || this.draft.step === 'review';
    const problem = this.problems(view).find(({ kind }) => isPressed || kind === 'readOnly');
    return problem === undefined ? undefined : describeCopyProblem(this.locale, problem, view.packages.length);
  }

  private facts({ packages }: View): readonly HeaderFact[] {
    const named = packages.slice(0, mostFacts).map((item) => ({ icon: 'package', words: wholeName(item) }));
    const more = packages.length - named.length;
    return more === 0 ? named : [...named, { icon: 'ellipsis', words: this.text(copyToTenantsText)('morePackages', { n: more }) }];
  }

  private railStep(view: View, id: CopyStep, current: CopyStep): WizardStep<CopyStep> {
    const text = this.text(copyToTenantsText);
    const isOver = this.result !== null;
    const isPast = id === 'tenants' && current === 'review';
    const n = chosenTargets(this.draft.tenantIds, view).length;
    return { id, name: text(id), ...(id === 'tenants' && !isOver && n > 0 && { chosen: text('chosen', { n }) }), visited: isPast && !isOver, done: isOver || isPast };
  }

  /** What stands in the way, or is to be known, before the step's own content. */
  private notices(view: View): TemplateResult {
    const text = this.text(copyToTenantsText);
    const common = this.text(wizardText);
    const { lock } = view;
    return html`
      ${lock === undefined ? nothing : notice('warning', lock.kind === 'needsTrust' ? text('needsTrust') : (lock.message ?? ''), lock.kind === 'needsTrust' ? { actions: linkButton(text('manageTrust'), () => this.ask('trust/manage', {})) } : {})}
      ${view.offline ? this.offline() : nothing}
      ${view.gone === 0 || this.result !== null ? nothing : notice('warning', text('someGone', { n: view.gone }))}
      ${this.problem === undefined ? nothing : errorBox(this.problem)}
      ${this.draftOf === null || this.result !== null ? nothing : html`<p class="draft-line quiet">${icon('history')}<span>${common('draftOf', { time: formatTime(this.locale, this.draftOf) })}</span>${linkButton(common('startAgain'), () => void this.startAgain(), { id: 'start-again' })}</p>`}`;
  }

  private offline(): TemplateResult {
    const text = this.text(copyToTenantsText);
    return notice('warning', text('offline'), { actions: linkButton(text('connectAgain'), () => this.ask('service/connect', {}), { id: 'connect' }) });
  }

  private choose(view: View): TemplateResult {
    const text = this.text(copyToTenantsText);
    const problem = this.shownProblem(view);
    return html`<div class="copy-columns">
      <div><gp-tenant-tree .packages=${view.packages} .tenants=${view.tenants} .chosen=${this.draft.tenantIds} .problem=${problem === undefined ? undefined : 'targets-error'}
        .onChoose=${(tenantIds: readonly string[]) => this.setTargets(tenantIds)} .say=${(words: string) => this.announcer?.say(words)}></gp-tenant-tree></div>
      <div>${targetList({
        locale: this.locale, targets: chosenTargets(this.draft.tenantIds, view),
        remove: (tenant, index) => this.takeOut(view, tenant, index),
        removeAll: () => {
          this.setTargets([]);
          this.focusOn = 'tenant-filter';
        },
      })}
      ${problem === undefined ? nothing : html`<p class="field-error" id="targets-error">${icon('error', 'error')}<span>${problem}</span></p>`}
      <p class="copy-rights quiet">${icon('info')}<span>${text('rights')}</span></p></div>
    </div>`;
  }

  private footer(view: View, step: CopyStep): TemplateResult | string | typeof nothing {
    const text = this.text(copyToTenantsText);
    if (this.result !== null) return nothing;
    if (this.isBusy) return html`<span role="status">${text('copying')}</span>`;
    if (step === 'tenants') {
      if (this.nothingLeft(view)) return text('noneLeft', { n: view.packages.length });
      const problem = this.shownProblem(view);
      return problem === undefined ? nothing : html`<span class="footer-error">${icon('error', 'error')}${linkButton(this.text(wizardText)('valuesToCorrect', { n: 1, first: text('targets') }), () => this.bringTo('tenant-filter'), { id: 'first-wrong' })}</span>`;
    }
    if (view.lock !== undefined) return html`<span class="lock-words">${icon('lock')}<span>${view.lock.kind === 'needsTrust' ? text('needsTrust') : view.lock.message}</span></span>`;
    if (view.offline) return text('offline');
    const planned = planCopy(this.draft.tenantIds, view).filter(({ outcome }) => outcome === 'copied');
    return text('footer', { n: new Set(planned.map(({ package: item }) => item.id)).size, m: new Set(planned.map(({ tenant }) => tenant.id)).size });
  }

  private buttons(view: View, step: CopyStep): TemplateResult {
    const common = this.text(wizardText);
    const disabled = this.connection.waiting || this.isBusy;
    if (this.result !== null) return button(common('close'), () => this.ask('page/close', {}), { kind: 'primary', id: 'close', disabled });
    return html`${button(common('cancel'), () => this.ask('draft/cancel', {}), { id: 'cancel', disabled })}
      ${button(common('back'), () => this.goTo('tenants'), { id: 'back', disabled: disabled || step === 'tenants' })}
      ${step === 'tenants'
        ? button(common('next'), () => this.next(), { kind: 'primary', id: 'next', disabled: disabled || this.nothingLeft(view), describedBy: 'footer-words' })
        : button(common('finish'), () => void this.finish(view), { kind: 'primary', id: 'finish', disabled: disabled || view.lock !== undefined || view.offline, describedBy: 'footer-words' })}`;
  }

  /** No tenant may get anything, and none was chosen while one could. */
  private nothingLeft(view: View): boolean {
    return chosenTargets(this.draft.tenantIds, view).length === 0 && view.tenants.every((tenant) => targetState(tenant, view) !== 'open');
  }

  protected override updated(_changed: PropertyValues): void {
    const { focusOn } = this;
    if (focusOn === undefined || this.view?.kind !== 'copy') return;
    this.focusOn = undefined;
    // The filter is drawn by an element of its own, a turn later.
    requestAnimationFrame(() => this.querySelector<HTMLElement>(`#${focusOn}`)?.focus());
  }

  private bringTo(id: string): void {
    this.focusOn = id;
    this.requestUpdate();
  }

  private setTargets(tenantIds: readonly string[]): void {
    this.problem = undefined;
    this.nextPressed = false;
    this.edit({ tenantIds: [...tenantIds], step: 'tenants' });
  }

  private edit(draft: CopyDraft): void {
    this.draft = draft;
    void this.connection.request('draft/keep', { draft }).catch(() => undefined);
  }

  private takeOut(view: View, tenant: CopyTenant, index: number): void {
    this.setTargets(withTargets(this.draft.tenantIds, [tenant.id], false, view));
    const left = chosenTargets(this.draft.tenantIds, view).length;
    this.focusOn = left === 0 ? 'tenant-filter' : `remove-${Math.min(index, left - 1)}`;
  }

  private next(): void {
    if (this.view?.kind !== 'copy') return;
    const [problem] = this.problems(this.view);
    if (problem === undefined) this.goTo('review');
    else this.sayWrong(problem, this.view);
  }

  private sayWrong(problem: CopyProblem, view: View): void {
    this.nextPressed = true;
    this.bringTo('tenant-filter');
    this.announcer?.sayNow(this.text(copyToTenantsText)('problemAnnouncement', { message: describeCopyProblem(this.locale, problem, view.packages.length) }));
  }

  private goTo(step: CopyStep): void {
    if (this.result !== null) return;
    this.nextPressed = false;
    this.edit({ ...this.draft, step });
    this.bringTo('step-heading');
  }

  private async finish(view: View): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.problem = undefined;
    const finished = await this.answer('copy/finish', { tenantIds: chosenTargets(this.draft.tenantIds, view).map(({ id }) => id) });
    this.isBusy = false;
    if (finished?.outcome === 'done') {
      this.result = finished.result;
      this.draftOf = null;
      this.bringTo('step-heading');
      this.announcer?.sayNow(describeCopied(this.locale, countCopies(finished.result)));
    } else if (finished !== undefined && finished.problems[0] !== undefined) {
      // Somebody was faster: the page is told of it in a moment.
      this.goTo('tenants');
      this.sayWrong(finished.problems[0], view);
    }
  }

  private async startAgain(): Promise<void> {
    const start = await this.answer('draft/startAgain', {});
    if (start !== undefined) this.begin(start);
  }

  /** Sends a request whose answer is seen elsewhere; a refusal is said on the page. */
  private ask<N extends Request>(name: N, params: RequestParams<CopyToTenantsContract, N>): void {
    void this.answer(name, params);
  }

  /** Undefined: it was refused, or a person turned back. */
  private async answer<N extends Request>(name: N, params: RequestParams<CopyToTenantsContract, N>): Promise<RequestResult<CopyToTenantsContract, N> | undefined> {
    try {
      return await this.connection.request(name, params);
    } catch (error) {
      if (!(error instanceof RefusedRequest)) this.problem = { message: String(error) };
      else if (!error.cancelled) this.problem = { message: error.message, code: error.code };
      return undefined;
    }
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (this.view?.kind !== 'copy' || this.connection.waiting) return;
    const step = this.stepOf(this.view);
    const isEnter = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    if (isEnter || (event.key === 'PageDown' && event.altKey)) {
      event.preventDefault();
      // Finish is not pressed by a shortcut: it changes the repository.
      if (step === 'review') this.querySelector<HTMLElement>(this.result === null ? '#finish' : '#close')?.focus();
      else if (!this.nothingLeft(this.view)) this.next();
    } else if (event.key === 'PageUp' && event.altKey && step === 'review' && this.result === null) {
      event.preventDefault();
      this.goTo('tenants');
    }
  };
}
