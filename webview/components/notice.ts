import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icon';

export interface NoticeOptions {
  readonly actions?: TemplateResult | typeof nothing;
  /** False for what is part of the content from the start: it is read with it, not announced. */
  readonly live?: boolean;
}

const looks = { info: 'busy', warning: 'warning', error: 'error' } as const;

/** A line across the page that says something about all of it, or about what is being edited. */
export function notice(kind: keyof typeof looks, words: string, { actions = nothing, live = true }: NoticeOptions = {}): TemplateResult {
  return html`<div class="notice is-${kind}-notice" role=${live ? 'status' : nothing}>
    ${icon(kind, looks[kind])}<p>${words}</p>${actions === nothing ? nothing : html`<div class="actions">${actions}</div>`}
  </div>`;
}
