/// <reference lib="dom" />
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Page } from 'playwright-core';
import '../../../src/core/errors';
import { silentIniKeys, silentIniSections } from '../../../src/core/formats/silentIni/schema';
import { definedMessages, type Locale } from '../../../src/core/text/messages';
import { projectRoot } from '../projectRoot';

/**
 * Words on a page that no catalogue of this language has and that the host did not send: strings that somebody forgot to
 * make localisable.
 * @param sent everything that the host has sent, and what the person typed
 */
export async function findStrangeWords(page: Page, locale: Locale, sent: string): Promise<readonly string[]> {
  const shown = await page.evaluate(() => {
    const found: string[] = [];
    const walk = (node: Node): void => {
      if (node instanceof Text && node.data.trim() !== '') found.push(node.data.trim().replaceAll(/\s+/g, ' '));
      if (node instanceof Element) {
        if (['SCRIPT', 'STYLE', 'CODE', 'PRE'].includes(node.tagName)) return;
        for (const name of ['aria-label', 'title', 'placeholder', 'label', 'alt', 'aria-roledescription']) {
          const value = node.getAttribute(name);
          if (value !== null && value.trim() !== '') found.push(value.trim());
        }
        // The shadow trees of the element library hold its own words, such as those of a list that is open.
        if (node.shadowRoot !== null) node.shadowRoot.childNodes.forEach(walk);
      }
      node.childNodes.forEach(walk);
    };
    walk(document.body);
    return [...new Set(found)];
  });
  const known = await sentencesOf(locale);
  const plain = sent.replaceAll(/\s+/g, ' ');
  return shown.filter((words) => /\p{L}{2}/u.test(withoutUnits(words, locale)) && !plain.includes(words) && !known.some((sentence) => sentence.test(words)));
}

const made = new Map<Locale, readonly RegExp[]>();

/** Every sentence of a language as what its text looks like; those that are only placeholders would match anything and are left out. */
async function sentencesOf(locale: Locale): Promise<readonly RegExp[]> {
  let sentences = made.get(locale);
  if (sentences === undefined) {
    for (const file of readdirSync(join(projectRoot, 'src/core/text')).filter((each) => each.endsWith('Text.ts'))) {
      const name = file.slice(0, -'Text.ts'.length);
      await import(`../../../src/core/text/${name}Text.ts`);
    }
    // What the table of silent.ini says of its keys is no catalogue, but in both languages as well.
    const documented = [...silentIniKeys, ...silentIniSections].map(({ documentation }) => documentation[locale]);
    sentences = [...definedMessages.flatMap((messages) => Object.values<string>(messages[locale])), ...documented].flatMap((template) => {
      const pattern = asPattern(template, locale);
      return /\p{L}{2}/u.test(pattern.replaceAll(/\\./g, '')) ? [new RegExp(`^${pattern}$`, 'isu')] : [];
    });
    made.set(locale, sentences);
  }
  return sentences;
}

/** What `Intl` writes is right in every language: times, sizes, durations. */
function withoutUnits(words: string, locale: Locale): string {
  const months = Array.from({ length: 12 }, (_, month) => ['long', 'short'].map((form) => new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { day: 'numeric', month: form as 'long' })
    .formatToParts(new Date(2026, month, 5)).find(({ type }) => type === 'month')?.value ?? '')).flat();
  const units = ['kB', 'MB', 'GB', 'ko', 'Mo', 'Go', 'bytes?', 'octets?', 'min', 'sec', 'AM', 'PM', 'UTC', 'at', 'à', ...months.filter((month) => month !== '').map((month) => month.replace('.', '\\.?'))];
  return words.replaceAll(new RegExp(`(?<!\\p{L})(${units.join('|')})(?!\\p{L})`, 'giu'), '');
}

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** The kind of an element that is plain text (the library's enumeration is no value of its own). */
const literalElement = 0;

/** A template with anything in place of its placeholders, and any of its forms in place of a plural. */
function asPattern(template: string, locale: Locale): string {
  const patternOf = (elements: readonly Element[]): string => elements.map((element) => {
    const kind: number = element.type;
    if (kind === literalElement && 'value' in element) return element.value.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(/\s+/g, '\\s+');
    return 'options' in element ? `(${Object.values(element.options).map((option) => patternOf(option.value)).join('|')})` : '.*';
  }).join('');
  return patternOf(new IntlMessageFormat(template, locale, undefined, { ignoreTag: true }).getAst()).replace(/^(\\s\+)+|(\\s\+)+$/g, '');
}
