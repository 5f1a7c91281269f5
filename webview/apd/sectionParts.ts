import { html, nothing, type TemplateResult } from 'lit';
import type { ApdTextKey } from '../../src/core/text/apdText';
import type { Text } from '../../src/core/text/messages';
import type { select } from '../components/choices';
import { icon } from '../components/icon';
import type { SectionCount } from './apdModel';
import { sectionName } from './optionTable';

type Words = Text<ApdTextKey>;
type OnChoose = (section: string | undefined) => void;

/** The sections beside a wide table. One tab stop; the arrow keys choose. */
export function sectionList(sections: readonly SectionCount[], chosen: string | undefined, words: Words, onChoose: OnChoose): TemplateResult {
  const all = sections.reduce((sum, { options }) => sum + options, 0);
  const names = [undefined, ...sections.map(({ section }) => section)];
  const move = (event: KeyboardEvent): void => {
    const index = names.indexOf(chosen);
    const target = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: names.length - 1 }[event.key];
    if (target === undefined || target < 0 || target >= names.length) return;
    event.preventDefault();
    onChoose(names[target]);
    const list = event.currentTarget as HTMLElement;
    // It is drawn anew first.
    requestAnimationFrame(() => list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  };
  const item = (section: string | undefined, name: TemplateResult, { options, differences }: Pick<SectionCount, 'options' | 'differences'>): TemplateResult => {
    const isChosen = section === chosen;
    return html`<div role="option" class="apd-section" tabindex=${isChosen ? 0 : -1} aria-selected=${isChosen ? 'true' : 'false'} @click=${() => onChoose(section)}>
      ${name}${differences === 0 ? nothing : html`<span class="is-warning apd-section-differences">${icon('diff-modified')}<span aria-hidden="true">${differences}</span><span class="visually-hidden">${words('differencesHere', { n: differences })}</span></span>`}
      <span class="quiet">${options}</span></div>`;
  };
  return html`<div class="apd-sections" role="listbox" aria-label=${words('sections')} @keydown=${move}>
    ${item(undefined, html`<span class="grow">${words('allSections')}</span>`, { options: all, differences: 0 })}
    ${sections.map((count) => item(count.section, html`<span class="grow mono" title=${count.section}>${sectionName(count.section, words)}</span>`, count))}
  </div>`;
}

/** The same where there is no room beside the table. @param draw the select of `components/choices` */
export function sectionChoice(sections: readonly SectionCount[], chosen: string | undefined, words: Words, onChoose: OnChoose, draw: typeof select): TemplateResult {
  const choices = sections.map(({ section, options, differences }, index) => ({
    value: String(index),
    label: words(differences === 0 ? 'sectionChoice' : 'sectionChoiceDifferent', { section: sectionName(section, words), n: options, d: differences }),
  }));
  const index = sections.findIndex(({ section }) => section === chosen);
  return html`<div class="apd-section-choice"><label for="section">${words('section')}</label>
    ${draw({ id: 'section', labelledBy: 'section', describedBy: undefined, invalid: false, required: false }, {
      value: String(index), choices: [{ value: '-1', label: words('allSections') }, ...choices],
      onChange: (value) => onChoose(sections[Number(value)]?.section),
    })}</div>`;
}
