import { html, nothing, type TemplateResult } from 'lit';
import { detailsText } from '../../src/core/text/detailsText';
import { createText, type Locale } from '../../src/core/text/messages';
import type { ShownApplication, ShownOption, ShownParameters } from '../../src/protocol/page/deployedPackage';
import { textInput } from '../components/textInput';
import { valueRow } from '../components/valueRow';

/** The parameters of the application object; what has no value is left out. */
export function applicationFields(application: ShownApplication, locale: Locale): TemplateResult {
  const text = createText(locale, detailsText);
  const mono = (value: string): TemplateResult | undefined => (value === '' ? undefined : html`<span class="mono">${value}</span>`);
  return html`<dl class="values">
    ${valueRow(text('fieldName'), application.name)}
    ${valueRow(text('fieldTenant'), application.tenant)}
    ${valueRow(text('fieldType'), application.type === 0 ? undefined : String(application.type))}
    ${valueRow(text('fieldVersion'), application.version)}
    ${valueRow(text('fieldPort'), application.port)}
    ${valueRow(text('fieldPrimaryServer'), application.primaryServer)}
    ${valueRow(text('fieldBackupServer'), application.backupServer)}
    ${valueRow(text('fieldWorkingDirectory'), mono(application.workingDirectory))}
    ${valueRow(text('fieldCommandLine'), mono(application.commandLine))}
    ${valueRow(text('fieldArguments'), mono(application.commandLineArguments))}
  </dl>`;
}

/** The values of silent.ini as they were used; secrets are named and masked. */
export function parameterTable({ values, onlyEntered }: ShownParameters, locale: Locale): TemplateResult {
  const text = createText(locale, detailsText);
  const about = onlyEntered ? html`<p class="quiet">${text('onlyEntered')}</p>` : nothing;
  if (values.length === 0) return html`${about}${onlyEntered ? nothing : html`<p class="quiet">${text('noParameters')}</p>`}`;
  return html`${about}<div class="pairs-frame" tabindex="0" role="region" aria-label=${text('sectionParameters')}><table class="pairs">
    <thead><tr><th scope="col">${text('fieldSection')}</th><th scope="col">${text('fieldKey')}</th><th scope="col">${text('fieldValue')}</th></tr></thead>
    <tbody>${values.map((value) => html`<tr>
      <td>${value.section}</td><td>${value.key}</td>
      <td><span class="mono">${value.value}</span>${value.entered ? html` <span class="badge">${text('entered')}</span>` : nothing}</td>
    </tr>`)}</tbody>
  </table></div>`;
}

/** Options that are drawn at once; the filter finds the others. */
const mostOptions = 500;

/** The options of the application object, filtered by any part of section, name or value. */
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
