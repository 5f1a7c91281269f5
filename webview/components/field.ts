import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import '@vscode-elements/elements/dist/vscode-textarea/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icon';

export interface FieldOptions {
  /** Unique in the page; the control gets it, its label and texts are tied to it. */
  readonly id: string;
  readonly label: string;
  /** Shown at the right of the label, e.g. the key of silent.ini. */
  readonly hint?: string;
  /** One sentence below the control. */
  readonly help?: string;
  /** What is wrong with the value; shown instead of nothing, with a red edge. */
  readonly error?: string;
  readonly required?: boolean;
}

/** A labelled control with its help and, when it is wrong, what is wrong. */
export function field(options: FieldOptions, control: (attributes: ControlAttributes) => TemplateResult): TemplateResult {
  const { id, label, hint, help, error } = options;
  const described = [error === undefined ? undefined : `${id}-error`, help === undefined ? undefined : `${id}-help`].filter((part) => part !== undefined).join(' ');
  return html`<div class="field ${error === undefined ? '' : 'is-wrong'}">
    <div class="field-head"><label for=${id} id="${id}-label">${label}</label>${hint === undefined ? nothing : html`<code class="quiet">${hint}</code>`}</div>
    ${control({ id, labelledBy: `${id}-label`, describedBy: described === '' ? undefined : described, invalid: error !== undefined, required: options.required === true })}
    ${error === undefined ? nothing : html`<p class="field-error" id="${id}-error">${icon('error', 'error')}<span>${error}</span></p>`}
    ${help === undefined ? nothing : html`<p class="field-help" id="${id}-help">${help}</p>`}
  </div>`;
}

/** What a control takes over from its field. */
export interface ControlAttributes {
  readonly id: string;
  readonly labelledBy: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly required: boolean;
}
