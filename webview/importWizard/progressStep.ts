import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { fileNameOf } from '../../src/core/packages/importSource';
import { filesNotUnderstood } from '../../src/core/packages/notes';
import { secondsLeft, type ImportCounts } from '../../src/core/packages/importProgress';
import { importSteps } from '../../src/core/packages/model';
import { describeComplete } from '../../src/core/text/contentText';
import { describePackageSystem, importWizardText } from '../../src/core/text/importWizardText';
import { formatBytes } from '../../src/core/text/measures';
import { createText, type Locale, type Text } from '../../src/core/text/messages';
import { importStepName } from '../../src/core/text/stateText';
import { wizardText } from '../../src/core/text/wizardText';
import type { ImportLane, ImportRunView } from '../../src/protocol/page/importWizard';
import { button } from '../components/button';
import { errorBox } from '../components/errorBox';
import { icon } from '../components/icon';
import { packageIcons } from '../components/packageIcons';
import { progressBar, type BarState } from '../components/progressBar';
import { stateLabel, type ShownState } from '../components/stateLabel';

type Words = Text<keyof typeof importWizardText.en>;

export interface ProgressStep {
  readonly locale: Locale;
  readonly run: ImportRunView;
  readonly counts: ImportCounts;
  /** Nothing can be asked of the host for now. */
  readonly disabled: boolean;
  readonly retry: (lane: ImportLane) => void;
  readonly copyDetails: (lane: ImportLane) => void;
  readonly compareTemplates: (lane: ImportLane) => void;
  /** Bytes a second of a running import; undefined while nothing can be said. */
  readonly rateOf: (id: string) => number | undefined;
}

/** The overall line and a lane for each package. */
export function progressStep(step: ProgressStep): TemplateResult {
  const { locale, run, counts } = step;
  const text = createText(locale, importWizardText);
  const { all, complete, failed, stopped, running, waiting, percent, bytes } = counts;
  const isOver = running + waiting === 0;
  const parts = [
    text('overallComplete', { done: complete, n: all }),
    ...([['overallFailed', failed], ['overallStopped', stopped], ['overallRunning', running], ['overallWaiting', waiting]] as const)
      .flatMap(([key, n]) => (n === 0 ? [] : text(key, { n }))),
  ];
  const left = isOver ? undefined : secondsLeft(run.startedAt, new Date(), percent);
  return html`<div class="overall">
      <div class="overall-line">
        <span class="parts">${parts.map((part) => html`<span>${part}</span>`)}</span>
        <span class="parts quiet">
          ${bytes === undefined ? nothing : html`<span>${text('sizeDone', { done: formatBytes(locale, bytes.done), total: formatBytes(locale, bytes.total) })}</span>`}
          ${left === undefined ? nothing : html`<span>${describeTimeLeft(text, left)}</span>`}
        </span>
      </div>
      ${progressBar(text('overallBar'), percent, !isOver ? 'running' : failed > 0 ? 'failed' : 'done')}
    </div>
    <ul class="box lanes">${repeat(run.lanes, (_, index) => index, (lane, index) => laneRow(step, lane, index, text))}</ul>`;
}

function describeTimeLeft(text: Words, seconds: number): string {
  if (seconds < 60) return text('secondsLeft', { n: seconds });
  if (seconds < 5400) return text('minutesLeft', { n: Math.round(seconds / 60) });
  return text('hoursLeft', { n: Math.round(seconds / 3600) });
}

function laneRow(step: ProgressStep, lane: ImportLane, index: number, text: Words): TemplateResult {
  const { locale } = step;
  const { record, kind, error } = lane;
  const { identity } = record;
  const name = identity?.name ?? fileNameOf(record.source.path);
  const [shown, words, bar] = describeLane(locale, lane, text);
  return html`<li class="lane" id="lane-${index}" tabindex="-1">
    <div class="lane-head">
      <span class="package-name">${icon(packageIcons[kind ?? 'application'])}<strong>${name}</strong>
        ${identity === undefined ? nothing : html`<span class="quiet parts">${[identity.version, describePackageSystem(locale, identity)].filter((part) => part !== '').map((part) => html`<span>${part}</span>`)}</span>`}</span>
      ${stateLabel(shown, words)}
    </div>
    ${progressBar(name, record.percent, bar)}
    ${record.state === 'running' && record.waiting !== true ? html`<p class="lane-step quiet parts">${runningParts(step, lane, text).map((part) => html`<span>${part}</span>`)}</p>` : nothing}
    ${record.state === 'failed' ? failure(step, lane, text, error) : nothing}
    ${record.state === 'cancelled' ? html`<p class="lane-step quiet">${text('nothingKept')}</p><div class="actions">${retryButton(step, lane)}</div>` : nothing}
  </li>`;
}

function describeLane(locale: Locale, { record, replaces }: ImportLane, text: Words): readonly [ShownState, string, BarState] {
  switch (record.state) {
    case 'complete':
      // What was not understood is left to a person.
      if (filesNotUnderstood(record.notes).length > 0) return ['duty', describeComplete(locale, record.notes), 'done'];
      return ['done', replaces === true ? text('laneReplaced') : describeComplete(locale, undefined), 'done'];
    case 'failed':
      return ['failed', text('laneFailed', { step: importStepName(locale, record.step) }), 'failed'];
    case 'cancelled':
      return ['stopped', text('laneStopped'), 'queued'];
    case 'running':
      return record.waiting === true ? ['queued', text('laneWaiting'), 'queued'] : ['running', text('laneRunning', { percent: record.percent }), 'running'];
  }
}

/** The step, how much of it is done, how fast, and how long the step still takes. */
function runningParts({ locale, rateOf }: ProgressStep, { record }: ImportLane, text: Words): readonly string[] {
  const { bytes, files } = record;
  const rate = rateOf(record.id);
  return [
    stepWords(locale, record.step, 'laneStep', text),
    ...(bytes === undefined ? [] : [text('sizeDone', { done: formatBytes(locale, bytes.done), total: formatBytes(locale, bytes.total) })]),
    ...(files === undefined ? [] : [files.total === undefined ? text('files', { n: files.done }) : text('filesDone', { done: new Intl.NumberFormat(locale).format(files.done), n: files.total })]),
    ...(rate === undefined ? [] : [text('rate', { size: formatBytes(locale, rate) })]),
    ...(rate === undefined || bytes === undefined ? [] : [describeTimeLeft(text, Math.ceil((bytes.total - bytes.done) / rate))]),
  ];
}

function stepWords(locale: Locale, step: ImportLane['record']['step'], key: 'laneStep' | 'failure', text: Words, sentence = ''): string {
  return text(key, { position: importSteps.indexOf(step) + 1, count: importSteps.length, step: importStepName(locale, step), sentence });
}

function failure(step: ProgressStep, lane: ImportLane, text: Words, error: ImportLane['error']): TemplateResult {
  const common = createText(step.locale, wizardText);
  return errorBox(
    { message: stepWords(step.locale, lane.record.step, 'failure', text, error?.message ?? ''), advice: text('nothingKept'), ...(error && { code: error.code }) },
    html`${retryButton(step, lane)}${lane.record.source.method === 'parts' && lane.record.step === 'templates'
      ? button(text('compareTemplates'), () => step.compareTemplates(lane), { icon: 'diff', disabled: step.disabled }) : nothing}${button(common('copyDetails'), () => step.copyDetails(lane), { icon: 'copy', disabled: step.disabled })}`,
  );
}

function retryButton(step: ProgressStep, lane: ImportLane): TemplateResult {
  return button(createText(step.locale, wizardText)('tryAgain'), () => step.retry(lane), { icon: 'debug-restart', disabled: step.disabled });
}
