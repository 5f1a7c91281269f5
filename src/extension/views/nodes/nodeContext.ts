import { createText, type Locale, type Text } from '../../../core/text/messages';
import { viewText, type ViewTextKey } from '../../../core/text/viewText';
import type { PageLimits } from './viewNode';

/** What the making of nodes needs besides the lists: language, zone and how much is shown. */
export interface NodeContext {
  readonly locale: Locale;
  readonly text: Text<ViewTextKey>;
  /** Orders names as the language does, numbers inside them by value. */
  readonly compareNames: (a: string, b: string) => number;
  /** A time of the lists (ISO 8601, UTC) in the user's zone. */
  readonly formatTime: (iso: string) => string;
  readonly limits: PageLimits;
}

export function createNodeContext(locale: Locale, limits: PageLimits = () => undefined, timeZone?: string): NodeContext {
  // Made when they are first needed: the editor's start must not wait for them.
  let collator: Intl.Collator | undefined;
  let times: Intl.DateTimeFormat | undefined;
  return {
    locale,
    text: createText(locale, viewText),
    // Names that differ in case alone still need an order of their own.
    compareNames: (a, b) => {
      collator ??= new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
      return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
    },
    formatTime: (iso) => {
      const time = new Date(iso);
      times ??= new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', ...(timeZone !== undefined && { timeZone }) });
      return Number.isNaN(time.getTime()) ? iso : times.format(time);
    },
    limits,
  };
}
