import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { detailsText, type DetailsTextKey } from '../../src/core/text/detailsText';
import { formatFullTime, formatTime } from '../../src/core/text/measures';
import { createText, type Locale } from '../../src/core/text/messages';
import type { DeploymentLine } from '../../src/protocol/page/packageDetails';
import type { DeploymentState, HostRunState } from '../../src/core/deployment/model';
import { linkButton } from './button';
import { stateLabel, type ShownState } from './stateLabel';

const deploymentStates: Readonly<Record<DeploymentState, readonly [state: ShownState, words: DetailsTextKey]>> = {
  running: ['running', 'deploymentRunning'], complete: ['done', 'deploymentComplete'], failed: ['failed', 'deploymentFailed'],
  cancelled: ['stopped', 'deploymentCancelled'], interrupted: ['interrupted', 'deploymentInterrupted'],
  held: ['held', 'deploymentHeld'],
};
const runStates: Readonly<Record<HostRunState, ShownState>> = {
  queued: 'queued', running: 'running', waiting: 'waiting', complete: 'done', failed: 'failed', unknown: 'unknown', cancelled: 'stopped', skipped: 'skipped', interrupted: 'interrupted', held: 'held',
};

/** Hosts of one deployment that are listed; the log names all. */
const mostHosts = 20;

/** Earlier and running deployments, newest first; each opens its log, each of its hosts that host's part of it. @param more what else is said of one */
export function deploymentRows(deployments: readonly DeploymentLine[], locale: Locale, openLog: (deploymentId: string, hostId?: string) => void, more: (line: DeploymentLine) => TemplateResult | typeof nothing = () => nothing): TemplateResult {
  const text = createText(locale, detailsText);
  if (deployments.length === 0) return html`<p class="quiet">${text('neverDeployed')}</p>`;
  return html`<ul class="rows">${repeat(deployments, ({ id }) => id, (line) => {
    const [state, key] = deploymentStates[line.state];
    return html`<li>
    <span class="grow">${linkButton(line.title, () => openLog(line.id), { icon: 'output' })}
      <span class="quiet" title=${formatFullTime(locale, line.startedAt)}>${formatTime(locale, line.startedAt)}</span> <span class="quiet">${line.startedBy}</span></span>
    ${stateLabel(state, text(key, { percent: line.percent }))}
    ${hostRows(line, locale, openLog)}${more(line)}
  </li>`;
  })}</ul>`;
}

function hostRows(line: DeploymentLine, locale: Locale, openLog: (deploymentId: string, hostId?: string) => void): TemplateResult | typeof nothing {
  const [only] = line.hosts;
  // A single host that ended as its deployment did says nothing new.
  if (line.hosts.length < 2 && (only === undefined || only.state === 'complete' || only.state === 'cancelled')) return nothing;
  return html`<ul class="rows host-rows">${line.hosts.slice(0, mostHosts).map((run) => html`<li>
    <span class="grow">${linkButton(run.hostName, () => openLog(line.id, run.hostId), { icon: 'vm' })}</span>
    ${stateLabel(runStates[run.state], run.words)}
  </li>`)}${line.hosts.length > mostHosts ? html`<li class="quiet">${createText(locale, detailsText)('moreHosts', { n: line.hosts.length - mostHosts })}</li>` : nothing}</ul>`;
}
