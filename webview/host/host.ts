import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { connectionChecks, readConnectionChecks } from '../../src/core/hosts/contact';
import { checkHostForm, firstProblem, splitAddress, type HostField, type HostForm, type HostProblems } from '../../src/core/hosts/form';
import { hostText } from '../../src/core/text/hostText';
import { formatTime } from '../../src/core/text/measures';
import { wizardText } from '../../src/core/text/wizardText';
import type { HostDraft, HostPageContract, HostPageView } from '../../src/protocol/page/host';
import { button, linkButton } from '../components/button';
import { DetailsPage } from '../components/detailsPage';
import { firstWrong } from '../components/firstWrong';
import { icon } from '../components/icon';
import { notice } from '../components/notice';
import { stateLabel } from '../components/stateLabel';
import { checkNames, contactBox } from './contactBox';
import { hostFields } from './hostFields';
import { routeBox } from './routeBox';

type HostView = Extract<HostPageView, { kind: 'host' }>;

/** How long *Saved* stays. */
const savedMs = 3000;

/** The page on which a host is edited and its connection tested (ux.md 4.3). */
@customElement('gp-host')
export class HostPage extends DetailsPage<HostPageContract> {
  @state() private view: HostPageView | undefined;
  /** What was entered and is not saved. */
  @state() private draft: HostDraft | undefined;
  /** When the draft was last changed, if an earlier load of the page left it. */
  @state() private restoredFrom: string | undefined;
  /** Fields that were left, or that a save found wrong: only these say what is wrong. */
  @state() private looked: ReadonlySet<HostField> = new Set();
  /** What the host code alone can know to be wrong, until the field changes. */
  @state() private refused: HostProblems = {};
  @state() private saved = false;
  /** What this page has saved and not been shown yet, with what it was shown instead. */
  private awaited: { readonly form: HostForm; readonly seen: string } | undefined;
  private saving = false;
  private timer: number | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.connection.onEvent('view', (view) => {
      // What comes before the answer to the first request is older than that.
      if (this.view === undefined) return;
      this.tellTest(view);
      this.view = view;
    });
    this.connection.request('page/open', {}).then(async ({ view, draft }) => {
      this.view = view;
      if (draft !== null) {
        this.draft = { form: draft.form, base: draft.base };
        this.restoredFrom = draft.savedAt;
      }
      await this.updateComplete;
      this.querySelector<HTMLElement>('#name:not(:disabled)')?.focus();
    }, (error: unknown) => this.showProblem(error));
  }

  protected override render(): TemplateResult {
    const { view } = this;
    const words = this.text(hostText);
    if (view === undefined) return html`<main class="details">${this.above()}<p role="status">${this.text(wizardText)('loading')}</p></main>`;
    switch (view.kind) {
      case 'offline':
        return this.empty(words('thisHost'), words('offline'));
      case 'gone':
        return this.empty(view.name ?? words('thisHost'), words('removed', { name: view.name ?? words('thisHost') }));
      case 'host':
        return this.page(view);
    }
  }

  private page(view: HostView): TemplateResult {
    const words = this.text(hostText);
    const present = this.present(view);
    const form = this.draft?.form ?? present;
    const problems = this.problems(view, form);
    const shown = Object.fromEntries(Object.entries(problems).filter(([field]) => this.looked.has(field as HostField)));
    const locked = view.lock !== undefined;
    // With all fields locked nothing inside takes the focus, and the keys must still scroll it.
    return html`<main class="host-page" @keydown=${this.onKeyDown}><div class="details" tabindex=${locked ? '0' : nothing}>
      <header class="details-header">${icon('vm')}<div><h1>${present.name}</h1><p>${words('connectsFrom', { machine: view.machine })}</p></div></header>
      ${this.above()}
      ${view.offline ? notice('warning', words('offline')) : nothing}
      ${this.isConflict(view) ? notice('warning', words('changedElsewhere', { name: present.name }), { actions: html`
        ${button(words('showTheirs'), this.takeTheirs, { id: 'show-theirs' })}${button(words('keepMine'), this.keepMine, { id: 'keep-mine' })}` })
        : this.restoredFrom !== undefined && this.draft !== undefined ? notice('info', words('restored', { time: formatTime(this.locale, this.restoredFrom) })) : nothing}
      <div class="host-columns">
        ${hostFields({
          form, problems: shown, locale: this.locale, locked, machine: view.machine, hasAgent: view.hasAgent, tenants: view.tenants, protectedBy: view.host.protectedBy,
          onInput: (change) => this.enter(view, { ...form, ...change }),
          onLeave: (field) => this.leave(view, field, form),
          onChooseFile: () => this.chooseFile(view),
        })}
        <div>${contactBox(view, this.locale, this.draft !== undefined)}${view.route === undefined ? nothing : routeBox(view.route, this.locale)}</div>
      </div></div>
      <div class="form-footer">
        <div class="footer-words" role="status">${this.footerWords(view, shown)}</div>
        <div class="footer-buttons">
          ${this.draft !== undefined ? linkButton(words('undo'), this.undo, { id: 'undo', icon: 'discard' }) : nothing}
          ${button(words(this.draft === undefined ? 'test' : 'saveAndTest'), () => void this.test(), { icon: 'pulse', id: 'test', disabled: locked || view.testing })}
          ${button(words('save'), () => void this.save(), { kind: 'primary', id: 'save', disabled: locked || this.draft === undefined })}
        </div>
      </div>
    </main>`;
  }

  private footerWords(view: HostView, shown: HostProblems): TemplateResult | string {
    const words = this.text(hostText);
    if (view.lock !== undefined) return html`<span class="lock-words">${icon('lock')}<span>${view.lock.kind === 'needsTrust' ? words('needsTrust') : view.lock.message}</span></span>`;
    const first = firstProblem(shown);
    if (first !== undefined) return firstWrong({ locale: this.locale, count: Object.keys(shown).length, name: words(fieldNames[first]), goTo: () => document.getElementById(first)?.focus() });
    if (this.saved) return stateLabel('done', words('saved'));
    return words(this.draft === undefined ? 'nothingToSave' : 'unsaved');
  }

  /** The stored settings, as far as this page knows them. */
  private present(view: HostView): HostForm {
    const { settings } = view.host;
    return this.awaited?.seen === JSON.stringify(settings) ? this.awaited.form : settings;
  }

  private problems(view: HostView, form: HostForm): HostProblems {
    return { ...this.refused, ...checkHostForm(form, view.otherNames) };
  }

  private isConflict(view: HostView): boolean {
    return this.draft !== undefined && !this.saving && !isSame(this.draft.base, this.present(view));
  }

  private enter(view: HostView, form: HostForm): void {
    const base = this.draft?.base ?? this.present(view);
    this.refused = {};
    this.saved = false;
    this.setDraft(isSame(form, base) ? undefined : { form, base });
  }

  private leave(view: HostView, field: HostField, form: HostForm): void {
    this.looked = new Set([...this.looked, field]);
    const split = field === 'address' ? splitAddress(form) : form;
    if (!isSame(split, form)) this.enter(view, split);
  }

  private setDraft(draft: HostDraft | undefined): void {
    this.draft = draft;
    if (draft === undefined) this.restoredFrom = undefined;
    this.connection.request('draft/keep', { draft: draft ?? null }).catch((error: unknown) => this.showProblem(error));
  }

  private readonly undo = (): void => {
    this.looked = new Set();
    this.refused = {};
    this.setDraft(undefined);
    this.querySelector<HTMLElement>('#name')?.focus();
  };

  private readonly takeTheirs = (): void => this.undo();

  private readonly keepMine = (): void => {
    if (this.view?.kind !== 'host' || this.draft === undefined) return;
    this.setDraft({ form: this.draft.form, base: this.present(this.view) });
    this.querySelector<HTMLElement>('#save')?.focus();
  };

  private chooseFile(view: HostView): void {
    this.act(this.connection.request('keyFile/choose', {}).then((chosen) => {
      if (chosen !== null) this.enter(view, { ...(this.draft?.form ?? this.present(view)), signIn: 'key', keyFile: chosen.path });
      this.querySelector<HTMLElement>('#keyFile')?.focus();
    }));
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void this.save();
  };

  /** Sends the form once it is right; else goes to the first wrong field. @returns whether nothing is left to save */
  private async save(): Promise<boolean> {
    const { view, draft } = this;
    if (view?.kind !== 'host' || this.saving || view.lock !== undefined) return false;
    if (draft === undefined) return true;
    const problems = checkHostForm(draft.form, view.otherNames);
    if (firstProblem(problems) !== undefined) {
      await this.goToProblem(problems);
      return false;
    }
    if (this.isConflict(view)) return false;
    this.saving = true;
    this.problem = undefined;
    const seen = JSON.stringify(view.host.settings);
    try {
      const answer = await this.connection.request('host/save', draft);
      if (answer.outcome === 'wrong') {
        this.refused = answer.problems;
        await this.goToProblem(answer.problems);
        return false;
      }
      if (answer.outcome === 'changedElsewhere') return false;
      this.awaited = { form: draft.form, seen };
      if (this.draft === draft) {
        this.draft = undefined;
        this.restoredFrom = undefined;
      }
      this.tellSaved();
      return true;
    } catch (error) {
      this.showProblem(error);
      return false;
    } finally {
      this.saving = false;
      this.requestUpdate();
    }
  }

  private async goToProblem(problems: HostProblems): Promise<void> {
    this.looked = new Set([...this.looked, ...(Object.keys(problems) as HostField[])]);
    await this.updateComplete;
    const field = firstProblem(problems);
    if (field !== undefined) this.querySelector<HTMLElement>(`#${field}`)?.focus();
  }

  private async test(): Promise<void> {
    if (await this.save()) this.act(this.connection.request('host/test', {}));
  }

  private tellSaved(): void {
    this.saved = true;
    this.looked = new Set();
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.saved = false;
    }, savedMs);
  }

  /** Says how a test has ended; whoever started it. */
  private tellTest(next: HostPageView): void {
    const before = this.view;
    if (before?.kind !== 'host' || next.kind !== 'host' || !before.testing || next.testing) return;
    const words = this.text(hostText);
    const { name } = next.host.settings;
    const { contact, system } = next.host;
    const checks = readConnectionChecks({ state: contact?.state, failed: contact?.error !== undefined, hasSystem: system !== undefined });
    const failed = connectionChecks.find((check) => checks[check] === 'failed');
    if (failed !== undefined) this.announcer.sayNow(words('notReachedNow', { name, check: words(checkNames[failed]) }));
    else if (system !== undefined) this.announcer.sayNow(words('reachedNow', { name, system: system.name }));
  }
}

const fieldNames = {
  name: 'fieldName', address: 'fieldAddress', port: 'fieldPort', user: 'fieldUser', keyFile: 'fieldKeyFile', installUser: 'fieldInstallUser', stagingFolder: 'fieldStaging', lockFolder: 'fieldLock', tags: 'fieldTags',
} as const satisfies Readonly<Record<HostField, string>>;

function isSame(a: HostForm, b: HostForm): boolean {
  return (Object.keys(a) as (keyof HostForm)[]).every((key) => a[key] === b[key]);
}
