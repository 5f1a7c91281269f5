import { html, nothing, type TemplateResult } from 'lit';

export interface ShownError {
  /** What failed, where and why. */
  readonly message: string;
  /** What is kept or changed, and what to do next. */
  readonly advice?: string;
  readonly code?: string;
}

/** The box under what failed. Its buttons are given by the caller. */
export function errorBox(error: ShownError, actions: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`<div class="error-box" role="alert">
    <p>${error.message}</p>
    ${error.advice !== undefined || error.code !== undefined ? html`<p class="quiet">${error.advice ?? ''} ${error.code === undefined ? nothing : html`<code>${error.code}</code>`}</p>` : nothing}
    ${actions === nothing ? nothing : html`<div class="actions">${actions}</div>`}
  </div>`;
}
