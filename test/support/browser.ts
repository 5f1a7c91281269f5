import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { projectRoot } from './projectRoot';
import type { VscodeHost } from './vscodeHost';

/** A starting action of the workbench may take this long on a busy machine. */
const limitMs = 60_000;

/** The Chromium to use: `CHROMIUM`, else the first that Debian and its relatives install; the one without windows takes half of the processor's time. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  return ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
}

/** Opens a browser without a window that reaches nothing but this machine. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium found; install one (Debian: apt-get install chromium) or name it in CHROMIUM');
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update',
      '--disable-sync', '--no-first-run', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
  });
}

/** A workbench in a browser, used as a person uses it. */
export interface Workbench {
  readonly page: Page;
  /** Addresses outside this machine that the page asked for. */
  readonly foreignRequests: readonly string[];
  /** Runs a command by its title in the command palette. */
  runCommand(title: string): Promise<void>;
  /** The input or quick pick that is open. */
  readonly quickInput: { readonly box: Locator; row(text: string | RegExp): Locator; pick(text: string | RegExp): Promise<void>; type(text: string): Promise<void> };
  /** Rows of the tree view with this title, in the side bar or panel. */
  treeRow(text: string | RegExp): Locator;
  notification(text: string | RegExp): Locator;
  /** What the visible terminal shows. */
  readonly terminal: Locator;
  /** The content of the visible webview. */
  readonly webview: FrameLocator;
  /** Keeps a picture as test output and answers its path. */
  screenshot(name: string): Promise<string>;
  /** Opens the same host again, as a window reload does. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export interface WorkbenchOptions {
  /** Width and height in CSS pixels. */
  readonly size?: { readonly width: number; readonly height: number };
  /** What a desktop VS Code takes as command-line options. */
  readonly payload?: Readonly<Record<string, string>>;
}

async function settle(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .statusbar').waitFor({ timeout: limitMs });
}

/** Opens a window on a host and waits until the workbench is there. Close it before the host is stopped. */
export async function openWorkbench(host: VscodeHost, options: WorkbenchOptions = {}): Promise<Workbench> {
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({
      viewport: options.size ?? { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
      // 20 MB of workbench, packed by the one process and unpacked by the other, for nothing on one machine.
      extraHTTPHeaders: { 'accept-encoding': 'identity' },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(limitMs);
    const foreignRequests: string[] = [];
    page.on('request', (request) => {
      const { hostname } = new URL(request.url());
      if (hostname !== '' && hostname !== '127.0.0.1' && !hostname.endsWith('.vscode-cdn.net')) foreignRequests.push(request.url());
    });
    await page.goto(host.url(options.payload));
    await settle(page);
    return createWorkbench(browser, page, foreignRequests);
  } catch (error) {
    await browser.close();
    throw error;
  }
}

function createWorkbench(browser: Browser, page: Page, foreignRequests: readonly string[]): Workbench {
  const box = page.locator('.quick-input-widget:visible input').first();
  const row = (text: string | RegExp): Locator => page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row', { hasText: text }).first();
  return {
    page,
    foreignRequests,
    runCommand: async (title) => {
      // The palette lists what was known when it was opened: right after a start the extension's commands are not.
      for (const end = Date.now() + limitMs; ; ) {
        await page.keyboard.press('F1');
        const typed = await box.fill(`>${title}`, { timeout: 5000 }).then(() => true, () => false);
        const found = typed && await row(title).waitFor({ timeout: 3000 }).then(() => true, () => false);
        // A view that opens meanwhile takes the keys, and the palette closes before anything was typed or clicked.
        if (found && await row(title).click({ timeout: 5000 }).then(() => true, () => false)) return;
        if (Date.now() > end) throw new Error(`the command palette has no command "${title}", or closes before it is chosen`);
        await page.keyboard.press('Escape');
      }
    },
    quickInput: {
      box,
      row,
      pick: (text) => row(text).click(),
      type: async (text) => {
        await box.fill(text);
        await page.keyboard.press('Enter');
      },
    },
    treeRow: (text) => page.locator('.pane-body .monaco-list-row', { hasText: text }).first(),
    notification: (text) => page.locator('.notification-list-item', { hasText: text }).first(),
    terminal: page.locator('.terminal-wrapper.active .xterm-rows'),
    webview: page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame'),
    screenshot: async (name) => {
      const folder = join(projectRoot, 'test-output/screenshots');
      mkdirSync(folder, { recursive: true });
      const path = join(folder, `${name}.png`);
      await page.screenshot({ path });
      return path;
    },
    reload: async () => {
      await page.reload();
      await settle(page);
    },
    close: async () => {
      // The page says goodbye, as one that a person closes does: else the server keeps its extension host for hours, which
      // goes on starting services.
      try {
        await page.goto('about:blank');
      } finally {
        await browser.close();
      }
    },
  };
}
