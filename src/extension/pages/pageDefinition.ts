import type { PageKind, PageSubject } from '../../protocol/page/page';
import type { PageChannel } from './servePage';

/** What a command wants of a page beyond its subject: values to begin with. Typed by each page. */
export type PageIntent = Readonly<Record<string, unknown>>;

/** The tab of one page, as the page's own code sees it. */
export interface PageTab {
  readonly channel: PageChannel;
  readonly subject: PageSubject;
  /** False while another tab lies over it. */
  readonly visible: boolean;
  setTitle(title: string): void;
  /** Closes the tab. */
  close(): void;
}

/** A page that is open. */
export interface OpenPage {
  /** The page was asked for once more while it is open. */
  receive?(intent: PageIntent): void;
  dispose(): void;
}

/** One kind of page. */
export interface PageDefinition {
  readonly kind: PageKind;
  /** Name of the codicon for the tab, one of `tabIcons` in `scripts/build.mjs`. */
  readonly icon: string;
  /** The tab's first title; the page may set a better one once it knows its subject. */
  readonly title: string;
  /** Begins to answer the page. Called again when the editor brings a tab back; then without an intent. */
  open(tab: PageTab, intent: PageIntent | undefined): OpenPage;
}
