import { html, nothing, type TemplateResult } from 'lit';
import { formatTime } from '../../src/core/text/measures';
import type { Locale } from '../../src/core/text/messages';
import { createText } from '../../src/core/text/messages';
import { verificationText } from '../../src/core/text/verificationText';
import type { ShownParameters } from '../../src/protocol/page/deployedPackage';
import type { DeploymentLine } from '../../src/protocol/page/packageDetails';
import { linkButton } from '../components/button';
import { parameterTable } from './applicationParts';

export interface HistoryPart {
  readonly locale: Locale;
  /** Those of deployments that a person has opened. */
  readonly opened: ReadonlyMap<string, ShownParameters>;
  readonly mayRun: boolean;
  readonly onToggle: (deploymentId: string) => void;
  readonly onRunAgain: (deploymentId: string) => void;
}

/** What a line of the history says beside its outcome: its plan, what was entered, and how to run it once more. */
export function historyPart({ locale, opened, mayRun, onToggle, onRunAgain }: HistoryPart, { id, planHash, state, title, startedAt }: DeploymentLine): TemplateResult {
  const text = createText(locale, verificationText);
  const parameters = opened.get(id);
  return html`<div class="history-more">
    <span class="actions">${planHash === undefined ? nothing : html`<span class="quiet">${text('plan')} <code>${planHash}</code></span>`}
      ${linkButton(text(parameters === undefined ? 'showParameters' : 'hideParameters'), () => onToggle(id), { id: `parameters-${id}`, icon: parameters === undefined ? 'chevron-right' : 'chevron-down' })}
      ${state === 'running' ? nothing : linkButton(text('runAgain'), () => onRunAgain(id), { id: `run-again-${id}`, icon: 'debug-rerun', disabled: !mayRun })}</span>
    ${parameters === undefined ? nothing : parameterTable(parameters, locale, title, formatTime(locale, startedAt))}
  </div>`;
}
