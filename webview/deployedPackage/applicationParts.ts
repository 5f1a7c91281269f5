import { html, nothing, type TemplateResult } from 'lit';
import { detailsText } from '../../src/core/text/detailsText';
import { createText, type Locale } from '../../src/core/text/messages';
import type { ShownApplication, ShownParameters } from '../../src/protocol/page/deployedPackage';
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

/** The values of silent.ini as they were used; secrets are named and masked. @param of what tells the table from the others of the page, for who cannot see where it stands */
export function parameterTable({ values, onlyEntered }: ShownParameters, locale: Locale, ...of: readonly string[]): TemplateResult {
  const text = createText(locale, detailsText);
  const about = onlyEntered ? html`<p class="quiet">${text('onlyEntered')}</p>` : nothing;
  if (values.length === 0) return html`${about}${onlyEntered ? nothing : html`<p class="quiet">${text('noParameters')}</p>`}`;
  return html`${about}<div class="pairs-frame" tabindex="0" role="region" aria-label=${[text('sectionParameters'), ...of].join(', ')}><table class="pairs">
    <thead><tr><th scope="col">${text('fieldSection')}</th><th scope="col">${text('fieldKey')}</th><th scope="col">${text('fieldValue')}</th></tr></thead>
    <tbody>${values.map((value) => html`<tr>
      <td>${value.section}</td><td>${value.key}</td>
      <td><span class="mono">${value.value}</span>${value.entered ? html` <span class="badge">${text('entered')}</span>` : nothing}</td>
    </tr>`)}</tbody>
  </table></div>`;
}
