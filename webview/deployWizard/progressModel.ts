import { countHosts, type HostCounts } from '../../src/core/deployment/lane';
import { stepsOf } from '../../src/core/deployment/model';
import { deployProgressText } from '../../src/core/text/deployProgressText';
import { createText, type Locale } from '../../src/core/text/messages';
import { deploymentStepName } from '../../src/core/text/stateText';
import type { DeployWizardContract } from '../../src/protocol/page/deployWizard';
import type { DeploymentProgress, HostLane } from '../../src/protocol/page/deployProgress';
import type { RequestName, RequestParams } from '../../src/protocol/page/page';
import type { Announcer } from '../components/announcer';
import { RefusedRequest, type PageConnection } from '../messaging';

/** What the progress step knows of a deployment; tells its page of every change and speaks of what matters. */
export class ProgressModel {
  view: DeploymentProgress | undefined;
  /** Why the deployment cannot be shown, or the last request was refused. */
  refusal: { readonly message: string; readonly code: string } | undefined;
  /** Hosts that a person has decided to leave failed: their box is folded. */
  readonly leftFailed = new Set<string>();
  /** A request that is under way: its buttons wait. */
  busy = false;
  private asked: string | undefined;
  private ticker: number | undefined;
  private announcer: Announcer | undefined;

  constructor(private readonly connection: PageConnection<DeployWizardContract>, readonly locale: Locale, private readonly onChange: () => void) {
    connection.onEvent('progress', (change) => this.take(change));
  }

  speakThrough(announcer: Announcer): void {
    this.announcer = announcer;
  }

  /** Shows a deployment; asks the host for it once. */
  show(deploymentId: string): void {
    if (this.asked === deploymentId) return;
    this.asked = deploymentId;
    this.view = undefined;
    this.load();
  }

  /** Asks the host for the deployment, also once more when that failed. */
  load(): void {
    const deploymentId = this.asked ?? '';
    void this.ask(async () => {
      this.view = await this.connection.request('progress/show', { deploymentId });
      this.tick();
    });
  }

  /** Asks the host to do something; what it refuses is shown. */
  async request<N extends Extract<RequestName<DeployWizardContract>, `progress/${string}`>>(name: N, params: RequestParams<DeployWizardContract, N>): Promise<void> {
    this.busy = true;
    await this.ask(async () => {
      await this.connection.request(name, params);
    });
    this.busy = false;
    this.onChange();
  }

  leaveFailed(hostId: string): void {
    this.leftFailed.add(hostId);
    this.onChange();
  }

  get counts(): HostCounts {
    return countHosts(this.view?.lanes ?? []);
  }

  dispose(): void {
    window.clearInterval(this.ticker);
    this.ticker = undefined;
  }

  private async ask(work: () => Promise<void>): Promise<void> {
    this.refusal = undefined;
    this.onChange();
    try {
      await work();
    } catch (error) {
      if (!(error instanceof RefusedRequest)) throw error;
      if (!error.cancelled) this.refusal = { message: error.message, code: error.code };
    }
    this.onChange();
  }

  private take(change: DeploymentProgress): void {
    const before = this.view;
    if (before?.id !== change.id) return;
    const fresh = new Map(change.lanes.map((lane) => [lane.hostId, lane]));
    this.view = { ...change, lanes: before.lanes.map((lane) => fresh.get(lane.hostId) ?? lane) };
    for (const lane of change.lanes) if (lane.state === 'running' || lane.state === 'queued') this.leftFailed.delete(lane.hostId);
    this.announce(before, this.view);
    this.tick();
    this.onChange();
  }

  /** While it runs, the times that are shown go on by themselves. */
  private tick(): void {
    if (this.view?.state !== 'running') return this.dispose();
    this.ticker ??= window.setInterval(this.onChange, 1000);
  }

  private announce(before: DeploymentProgress, now: DeploymentProgress): void {
    const text = createText(this.locale, deployProgressText);
    const [earlier, counts] = [countHosts(before.lanes), countHosts(now.lanes)];
    const args = { n: counts.complete, m: counts.all, k: counts.failed };
    if (before.state === 'running' && now.state !== 'running') this.announcer?.sayNow(text('announceEnd', args));
    else if (counts.ended > earlier.ended || Math.floor(now.percent / 25) > Math.floor(before.percent / 25)) this.announcer?.say(text('announceProgress', args));
  }
}

/** `Step 8 of 12, Install: …` */
export function describeFailure(locale: Locale, lane: HostLane): string {
  const sentence = lane.error?.message ?? '';
  const { step } = lane;
  const steps = stepsOf(lane);
  if (step === undefined) return sentence;
  return createText(locale, deployProgressText)('failure', { position: steps.indexOf(step) + 1, count: steps.length, step: deploymentStepName(locale, step), sentence });
}
