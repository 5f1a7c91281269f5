import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icon';

/** A line across the page that says something about all of it, or about what is being edited. */
export function notice(kind: 'info' | 'warning', words: string, actions: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`<div class="notice is-${kind}-notice" role="status">
    ${icon(kind, kind === 'warning' ? 'warning' : 'busy')}<p>${words}</p>${actions === nothing ? nothing : html`<div class="actions">${actions}</div>`}
  </div>`;
}
