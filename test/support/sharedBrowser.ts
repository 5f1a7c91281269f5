import type { Browser } from 'playwright-core';

/** What the files of one test process share, though each is a bundle of its own. */
const shared = globalThis as { gaxBrowser?: Promise<Browser> | undefined };

/** The one browser of this test process, started by the first who asks. Whoever opens something in it closes that alone; the root hooks close the browser. */
export function sharedBrowser(start: () => Promise<Browser>): Promise<Browser> {
  shared.gaxBrowser ??= start();
  return shared.gaxBrowser;
}

/** Ends the browser of this test process, if there is one. */
export async function closeSharedBrowser(): Promise<void> {
  const browser = await shared.gaxBrowser?.catch(() => undefined);
  shared.gaxBrowser = undefined;
  await browser?.close();
}
