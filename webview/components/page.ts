import { LitElement } from 'lit';
import type { EditorApi, PageConnection } from '../messaging';
import { connectPage } from '../messaging';
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

/** An element that is a whole page: it has the connection to the host, and remembers what is no draft (scroll, what is unfolded) with its tab. */
export class PageRoot<C> extends PageElement {
  readonly connection: PageConnection<C> = connectPage<C>(editorApi());

  /** What this page remembered with its tab; undefined on the first load. Any version may have written it: check it. */
  protected get remembered(): unknown {
    const state = editorApi().getState();
    return typeof state === 'object' && state !== null && 'view' in state ? state.view : undefined;
  }

  /** Remembers with the tab, through hide and reload. Never a secret: the editor writes it to disk. */
  protected remember(view: unknown): void {
    editorApi().setState({ subject: readSubject(), view });
  }
}

/** What the page is about, as the host wrote it into the document. */
export function readSubject(): unknown {
  return JSON.parse(document.body.dataset['subject'] ?? '{}');
}
