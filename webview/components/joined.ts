import { html, type TemplateResult } from 'lit';

/** Parts of a subtitle in one line; empty ones are left out. */
export function joined(...parts: readonly (string | undefined)[]): TemplateResult {
  return html`<p class="joined">${parts.filter((part) => part !== undefined && part !== '').map((part) => html`<span>${part}</span>`)}</p>`;
}
