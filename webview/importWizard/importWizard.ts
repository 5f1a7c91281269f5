import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { createRef } from 'lit/directives/ref.js';
import { checkImportSources, checkImportTarget, type ImportField, type ImportProblem } from '../../src/core/packages/importCheck';
import {
  cleanPath, findTenant, isFilled, isScanMethod, withArchiveOfParts, withoutPath, withoutPlace, withPlaces, withTenant, type ImportDraft,
} from '../../src/core/packages/importDraft';
import { countImports, type ImportCounts } from '../../src/core/packages/importProgress';
import { createImportRates } from '../../src/core/packages/importRates';
import { withTicks } from '../../src/core/packages/scanChoice';
import { firstScanSort, type ScanColumn, type ScanSort } from '../../src/core/packages/scanOrder';
import { importScanText } from '../../src/core/text/importScanText';
import { describeImportProblem, importWizardText } from '../../src/core/text/importWizardText';
import { wizardText } from '../../src/core/text/wizardText';
import type { FoundSources, ImportWizardStart, ImportWizardStep, ImportWizardView } from '../../src/protocol/page/importWizard';
import { createAnnouncer, type Announcer } from '../components/announcer';
import { wizardFrame } from '../components/wizardFrame';
import { announceFindings, announceProgress, announceScan } from './announcements';
import { FileDrop } from './drop';
import { fieldLabel, formatStart, headerFacts, stepFooter, wizardSteps, type WizardState } from './frameParts';
import { methodStep } from './methodStep';
import { packagesStep } from './packagesStep';
import { progressStep } from './progressStep';
import { createScanModel, type ArrangedScan, type ScanModel } from './scanModel';
import { columnNames, type ScanTable } from './scanTable';
import { wizardButtons } from './wizardButtons';
import { WizardInput } from './wizardInput';
import { wizardNotices } from './wizardNotices';

/** The import wizard: where packages come from, which of those found, then how their import goes. */
@customElement('gp-import-wizard')
export class ImportWizard extends WizardInput {
  @state() private draftOf: string | null = null;
  /** Fields that were left: what is wrong with them is said. */
  @state() private left: ReadonlySet<ImportField> = new Set();
  /** Next or Finish was pressed: everything that is wrong is said. */
  @state() private isPressed = false;
  @state() private isBusy = false;
  @state() private filter = '';
  @state() private sort: ScanSort = firstScanSort;
  @state() private isUnreadableOpen = true;
  private readonly drop = new FileDrop(this, (uris) => void this.takeDrop(uris));
  private readonly rates = createImportRates();
  private readonly table = createRef<ScanTable>();
  private scanModel: ScanModel | undefined;
  private announcer: Announcer | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.announcer = createAnnouncer();
    this.connection.onWaiting(() => this.requestUpdate());
    this.connection.onEvent('view', (view) => {
      // What comes before the answer to the first request is older than that; in fields drawn by it, what is typed would be lost.
      if (this.view !== undefined) this.show(view);
    });
    this.connection.onEvent('start', (start) => this.beginAgain(start));
    this.connection.onEvent('found', (found) => this.take(found));
    document.addEventListener('keydown', this.onKeyDown);
    void this.connection.request('page/open', {}).then(({ view, start, found }) => {
      this.show(view);
      if (found !== null) this.take(found);
      this.begin(start);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.onKeyDown);
  }

  private get found(): ArrangedScan {
    this.scanModel ??= createScanModel(this.locale);
    return this.scanModel.arrange(this.draft.choice, findTenant(this.draft.tenant, this.view?.tenants ?? []), this.filter, this.sort);
  }

  private show(view: ImportWizardView): void {
    const before = this.view;
    this.view = view;
    if (view.scan === null) this.scanModel?.clear();
    this.rates.take(view.run?.lanes ?? [], performance.now());
    if (before === undefined || this.announcer === undefined) return;
    announceFindings(this.announcer, this.locale, before.findings, view.findings);
    announceProgress(this.announcer, this.locale, before.run, view.run);
    announceScan(this.announcer, this.locale, before.scan, view.scan, this.found);
  }

  private take(found: FoundSources): void {
    this.scanModel ??= createScanModel(this.locale);
    this.scanModel.take(found);
    this.requestUpdate();
  }

  /** The page begins, or the host has put something into the draft. */
  private begin({ step, draft, draftOf }: ImportWizardStart): void {
    const isFirst = this.querySelector('.wizard') === null;
    this.draft = draft;
    this.draftOf = draftOf;
    this.left = new Set();
    this.isPressed = false;
    const moved = step !== this.step;
    this.step = step;
    if (isFirst || moved) this.focusOn = step === 'method' ? this.firstEmptyField() : 'step-heading';
  }

  /** An empty draft begins anew once its tenants are known: what was typed before the host heard of it stays. */
  private beginAgain(start: ImportWizardStart): void {
    const typed = this.draft;
    const isLate = start.step === 'method' && this.step === 'method' && !isFilled(start.draft) && isFilled(typed);
    if (!isLate) return this.begin(start);
    const { tenant, group } = start.draft;
    this.change(typed.tenant === '' ? { ...typed, tenant, ...(typed.group === '' && { group }) } : typed);
  }

  private firstEmptyField(): string {
    const { method, paths, parts, places, tenant } = this.draft;
    if (method === 'parts') return `part-${(['path', 'xml', 'apd'] as const).find((name) => parts[name].trim() === '') ?? 'path'}`;
    const [name, fields] = isScanMethod(method) ? (['place', places] as const) : (['path', paths] as const);
    const index = fields.findIndex((path) => path.trim() === '');
    return index < 0 && tenant.trim() === '' && name === 'path' ? 'tenant' : `${name}-${Math.max(0, index)}`;
  }

  private get problems(): readonly ImportProblem[] {
    const { view, draft } = this;
    if (view === undefined) return [];
    if (this.step !== 'packages') return [...checkImportSources(draft, view), ...(isScanMethod(draft.method) ? [] : checkImportTarget(draft, view))];
    return [...(this.found.sum.count === 0 ? [{ field: 'packages', kind: 'nothingChosen', args: {} } as const] : []), ...checkImportTarget(draft, view)];
  }

  /** What reading a file has found is said at once; everything else once its field was left. */
  private get shownProblems(): readonly ImportProblem[] {
    return this.problems.filter(({ field, kind }) => this.isPressed || this.left.has(field) || kind === 'refused' || kind === 'present' || kind === 'severalTemplates');
  }

  protected override render(): TemplateResult {
    const { view, locale } = this;
    if (view === undefined) return html`<p class="page-message" role="status">${this.text(wizardText)('loading')}</p>`;
    const text = this.text(importWizardText);
    const counts = countImports(view.run?.lanes ?? []);
    const isOver = counts.running + counts.waiting === 0;
    const step = (this.step === 'progress' && view.run === null) || (this.step === 'packages' && view.scan === null) ? 'method' : this.step;
    const frame: WizardState = { locale, view, step, draft: this.draft, counts, found: this.found };
    const content = { method: () => this.method(view), packages: () => this.packages(view), progress: () => this.progress(view, counts) }[step];
    return wizardFrame<ImportWizardStep>({
      locale, title: text('title'), facts: headerFacts(locale, view), steps: wizardSteps(frame), current: step, goTo: (wanted) => this.goTo(wanted),
      heading: { method: text('methodHeading'), packages: this.text(importScanText)('heading'), progress: text(isOver ? 'imported' : 'importing', { n: counts.all }) }[step],
      ...(step === 'progress' && view.run !== null && { introduction: text(isOver ? 'endedAt' : 'startedAt', { time: formatStart(locale, view.run.startedAt) }) }),
      content: html`${wizardNotices({
        locale, view, notice: this.notice, draftOf: step === 'progress' ? null : this.draftOf,
        manageTrust: () => this.ask('trust/manage', {}), connect: () => this.ask('service/connect', {}), startAgain: () => void this.startAgain(),
      })}${content()}${this.drop.isDragging ? html`<div class="drop-target" aria-hidden="true">${text('dropHere')}</div>` : nothing}`,
      footer: step !== 'progress' ? stepFooter(frame, this.shownProblems, (field) => this.focusField(field)) : isOver ? nothing : text('closing'),
      buttons: wizardButtons({
        locale, step, draft: this.draft, isRunning: !isOver, isTrusted: view.isTrusted, waiting: this.connection.waiting, isBusy: this.isBusy,
        cancel: () => this.ask('draft/cancel', {}), back: () => this.goTo('method'), next: () => void this.next(), finish: () => void this.finish(),
        stop: () => this.ask('imports/stop', {}), close: () => this.ask('page/close', {}),
      }),
      waiting: this.connection.waiting,
    });
  }

  private target(view: ImportWizardView) {
    return {
      locale: this.locale, view, draft: this.draft, problems: this.shownProblems,
      change: (draft: ImportDraft) => this.change(draft),
      setTenant: (tenant: string) => this.change(withTenant(this.draft, tenant, view.tenants)),
      leave: (field: ImportField) => this.leave(field),
    };
  }

  private method(view: ImportWizardView): TemplateResult {
    return methodStep({
      ...this.target(view),
      choose: (what, field) => void this.choose(what, field),
      setMethod: (method) => {
        this.change({ ...this.draft, method });
        this.isPressed = false;
        this.readFiles();
      },
      removeFile: (index) => {
        this.change(withoutPath(this.draft, index));
        this.focusOn = `path-${Math.min(index, this.draft.paths.length - 1)}`;
        this.readFiles();
      },
      addFile: () => this.change({ ...this.draft, paths: [...this.draft.paths, ''] }, `path-${this.draft.paths.length}`),
      setPlace: (index, place) => this.change(withPlaces({ ...this.draft, places: this.draft.places.map((other, at) => (at === index ? place : other)) }, [])),
      removePlace: (index) => {
        this.change(withoutPlace(this.draft, index));
        this.focusOn = `place-${Math.min(index, this.draft.places.length - 1)}`;
      },
      addPlace: () => this.change({ ...this.draft, places: [...this.draft.places, ''] }, `place-${this.draft.places.length}`),
      readAgain: (path) => this.readFiles(path),
      stopReading: (path) => this.tell('files/stopReading', { path }),
      switchToArchive: () => {
        this.change(withArchiveOfParts(this.draft), 'method-radio-archive');
        this.readFiles();
      },
      compareTemplates: () => this.ask('templates/compare', {}),
    });
  }

  private packages(view: ImportWizardView): TemplateResult {
    if (view.scan === null) return html``;
    const { found } = this;
    return packagesStep({
      ...this.target(view), scan: view.scan, found, filter: this.filter, sort: this.sort, isUnreadableOpen: this.isUnreadableOpen,
      disabled: this.connection.waiting || this.isBusy || !view.isTrusted, table: this.table,
      setFilter: (filter) => {
        this.filter = filter;
        this.announcer?.say(this.text(importScanText)('filtered', { m: this.found.shown.length, n: found.all.length }));
      },
      setSort: (column) => this.setSort(column),
      tick: (keys, ticked) => this.change({ ...this.draft, choice: withTicks(found.all, this.draft.choice, keys, ticked) }),
      toggleUnreadable: (open) => {
        this.isUnreadableOpen = open;
      },
      stopSearching: () => this.ask('scan/stop', {}),
      searchAgain: () => void this.search(),
    });
  }

  private setSort(column: ScanColumn): void {
    this.sort = { column, descending: this.sort.column === column && !this.sort.descending };
    const text = this.text(importScanText);
    this.announcer?.say(text('sorted', { column: text(columnNames[column]), direction: this.sort.descending ? 'down' : 'up' }));
  }

  private progress(view: ImportWizardView, counts: ImportCounts): TemplateResult {
    if (view.run === null) return html``;
    const { lanes } = view.run;
    return progressStep({
      locale: this.locale, run: view.run, counts, disabled: this.connection.waiting || !view.isTrusted, rateOf: (id) => this.rates.of(id),
      retry: (lane) => {
        this.ask('imports/retry', { id: lane.record.id });
        this.focusOn = `lane-${lanes.indexOf(lane)}`;
        this.requestUpdate();
      },
      copyDetails: (lane) => this.ask('imports/copyDetails', { id: lane.record.id }),
      compareTemplates: (lane) => this.ask('templates/compare', { id: lane.record.id }),
    });
  }

  protected override goTo(step: ImportWizardStep): void {
    this.step = step;
    this.isPressed = false;
    this.focusOn = 'step-heading';
    this.keep();
  }

  private leave(field: ImportField): void {
    // A field that nobody has touched yet is not wrong, only empty.
    if (field !== 'tenant' && field !== 'group' && !isFilled(this.draft) && !this.left.has(field)) return;
    this.left = new Set([...this.left, field]);
    if (field.startsWith('pa')) this.readFiles();
  }

  private async startAgain(): Promise<void> {
    const start = await this.answer('draft/startAgain', {});
    if (start === undefined) return;
    this.begin(start);
    this.focusOn = this.firstEmptyField();
  }

  /** Goes to the first wrong field, or searches the places; those searched already are not searched twice. */
  private async next(): Promise<void> {
    const scan = this.view?.scan ?? null;
    const places = this.draft.places.map(cleanPath);
    const isSearched = scan !== null && scan.state !== 'failed' && scan.method === this.draft.method && JSON.stringify(scan.places) === JSON.stringify(places);
    if (isSearched && this.problems.length === 0) this.goTo('packages');
    else await this.search();
  }

  private async search(): Promise<void> {
    if (this.step === 'method' && !this.mayGoOn({ refusedCounts: false })) return;
    this.isBusy = true;
    const answer = await this.answer('scan/start', { draft: this.draft });
    this.isBusy = false;
    if (answer?.began === true) {
      this.filter = '';
      if (this.step !== 'packages') this.goTo('packages');
      return;
    }
    this.step = 'method';
    const [found] = this.problems;
    if (found !== undefined) this.sayWrong(found);
  }

  /** Goes to the first wrong field, or starts. */
  private async finish(): Promise<void> {
    if (!this.mayGoOn({ refusedCounts: true })) return;
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

  /** Says the first thing that is wrong. @param refusedCounts false: what was refused before may be right by now */
  private mayGoOn({ refusedCounts }: { readonly refusedCounts: boolean }): boolean {
    this.isPressed = true;
    this.notice = '';
    const first = this.problems.find(({ kind }) => refusedCounts || kind !== 'refused');
    if (first !== undefined) this.sayWrong(first);
    return first === undefined;
  }

  private sayWrong(problem: ImportProblem): void {
    this.focusField(problem.field);
    const args = { n: this.problems.length, field: fieldLabel(this.locale, this.draft, problem.field), message: describeImportProblem(this.locale, problem) };
    this.announcer?.sayNow(this.text(importWizardText)('valueToCorrect', args));
  }

  private focusField(field: ImportField): void {
    this.focusOn = field === 'packages' ? (this.found.shown.length > 0 ? 'scan-table' : 'scan-filter') : field;
    this.requestUpdate();
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    const isNext = (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) || (event.key === 'PageDown' && event.altKey);
    if (isNext) {
      event.preventDefault();
      const next = document.getElementById('next');
      // Finish is not pressed by a shortcut: it changes the repository.
      if (next === null) document.getElementById(this.step === 'progress' ? 'close' : 'finish')?.focus();
      else if (!next.hasAttribute('disabled')) void this.next();
    } else if (event.key === 'PageUp' && event.altKey && this.step !== 'method') {
      event.preventDefault();
      this.goTo('method');
    }
  };
}
