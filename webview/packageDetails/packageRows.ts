import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PackageTemplate } from '../../src/core/packages/model';
import { contentText } from '../../src/core/text/contentText';
import { detailsText } from '../../src/core/text/detailsText';
import { createText, type Locale } from '../../src/core/text/messages';
import { viewText } from '../../src/core/text/viewText';
import type { DeployedLine } from '../../src/protocol/page/packageDetails';
import { linkButton } from '../components/button';
import { icon } from '../components/icon';
import { stateLabel, type ShownState } from '../components/stateLabel';

export { deploymentRows } from '../components/deploymentRows';

/** Hosts that are listed at once: a package may be on thousands. */
const mostHosts = 200;

/** The templates of a package; each opens in its editor. */
export function templateRows(templates: readonly PackageTemplate[], locale: Locale, open: (path: string) => void): TemplateResult {
  const text = createText(locale, detailsText);
  const found = createText(locale, contentText);
  if (templates.length === 0) return html`<p class="quiet">${text('noTemplates')}</p>`;
  return html`<ul class="rows">${templates.map((template) => html`<li>
    <span class="row-name" title=${template.path}>${linkButton(template.path.split('/').at(-1) ?? '', () => open(template.path), { icon: template.format === 'apd' ? 'file-binary' : 'file-code' })}</span>
    ${template.notUnderstood === true ? html`<span class="state">${icon('warning', 'warning')}<span>${found('notUnderstood')}</span></span>` : nothing}
    ${template.optionCount === undefined ? nothing : html`<span class="quiet">${found('optionCount', { n: template.optionCount })}</span>`}
    ${template.applicationType === undefined ? nothing : html`<span class="quiet">${text('templateType', { type: template.applicationType })}</span>`}
  </li>`)}</ul>`;
}

const deployedStates: Readonly<Record<DeployedLine['status'], readonly [state: ShownState, words: 'complete' | 'deployedFailed' | 'deployedUnknown']>> = {
  complete: ['done', 'complete'], failed: ['failed', 'deployedFailed'], unknown: ['unknown', 'deployedUnknown'],
};

/** Where the package is installed; each opens its details. */
export function deployedRows(deployed: readonly DeployedLine[], locale: Locale, open: (applicationId: string) => void): TemplateResult {
  const text = createText(locale, detailsText);
  const words = createText(locale, viewText);
  if (deployed.length === 0) return html`<p class="quiet">${text('notDeployed')}</p>`;
  return html`<ul class="rows">${repeat(deployed.slice(0, mostHosts), ({ id }) => id, (item) => {
    const [state, key] = deployedStates[item.status];
    return html`<li><span class="grow">${linkButton(item.hostName, () => open(item.applicationId), { icon: 'vm' })} <span class="quiet">${item.applicationName}</span></span>${item.filesToCopy === undefined ? stateLabel(state, words(key)) : stateLabel('duty', item.filesToCopy)}</li>`;
  })}${deployed.length > mostHosts ? html`<li class="quiet">${text('moreHosts', { n: deployed.length - mostHosts })}</li>` : nothing}</ul>`;
}
