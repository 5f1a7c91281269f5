import { html, nothing, type TemplateResult } from 'lit';
import { mostPlaces } from '../../src/core/packages/importDraft';
import { describeImportProblem, importWizardText } from '../../src/core/text/importWizardText';
import { createText } from '../../src/core/text/messages';
import { button } from '../components/button';
import { completionField } from '../components/completionField';
import { field } from '../components/field';
import { icon } from '../components/icon';
import type { MethodStep } from './methodStep';

/** The fields for places to search: mostly one, with those used last. */
export function placeFields(step: MethodStep): TemplateResult {
  const { locale, draft } = step;
  const text = createText(locale, importWizardText);
  const canAdd = draft.places.length < mostPlaces && draft.places.every((place) => place.trim() !== '');
  return html`${draft.places.map((_, index) => placeField(step, index))}
    ${canAdd ? html`<div><button type="button" class="link" id="add-place" @click=${step.addPlace}>${icon('add')}<span>${text('anotherPlace')}</span></button></div>` : nothing}`;
}

function placeField(step: MethodStep, index: number): TemplateResult {
  const { locale, draft, view } = step;
  const text = createText(locale, importWizardText);
  const id = `place-${index}` as const;
  const value = draft.places[index] ?? '';
  const isOne = draft.places.length === 1;
  const problem = step.problems.find((one) => one.field === id);
  const examples = view.platform === 'windows' ? { share: '\\\\server\\share\\folder', folder: 'D:\\' } : { share: '//server/share/folder', folder: '/mnt/cdrom' };
  return field({
    id, label: isOne ? text('place') : text('placeNumber', { n: index + 1 }), required: true,
    ...(index === draft.places.length - 1 && { help: text('placeHelp', examples) }), ...(problem && { error: describeImportProblem(locale, problem) }),
  }, (control) => html`<div class="with-button">
    ${completionField(control, {
      value, entries: view.recentPlaces.map((place) => ({ value: place })), isOpenEnded: true, mono: true,
      onInput: (place) => step.setPlace(index, place), onLeave: () => step.leave(id),
    })}
    ${button(text('browse'), () => step.choose('folder', id), { icon: 'folder-opened', id: `choose-${id}`, describedBy: `${id}-label` })}
    ${isOne ? nothing : html`<button type="button" class="icon-button" aria-label=${value.trim() === '' ? text('removeEmpty') : text('removePlace', { place: value.trim() })} @click=${() => step.removePlace(index)}>${icon('close')}</button>`}
  </div>`);
}
