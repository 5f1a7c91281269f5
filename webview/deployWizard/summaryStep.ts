import { html, nothing, type TemplateResult } from 'lit';
import type { ApplicationValue } from '../../src/core/configuration/mergeApplication';
import { findSameChanges } from '../../src/core/deployment/sameChanges';
import { phraseToConfirm } from '../../src/core/hosts/protection';
import { deploySummaryText, type DeploySummaryTextKey } from '../../src/core/text/deploySummaryText';
import { createText, type Text } from '../../src/core/text/messages';
import type { PlannedHost } from '../../src/protocol/page/deployWizard';
import { linkButton } from '../components/button';
import { icon } from '../components/icon';
import { notice } from '../components/notice';
import { progressBar } from '../components/progressBar';
import { confirmField, isConfirmedByTyping } from './confirmField';
import type { DeployModel } from './deployModel';
import './plannedHost';
import type { StepView } from './stepView';

/** Step 5: what will happen on each host, as the hosts themselves were asked. */
export function summaryStep(model: DeployModel): StepView {
  const text = createText(model.locale, deploySummaryText);
  return {
    heading: text('summaryHeading'),
    introduction: introduction(model, text),
    content: html`<div class="summary-tools">${orderFacts(model, text)}
        ${linkButton(text('checkAgain'), () => void model.makePlan(true), { icon: 'refresh', id: 'check-again', disabled: model.planning !== undefined || model.isStarting })}
        ${model.savedTask === undefined ? nothing : html`<span class="state quiet" role="status">${icon('pass', 'good')}<span>${text('taskSaved', { name: model.savedTask })}</span></span>`}
      </div>
      ${model.planning === undefined ? nothing : progressBar(text('summaryHeading'), (model.planning.done * 100) / Math.max(1, model.planning.all), 'running')}
      ${model.planChanged ? notice('info', text('planChanged')) : nothing}
      ${planView(model)}${isPlanned(model) ? confirmField(model) : nothing}`,
    footer: footer(model, text),
  };
}

/** In which order the hosts begin, and when no more do. */
function orderFacts({ draft: { order = { kind: 'all' }, stopAfterFailures = 0 }, chosen }: DeployModel, text: Text<DeploySummaryTextKey>): TemplateResult | typeof nothing {
  if (chosen.length < 2) return nothing;
  const fact = (name: string, words: string): TemplateResult => html`<span class="state">${icon(name)}<span>${words}</span></span>`;
  return html`${fact('vm', text('orderFact', { n: chosen.length, order: order.kind, size: order.kind === 'batches' ? order.size : 0 }))}${fact('stop-circle', text('stopFact', { n: stopAfterFailures }))}`;
}

/** Whether Finish may be pressed: all hosts are checked, nothing stands against any of them, and protected ones are confirmed. */
export function isReady(model: DeployModel): boolean {
  return isPlanned(model) && isConfirmedByTyping(model);
}

function isPlanned({ plan, planning }: DeployModel): boolean {
  return plan !== undefined && planning === undefined && plan.problems.length === 0 && blockedHosts(plan.hosts).length === 0;
}

function blockedHosts(hosts: readonly PlannedHost[]): readonly PlannedHost[] {
  return hosts.filter(({ skip, error, problems }) => skip === undefined && (error !== undefined || problems.length > 0));
}

function introduction({ plan, planning, locale }: DeployModel, text: Text<DeploySummaryTextKey>): string {
  if (planning !== undefined) return text('checking', { n: planning.all, done: planning.done });
  if (plan === undefined) return text('blockedNoPlan');
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(new Date(plan.at));
  const reached = plan.hosts.filter(({ error }) => error === undefined).length;
  const n = plan.hosts.length;
  return reached === n ? `${text('allReached', { n, time })} ${text('nothingChanged')}` : text('someReached', { n, reached, time });
}

function footer(model: DeployModel, text: Text<DeploySummaryTextKey>): TemplateResult | string {
  const { plan, planning } = model;
  if (model.isStarting) return text('starting');
  if (planning !== undefined) return text('blockedChecking');
  if (plan === undefined) return text('blockedNoPlan');
  const [problem] = plan.problems;
  const wrong = (words: string): TemplateResult => html`<span class="footer-error">${icon('error', 'error')}<span>${words}</span></span>`;
  if (problem !== undefined) return wrong(text('blockedInputs', { problem }));
  const blocked = blockedHosts(plan.hosts);
  if (blocked.length > 0) return wrong(text('blockedHosts', { hosts: blocked.map(({ hostName }) => hostName).join(', ') }));
  if (!isConfirmedByTyping(model)) return text('blockedTyping', { phrase: phraseToConfirm(model.wordsToConfirm) });
  return text(({ install: 'willInstall', upgrade: 'willUpgrade', rollBack: 'willRollBack' } as const)[model.profile], { n: plan.hosts.filter(({ skip }) => skip === undefined).length });
}

function planView(model: DeployModel): TemplateResult | typeof nothing {
  const { plan, context } = model;
  if (plan === undefined) return nothing;
  const blocked = new Set(blockedHosts(plan.hosts));
  const first = model.draft.order?.kind === 'canary' && plan.hosts.length > 1 ? plan.hosts[0] : undefined;
  const open = blocked.size > 0 ? [...blocked][0] : plan.hosts[0];
  const same = findSameChanges(plan.hosts);
  return html`${plan.problems.map((problem) => notice('error', problem, { live: false }))}
    ${plan.warnings.map((warning) => notice('warning', warning, { live: false }))}
    <div class="plan box">${plan.hosts.map((host) => html`<gp-planned-host .host=${host} .protectedBy=${model.hostRows.get(host.hostId)?.protectedBy ?? []} .package=${context.package} .isOpen=${host === open} .goesFirst=${host === first} .sameAs=${same.get(host.hostId)} .edits=${model.draft.applicationEdits ?? []} .hostCount=${plan.hosts.length} .isLocked=${model.isStarting}
      .onEdit=${(value: ApplicationValue, entered: string | undefined, forAll: boolean) => model.editValue(value, entered, host.hostId, forAll)} .files=${model.files} .onFiles=${() => void model.loadFiles()}></gp-planned-host>`)}</div>`;
}
