import type { Workbench } from '../../support/browser';

/** Opens the side bar of this extension, whether a window restored it or not. */
export async function openSideBar(bench: Workbench): Promise<void> {
  const title = bench.page.locator('.sidebar .composite.title', { hasText: 'Genesys' });
  // A click on the icon closes what is open: when the window restored the side bar just then, once more opens it.
  for (let clicks = 0; clicks < 3 && !(await title.isVisible()); clicks++) {
    await bench.page.locator('.activitybar a[aria-label*="Genesys"]').click();
    await title.waitFor({ timeout: 10_000 }).catch(() => undefined);
  }
  await title.waitFor();
  await bench.page.mouse.move(700, 500);
}
