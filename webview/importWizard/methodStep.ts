import { html, nothing, type TemplateResult } from 'lit';
import type { ImportField } from '../../src/core/packages/importCheck';
import { importMethods, isScanMethod, mostArchives } from '../../src/core/packages/importDraft';
import type { ImportMethod } from '../../src/core/packages/importSource';
import { importMethodGroupText, importMethodText, importWizardText } from '../../src/core/text/importWizardText';
import { createText } from '../../src/core/text/messages';
import type { ChoosableKind } from '../../src/protocol/page/importWizard';
import { icon } from '../components/icon';
import { archiveField } from './archiveField';
import { partsFields } from './partsFields';
import { placeFields } from './placeField';
import { targetFields, type TargetFields } from './targetFields';

/** What the first step shows, and what can be done in it. */
export interface MethodStep extends TargetFields {
  /** Opens the system's dialog for a field. */
  readonly choose: (what: ChoosableKind, field: ImportField) => void;
  readonly setMethod: (method: ImportMethod) => void;
  readonly removeFile: (index: number) => void;
  readonly addFile: () => void;
  readonly setPlace: (index: number, place: string) => void;
  readonly removePlace: (index: number) => void;
  readonly addPlace: () => void;
  readonly readAgain: (path: string) => void;
  readonly stopReading: (path: string) => void;
  /** Takes the package to the method for archives with their templates. */
  readonly switchToArchive: () => void;
  readonly compareTemplates: () => void;
}

const methodIcons: Readonly<Record<ImportMethod, string>> = {
  archive: 'archive', parts: 'file-submodule', directory: 'folder-opened', repository: 'repo', 'support-archives': 'file-zip',
};

/** Where the packages come from: one method of a list, with its own input, and below it for whom they are. */
export function methodStep(step: MethodStep): TemplateResult {
  const { locale, draft } = step;
  const groups = [...new Set(importMethods.map((method) => method.group))];
  const text = createText(locale, importWizardText);
  return html`
    ${groups.map((group) => html`<h3 class="method-group" id="methods-${group}">${createText(locale, importMethodGroupText)(group)}</h3>
      <div class="box methods" role="radiogroup" aria-labelledby="methods-${group}">
        ${importMethods.filter((method) => method.group === group).map((method) => methodOption(step, method.id))}
      </div>`)}
    ${isScanMethod(draft.method) ? nothing : targetFields(step, { group: text('groupHelp') })}
    <p class="hint quiet">${icon('info')}<span>${text('dropHint')}</span></p>`;
}

function methodOption(step: MethodStep, method: ImportMethod): TemplateResult {
  const { locale, draft, setMethod } = step;
  const text = createText(locale, importMethodText);
  const chosen = draft.method === method;
  return html`<div class="method ${chosen ? 'is-chosen' : ''}">
    <label class="method-head">
      <input type="radio" class="radio" name="method" id="method-radio-${method}" .checked=${chosen} aria-describedby="method-${method}" @change=${() => setMethod(method)}>
      ${icon(methodIcons[method])}<strong>${text(method)}</strong>
    </label>
    <p class="method-line quiet" id="method-${method}">${text(`${method}Line`)}</p>
    ${chosen ? html`<div class="method-input">${input(step)}</div>` : nothing}
  </div>`;
}

function input(step: MethodStep): TemplateResult {
  const { method } = step.draft;
  if (method === 'parts') return partsFields(step);
  return method === 'archive' ? archives(step) : placeFields(step);
}

/** The fields for archives: one each; a package that fails leaves the others alone. */
function archives(step: MethodStep): TemplateResult {
  const { draft, locale } = step;
  const text = createText(locale, importWizardText);
  const canAdd = draft.paths.length < mostArchives && draft.paths.every((path) => path.trim() !== '');
  return html`${draft.paths.map((_, index) => archiveField(step, index))}
    ${canAdd ? html`<div><button type="button" class="link" id="add-archive" @click=${step.addFile}>${icon('add')}<span>${text('anotherFile')}</span></button></div>` : nothing}`;
}
