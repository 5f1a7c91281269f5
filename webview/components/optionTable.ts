import { html, type TemplateResult } from 'lit';
import { detailsText } from '../../src/core/text/detailsText';
import { createText, type Locale } from '../../src/core/text/messages';
import type { ShownOption } from '../../src/protocol/page/deployedPackage';
import { textInput } from './textInput';

/** Options that are drawn at once; the filter finds the others. */
const mostOptions = 500;

/** The options of an application object or template, filtered by any part of section, name or value. */
export function optionTable(options: readonly ShownOption[], filter: string, locale: Locale, onFilter: (value: string) => void): TemplateResult {
  const text = createText(locale, detailsText);
  if (options.length === 0) return html`<p class="quiet">${text('noOptions')}</p>`;
  const wanted = filter.trim().toLowerCase();
  const shown = wanted === '' ? options : options.filter((option) => [option.section, option.option, option.value].some((part) => part.toLowerCase().includes(wanted)));
  return html`<div class="toolbar">
      <label class="visually-hidden" for="option-filter" id="option-filter-label">${text('filterOptions')}</label>
      ${textInput({ id: 'option-filter', labelledBy: 'option-filter-label', describedBy: 'option-count', invalid: false, required: false }, { value: filter, placeholder: text('filterOptions'), onInput: onFilter })}
      <span class="quiet" id="option-count" role="status">${text('shownOf', { m: Math.min(shown.length, mostOptions), n: options.length })}</span>
    </div>
    ${shown.length === 0 ? html`<p>${text('nothingMatches', { text: filter.trim() })}</p>` : html`<div class="pairs-frame" tabindex="0" role="region" aria-label=${text('sectionOptions')}><table class="pairs">
      <thead><tr><th scope="col">${text('fieldSection')}</th><th scope="col">${text('fieldOption')}</th><th scope="col">${text('fieldValue')}</th></tr></thead>
      <tbody>${shown.slice(0, mostOptions).map((option) => html`<tr><td>${option.section}</td><td>${option.option}</td><td class="mono">${option.value}</td></tr>`)}</tbody>
    </table></div>`}`;
}
