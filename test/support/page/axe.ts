import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../projectRoot';
import type { OpenedPage } from './openPage';
import { themeNames } from './themes';

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly help: string; readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[] }[];
}

const axeSource = readFileSync(join(projectRoot, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** What axe finds on the page as it stands, in each of the four kinds of themes: a line for each finding. */
export async function findBarriers(opened: OpenedPage, name: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const theme of themeNames) {
    await opened.setTheme(theme);
    await opened.page.evaluate(axeSource);
    const { violations } = await opened.page.evaluate(() => (window as unknown as { axe: { run(context: Document, options: object): Promise<AxeResult> } }).axe
      .run(document, { resultTypes: ['violations'] }));
    for (const { id, help, nodes } of violations) found.push(`${name}, ${theme}: ${id}: ${help}: ${nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`).join(' | ').slice(0, 600)}`);
  }
  await opened.setTheme('dark');
  return found;
}
