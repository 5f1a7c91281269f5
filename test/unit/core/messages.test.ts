import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { allErrorMessages } from '../../../src/core/errors';
import { describeProblem } from '../../../src/core/formats/describeProblem';
import { definedMessages, formatMessage } from '../../../src/core/text/messages';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** The kind of an element that is plain text (the library's enumeration is no value of its own). */
const literalElement = 0;

const core = join(process.cwd(), 'src/core');

function names(folder: string, ending: string): string[] {
  return readdirSync(join(core, folder)).filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -'.ts'.length));
}

const formats = readdirSync(join(core, 'formats')).filter((format) => existsSync(join(core, 'formats', format, 'messages.ts')));

/** Placeholder names, those inside of plural forms included. */
function placeholdersOf(template: string): string[] {
  if (!template.includes('{')) return [];
  const found = new Set<string>();
  const visit = (elements: readonly Element[]) => {
    for (const element of elements) {
      const kind: number = element.type;
      if ('value' in element && kind !== literalElement) found.add(element.value);
      if ('options' in element) for (const option of Object.values(element.options)) visit(option.value);
    }
  };
  visit(new IntlMessageFormat(template, 'en', undefined, { ignoreTag: true }).getAst());
  return [...found].sort();
}

/** Every sentence with what is wrong with it, as `key: sentence`; one list, so that one run shows all. */
function faults(isWrong: (key: string, english: string, french: string) => boolean): string[] {
  return definedMessages.flatMap(({ en, fr }) =>
    Object.entries(en).flatMap(([key, english]) => (isWrong(key, english, fr[key] ?? '') ? [`${key}: ${english} / ${fr[key] ?? ''}`] : [])));
}

describe('the sentences of the product', () => {
  const keysOfErrors: string[] = [];
  const keysOfFormats: string[] = [];

  before('load every file that declares sentences; the bundler takes whole folders', async () => {
    const keysOf = (module: object) => Object.values(module).flatMap((value: unknown) =>
      typeof value === 'object' && value !== null && 'en' in value && 'fr' in value ? Object.keys(value.en as object) : []);
    for (const name of names('errors', 'Errors.ts')) keysOfErrors.push(...keysOf(await import(`../../../src/core/errors/${name}.ts`) as object));
    for (const name of names('text', 'Text.ts')) await import(`../../../src/core/text/${name}.ts`);
    for (const format of formats) keysOfFormats.push(...keysOf(await import(`../../../src/core/formats/${format}/messages.ts`) as object));
  });

  it('have the same keys in every language', () => {
    for (const { en, fr } of definedMessages) assert.deepEqual(Object.keys(fr).sort(), Object.keys(en).sort());
  });

  it('have the same placeholders in every language', () => {
    assert.deepEqual(faults((_, english, french) => placeholdersOf(english).join() !== placeholdersOf(french).join()), []);
  });

  it('can be formatted, and leave no placeholder behind', () => {
    assert.deepEqual(faults((_, english, french) => {
      const args = Object.fromEntries(placeholdersOf(english).map((name) => [name, 2]));
      return [formatMessage('en', english, args), formatMessage('fr', french, args)].some((sentence) => sentence.trim() === '' || /[{}]/.test(sentence));
    }), []);
  });

  it('show a placeholder without a value by its name instead of failing', () => {
    assert.deepEqual(faults((_, english, french) => [formatMessage('en', english), formatMessage('fr', french)].includes('')), []);
  });

  it('are typeset with ’ for apostrophes and no straight quotes', () => {
    assert.deepEqual(faults((_, english, french) => /['"]/.test(english + french)), []);
  });

  it('have no-break spaces and « » where French wants them', () => {
    const wrong = / [:;?!%»]|« |[^\u00a0\s\d/[(.<{}][?!;»]|[“”]|«[^\u00a0]/;
    assert.deepEqual(faults((_, __, french) => wrong.test(french.replaceAll(/&[a-z]+;/g, ''))), []);
  });

  it('of errors all belong to the one catalogue of errors', () => {
    assert.ok(keysOfErrors.length > 0);
    assert.deepEqual(keysOfErrors.sort(), Object.keys(allErrorMessages.en).sort());
  });

  it('of formats are all found by describeProblem', () => {
    assert.ok(keysOfFormats.length > 0);
    for (const code of keysOfFormats) for (const locale of ['en', 'fr'] as const) assert.notEqual(describeProblem(locale, { code, args: {} }), code);
  });
});
