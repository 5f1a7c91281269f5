import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { connectPage, tabTransport, type EditorApi, type PageConnection } from '../messaging';
import type { Announcer } from './announcer';
import { asLocale, createText, type Locale, type Messages, type Text } from '../../src/core/text/messages';

/**
 * An element of ours. It renders into the document itself, not into a shadow tree: the pages have one style sheet, labels
 * reach their fields, and the editor's find, screen readers and tests see one document.
 */
export class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** The reader's language, as the host says. */
  get locale(): Locale {
    return asLocale(document.documentElement.lang);
  }

  /** The sentences of one area. */
  text<K extends string>(messages: Messages<K>): Text<K> {
    return createText(this.locale, messages);
  }
}

declare global {
  function acquireVsCodeApi(): EditorApi;
}

let editor: EditorApi | undefined;

/** The editor's interface; the editor hands it out once. */
export function editorApi(): EditorApi {
  editor ??= acquireVsCodeApi();
  return editor;
}

/** What a page has of the page that it is shown in. */
export interface OuterPage<C> {
  readonly connection: PageConnection<C>;
  readonly announcer: Announcer;
  readonly remembered: unknown;
  remember(view: unknown): void;
}

/**
 * An element that is a whole page: it has the connection to the host, and remembers what is no draft (scroll, what is
 * unfolded) with its tab. Inside of another page it has all this from there.
 */
export class PageRoot<C> extends PageElement {
  /** To be given before the element comes into the document. */
  @property({ attribute: false }) outer: OuterPage<C> | undefined;
  private ownConnection: PageConnection<C> | undefined;

  get connection(): PageConnection<C> {
    return this.outer?.connection ?? (this.ownConnection ??= connectPage<C>(tabTransport(editorApi())));
  }

  /** What this page remembered with its tab; undefined on the first load. Any version may have written it: check it. */
  protected get remembered(): unknown {
    if (this.outer !== undefined) return this.outer.remembered;
    const state = editorApi().getState();
    return typeof state === 'object' && state !== null && 'view' in state ? state.view : undefined;
  }

  /** Remembers with the tab, through hide and reload. Never a secret: the editor writes it to disk. */
  protected remember(view: unknown): void {
    if (this.outer !== undefined) this.outer.remember(view);
    else editorApi().setState({ subject: readSubject(), view });
  }
}

/** What the page is about, as the host wrote it into the document. */
export function readSubject(): unknown {
  return JSON.parse(document.body.dataset['subject'] ?? '{}');
}
