import { html, nothing, type TemplateResult } from 'lit';
import { connectionChecks, readConnectionChecks, type CheckState, type ConnectionCheck } from '../../src/core/hosts/contact';
import { hostText } from '../../src/core/text/hostText';
import { formatTime } from '../../src/core/text/measures';
import { createText, type Locale } from '../../src/core/text/messages';
import type { HostPageView } from '../../src/protocol/page/host';
import { errorBox } from '../components/errorBox';
import { icon } from '../components/icon';
import { stateLabel, type ShownState } from '../components/stateLabel';

const checkStates: Readonly<Record<Exclude<CheckState, 'open'>, ShownState>> = { passed: 'done', failed: 'failed' };
/** The words of each check. */
export const checkNames = { reached: 'reached', key: 'hostKey', login: 'login', system: 'system' } as const satisfies Readonly<Record<ConnectionCheck, string>>;

/** The last test of the connection: how far it came, and what the host told. @param unsaved there is input that the test did not use */
export function contactBox({ host, testing }: Extract<HostPageView, { kind: 'host' }>, locale: Locale, unsaved: boolean): TemplateResult {
  const text = createText(locale, hostText);
  const { contact, system } = host;
  const checks = readConnectionChecks({ failed: contact?.error !== undefined, state: contact?.state, hasSystem: system !== undefined });
  const notTested = html`<span class="state">${icon('circle-large-outline', 'quiet')}<span>${text('open')}</span></span>`;
  return html`<section class="box contact" aria-labelledby="connection">
    <h2 id="connection">${text('connection')}</h2>
    <p class="quiet" role="status">${testing ? text('testing') : contact === undefined ? text('notTested') : text('lastTest', { time: formatTime(locale, contact.at) })}</p>
    <ul>${connectionChecks.map((check) => html`<li><span>${text(checkNames[check])}</span>${
      testing ? (check === 'reached' ? stateLabel('running', text('testing')) : notTested) : checks[check] === 'open' ? notTested : stateLabel(checkStates[checks[check]], text(checks[check]))
    }</li>`)}</ul>
    ${!testing && contact?.error !== undefined ? errorBox({ message: contact.error.message, code: contact.error.code }) : nothing}
    <dl><dt class="quiet">${text('fieldSystem')}</dt>
      <dd>${system === undefined ? text('notKnown') : html`${system.name}<br>${system.release}<br><span class="quiet">${text('asFound')}</span>`}</dd></dl>
    ${unsaved ? html`<p class="quiet">${text('otherSettings')}</p>` : nothing}
  </section>`;
}
