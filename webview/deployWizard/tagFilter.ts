import { html, nothing, type TemplateResult } from 'lit';
import { orderTags, tagKey } from '../../src/core/hosts/tags';
import type { HostRow } from '../../src/protocol/page/deployWizard';

/** Rows that have one of the tags; all where none is given. */
export function withAnyTag(rows: readonly HostRow[], keys: ReadonlySet<string>): readonly HostRow[] {
  return keys.size === 0 ? rows : rows.filter(({ tags = [] }) => tags.some((tag) => keys.has(tagKey(tag))));
}

/** A button for each tag that hosts have, pressed while only hosts with it are shown. */
export function tagFilter(rows: readonly HostRow[], label: string, pressed: ReadonlySet<string>, onToggle: (key: string) => void): TemplateResult | typeof nothing {
  const tags = orderTags(rows.flatMap(({ tags: own = [] }) => own));
  if (tags.length === 0) return nothing;
  return html`<div class="tag-filter" role="group" aria-label=${label}><span class="quiet" aria-hidden="true">${label}</span>${tags.map((tag) => html`<button
    type="button" class="tag-button" aria-pressed=${pressed.has(tagKey(tag)) ? 'true' : 'false'} @click=${() => onToggle(tagKey(tag))}>${tag}</button>`)}</div>`;
}
