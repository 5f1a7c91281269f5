import type { Locale } from '../messages';

/** A help page is laid out by hand, so it is a whole text in each language rather than messages. */
export type HelpPage = Readonly<Record<Locale, string>>;
