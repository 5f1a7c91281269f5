import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { wizardText } from '../../src/core/text/wizardText';
import { createText, type Locale } from '../../src/core/text/messages';
import { icon } from './icon';

/** One step of a wizard, as the rail shows it. */
export interface WizardStep<S extends string> {
  readonly id: S;
  readonly name: string;
  /** What was chosen there, e.g. `4 hosts`. */
  readonly chosen?: string;
  /** Has been shown: only these can be gone to by a click. */
  readonly visited: boolean;
  readonly done: boolean;
  /** Became wrong after it was left. */
  readonly warning?: string;
}

/** A fact of the header: which machine, which package. */
export interface HeaderFact {
  readonly icon: string;
  readonly words: string;
}

export interface WizardFrame<S extends string> {
  readonly locale: Locale;
  readonly title: string;
  readonly facts: readonly HeaderFact[];
  readonly steps: readonly WizardStep<S>[];
  readonly current: S;
  readonly goTo: (step: S) => void;
  readonly heading: string;
  readonly introduction?: string;
  readonly content: TemplateResult;
  /** Left in the footer: what the primary button will do, or what is still to correct. */
  readonly footer: TemplateResult | string | typeof nothing;
  readonly buttons: TemplateResult;
  /** The host does not answer for now. */
  readonly waiting: boolean;
}

/** The frame of a wizard (ux.md 7): header, steps, content, footer; each a landmark. */
export function wizardFrame<S extends string>(frame: WizardFrame<S>): TemplateResult {
  const text = createText(frame.locale, wizardText);
  const position = frame.steps.findIndex(({ id }) => id === frame.current) + 1;
  return html`<div class="wizard">
    ${frame.waiting ? html`<div class="reconnecting" role="status">${icon('sync codicon-modifier-spin')}<span>${text('reconnecting')}</span></div>` : nothing}
    <header class="wizard-header">
      <h1>${frame.title}</h1>
      <p class="facts">${frame.facts.map((fact) => html`<span class="fact">${icon(fact.icon)}<span>${fact.words}</span></span>`)}</p>
    </header>
    <nav class="wizard-steps" aria-label=${text('steps')}>
      <ol>
        ${repeat(frame.steps, ({ id }) => id, (step, index) => stepItem(frame, text, step, index + 1))}
      </ol>
    </nav>
    <main class="wizard-content" aria-labelledby="step-heading">
      <h2 id="step-heading" tabindex="-1">${frame.heading}</h2>
      ${frame.introduction === undefined ? nothing : html`<p class="quiet">${frame.introduction}</p>`}
      ${frame.content}
    </main>
    <footer class="wizard-footer">
      <div class="footer-words" id="footer-words">${frame.footer}</div>
      <div class="footer-buttons">${frame.buttons}</div>
    </footer>
    <div class="visually-hidden" role="status" id="step-announcement">${text('stepAnnouncement', { position, count: frame.steps.length, name: frame.steps[position - 1]?.name ?? '' })}</div>
  </div>`;
}

function stepItem<S extends string>(frame: WizardFrame<S>, text: (key: 'stepDone' | 'stepWarning') => string, step: WizardStep<S>, number: number): TemplateResult {
  const current = step.id === frame.current;
  const mark = step.warning !== undefined ? icon('warning', 'warning') : step.done && !current ? icon('check', 'good') : html`${number}`;
  const state = step.warning !== undefined ? text('stepWarning') : step.done ? text('stepDone') : '';
  const body = html`<span class="step-mark">${mark}</span>
    <span class="step-words"><span class="step-name">${step.name}</span>${step.chosen === undefined ? nothing : html`<span class="step-chosen quiet">${step.warning ?? step.chosen}</span>`}
    ${state === '' ? nothing : html`<span class="visually-hidden">${state}</span>`}</span>`;
  return html`<li class="step ${current ? 'is-current' : ''} ${step.done ? 'is-done' : ''} ${step.warning === undefined ? '' : 'has-warning'}">
    ${step.visited && !current
      ? html`<button type="button" class="step-button" @click=${() => frame.goTo(step.id)}>${body}</button>`
      : html`<span class="step-button" aria-current=${current ? 'step' : nothing}>${body}</span>`}
  </li>`;
}
