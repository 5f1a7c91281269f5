import { html, nothing, type TemplateResult } from 'lit';
import { fieldNames, sameKey } from '../../src/core/deployment/draftRules';
import { enterOption, enterValue } from '../../src/core/deployment/draft';
import type { SilentIniKey } from '../../src/core/deployment/model';
import type { PackageQuestion } from '../../src/core/deployment/questions';
import type { SilentIniField } from '../../src/core/formats/silentIni/form';
import { findKeySchema } from '../../src/core/formats/silentIni/schema';
import type { CompletionEntry } from '../../src/core/text/completion';
import { deployParametersText, type DeployParametersTextKey } from '../../src/core/text/deployParametersText';
import { mask } from '../../src/core/text/mask';
import { createText, type Text } from '../../src/core/text/messages';
import { linkButton, button } from '../components/button';
import { select } from '../components/choices';
import { completionField } from '../components/completionField';
import { field, type ControlAttributes } from '../components/field';
import { icon } from '../components/icon';
import { textInput } from '../components/textInput';
import type { DeployModel } from './deployModel';
import { controlId } from './stepView';

/** A value that is asked: a key of the form, or a question of the package. */
export interface AskedValue extends SilentIniKey {
  readonly target: PackageQuestion['target'];
  readonly label: string;
  readonly help?: string;
  readonly secret: boolean;
  readonly required: boolean;
  readonly choices?: readonly string[];
  /** What holds when nothing is entered. */
  readonly own: string;
  /** Empty means something of its own. */
  readonly filledPerHost?: boolean;
}

export function askedField(item: SilentIniField, own: string, text: Text<DeployParametersTextKey>): AskedValue {
  const filledPerHost = item.section === 'ConfigServer' && item.key === 'ApplicationName';
  return {
    section: item.section, key: item.key, target: 'silentIni', label: titleOf(text, 'key', item.key), secret: item.secret,
    // It is filled in with the name of the application object, so nobody has to.
    required: item.required && !filledPerHost, own,
    ...(item.documentation !== undefined && { help: item.documentation }),
    ...(item.allowed !== undefined && { choices: item.allowed }),
    ...(filledPerHost && { filledPerHost }),
  };
}

export function askedQuestion({ section, key, target, title, description, kind, choices, required, value, file, line }: PackageQuestion, text: Text<DeployParametersTextKey>): AskedValue {
  const from = text('fromLine', { file, line });
  return {
    section, key, target, label: title === key ? titleOf(text, 'key', key) : title, secret: kind === 'password', required, own: value,
    help: description === undefined || description === '' ? from : `${description} (${from})`,
    ...(kind === 'choice' && choices !== undefined && { choices }),
  };
}

/** The title of a known key or section; else its own name. */
export function titleOf(text: Text<DeployParametersTextKey>, kind: 'key' | 'section', name: string): string {
  const title = `${kind}${name}`;
  return Object.hasOwn(deployParametersText.en, title) ? text(title as DeployParametersTextKey) : name;
}

export interface FieldActions {
  /** Secrets that are saved and are being entered anew. */
  readonly changing: ReadonlySet<string>;
  readonly onChange: (field: string, isChanging: boolean) => void;
}

/** One value of silent.ini, or one question, with what is wrong with it. */
export function silentIniControl(model: DeployModel, asked: AskedValue, actions: FieldActions): TemplateResult {
  const text = createText(model.locale, deployParametersText);
  const name = fieldNames.valueOf(asked);
  const id = controlId(name);
  const problem = model.shownProblem('silentIni', name, model.shownHost);
  const entered = enteredValue(model, asked);
  const host = model.chosen.find((chosen) => chosen.id === model.shownHost);
  const isOwn = model.shownHost !== undefined && model.draft.hostValues.some((value) => value.hostId === model.shownHost && sameKey(value, asked));
  const help = [asked.filledPerHost === true ? text('filledPerHost') : asked.help, asked.secret ? text('secretHelp') : undefined].filter((part) => part !== undefined).join(' ');
  const options = {
    id, label: asked.label, hint: asked.key, required: asked.required,
    ...(help !== '' && { help }),
    ...(problem?.severity === 'error' && { error: problem.message }),
  };
  const reset = (): void => {
    write(model, asked, undefined);
    document.getElementById(id)?.focus();
  };
  const type = findKeySchema(asked.section, asked.key)?.type;
  return html`<div class="asked ${type === 'host' || type === 'port' ? `is-${type}` : ''}" data-field=${name}>
    ${field(options, (attributes) => (asked.secret ? secretControl(model, asked, attributes, actions, text) : plainControl(model, asked, attributes, entered ?? inherited(model, asked))))}
    ${problem?.severity === 'warning' ? html`<p class="field-warning">${icon('warning', 'warning')}<span>${problem.message}</span></p>` : nothing}
    ${isOwn || (model.shownHost === undefined && entered !== undefined) ? html`<p class="field-own quiet">${isOwn && host !== undefined ? html`<span>${text('ownValue', { host: host.name })}</span>` : nothing}
      <button type="button" class="link" aria-label=${text('resetValueOf', { field: asked.label })} @click=${reset}>${text('resetValue')}</button></p>` : nothing}
  </div>`;
}

function enteredValue({ draft, shownHost }: DeployModel, asked: AskedValue): string | undefined {
  if (asked.target === 'option') return draft.options.find((value) => sameKey(value, asked))?.value;
  const own = draft.hostValues.find((value) => value.hostId === shownHost && sameKey(value, asked));
  return own?.value ?? (shownHost === undefined ? draft.values.find((value) => sameKey(value, asked))?.value : undefined);
}

/** What holds where nothing is entered: for one host, what holds for all. */
function inherited({ draft, shownHost }: DeployModel, asked: AskedValue): string {
  const forAll = shownHost === undefined || asked.target === 'option' ? undefined : draft.values.find((value) => sameKey(value, asked))?.value;
  return forAll ?? asked.own;
}

function write(model: DeployModel, asked: AskedValue, value: string | undefined): void {
  // Only what differs from what holds anyway is kept.
  const kept = value === inherited(model, asked) ? undefined : value;
  model.edit(asked.target === 'option' ? enterOption(model.draft, asked, kept) : enterValue(model.draft, asked, kept, model.shownHost));
}

function plainControl(model: DeployModel, asked: AskedValue, attributes: ControlAttributes, value: string): TemplateResult {
  const name = fieldNames.valueOf(asked);
  const onLeave = (): void => model.touch(name);
  const onInput = (next: string): void => write(model, asked, next);
  if (asked.choices !== undefined) {
    const text = createText(model.locale, deployParametersText);
    // A value of the package's file that is none of the allowed ones is shown as it is, and reported.
    const others = value === '' || asked.choices.includes(value) ? [] : [value];
    const choices = [...(value === '' || !asked.required ? [{ value: '', label: text('emptyChoice') }] : []), ...[...others, ...asked.choices].map((choice) => ({ value: choice, label: choice }))];
    return select(attributes, { value, choices, onChange: onInput, onLeave });
  }
  const entries = knownValues(model, asked);
  return entries.length === 0 ? textInput(attributes, { value, onInput, onLeave, mono: isPath(asked) }) : completionField(attributes, { value, entries, onInput, onLeave, isOpenEnded: true });
}

function isPath({ section, key }: SilentIniKey): boolean {
  const type = findKeySchema(section, key)?.type;
  return type === 'path' || type === 'installPath';
}

/** What can be offered for a key: what was entered for it before, and hosts where a host is asked. */
function knownValues({ start, hostRows }: DeployModel, { section, key }: SilentIniKey): readonly CompletionEntry[] {
  const { inputs } = start?.remembered ?? {};
  const earlier = [...(inputs?.values ?? []), ...(inputs?.hostValues ?? [])].filter((value) => value.value !== '' && sameKey(value, { section, key })).map(({ value }) => ({ value }));
  const type = findKeySchema(section, key)?.type;
  const hosts = type === 'host' ? [...hostRows.values()].map(({ address, name }) => ({ value: address, ...(name !== address && { detail: name }) })) : [];
  const seen = new Set<string>();
  return [...earlier, ...hosts].filter(({ value }) => !seen.has(value) && seen.add(value));
}

function secretControl(model: DeployModel, asked: AskedValue, attributes: ControlAttributes, { changing, onChange }: FieldActions, text: Text<DeployParametersTextKey>): TemplateResult {
  const name = fieldNames.valueOf(asked);
  const { section, key } = asked;
  const saved = model.start?.savedSecrets.some((other) => sameKey(other, asked)) === true;
  const focus = (): void => void requestAnimationFrame(() => document.getElementById(attributes.id)?.focus());
  if (saved && !changing.has(name)) {
    const forget = (): void => {
      void model.keepSecret(async () => model.connection.request('secrets/forget', { section, key }));
      focus();
    };
    return html`<div class="with-button" role="group" aria-labelledby=${attributes.labelledBy}>
      <div class="input saved-secret" id=${attributes.id} tabindex="-1"><span aria-hidden="true">${mask}</span><span class="state quiet">${icon('lock')}<span>${text('saved')}</span></span></div>
      ${button(text('change'), () => {
        onChange(name, true);
        focus();
      }, { describedBy: attributes.labelledBy })}
      ${linkButton(text('forget'), forget)}
    </div>`;
  }
  // The value goes from the browser's own field to the secret store and is kept nowhere between.
  const leave = (event: FocusEvent): void => {
    const input = event.currentTarget as HTMLInputElement;
    const { value } = input;
    input.value = '';
    onChange(name, false);
    if (value !== '') void model.keepSecret(async () => model.connection.request('secrets/save', { section, key, value }));
    model.touch(name);
  };
  return html`<input
    type="password" class="input" id=${attributes.id} autocomplete="off" aria-describedby=${attributes.describedBy ?? nothing}
    aria-invalid=${attributes.invalid ? 'true' : nothing} aria-required=${attributes.required ? 'true' : nothing} @blur=${leave}>`;
}
