import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DeployDraft } from '../../src/core/deployment/draft';
import { needsPlanAgain } from '../../src/core/deployment/lane';
import { secondsLeft } from '../../src/core/packages/importProgress';
import { deployProgressText } from '../../src/core/text/deployProgressText';
import { deployWizardText } from '../../src/core/text/deployWizardText';
import { wizardText } from '../../src/core/text/wizardText';
import { formatBytes, formatTime } from '../../src/core/text/measures';
import { createText, type Locale, type Text } from '../../src/core/text/messages';
import { plugInText } from '../../src/core/text/plugInText';
import type { DeploymentProgress, HostLane } from '../../src/protocol/page/deployProgress';
import { button, linkButton } from '../components/button';
import { errorBox } from '../components/errorBox';
import { filesToCopyNotice } from '../components/filesToCopyNotice';
import { icon } from '../components/icon';
import { hostLane } from '../components/lane';
import { progressBar, type BarState } from '../components/progressBar';
import { describeFailure, type ProgressModel } from './progressModel';
import type { StepView } from './stepView';

type Words = Text<keyof typeof deployProgressText.en>;

/** The last step: how the deployment goes on each host. */
export function progressStep(model: ProgressModel, { deploymentId = '', createdOn = [] }: Pick<DeployDraft, 'deploymentId' | 'createdOn'>): StepView {
  model.show(deploymentId);
  const { view, locale } = model;
  const text = createText(locale, deployProgressText);
  const refused = model.refusal === undefined ? nothing : errorBox(model.refusal);
  if (view === undefined) {
    const common = createText(locale, wizardText);
    const content = model.refusal === undefined ? html`<p role="status">${common('loading')}</p>` : errorBox(model.refusal, button(common('tryAgain'), () => model.load(), { id: 'load-again' }));
    return { heading: createText(locale, deployWizardText)('progress'), content: html`${content}`, footer: nothing };
  }
  const isRunning = view.state === 'running';
  return {
    heading: text(isRunning ? 'heading' : 'headingEnded', { profile: view.profile, n: view.lanes.length }),
    introduction: [
      text('startedLine', { time: formatTime(locale, view.startedAt), who: view.startedBy }),
      ...(isRunning ? [text('mayClose')] : view.endedAt === undefined ? [] : [text('endedLine', { time: formatTime(locale, view.endedAt) })]),
    ].join(' '),
    content: html`${view.isOffline ? html`<p class="progress-notice" role="status">${icon('sync codicon-modifier-spin')}<span>${text('offline')}</span></p>` : nothing}
      ${view.isTrusted ? nothing : html`<p class="progress-notice">${icon('shield')}<span>${text('needsTrust')}</span></p>`}
      ${view.paused === true ? html`<p class="progress-notice" role="status">${icon('debug-pause')}<span>${text('pausedLine')}</span></p>` : nothing}
      ${refused}${overall(model, view, text)}
      ${view.state === 'interrupted' ? interrupted(model, view, text) : nothing}
      <ul class="box host-lanes" aria-label=${text('lanes')}>${repeat(view.lanes, ({ hostId }) => hostId, (lane, index) => hostLane({
        locale, id: laneId(index), lane, isNew: createdOn.includes(lane.hostId), elapsed: elapsedOf(locale, lane), below: below(model, view, lane, index, text),
      }))}</ul>`,
    footer: footerWords(view, model, text),
  };
}

/** The buttons of the footer before *Close*. */
export function progressButtons(model: ProgressModel): TemplateResult | typeof nothing {
  const { view } = model;
  if (view === undefined) return nothing;
  const text = createText(model.locale, deployProgressText);
  const isBlocked = model.busy || view.isOffline || !view.isTrusted;
  return html`${button(text('log'), () => void model.request('progress/log', {}), { icon: 'output', id: 'progress-log' })}
    ${view.state === 'running' && view.paused !== true && model.counts.queued > 0 ? button(text('pause'), () => void model.request('progress/pause', {}), { icon: 'debug-pause', id: 'progress-pause', disabled: isBlocked }) : nothing}
    ${view.paused === true || model.counts.held > 0 ? button(text('goOn'), () => void model.request('progress/goOn', {}), { icon: 'debug-continue', id: 'progress-go-on', disabled: isBlocked }) : nothing}
    ${view.state === 'running' ? button(text('stop'), () => void model.request('progress/stop', {}), { icon: 'stop-circle', id: 'progress-stop', disabled: model.busy || view.isOffline }) : nothing}`;
}

/** What stands below the step's name in the rail. */
export function progressChosen(model: ProgressModel): string | undefined {
  if (model.view === undefined) return undefined;
  const { complete, failed, unknown } = model.counts;
  return createText(model.locale, deployProgressText)('railProgress', { complete, failed, unknown });
}

function overall(model: ProgressModel, view: DeploymentProgress, text: Words): TemplateResult {
  const { counts } = model;
  const parts = [
    text('overallComplete', { done: counts.complete, n: counts.all }),
    ...([
      ['overallFailed', counts.failed], ['overallUnknown', counts.unknown], ['overallRunning', counts.running], ['overallNeedYou', counts.waiting], ['overallQueued', counts.queued],
      ['overallSkipped', counts.skipped], ['overallStopped', counts.stopped], ['overallInterrupted', counts.interrupted], ['overallHeld', counts.held],
    ] as const).flatMap(([key, n]) => (n === 0 ? [] : text(key, { n }))),
  ];
  const left = view.state === 'running' ? secondsLeft(view.startedAt, new Date(), view.percent) : undefined;
  const again = view.lanes.filter((lane) => lane.canRetry && lane.state !== 'cancelled').length;
  const isKept = view.state !== 'running' && view.state !== 'interrupted' && view.lanes.some(({ kept }) => kept !== undefined);
  const disabled = model.busy || view.isOffline || !view.isTrusted;
  return html`<div class="progress-overall">
      <div class="progress-line">
        <span class="progress-parts">${parts.map((part) => html`<span>${part}</span>`)}</span>
        <span class="progress-parts quiet"><span>${describeElapsed(text, view.startedAt, view.endedAt)}</span>${left === undefined ? nothing : html`<span>${describeLeft(text, left)}</span>`}</span>
      </div>
      ${progressBar(text('overallBar'), view.percent, overallState(view, counts.failed + counts.unknown))}
    </div>
    ${again < 2 && !isKept ? nothing : html`<div class="actions progress-again">
      ${again < 2 ? nothing : button(text('tryAllFailed'), () => void model.request('progress/retryFailed', {}), { icon: 'debug-restart', id: 'try-all-failed', disabled })}
      ${isKept ? button(text('removeKept'), () => void model.request('progress/cleanUp', {}), { icon: 'clear-all', id: 'remove-kept', disabled }) : nothing}</div>`}`;
}

function overallState({ state }: DeploymentProgress, failed: number): BarState {
  if (state === 'running') return 'running';
  if (state === 'complete') return 'done';
  return failed > 0 ? 'failed' : 'queued';
}

function interrupted(model: ProgressModel, view: DeploymentProgress, text: Words): TemplateResult {
  const disabled = model.busy || view.isOffline || !view.isTrusted;
  return html`<div class="progress-interrupted" role="alert">${icon('debug-disconnect', 'warning')}<div><p>${text('interruptedBox')}</p>
    <div class="actions">${button(text('resume'), () => void model.request('progress/resume', {}), { kind: 'primary', icon: 'debug-continue', id: 'resume', disabled })}
      ${button(text('cleanUp'), () => void model.request('progress/cleanUp', {}), { icon: 'stop-circle', id: 'clean-up', disabled })}</div></div></div>`;
}

function below(model: ProgressModel, view: DeploymentProgress, lane: HostLane, index: number, text: Words): TemplateResult | typeof nothing {
  const { locale } = model;
  if (lane.transfer !== undefined) return transferLine(locale, lane.transfer, text);
  switch (lane.state) {
    case 'waiting':
      return html`<p class="host-lane-line quiet">${text('waitingHint')}</p>`;
    case 'failed':
    case 'unknown':
      if (model.leftFailed.has(lane.hostId)) return html`<p class="host-lane-line quiet">${lane.error?.message ?? ''}</p>`;
      return errorBox(
        { message: describeFailure(locale, lane), ...(lane.now !== undefined && { advice: lane.now }), ...(lane.error && { code: lane.error.code }) },
        html`${laneButtons(model, view, lane, index, text)}${lane.state === 'failed' ? linkButton(text('leaveFailed'), () => model.leaveFailed(lane.hostId), { id: `${laneId(index)}-leave` }) : nothing}`,
      );
    case 'cancelled':
      return html`${lane.now === undefined || lane.step === undefined ? nothing : html`<p class="host-lane-line quiet">${lane.now}</p>`}
        ${lane.canRetry ? html`<div class="actions host-lane-line">${laneButtons(model, view, lane, index, text)}</div>` : nothing}`;
    case 'interrupted':
      return lane.error === undefined ? nothing : html`<p class="host-lane-line quiet">${lane.error.message}</p>`;
    case 'complete':
      if (lane.filesToCopy !== undefined) {
        return filesToCopyNotice(locale, lane.filesToCopy, `${laneId(index)}-copy`, { onCopy: () => void model.request('progress/copyCommands', { hostId: lane.hostId }) });
      }
      return lane.left.length === 0 ? nothing : html`<p class="host-lane-line">${text('leftAfterSuccess', { host: lane.hostName, left: lane.left.join(', ') })}</p>`;
    case 'held':
      return html`<p class="host-lane-line quiet">${text('heldHint')} ${linkButton(text('goOnHost'), () => void model.request('progress/goOn', { hostId: lane.hostId }), {
        id: `${laneId(index)}-go-on`, disabled: model.busy || view.isOffline || !view.isTrusted,
      })}</p>`;
    case 'queued':
    case 'running':
    case 'skipped':
      return nothing;
  }
}

function laneButtons(model: ProgressModel, view: DeploymentProgress, lane: HostLane, index: number, text: Words): TemplateResult {
  const { hostId } = lane;
  const id = laneId(index);
  const retry = async (): Promise<void> => {
    await model.request('progress/retryHost', { hostId });
    if (model.refusal === undefined) document.getElementById(id)?.focus();
  };
  return html`${lane.canRetry ? button(text(needsPlanAgain(lane) ? 'checkHostAgain' : lane.state === 'unknown' ? 'checkHost' : 'tryHost'), () => void retry(), {
      kind: 'primary', icon: lane.state === 'unknown' || needsPlanAgain(lane) ? 'search' : 'debug-restart', id: `${id}-retry`, disabled: model.busy || view.isOffline || !view.isTrusted,
    }) : nothing}
    ${button(text('log'), () => void model.request('progress/log', { hostId }), { icon: 'output', id: `${id}-log` })}
    ${button(text('terminal'), () => void model.request('progress/terminal', { hostId }), { icon: 'terminal', id: `${id}-terminal`, disabled: !view.isTrusted })}`;
}

function transferLine(locale: Locale, { done, total, perSecond }: NonNullable<HostLane['transfer']>, text: Words): TemplateResult {
  const left = perSecond === undefined || perSecond <= 0 ? undefined : Math.ceil((total - done) / perSecond);
  return html`<p class="host-lane-line quiet progress-parts"><span>${text('sizeDone', { done: formatBytes(locale, done), total: formatBytes(locale, total) })}</span>
    ${perSecond === undefined ? nothing : html`<span>${text('speed', { bytes: formatBytes(locale, perSecond) })}</span>`}
    ${left === undefined ? nothing : html`<span>${describeLeft(text, left)}</span>`}</p>`;
}

/** On how many hosts a person has to copy files; nothing where on none. */
function dutyWords({ lanes }: DeploymentProgress, locale: Locale): readonly string[] {
  const n = lanes.filter(({ filesToCopy }) => filesToCopy !== undefined).length;
  return n === 0 ? [] : [createText(locale, plugInText)('endFilesNotCopied', { n })];
}

function footerWords(view: DeploymentProgress, { counts, locale }: ProgressModel, text: Words): string {
  switch (view.state) {
    case 'running':
      return text('goesOn');
    case 'complete':
      return [text('allComplete', { package: view.package.name, version: view.package.version, n: counts.complete }), ...dutyWords(view, locale)].join(' ');
    case 'failed':
      return counts.failed === 0 ? text('endUnknown', { unknown: counts.unknown }) : text('endFailed', { failed: counts.failed, n: counts.all, others: counts.all - counts.failed - counts.unknown });
    case 'cancelled':
      return text('endStopped');
    case 'interrupted':
      return text('endInterrupted');
    case 'held':
      return text('endHeld', { held: counts.held });
  }
}

function laneId(index: number): string {
  return `lane-${index}`;
}

function elapsedOf(locale: Locale, lane: HostLane): string {
  return lane.startedAt === undefined ? '' : describeElapsed(createText(locale, deployProgressText), lane.startedAt, lane.endedAt);
}

function describeElapsed(text: Words, startedAt: string, endedAt: string | undefined): string {
  const seconds = Math.max(0, Math.round(((endedAt === undefined ? Date.now() : Date.parse(endedAt)) - Date.parse(startedAt)) / 1000));
  if (seconds < 60) return text('elapsedSeconds', { s: seconds });
  if (seconds < 3600) return text('elapsedMinutes', { m: Math.floor(seconds / 60), s: seconds % 60 });
  return text('elapsedHours', { h: Math.floor(seconds / 3600), m: Math.floor((seconds % 3600) / 60) });
}

function describeLeft(text: Words, seconds: number): string {
  if (seconds < 60) return text('secondsLeft', { n: Math.max(1, seconds) });
  if (seconds < 5400) return text('minutesLeft', { n: Math.round(seconds / 60) });
  return text('hoursLeft', { n: Math.round(seconds / 3600) });
}
