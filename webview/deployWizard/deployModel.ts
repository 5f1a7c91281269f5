import {
  applicationNameOf, chosenHosts, clearFilledIn, fillIn, isFilled, profileOf, replacedOnHost, type DeployDraft, type DeployHost, type DeployStep, type DraftContext,
} from '../../src/core/deployment/draft';
import { fillInHosts } from '../../src/core/deployment/draftHosts';
import { checkDraft, errorsOf, type DraftProblem } from '../../src/core/deployment/draftRules';
import { enterEdit, resetEdit } from '../../src/core/deployment/applicationEdits';
import type { ApplicationKey, DeploymentProfile, SilentIniKey } from '../../src/core/deployment/model';
import type { Replaceable } from '../../src/core/deployment/replaceable';
import { wordsToConfirm } from '../../src/core/hosts/protection';
import type { PackageFile } from '../../src/core/packages/model';
import type { Locale } from '../../src/core/text/messages';
import type { DeployWizardContract, HostRow, Remembered, WizardPlan, WizardStart } from '../../src/protocol/page/deployWizard';
import { RefusedRequest, type PageConnection } from '../messaging';
import { GaxChecks } from './gaxChecks';

/** What is shown of a request that was refused. */
export interface ShownRefusal {
  readonly message: string;
  readonly code?: string;
}

/** What the wizard knows and what was entered; tells its page of every change. Decides nothing: the rules stand in `core`. */
export class DeployModel {
  start: WizardStart | undefined;
  /** Why the wizard, or its last request, failed. */
  refusal: ShownRefusal | undefined;
  plan: WizardPlan | undefined;
  /** Counts plans that were asked for: an answer to an earlier one is of no use. */
  private planRun = 0;
  /** How far the hosts have been asked; undefined: nobody asks them now. */
  planning: { readonly done: number; readonly all: number } | undefined;
  /** The plan that is shown differs from the one that Finish was pressed for. */
  planChanged = false;
  isStarting = false;
  /** What the package holds; read when it is first asked for. */
  files: readonly PackageFile[] | 'reading' | undefined;
  /** Name of the task that was saved last. */
  savedTask: string | undefined;
  /** The host whose silent.ini is shown; undefined: all. */
  shownHost: string | undefined;
  /** What was typed to confirm a deployment to protected hosts. */
  typed = '';
  private rows: ReadonlyMap<string, HostRow> = new Map();
  private readonly touched = new Set<string>();
  private readonly checked = new Set<DeployStep>();
  private known: { readonly of: readonly unknown[]; readonly context: DraftContext } | undefined;
  private found: { readonly of: readonly unknown[]; readonly problems: readonly DraftProblem[] } | undefined;
  private current: DeployDraft | undefined;
  /** What the hosts of a plug-in have told of their GAX directories. */
  readonly gax: GaxChecks;
  /** Resolves when the secrets that were entered so far are kept. */
  secretsKept: Promise<void> = Promise.resolve();

  constructor(readonly connection: PageConnection<DeployWizardContract>, readonly locale: Locale, private readonly onChange: () => void) {
    this.gax = new GaxChecks(connection, onChange);
    connection.onEvent('hosts', ({ rows, removed }) => {
      const next = new Map(this.rows);
      for (const id of removed) next.delete(id);
      for (const row of rows) next.set(row.id, row);
      this.rows = next;
      onChange();
    });
    connection.onEvent('applications', (applications) => {
      if (this.start !== undefined) this.start = { ...this.start, applications };
      onChange();
    });
    connection.onEvent('planning', (planning) => {
      if (this.planning !== undefined) this.planning = planning;
      onChange();
    });
    connection.onEvent('begin', () => {
      this.touched.clear();
      this.checked.clear();
      void this.load();
    });
    connection.onEvent('choose', ({ hostIds }) => this.choose([...new Set([...this.draft.hostIds, ...hostIds])]));
  }

  async load(): Promise<void> {
    await this.ask(async () => this.take(await this.connection.request('wizard/load', {})));
  }

  async startAgain(): Promise<void> {
    await this.ask(async () => {
      const start = await this.connection.request('wizard/startAgain', {});
      this.touched.clear();
      this.checked.clear();
      this.take(start);
    });
  }

  private take(start: WizardStart): void {
    this.start = start;
    this.current = start.draft;
    this.rows = new Map(start.hosts.map((row) => [row.id, row]));
    this.plan = start.plan ?? undefined;
    this.planChanged = false;
    this.shownHost = undefined;
  }

  /** Only read once the wizard is loaded. */
  get draft(): DeployDraft {
    if (this.current === undefined) throw new Error('the wizard is not loaded');
    return this.current;
  }

  get hostRows(): ReadonlyMap<string, HostRow> {
    return this.rows;
  }

  get context(): DraftContext {
    const { start, rows } = this;
    if (start === undefined) throw new Error('the wizard is not loaded');
    const of = [start, rows];
    if (this.known === undefined || !sameParts(this.known.of, of)) {
      this.known = { of, context: {
        package: start.package, hosts: rows, applications: start.applications, tenants: start.tenants, questions: start.questions, savedSecrets: start.savedSecrets,
      } };
    }
    return this.known.context;
  }

  get isPlugIn(): boolean {
    return this.context.package.kind === 'plug-in';
  }

  get problems(): readonly DraftProblem[] {
    const of = [this.draft, this.context];
    if (this.found === undefined || !sameParts(this.found.of, of)) this.found = { of, problems: checkDraft(this.draft, this.context, this.locale) };
    return this.found.problems;
  }

  get chosen(): readonly DeployHost[] {
    return chosenHosts(this.draft, this.context);
  }

  get protectedHosts(): readonly { readonly name: string; readonly protectedBy: readonly string[] }[] {
    return this.draft.hostIds.flatMap((id) => {
      const { name, protectedBy = [] } = this.rows.get(id) ?? { name: id };
      return protectedBy.length === 0 ? [] : [{ name, protectedBy }];
    });
  }

  /** What has to be typed before Finish; empty: nothing. */
  get wordsToConfirm(): readonly string[] {
    return wordsToConfirm(this.protectedHosts);
  }

  type(words: string): void {
    this.typed = words;
    this.onChange();
  }

  get profile(): DeploymentProfile {
    return this.start?.profile ?? profileOf(this.draft);
  }

  /** What is replaced on a host; undefined for an installation. */
  replacedOn(host: DeployHost): Replaceable | undefined {
    return replacedOnHost(this.draft, host);
  }

  nameOn(host: DeployHost): string {
    return applicationNameOf(this.draft, this.context.package, host);
  }

  /** What is said under a field: once it was left, or Next was pressed. */
  shownProblem(step: DeployStep, field: string, hostId?: string): DraftProblem | undefined {
    const problems = this.problems.filter((problem) => problem.step === step && problem.field === field && (problem.hostId === undefined || problem.hostId === hostId));
    const problem = problems.find(({ severity }) => severity === 'error') ?? problems[0];
    return problem !== undefined && (this.checked.has(step) || this.touched.has(field)) ? problem : undefined;
  }

  /** The errors of a step that Next was pressed on. */
  shownErrors(step: DeployStep): readonly DraftProblem[] {
    return this.checked.has(step) ? errorsOf(this.problems, step) : [];
  }

  /** Counts what made more problems to be shown. */
  checks = 0;

  touch(field: string): void {
    this.touched.add(field);
    this.checks += 1;
    this.onChange();
  }

  /** Shows the silent.ini of one host, or of all. */
  show(hostId: string | undefined): void {
    this.shownHost = hostId;
    this.onChange();
  }

  /** From now on all that is wrong in the step is shown. */
  check(step: DeployStep): readonly DraftProblem[] {
    this.checked.add(step);
    this.checks += 1;
    this.onChange();
    return errorsOf(this.problems, step);
  }

  edit(draft: DeployDraft): void {
    const stepsOnly = JSON.stringify({ ...draft, step: '', furthest: '' }) === JSON.stringify({ ...this.draft, step: '', furthest: '' });
    this.current = draft;
    if (!stepsOnly) {
      this.planRun += 1;
      this.planning = undefined;
      this.plan = undefined;
      this.planChanged = false;
      this.savedTask = undefined;
    }
    void this.connection.request('wizard/keep', { draft }).catch((error: unknown) => this.refuse(error));
    this.onChange();
  }

  choose(hostIds: readonly string[]): void {
    this.edit({ ...this.draft, hostIds });
  }

  /** After other hosts were chosen: what was entered for them last time, unless something was entered since. */
  async fillInForHosts(): Promise<void> {
    const { filledFrom, hostIds } = this.draft;
    if (filledFrom === undefined || this.start?.remembered === null) return;
    if (this.profile !== 'install') return this.fillInAdded();
    await this.ask(async () => {
      const found = await this.connection.request('remembered/get', { hostIds: [...hostIds] });
      if (found !== null && found.from.deploymentId !== filledFrom.deploymentId && this.isUntouched()) this.edit(fillIn(this.draft, found.from, found.inputs));
    });
  }

  /** After hosts were added to an upgrade or a roll back: what was entered for them. */
  private async fillInAdded(): Promise<void> {
    const added = this.chosen.filter(({ id }) => this.draft.replaces?.some(({ hostId }) => hostId === id) !== true);
    if (added.length === 0) return;
    await this.ask(async () => {
      const found = await this.connection.request('remembered/get', { hostIds: added.map(({ id }) => id) });
      const replaced = added.flatMap((host) => {
        const { applicationId } = this.replacedOn(host) ?? {};
        return applicationId === undefined ? [] : [{ hostId: host.id, applicationId }];
      });
      if (found !== null) this.edit(fillInHosts(this.draft, found.from, found.inputs, replaced));
    });
  }

  /** Chooses which application object is replaced on a host that has several of the product. */
  replace(hostId: string, applicationId: string): void {
    const { replaces = [], hostApplications } = this.draft;
    this.edit({
      ...this.draft,
      replaces: [...replaces.filter((one) => one.hostId !== hostId), { hostId, applicationId }],
      // Its name was entered for the other one.
      hostApplications: hostApplications.filter((named) => named.hostId !== hostId),
    });
  }

  private isUntouched(): boolean {
    const { remembered } = this.start ?? {};
    if (remembered === undefined || remembered === null) return false;
    const filled = fillIn(clearFilledIn(this.draft), remembered.from, remembered.inputs);
    const inOrder = (draft: DeployDraft): string => JSON.stringify(Object.entries({ ...draft, filledFrom: null }).sort(([a], [b]) => (a < b ? -1 : 1)));
    return inOrder(filled) === inOrder(this.draft);
  }

  startFrom(remembered: Remembered | null): void {
    this.edit(remembered === null ? clearFilledIn(this.draft) : fillIn(clearFilledIn(this.draft), remembered.from, remembered.inputs));
  }

  get isFilled(): boolean {
    return isFilled(this.draft);
  }

  /** Saves or forgets a secret; the answer is which keys have a saved one then. */
  async keepSecret(request: () => Promise<readonly SilentIniKey[]>): Promise<void> {
    this.secretsKept = this.ask(async () => {
      const savedSecrets = await request();
      if (this.start !== undefined) this.start = { ...this.start, savedSecrets };
      this.plan = undefined;
    });
    await this.secretsKept;
  }

  /** Asks the hosts what will happen. @param again all of them, also those whose answer still holds */
  async makePlan(again = false): Promise<void> {
    const run = ++this.planRun;
    this.planning = { done: 0, all: this.chosen.length };
    this.planChanged = false;
    await this.ask(async () => {
      const plan = await this.connection.request('plan/make', { draft: this.draft, ...(again && { again }) });
      // What was entered meanwhile has a plan of its own.
      if (run === this.planRun) this.plan = plan;
    });
    if (run !== this.planRun) return;
    this.planning = undefined;
    this.onChange();
  }

  /** Enters a value of the application object in the plan, which is made anew; undefined: as it was before it was entered. */
  editValue(key: ApplicationKey, value: string | undefined, hostId: string, forAll: boolean): void {
    const { applicationEdits = [] } = this.draft;
    const edits = value === undefined ? resetEdit(applicationEdits, key, hostId) : enterEdit(applicationEdits, key, value, forAll ? undefined : hostId);
    // The plan that is read stays in sight until the next one is there.
    const { plan } = this;
    this.edit({ ...this.draft, applicationEdits: edits });
    this.plan = plan;
    void this.makePlan();
  }

  async loadFiles(): Promise<void> {
    if (this.files !== undefined) return;
    this.files = 'reading';
    let found: readonly PackageFile[] | undefined;
    await this.ask(async () => {
      found = await this.connection.request('package/files', {});
    });
    // What was refused may be asked for again.
    this.files = found;
    this.onChange();
  }

  async finish(): Promise<void> {
    const { plan } = this;
    if (plan === undefined || this.isStarting) return;
    this.isStarting = true;
    await this.ask(async () => {
      const result = await this.connection.request('deployment/start', { draft: this.draft, hash: plan.hash, ...(this.typed !== '' && { typed: this.typed }) });
      if (result.kind === 'changed') {
        this.plan = result.plan;
        this.planChanged = true;
      } else {
        this.current = { ...this.draft, step: 'progress', furthest: 'progress', deploymentId: result.deploymentId, createdOn: result.createdOn };
      }
    });
    this.isStarting = false;
    this.onChange();
  }

  async saveTask(): Promise<void> {
    await this.ask(async () => {
      this.savedTask = await this.connection.request('task/save', { draft: this.draft });
    });
  }

  /** Runs a request; what it is refused with is shown, a turning back is not. */
  async ask(request: () => Promise<unknown>): Promise<void> {
    this.refusal = undefined;
    this.onChange();
    try {
      await request();
    } catch (error) {
      this.refuse(error);
    }
    this.onChange();
  }

  private refuse(error: unknown): void {
    if (error instanceof RefusedRequest) {
      if (!error.cancelled) this.refusal = { message: error.message, code: error.code };
    } else this.refusal = { message: String(error) };
  }
}

function sameParts(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}
