import { html, nothing, type TemplateResult } from 'lit';
import { mostArchives, importMethods, type ImportField, type ImportProblem } from '../../src/core/packages/importDraft';
import type { ImportMethod } from '../../src/core/packages/importSource';
import { describeImportProblem, importMethodGroupText, importMethodText, importWizardText } from '../../src/core/text/importWizardText';
import type { CompletionEntry } from '../../src/core/text/completion';
import { createText, type Locale, type Text } from '../../src/core/text/messages';
import type { ImportDraftInput, ImportWizardView } from '../../src/protocol/page/importWizard';
import { completionField } from '../components/completionField';
import { field } from '../components/field';
import { icon } from '../components/icon';
import { archiveField } from './archiveField';

/** What the first step shows, and what can be done in it. */
export interface MethodStep {
  readonly locale: Locale;
  readonly view: ImportWizardView;
  readonly draft: ImportDraftInput;
  /** What is wrong and is to be said now. */
  readonly problems: readonly ImportProblem[];
  readonly change: (draft: ImportDraftInput) => void;
  readonly setTenant: (tenant: string) => void;
  /** A field was left: time to say what is wrong with it. */
  readonly leave: (field: ImportField) => void;
  readonly chooseFiles: (index: number) => void;
  readonly removeFile: (index: number) => void;
  readonly addFile: () => void;
  readonly readAgain: (index: number) => void;
  readonly stopReading: (index: number) => void;
}

const methodIcons: Readonly<Record<ImportMethod, string>> = {
  archive: 'archive', parts: 'file-submodule', directory: 'folder-opened', repository: 'repo', 'support-archives': 'file-zip',
};

/** Where the packages come from: one method of a list, with its own input, and below it for whom they are. */
export function methodStep(step: MethodStep): TemplateResult {
  const groups = [...new Set(importMethods.map((method) => method.group))];
  const { locale } = step;
  return html`
    ${groups.map((group) => html`<h3 class="method-group" id="methods-${group}">${createText(locale, importMethodGroupText)(group)}</h3>
      <div class="box methods" role="radiogroup" aria-labelledby="methods-${group}">
        ${importMethods.filter((method) => method.group === group).map((method) => methodOption(step, method.id))}
      </div>`)}
    ${target(step)}
    <p class="hint quiet">${icon('info')}<span>${createText(locale, importWizardText)('dropHint')}</span></p>`;
}

function methodOption(step: MethodStep, method: ImportMethod): TemplateResult {
  const { locale, draft, change } = step;
  const text = createText(locale, importMethodText);
  const chosen = draft.method === method;
  return html`<div class="method ${chosen ? 'is-chosen' : ''}">
    <label class="method-head">
      <input type="radio" class="radio" name="method" .checked=${chosen} aria-describedby="method-${method}" @change=${() => change({ ...draft, method })}>
      ${icon(methodIcons[method])}<strong>${text(method)}</strong>
    </label>
    <p class="method-line quiet" id="method-${method}">${text(`${method}Line`)}</p>
    ${chosen ? html`<div class="method-input">${archives(step)}</div>` : nothing}
  </div>`;
}

/** The fields for archives: one each; a package that fails leaves the others alone. */
function archives(step: MethodStep): TemplateResult {
  const { draft, locale } = step;
  const text = createText(locale, importWizardText);
  const canAdd = draft.paths.length < mostArchives && draft.paths.every((path) => path.trim() !== '');
  return html`${draft.paths.map((_, index) => archiveField(step, index))}
    ${canAdd ? html`<div><button type="button" class="link" id="add-archive" @click=${step.addFile}>${icon('add')}<span>${text('anotherFile')}</span></button></div>` : nothing}`;
}

/** The groups there are, and last what was typed where it is a new one: no entry to take would look like an error. */
function groupEntries(groups: readonly string[], typed: string, text: Text<keyof typeof importWizardText.en>): readonly CompletionEntry[] {
  const isNew = typed !== '' && !groups.includes(typed);
  return [...groups.map((value) => ({ value })), ...(isNew ? [{ value: typed, label: text('newGroup', { name: typed }) }] : [])];
}

function target(step: MethodStep): TemplateResult {
  const { locale, draft, view, problems, change, setTenant, leave } = step;
  const text = createText(locale, importWizardText);
  const tenant = view.tenants.find(({ name }) => name.toLowerCase() === draft.tenant.trim().toLowerCase());
  const wrong = (id: ImportField): { readonly error?: string } => {
    const problem = problems.find((one) => one.field === id);
    return problem === undefined ? {} : { error: describeImportProblem(locale, problem) };
  };
  return html`<div class="form import-target">
    ${field({ id: 'tenant', label: text('tenant'), required: true, ...wrong('tenant') }, (control) => completionField(control, {
      value: draft.tenant, entries: view.tenants.map(({ name }) => ({ value: name })), onInput: setTenant, onLeave: () => leave('tenant'),
    }))}
    ${field({ id: 'group', label: text('group'), help: text('groupHelp'), ...wrong('group') }, (control) => completionField(control, {
      value: draft.group, entries: groupEntries(tenant?.groups ?? [], draft.group.trim(), text), onInput: (group) => change({ ...draft, group }), onLeave: () => leave('group'),
    }))}
  </div>`;
}
