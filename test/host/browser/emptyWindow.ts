import type { Workbench } from '../../support/browser';

/** The views of this extension that are folded in a new window, by their place in the side bar. */
const foldedViews = [3];

/** Closes what is open in a window and folds what is unfolded, by the editor's own commands. */
export async function emptyWindow(bench: Workbench): Promise<void> {
  const { page, runCommand } = bench;
  if (await page.locator('.terminal-wrapper').count() > 0) await runCommand('Terminal: Kill All Terminals');
  const tabs = page.locator('.editor-group-container .tab');
  if (await tabs.count() > 0) {
    await runCommand('View: Close All Editors');
    const discard = page.locator('.monaco-dialog-box').getByRole('button', { name: 'Don\'t Save' });
    await discard.or(page.locator('.editor-group-container.empty')).first().waitFor();
    if (await discard.isVisible()) await discard.click();
    await tabs.first().waitFor({ state: 'detached' });
    // Dialogs begin where the last file was.
    await runCommand('Clear Editor History');
    const question = page.locator('.monaco-dialog-box', { hasText: 'Do you want to clear the history of recently opened editors?' });
    await question.getByRole('button', { name: 'Clear', exact: true }).click();
    await question.waitFor({ state: 'detached' });
  }
  const panel = page.locator('.part.panel');
  if (await panel.isVisible()) {
    await runCommand('View: Hide Panel');
    await panel.waitFor({ state: 'hidden' });
  }
  if (await page.locator('.statusbar .codicon-bell-dot').count() > 0) await runCommand('Notifications: Clear All Notifications');
  for (const place of foldedViews) {
    const header = page.locator('.sidebar .pane-header').nth(place);
    if (await header.getAttribute('aria-expanded', { timeout: 1000 }).catch(() => 'false') === 'true') await header.click();
  }
}
