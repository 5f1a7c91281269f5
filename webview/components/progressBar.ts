import { html, type TemplateResult } from 'lit';

/** What a bar says by its colour: blue while running, green on success, red where it failed. */
export type BarState = 'queued' | 'running' | 'done' | 'failed';

/** @param label what progresses, for a screen reader  @param percent 0 to 100 */
export function progressBar(label: string, percent: number, state: BarState): TemplateResult {
  // The width as a property: the policy of the page forbids style attributes, also those that a template writes.
  const shown = Math.round(Math.min(100, Math.max(0, percent)));
  return html`<div class="bar bar-${state}" role="progressbar" aria-label=${label} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${shown}>
    <div class="bar-fill" .style=${`width: ${shown}%`}></div>
  </div>`;
}
