import { html, type TemplateResult } from 'lit';
import type { ImportField, ImportProblem } from '../../src/core/packages/importCheck';
import type { CompletionEntry } from '../../src/core/text/completion';
import { describeImportProblem, importWizardText } from '../../src/core/text/importWizardText';
import { createText, type Locale, type Text } from '../../src/core/text/messages';
import type { ImportDraftInput, ImportWizardView } from '../../src/protocol/page/importWizard';
import { completionField } from '../components/completionField';
import { field } from '../components/field';

export interface TargetFields {
  readonly locale: Locale;
  readonly view: ImportWizardView;
  readonly draft: ImportDraftInput;
  readonly problems: readonly ImportProblem[];
  readonly change: (draft: ImportDraftInput) => void;
  readonly setTenant: (tenant: string) => void;
  readonly leave: (field: ImportField) => void;
}

/** For whom the packages are: a tenant, and one of its groups. @param help what stands below each */
export function targetFields(step: TargetFields, help: { readonly tenant?: string; readonly group: string }): TemplateResult {
  const { locale, draft, view, problems, change, setTenant, leave } = step;
  const text = createText(locale, importWizardText);
  const tenant = view.tenants.find(({ name }) => name.toLowerCase() === draft.tenant.trim().toLowerCase());
  const wrong = (id: ImportField): { readonly error?: string } => {
    const problem = problems.find((one) => one.field === id);
    return problem === undefined ? {} : { error: describeImportProblem(locale, problem) };
  };
  return html`<div class="form import-target">
    ${field({ id: 'tenant', label: text('tenant'), required: true, ...(help.tenant !== undefined && { help: help.tenant }), ...wrong('tenant') }, (control) => completionField(control, {
      value: draft.tenant, entries: view.tenants.map(({ name }) => ({ value: name })), onInput: setTenant, onLeave: () => leave('tenant'),
    }))}
    ${field({ id: 'group', label: text('group'), help: help.group, ...wrong('group') }, (control) => completionField(control, {
      value: draft.group, entries: groupEntries(tenant?.groups ?? [], draft.group.trim(), text), onInput: (group) => change({ ...draft, group }), onLeave: () => leave('group'),
    }))}
  </div>`;
}

/** The groups there are, and last what was typed where it is a new one: no entry to take would look like an error. */
function groupEntries(groups: readonly string[], typed: string, text: Text<keyof typeof importWizardText.en>): readonly CompletionEntry[] {
  const isNew = typed !== '' && !groups.includes(typed);
  return [...groups.map((value) => ({ value })), ...(isNew ? [{ value: typed, label: text('newGroup', { name: typed }) }] : [])];
}
