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
import { isWholeMatrix } from '../matrix';
import { projectRoot } from '../projectRoot';
import { sharedBrowser } from '../sharedBrowser';
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
   * Keeps a picture of this state as test output, after a check of it: axe finds nothing on it in its theme, nor in the
   * colours of another kind of theme (of all four kinds in the campaign `matrices`). @throws with what is wrong with the state
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

/** Opens pages in a profile of its own, which ends with `close`. */
export interface PageBrowser {
  open(options: OpenPageOptions): Promise<OpenedPage>;
  close(): Promise<void>;
}

const contentTypes: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf', '.html': 'text/html' };

/**
 * @param files contents that are served in place of the built ones, by name: `main.js`
 * @param isFresh a browser and tabs that nobody used before, for those who measure
 */
export async function openPageBrowser(files: Readonly<Record<string, string>> = {}, isFresh = false): Promise<PageBrowser> {
  const browser = await (isFresh ? openBrowser() : sharedBrowser(openBrowser));
  const documents = new Map(Object.entries(files).map(([name, content]) => [`/${name}`, content]));
  const server = await serveFiles(documents);
  // One profile for all pages of a language: a new one costs a second.
  const contexts = new Map<Locale, Promise<BrowserContext>>();
  const tabs = new Map<Locale, Tab[]>();
  const contextFor = (locale: Locale): Promise<BrowserContext> => {
    const known = contexts.get(locale)
      ?? browser.newContext({ locale: locale === 'fr' ? 'fr-FR' : 'en-GB', timezoneId: 'Europe/Paris', reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'] });
    contexts.set(locale, known);
    return known;
  };
  // Nor is a tab thrown away: a new one costs the processor a second, the next document in it a fraction.
  const takeTab = async (locale: Locale): Promise<Tab> => tabs.get(locale)?.pop() ?? newTab(await contextFor(locale));
  return {
    open: async (options) => {
      const { locale = 'en' } = options;
      const tab = await takeTab(locale);
      const release = async (): Promise<void> => {
        if (isFresh) await tab.page.close();
        else tabs.set(locale, [...(tabs.get(locale) ?? []), tab]);
      };
      return openPage(tab, release, server, documents, options);
    },
    close: async () => {
      for (const context of contexts.values()) await (await context).close();
      if (isFresh) await browser.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A tab of the browser, and the page that is open in it. */
interface Tab {
  readonly page: Page;
  /** Takes what the present page says, and what the browser complains of. */
  listener: { readonly say: (message: unknown) => void; readonly complain: (words: string) => void } | undefined;
}

async function newTab(context: BrowserContext): Promise<Tab> {
  const page = await context.newPage();
  const tab: Tab = { page, listener: undefined };
  page.setDefaultTimeout(20_000);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') tab.listener?.complain(message.text());
  });
  page.on('pageerror', (error) => tab.listener?.complain(error.message));
  await page.exposeFunction('fromPage', (message: unknown, path?: string) => {
    // What the page before says at its end is for nobody.
    if (path === undefined || new URL(page.url()).pathname === path) tab.listener?.say(message);
  });
  await page.addInitScript(() => {
    const { pathname } = window.location;
    Object.assign(window, {
      acquireVsCodeApi: () => ({
        postMessage: (message: unknown) => void (window as unknown as { fromPage(message: unknown, path: string): Promise<void> }).fromPage(structuredClone(message), pathname),
        getState: (): unknown => JSON.parse(sessionStorage.getItem(pathname) ?? 'null') ?? undefined,
        setState: (state: unknown) => {
          sessionStorage.setItem(pathname, JSON.stringify(state));
        },
      }),
    });
  });
  return tab;
}

/** @param release called once nobody uses the tab any more */
async function openPage(tab: Tab, release: () => Promise<void>, server: Server, documents: Map<string, string>, options: OpenPageOptions): Promise<OpenedPage> {
  const { kind, subject = {}, locale = 'en', theme = 'dark', size = { width: 1200, height: 860 } } = options;
  const { page } = tab;
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // Each has an address of its own, under which it also keeps its state.
  const path = `/${documents.size + 1}.html`;
  documents.set(path, pageHtml({
    kind, subject, locale, title: kind, source: origin, script: `${origin}/main.js`, styles: `${origin}/main.css`, icons: `${origin}/codicon.css`, nonce: 'a1b2c3',
  }));
  await page.setViewportSize(size);
  await page.mouse.move(0, 0);
  const complaints: string[] = [];
  const listeners = new Set<(message: unknown) => void>();
  let current = theme;
  tab.listener = {
    say: (message) => {
      for (const listener of [...listeners]) listener(message);
    },
    complain: (words) => complaints.push(words),
  };
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
    state: () => page.evaluate(() => JSON.parse(sessionStorage.getItem(window.location.pathname) ?? 'null') as unknown),
    screenshot: async (name) => {
      const file = join(projectRoot, 'test-output/screenshots', `${name}.png`);
      // Hiding the caret would take a style element, which the policy of the page refuses.
      await page.screenshot({ path: file, caret: 'initial' });
      const wrong = [...(await findBarriers(page))];
      const chosen = current;
      for (const other of otherThemes(name, chosen)) {
        current = other;
        await applyTheme();
        wrong.push(...(await findBarriers(page, colorRules)).map((line) => `${other}: ${line}`));
      }
      current = chosen;
      await applyTheme();
      if (wrong.length > 0) throw new Error(`state ${name}:\n${wrong.join('\n')}`);
      return file;
    },
    close: () => {
      tab.listener = undefined;
      return release();
    },
  };
}

/** Themes that a state is checked in besides its own: every one in the whole matrix of states and themes, else one, by the state's name. */
function otherThemes(state: string, own: ThemeName): readonly ThemeName[] {
  const others = themeNames.filter((candidate) => candidate !== own);
  const place = Buffer.from(state).reduce((sum, byte) => sum + byte, 0) % others.length;
  return isWholeMatrix ? others : others.slice(place, place + 1);
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
      // The browser keeps the script with what it has compiled of it, for the next page.
      if (document === undefined) response.setHeader('Cache-Control', 'max-age=3600');
      response.end(document ?? readFileSync(join(folder, basename(path))));
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
