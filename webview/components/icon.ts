import { html, type TemplateResult } from 'lit';

/** A codicon by its name. It says nothing to a screen reader: words stand beside it. */
export function icon(name: string, color = ''): TemplateResult {
  return html`<span class="codicon codicon-${name} ${color === '' ? '' : `is-${color}`}" aria-hidden="true"></span>`;
}
