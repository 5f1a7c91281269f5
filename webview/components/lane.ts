import { html, nothing, type TemplateResult } from 'lit';
import { laneSteps, type LaneStep, type LaneStepState } from '../../src/core/deployment/lane';
import type { HostRun } from '../../src/core/deployment/model';
import { describeStepBeginning } from '../../src/core/text/deploymentText';
import { deployProgressText } from '../../src/core/text/deployProgressText';
import { createText, type Locale } from '../../src/core/text/messages';
import { deploymentStepName } from '../../src/core/text/stateText';
import type { HostLane } from '../../src/protocol/page/deployProgress';
import { icon } from './icon';
import { stateLabel, type ShownState } from './stateLabel';

export interface LaneOptions {
  readonly locale: Locale;
  readonly id: string;
  readonly lane: HostLane;
  /** Its application object did not exist before. */
  readonly isNew: boolean;
  /** How long it has taken, in words. */
  readonly elapsed: string;
  /** Below the steps: what is going over, what failed, what can be done. */
  readonly below: TemplateResult | typeof nothing;
}

/** A host of a deployment: its name, its state, and its steps one beside the other. */
export function hostLane({ locale, id, lane, isNew, elapsed, below }: LaneOptions): TemplateResult {
  const text = createText(locale, deployProgressText);
  return html`<li class="host-lane" id=${id} tabindex="-1" aria-labelledby=${`${id}-name`}>
    <div class="host-lane-head">
      <span class="host-lane-name" id=${`${id}-name`}>${icon('vm')}<strong>${lane.hostName}</strong> <span class="quiet">${isNew ? text('newApplication', { name: lane.applicationName }) : lane.applicationName}</span></span>
      <span class="host-lane-state">${stateLabel(shownState(lane), lane.words)}<span class="host-lane-time quiet">${elapsed}</span></span>
    </div>
    <ol class="host-lane-steps" aria-label=${text('stepsOf', { host: lane.hostName })}>${laneSteps(lane).map((step) => stepItem(locale, step, lane.stepPercent))}</ol>
    ${below}
  </li>`;
}

const stepIcons: Readonly<Record<LaneStepState, readonly [name: string, color: string] | undefined>> = {
  todo: undefined,
  done: ['check', 'good'],
  running: ['sync codicon-modifier-spin', 'busy'],
  waiting: ['bell-dot', 'warning'],
  failed: ['error', 'error'],
  unknown: ['question', 'warning'],
  stopped: ['circle-slash', 'quiet'],
  interrupted: ['debug-disconnect', 'warning'],
  skipped: ['debug-step-over', 'quiet'],
};

const stepWords = {
  todo: 'stepTodo', done: 'stepDone', running: 'stepRunning', waiting: 'stepWaiting', failed: 'stepFailed', unknown: 'stepUnknown', stopped: 'stepStopped',
  interrupted: 'stepInterrupted', skipped: 'stepSkipped',
} as const satisfies Readonly<Record<LaneStepState, keyof typeof deployProgressText.en>>;

function stepItem(locale: Locale, { step, state }: LaneStep, percent: number | undefined): TemplateResult {
  const text = createText(locale, deployProgressText);
  const look = stepIcons[state];
  const filled = state === 'todo' || state === 'skipped' ? 0 : state === 'running' ? Math.round(percent ?? 50) : 100;
  return html`<li class="lane-part is-${state}" title=${describeStepBeginning(locale, step)}>
    <span class="lane-bar" aria-hidden="true"><span class="lane-fill" .style=${`width: ${filled}%`}></span></span>
    <span class="lane-part-name">${look === undefined ? nothing : icon(...look)}<span>${deploymentStepName(locale, step)}</span></span>
    <span class="visually-hidden">${text(stepWords[state])}</span>
  </li>`;
}

/** The state of ux.md 2 that a host shows. */
export function shownState({ state, left, filesToCopy }: Pick<HostRun, 'state' | 'left'> & { readonly filesToCopy?: unknown }): ShownState {
  switch (state) {
    case 'complete':
      return left.length > 0 || filesToCopy !== undefined ? 'duty' : 'done';
    case 'cancelled':
      return 'stopped';
    case 'queued':
    case 'running':
    case 'waiting':
    case 'failed':
    case 'unknown':
    case 'skipped':
    case 'interrupted':
    case 'held':
      return state;
  }
}
