/// <reference lib="dom" />
import { createServer, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { basename, extname, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { Locale } from '../../../src/core/text/messages';
import { pageHtml } from '../../../src/extension/pages/panels/pageHtml';
import type { PageChannel } from '../../../src/extension/pages/servePage';
import type { PageKind, PageReply, PageSubject } from '../../../src/protocol/page/page';
import { openBrowser } from '../browser';
import { projectRoot } from '../projectRoot';
import { findBarriers } from './axe';
import { themeNames, themes, type ThemeName } from './themes';

/** A page of ours in a real browser, with the document, policy and styles that the editor gives it; the host's end is in the test's hands (`OpenPageOptions.serve`). */
export interface OpenedPage {
  readonly page: Page;
  /** What the browser complained of: breaches of the policy, errors of the script. */
  readonly complaints: readonly string[];
  /** Loads the document anew, as hide and show or a window's reload do. The tab's state stays. */
  reload(): Promise<void>;
  setTheme(theme: ThemeName): Promise<void>;
  /** What the page keeps with its tab. */
  state(): Promise<unknown>;
  /**
   * Keeps a picture of this state as test output, after a check of it: axe finds nothing on it in any of the four kinds of
   * themes. @throws with what is wrong with the state
   */
  screenshot(name: string): Promise<string>;
  close(): Promise<void>;
}

export interface OpenPageOptions {
  readonly kind: PageKind;
  readonly subject?: PageSubject;
  readonly locale?: Locale;
  readonly theme?: ThemeName;
  readonly size?: { readonly width: number; readonly height: number };
  /** Called with the host's end before the page begins: give it to `servePage`, or speak for the host by hand. */
  readonly serve: (channel: PageChannel) => void;
}

/** Opens pages in one browser, which ends with `close`. */
export interface PageBrowser {
  open(options: OpenPageOptions): Promise<OpenedPage>;
  close(): Promise<void>;
}

const contentTypes: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf', '.html': 'text/html' };

/** @param files contents that are served in place of the built ones, by name: `main.js` */
export async function openPageBrowser(files: Readonly<Record<string, string>> = {}): Promise<PageBrowser> {
  const browser = await openBrowser();
  const documents = new Map(Object.entries(files).map(([name, content]) => [`/${name}`, content]));
  const server = await serveFiles(documents);
  // One profile for all pages of a language: each has its own tab state, and a new one costs a second.
  const contexts = new Map<Locale, Promise<BrowserContext>>();
  const contextFor = (locale: Locale): Promise<BrowserContext> => {
    const known = contexts.get(locale)
      ?? browser.newContext({ locale: locale === 'fr' ? 'fr-FR' : 'en-GB', timezoneId: 'Europe/Paris', reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'] });
    contexts.set(locale, known);
    return known;
  };
  return {
    open: (options) => openPage(contextFor, server, documents, options),
    close: async () => {
      await browser.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

async function openPage(contextFor: (locale: Locale) => Promise<BrowserContext>, server: Server, documents: Map<string, string>, options: OpenPageOptions): Promise<OpenedPage> {
  const { kind, subject = {}, locale = 'en', theme = 'dark', size = { width: 1200, height: 860 } } = options;
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const path = `/${documents.size + 1}.html`;
  documents.set(path, pageHtml({
    kind, subject, locale, title: kind, source: origin, script: `${origin}/main.js`, styles: `${origin}/main.css`, icons: `${origin}/codicon.css`, nonce: 'a1b2c3',
  }));
  const page = await (await contextFor(locale)).newPage();
  await page.setViewportSize(size);
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));

  const listeners = new Set<(message: unknown) => void>();
  let current = theme;
  await page.exposeFunction('fromPage', (message: unknown) => {
    for (const listener of [...listeners]) listener(message);
  });
  await page.addInitScript(() => {
    const key = 'editor-state';
    Object.assign(window, {
      acquireVsCodeApi: () => ({
        postMessage: (message: unknown) => void (window as unknown as { fromPage(message: unknown): Promise<void> }).fromPage(structuredClone(message)),
        getState: (): unknown => JSON.parse(sessionStorage.getItem(key) ?? 'null') ?? undefined,
        setState: (state: unknown) => {
          sessionStorage.setItem(key, JSON.stringify(state));
        },
      }),
    });
  });
  options.serve({
    // A page that is being loaded anew hears nothing, as in the editor.
    post: (message: PageReply) => {
      // As one text, like the editor's: cut into values, a list of thousands of rows would take seconds.
      void page.evaluate((reply) => window.postMessage(JSON.parse(reply), '*'), JSON.stringify(message)).catch(() => undefined);
    },
    onMessage: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const applyTheme = async (): Promise<void> => {
    const { variables, kind: themeKind } = themes[current];
    const declarations = Object.entries(variables).map(([name, value]) => `${name}: ${value};`).join('\n');
    await page.evaluate(({ given, kindOfTheme }) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`:root { ${given} }`);
      // A theme that does not name a colour has none: the one before must not shine through.
      document.adoptedStyleSheets = [sheet];
      document.body.className = kindOfTheme;
    }, { given: declarations, kindOfTheme: themeKind });
  };
  const load = async (go: () => Promise<unknown>): Promise<void> => {
    await go();
    await applyTheme();
  };
  await load(() => page.goto(`${origin}${path}`));
  return {
    page,
    complaints,
    reload: () => load(() => page.reload()),
    setTheme: async (next) => {
      current = next;
      await applyTheme();
    },
    state: () => page.evaluate(() => JSON.parse(sessionStorage.getItem('editor-state') ?? 'null') as unknown),
    screenshot: async (name) => {
      const file = join(projectRoot, 'test-output/screenshots', `${name}.png`);
      // Hiding the caret would take a style element, which the policy of the page refuses.
      await page.screenshot({ path: file, caret: 'initial' });
      const wrong = [...(await findBarriers(page))];
      const chosen = current;
      for (const other of themeNames.filter((candidate) => candidate !== chosen)) {
        current = other;
        await applyTheme();
        wrong.push(...(await findBarriers(page, colorRules)).map((line) => `${other}: ${line}`));
      }
      current = chosen;
      await applyTheme();
      if (wrong.length > 0) throw new Error(`state ${name}:\n${wrong.join('\n')}`);
      return file;
    },
    close: () => page.close(),
  };
}

/** What colours can do wrong; everything else is the same in all themes. */
const colorRules = ['color-contrast', 'link-in-text-block'];

function serveFiles(documents: ReadonlyMap<string, string>): Promise<Server> {
  const folder = join(projectRoot, 'dist/webview');
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    const document = documents.get(path);
    // A browser asks for it by itself.
    if (path === '/favicon.ico') return void response.writeHead(204).end();
    try {
      response.setHeader('Content-Type', contentTypes[extname(path)] ?? 'application/octet-stream');
      response.end(document ?? readFileSync(join(folder, basename(path))));
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
