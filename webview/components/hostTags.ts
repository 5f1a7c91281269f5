import { html, nothing, type TemplateResult } from 'lit';
import { tagKey } from '../../src/core/hosts/tags';
import { icon } from './icon';

/** The tags of a host in their words; those that protect it have a shield and a colour too. */
export function hostTags(tags: readonly string[] = [], protectedBy: readonly string[] = []): TemplateResult | typeof nothing {
  if (tags.length === 0) return nothing;
  const keys = new Set(protectedBy.map(tagKey));
  const isProtecting = (tag: string): boolean => keys.has(tagKey(tag));
  // Where there is no room for all, what protects is seen.
  const ordered = [...tags.filter(isProtecting), ...tags.filter((tag) => !isProtecting(tag))];
  return html`<span class="host-tags">${ordered.map((tag) => (isProtecting(tag)
    ? html`<span class="host-tag is-protected">${icon('shield')}${tag}</span>`
    : html`<span class="host-tag">${tag}</span>`))}</span>`;
}
