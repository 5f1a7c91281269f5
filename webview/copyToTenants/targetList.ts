import { html, nothing, type TemplateResult } from 'lit';
import type { CopyTenant } from '../../src/core/packages/tenantCopy';
import { copyToTenantsText } from '../../src/core/text/copyToTenantsText';
import { createText, type Locale } from '../../src/core/text/messages';
import { iconButton, linkButton } from '../components/button';
import { icon } from '../components/icon';

/** Targets that are listed; who chooses hundreds counts them. */
const mostListed = 200;

export interface TargetList {
  readonly locale: Locale;
  readonly targets: readonly CopyTenant[];
  readonly remove: (tenant: CopyTenant, index: number) => void;
  readonly removeAll: () => void;
}

/** The tenants that were chosen, each with a button that takes it out. */
export function targetList({ locale, targets, remove, removeAll }: TargetList): TemplateResult {
  const text = createText(locale, copyToTenantsText);
  const more = targets.length - mostListed;
  return html`<section class="targets box" aria-labelledby="targets-label">
    <div class="targets-head"><h3 id="targets-label">${text('targets')} <span class="quiet">${targets.length}</span></h3>
      ${linkButton(text('removeAll'), removeAll, { id: 'remove-all', disabled: targets.length === 0 })}</div>
    ${targets.length === 0 ? html`<p class="targets-none quiet">${text('noneChosen')}</p>` : html`<ul>
      ${targets.slice(0, mostListed).map((tenant, index) => html`<li>${icon('organization')}<span>${tenant.name}</span>${
        iconButton(text('remove', { tenant: tenant.name }), 'close', () => remove(tenant, index), { id: `remove-${index}` })}</li>`)}
      ${more > 0 ? html`<li class="quiet">${text('moreTargets', { n: more })}</li>` : nothing}
    </ul>`}
  </section>`;
}
