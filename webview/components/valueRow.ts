import { html, nothing, type TemplateResult } from 'lit';

/** A name and its value, to be read and copied; inside of a `<dl class="values">`. An empty value is left out. */
export function valueRow(name: string, value: TemplateResult | string | undefined, title?: string): TemplateResult | typeof nothing {
  if (value === undefined || value === '') return nothing;
  return html`<div class="value-row"><dt>${name}</dt><dd title=${title ?? nothing}>${value}</dd></div>`;
}
