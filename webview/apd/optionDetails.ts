import { html, nothing, type TemplateResult } from 'lit';
import type { ApdTextKey } from '../../src/core/text/apdText';
import type { Text } from '../../src/core/text/messages';
import type { ApdOptionDescription } from '../../src/protocol/page/apd';
import { linkButton } from '../components/button';
import type { NumberedRow } from './apdModel';

/**
 * What the XML says of the selected option.
 * @param description null: the XML says nothing of it; undefined: not known yet
 */
export function optionDetails(
  row: NumberedRow | undefined, description: ApdOptionDescription | null | undefined, hasXml: boolean, words: Text<ApdTextKey>, onShow: () => void,
): TemplateResult | typeof nothing {
  if (row === undefined) return nothing;
  return html`<section class="apd-details" aria-label=${words('description')} tabindex="0">
    <h2 class="mono">${row.section === '' ? nothing : html`[${row.section}] `}${row.option}</h2>
    ${description === null ? (hasXml ? html`<p class="quiet">${words('noDescription')}</p>` : nothing) : description === undefined ? nothing : html`
      ${description.displayName === '' ? nothing : html`<p>${description.displayName}</p>`}
      ${description.description === '' ? nothing : html`<p class="apd-description">${description.description}</p>`}
      ${description.takesEffect === '' ? nothing : html`<p>${description.takesEffect}</p>`}
      ${description.values.length === 0 ? nothing : html`<p class="quiet apd-description">${description.values.join('\n')}</p>`}
      <p>${linkButton(words('goToXml', { line: description.line }), onShow, { id: 'go-to-xml' })}</p>`}
  </section>`;
}
