import { html, type TemplateResult } from 'lit';
import type { CompletionEntry } from '../../src/core/text/completion';
import { detailsText } from '../../src/core/text/detailsText';
import { createText, type Locale } from '../../src/core/text/messages';
import { completionField } from '../components/completionField';

export interface GroupField {
  readonly locale: Locale;
  /** The package's group; empty: none. */
  readonly group: string;
  /** All groups there are. */
  readonly groups: readonly string[];
  /** What is typed and not accepted yet. */
  readonly typed: string | undefined;
  readonly locked: boolean;
  readonly onInput: (value: string) => void;
  readonly onLeave: () => void;
  /** An entry was chosen, or Enter pressed. */
  readonly onMove: (value: string) => void;
}

/** The group of a package: choosing one moves the package at once, an unknown name makes the group. */
export function groupField(options: GroupField): TemplateResult {
  const text = createText(options.locale, detailsText);
  const { group, groups, typed, locked } = options;
  const ungrouped = text('ungrouped');
  const value = typed ?? (group === '' ? ungrouped : group);
  const name = (typed ?? '').trim();
  const known = [...groups, ungrouped];
  const entries: CompletionEntry[] = known.map((entry) => ({ value: entry }));
  if (name !== '' && !known.includes(name)) entries.push({ value: name, label: text('newGroup', { name }) });
  return html`<div class="value-row">
    <label for="group" id="group-label">${text('fieldGroup')}</label>
    <div>
      ${completionField({ id: 'group', labelledBy: 'group-label', describedBy: 'group-help', invalid: false, required: false }, {
        value, entries, disabled: locked, onInput: options.onInput, onLeave: options.onLeave, onAccept: options.onMove,
      })}
      <div class="field-words"><span id="group-help">${text('groupHelp')}</span></div>
    </div>
  </div>`;
}
