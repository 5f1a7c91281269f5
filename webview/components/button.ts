import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';

export interface ButtonOptions {
  readonly kind?: 'primary' | 'secondary';
  /** A codicon before the words. */
  readonly icon?: string;
  readonly disabled?: boolean;
  /** For the page's own code and tests: finds the button again. */
  readonly id?: string;
  /** Where the words alone do not tell, e.g. *Change* of which field. */
  readonly describedBy?: string;
}

/** A button with words. Its icon is ours: the library's own reads the style sheet of all icons once more for each. What may not be done is shown disabled with its reason beside it. */
export function button(label: string, onClick: () => void, { kind = 'secondary', icon, disabled = false, id, describedBy }: ButtonOptions = {}): TemplateResult {
  return html`<vscode-button
    id=${id ?? nothing} ?secondary=${kind === 'secondary'} ?disabled=${disabled} aria-describedby=${describedBy ?? nothing}
    @click=${onClick}>${icon === undefined ? nothing : html`<span slot="content-before" class="codicon codicon-${icon}" aria-hidden="true"></span>`}${label}</vscode-button>`;
}

/** A button that looks like a link: the lesser actions. */
export function linkButton(label: string, onClick: () => void, { icon, id, disabled = false }: ButtonOptions = {}): TemplateResult {
  return html`<button type="button" class="link" id=${id ?? nothing} ?disabled=${disabled} @click=${onClick}>
    ${icon === undefined ? nothing : html`<span class="codicon codicon-${icon}" aria-hidden="true"></span>`}<span>${label}</span>
  </button>`;
}

/** A button with an icon alone; its words are its name and its tooltip. */
export function iconButton(label: string, icon: string, onClick: () => void, { id, disabled = false }: Pick<ButtonOptions, 'id' | 'disabled'> = {}): TemplateResult {
  return html`<button type="button" class="icon-button" id=${id ?? nothing} aria-label=${label} title=${label} ?disabled=${disabled} @click=${onClick}>
    <span class="codicon codicon-${icon}" aria-hidden="true"></span>
  </button>`;
}
