import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { checkImportDraft, isFilled, mostArchives, withoutPath, withPaths, withTenant, type ImportField, type ImportProblem } from '../../src/core/packages/importDraft';
import { countImports, type ImportCounts } from '../../src/core/packages/importProgress';
import { describeImportProblem, importWizardText } from '../../src/core/text/importWizardText';
import { formatTime } from '../../src/core/text/measures';
import { wizardText } from '../../src/core/text/wizardText';
import type { ImportDraftInput, ImportWizardContract, ImportWizardStart, ImportWizardStep, ImportWizardView } from '../../src/protocol/page/importWizard';
import type { RequestName, RequestParams, RequestResult } from '../../src/protocol/page/page';
import { createAnnouncer, type Announcer } from '../components/announcer';
import { button, linkButton } from '../components/button';
import { icon } from '../components/icon';
import { PageRoot } from '../components/page';
import { wizardFrame } from '../components/wizardFrame';
import { RefusedRequest } from '../messaging';
import { announceFindings, announceProgress } from './announcements';
import { addressesOf, holdsFiles } from './drop';
import { fieldLabel, formatStart, headerFacts, indexOf, methodFooter, wizardSteps } from './frameParts';
import { methodStep } from './methodStep';
import { progressStep } from './progressStep';

type Request = RequestName<ImportWizardContract>;

/** The import wizard: where packages come from, then how their import goes. */
@customElement('gp-import-wizard')
export class ImportWizard extends PageRoot<ImportWizardContract> {
  @state() private view: ImportWizardView | undefined;
  @state() private step: ImportWizardStep = 'method';
  @state() private draft: ImportDraftInput = { method: 'archive', paths: [''], tenant: '', group: '' };
  @state() private draftOf: string | null = null;
  /** Fields that were left: what is wrong with them is said. */
  @state() private left: ReadonlySet<ImportField> = new Set();
  /** Finish was pressed: everything that is wrong is said. */
  @state() private finishPressed = false;
  @state() private notice = '';
  @state() private isBusy = false;
  @state() private isDragging = false;
  private announcer: Announcer | undefined;
  /** An element to focus once it is there. */
  private focusOn: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.announcer = createAnnouncer();
    this.connection.onWaiting(() => this.requestUpdate());
    this.connection.onEvent('view', (view) => this.show(view));
    this.connection.onEvent('start', (start) => this.begin(start));
    document.addEventListener('keydown', this.onKeyDown);
    for (const name of ['dragover', 'dragleave', 'drop'] as const) document.addEventListener(name, this.onDrag);
    void this.connection.request('page/open', {}).then(({ view, start }) => {
      this.show(view);
      this.begin(start);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.onKeyDown);
    for (const name of ['dragover', 'dragleave', 'drop'] as const) document.removeEventListener(name, this.onDrag);
  }

  private show(view: ImportWizardView): void {
    const before = this.view;
    this.view = view;
    if (before === undefined || this.announcer === undefined) return;
    announceFindings(this.announcer, this.locale, before.findings, view.findings);
    announceProgress(this.announcer, this.locale, before.run, view.run);
  }

  /** The page begins, or the host has put something into the draft. */
  private begin({ step, draft, draftOf }: ImportWizardStart): void {
    const isFirst = this.querySelector('.wizard') === null;
    this.draft = draft;
    this.draftOf = draftOf;
    this.left = new Set();
    this.finishPressed = false;
    const moved = step !== this.step;
    this.step = step;
    if (step === 'progress') this.focusOn = 'step-heading';
    else if (isFirst || moved) this.focusOn = this.firstEmptyField();
  }

  private firstEmptyField(): string {
    const index = this.draft.paths.findIndex((path) => path.trim() === '');
    return index >= 0 ? `path-${index}` : this.draft.tenant.trim() === '' ? 'tenant' : 'path-0';
  }

  private get problems(): readonly ImportProblem[] {
    return this.view === undefined ? [] : checkImportDraft(this.draft, this.view);
  }

  /** What reading a file has found is said at once; everything else once its field was left. */
  private get shownProblems(): readonly ImportProblem[] {
    return this.problems.filter((problem) => this.finishPressed || this.left.has(problem.field) || problem.kind === 'refused' || problem.kind === 'present');
  }

  protected override render(): TemplateResult {
    const { view } = this;
    if (view === undefined) return html`<p class="page-message" role="status">${this.text(wizardText)('loading')}</p>`;
    const text = this.text(importWizardText);
    const counts = countImports(view.run?.lanes ?? []);
    const isOver = counts.running + counts.waiting === 0;
    const inProgress = this.step === 'progress' && view.run !== null;
    return wizardFrame<ImportWizardStep>({
      locale: this.locale,
      title: text('title'),
      facts: headerFacts(this.locale, view),
      steps: wizardSteps(this.locale, view, counts, this.step, this.draft),
      current: inProgress ? 'progress' : 'method',
      goTo: (step) => this.goTo(step),
      heading: inProgress ? text(isOver ? 'imported' : 'importing', { n: counts.all }) : text('methodHeading'),
      ...(inProgress && { introduction: text(isOver ? 'endedAt' : 'startedAt', { time: formatStart(this.locale, view.run.startedAt) }) }),
      content: html`${this.notices(view)}${inProgress ? this.progress(view, counts) : this.method(view)}${this.isDragging ? html`<div class="drop-target" aria-hidden="true">${text('dropHere')}</div>` : nothing}`,
      footer: !inProgress ? methodFooter(this.locale, view, this.draft, this.shownProblems, (field) => document.getElementById(field)?.focus()) : isOver ? nothing : text('closing'),
      buttons: inProgress ? this.progressButtons(counts) : this.methodButtons(view),
      waiting: this.connection.waiting,
    });
  }

  /** What stands in the way, or is to be known, before the step's own content. */
  private notices(view: ImportWizardView): TemplateResult {
    const text = this.text(importWizardText);
    const common = this.text(wizardText);
    return html`
      ${view.isTrusted ? nothing : html`<p class="import-notice">${icon('shield', 'warning')}<span>${text('restricted')}</span>${linkButton(text('manageTrust'), () => this.ask('trust/manage', {}))}</p>`}
      ${view.isOffline ? html`<p class="import-notice" role="status">${icon('debug-disconnect', 'warning')}<span>${text('offline')}</span>${linkButton(text('connectAgain'), () => this.ask('service/connect', {}))}</p>` : nothing}
      ${this.notice === '' ? nothing : html`<p class="import-notice" role="alert">${icon('error', 'error')}<span>${this.notice}</span></p>`}
      ${this.draftOf === null || this.step === 'progress' ? nothing : html`<p class="import-notice">${icon('history')}<span>${common('draftOf', { time: formatTime(this.locale, this.draftOf) })}</span>${linkButton(common('startAgain'), () => void this.startAgain(), { id: 'start-again' })}</p>`}`;
  }

  private method(view: ImportWizardView): TemplateResult {
    return methodStep({
      locale: this.locale, view, draft: this.draft, problems: this.shownProblems,
      change: (draft) => this.change(draft),
      setTenant: (tenant) => this.change(withTenant(this.draft, tenant, view.tenants) as ImportDraftInput),
      leave: (field) => this.leave(field),
      chooseFiles: (index) => void this.chooseFiles(index),
      removeFile: (index) => {
        this.change(withoutPath(this.draft, index) as ImportDraftInput);
        this.focusOn = `path-${Math.min(index, this.draft.paths.length - 1)}`;
        this.readFiles();
      },
      addFile: () => {
        this.change({ ...this.draft, paths: [...this.draft.paths, ''] });
        this.focusOn = `path-${this.draft.paths.length - 1}`;
      },
      readAgain: (index) => this.readFiles(index),
      stopReading: (index) => void this.connection.request('files/stopReading', { path: this.draft.paths[index] ?? '' }).catch(ignore),
    });
  }

  private methodButtons(view: ImportWizardView): TemplateResult {
    const common = this.text(wizardText);
    const cannotAct = this.connection.waiting || this.isBusy;
    return html`${button(common('cancel'), () => this.ask('draft/cancel', {}), { id: 'cancel', disabled: cannotAct })}
      ${button(common('back'), () => undefined, { disabled: true })}
      ${button(common('finish'), () => void this.finish(), { kind: 'primary', id: 'finish', disabled: cannotAct || !view.isTrusted, describedBy: 'footer-words' })}`;
  }

  private progress(view: ImportWizardView, counts: ImportCounts): TemplateResult {
    if (view.run === null) return html``;
    const { lanes } = view.run;
    return progressStep({
      locale: this.locale, run: view.run, counts, disabled: this.connection.waiting || !view.isTrusted,
      retry: (lane) => {
        this.ask('imports/retry', { id: lane.record.id });
        this.focusOn = `lane-${lanes.indexOf(lane)}`;
        this.requestUpdate();
      },
      copyDetails: (lane) => this.ask('imports/copyDetails', { id: lane.record.id }),
    });
  }

  private progressButtons({ running, waiting }: ImportCounts): TemplateResult {
    const disabled = this.connection.waiting;
    return html`${running + waiting === 0 ? nothing : button(this.text(importWizardText)('stopImport'), () => this.ask('imports/stop', {}), { icon: 'stop-circle', id: 'stop', disabled })}
      ${button(this.text(wizardText)('close'), () => this.ask('page/close', {}), { kind: 'primary', id: 'close', disabled })}`;
  }

  protected override updated(_changed: PropertyValues): void {
    const target = this.focusOn === undefined ? null : document.getElementById(this.focusOn);
    if (target === null) return;
    this.focusOn = undefined;
    target.focus();
  }

  private change(draft: ImportDraftInput): void {
    this.draft = draft;
    this.notice = '';
    this.keep();
  }

  private keep(): void {
    void this.connection.request('draft/keep', { draft: this.draft, step: this.step }).catch(ignore);
  }

  private goTo(step: ImportWizardStep): void {
    this.step = step;
    this.focusOn = 'step-heading';
    this.keep();
  }

  private leave(field: ImportField): void {
    const isPath = field !== 'tenant' && field !== 'group';
    // A field that nobody has touched yet is not wrong, only empty.
    if (isPath && !isFilled(this.draft) && (this.draft.paths[indexOf(field)] ?? '') === '' && !this.left.has(field)) return;
    this.left = new Set([...this.left, field]);
    if (isPath) this.readFiles();
  }

  private readFiles(again?: number): void {
    if (this.view?.isTrusted !== true) return;
    void this.connection.request('files/read', { paths: this.draft.paths, ...(again !== undefined && { again }) }).catch(ignore);
  }

  private async chooseFiles(index: number): Promise<void> {
    const chosen = await this.answer('files/choose', { paths: this.draft.paths });
    if (chosen !== undefined) this.takeFiles(chosen.paths, index);
    this.focusOn = `choose-${index}`;
    this.requestUpdate();
  }

  private takeFiles(paths: readonly string[], at?: number): void {
    if (paths.length === 0) return;
    const before = this.draft.paths.filter((path) => path !== '').length;
    this.change(withPaths(this.draft, paths, at) as ImportDraftInput);
    if (before + paths.length > mostArchives && this.draft.paths.length === mostArchives) this.notice = this.text(importWizardText)('tooManyFiles', { n: mostArchives });
    this.readFiles();
  }

  private async startAgain(): Promise<void> {
    const start = await this.answer('draft/startAgain', {});
    if (start === undefined) return;
    this.begin(start);
    this.focusOn = this.firstEmptyField();
  }

  /** Goes to the first wrong field, or starts. */
  private async finish(): Promise<void> {
    this.finishPressed = true;
    this.notice = '';
    const [first] = this.problems;
    if (first !== undefined) {
      this.sayWrong(first);
      return;
    }
    this.isBusy = true;
    const started = await this.answer('imports/start', { draft: this.draft });
    this.isBusy = false;
    const [found] = this.problems;
    // Its path was looked at only now; its sentence stands beside its field.
    if (started === undefined && found !== undefined) {
      this.notice = '';
      this.sayWrong(found);
    }
  }

  private sayWrong(problem: ImportProblem): void {
    this.focusOn = problem.field;
    this.requestUpdate();
    const args = { n: this.problems.length, field: fieldLabel(this.locale, this.draft, problem.field), message: describeImportProblem(this.locale, problem) };
    this.announcer?.sayNow(this.text(importWizardText)('valueToCorrect', args));
  }

  /** Sends a request whose answer is seen elsewhere; a refusal is said on the page. */
  private ask<N extends Request>(name: N, params: RequestParams<ImportWizardContract, N>): void {
    void this.answer(name, params);
  }

  /** Undefined: it was refused, or a person turned back. */
  private async answer<N extends Request>(name: N, params: RequestParams<ImportWizardContract, N>): Promise<RequestResult<ImportWizardContract, N> | undefined> {
    try {
      return await this.connection.request(name, params);
    } catch (error) {
      if (!(error instanceof RefusedRequest) || !error.cancelled) this.notice = error instanceof Error ? error.message : String(error);
      return undefined;
    }
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    const isNext = (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) || (event.key === 'PageDown' && event.altKey);
    if (isNext) {
      event.preventDefault();
      // Finish is not pressed by a shortcut: it changes the repository.
      document.getElementById(this.step === 'progress' ? 'close' : 'finish')?.focus();
    } else if (event.key === 'PageUp' && event.altKey && this.step === 'progress') {
      event.preventDefault();
      this.goTo('method');
    }
  };

  private readonly onDrag = (event: DragEvent): void => {
    const data = event.dataTransfer;
    if (data === null || !holdsFiles(data)) return;
    event.preventDefault();
    this.isDragging = event.type === 'dragover';
    if (event.type !== 'drop') return;
    void this.takeDrop(addressesOf(data));
  };

  private async takeDrop(uris: readonly string[]): Promise<void> {
    const found = uris.length === 0 ? undefined : await this.answer('files/drop', { uris: uris.slice(0, mostArchives) });
    if (this.step === 'progress' && found !== undefined && found.paths.length > 0) this.goTo('method');
    this.takeFiles(found?.paths ?? []);
    if ((found?.paths.length ?? 0) === 0) this.notice = this.text(importWizardText)('dropWithoutPath');
  }
}

/** A draft that could not be kept is kept with the next change. */
function ignore(): void {
  // Nothing to say.
}
