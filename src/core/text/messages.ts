import { IntlMessageFormat } from 'intl-messageformat';

/** The display languages of the product. */
export type Locale = 'en' | 'fr';

/** Values for the placeholders of a message. Bytes, counts and times come as numbers or as text made by the caller. */
export type MessageArguments = Readonly<Record<string, string | number>>;

/** Sentences of one area: every key in every language. */
export interface Messages<K extends string> {
  readonly en: Readonly<Record<K, string>>;
  readonly fr: Readonly<Record<K, string>>;
}

/**
 * Declares the sentences of one area. The compiler refuses a key that one of the two languages lacks.
 * Placeholders and plurals follow the ICU message syntax: `{name}`, `{n, plural, one {# host} other {# hosts}}`.
 * An apostrophe directly before a brace would quote it: write ’ there.
 */
export function defineMessages<const K extends string>(
  en: Readonly<Record<K, string>>,
  fr: Readonly<Record<NoInfer<K>, string>>,
): Messages<K> {
  return { en, fr };
}

const compiled = new Map<string, IntlMessageFormat>();

/** Puts `args` into an ICU message. A placeholder without a value is shown as `{name}`, so that a message never throws. */
export function formatMessage(locale: Locale, template: string, args: MessageArguments = {}): string {
  const key = `${locale}\u0000${template}`;
  let message = compiled.get(key);
  if (!message) {
    message = new IntlMessageFormat(template, locale, undefined, { ignoreTag: true });
    compiled.set(key, message);
  }
  const complete = new Proxy<Record<string, string | number>>(args, {
    has: () => true,
    get: (target, name) => (typeof name === 'string' ? (target[name] ?? `{${name}}`) : undefined),
  });
  return String(message.format(complete));
}

/** The sentences of one area in one language, as a function of key and values. */
export type Text<K extends string> = (key: K, args?: MessageArguments) => string;

/** Binds one area's sentences to a language. */
export function createText<K extends string>(locale: Locale, messages: Messages<K>): Text<K> {
  return (key, args = {}) => formatMessage(locale, messages[locale][key], args);
}

/** Picks the display language for a BCP 47 or POSIX locale name: French for `fr…`, else English. */
export function asLocale(name: string | undefined): Locale {
  return name !== undefined && /^fr\b|^fr_/i.test(name) ? 'fr' : 'en';
}
