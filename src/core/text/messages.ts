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
  const messages: Messages<K> = { en, fr };
  definedMessages.push(messages);
  return messages;
}

/** Every area that has been declared: lets one test walk all sentences, so that none can be forgotten. */
export const definedMessages: Messages<string>[] = [];

const compiled = new Map<string, IntlMessageFormat>();

/** Puts `args` into an ICU message. Never throws: a placeholder without a value is shown as `{name}`. */
export function formatMessage(locale: Locale, template: string, args: MessageArguments = {}): string {
  // Nothing to fill in: the library's start, tens of milliseconds, waits for the first message that needs it.
  if (!/[{}'<]/.test(template)) return template;
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
  try {
    return String(message.format(complete));
  } catch {
    // A date or time that has no value, or none that is a date: the sentence as it is declared is still worth reading.
    return template;
  }
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
