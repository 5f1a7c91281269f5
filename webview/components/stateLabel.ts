import { html, type TemplateResult } from 'lit';
import { icon } from './icon';

/** The states of ux.md 2. */
export type ShownState =
  | 'done' | 'running' | 'queued' | 'held' | 'waiting' | 'failed' | 'unknown' | 'skipped' | 'stopped' | 'interrupted' | 'duty' | 'drifted';

const looks: Readonly<Record<ShownState, readonly [name: string, color: string]>> = {
  done: ['pass-filled', 'good'],
  running: ['sync', 'busy'],
  queued: ['watch', 'quiet'],
  held: ['watch', 'quiet'],
  waiting: ['bell-dot', 'warning'],
  failed: ['error', 'error'],
  unknown: ['question', 'warning'],
  skipped: ['debug-step-over', 'quiet'],
  stopped: ['circle-slash', 'quiet'],
  interrupted: ['debug-disconnect', 'warning'],
  duty: ['warning', 'warning'],
  drifted: ['warning', 'warning'],
};

/** A state as icon and words, the same everywhere. */
export function stateLabel(state: ShownState, words: string): TemplateResult {
  const [name, color] = looks[state];
  return html`<span class="state">${icon(state === 'running' ? `${name} codicon-modifier-spin` : name, color)}<span>${words}</span></span>`;
}
