/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '../projectRoot';

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly help: string; readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[] }[];
}

const axeSource = readFileSync(join(projectRoot, 'node_modules/axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds on a page as it stands: a line for each finding.
 * Without its own copies of style sheets, which the policy of the page would refuse.
 * @param rules only these, e.g. those that depend on colours; all when absent
 */
export async function findBarriers(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate((only) => (window as unknown as { axe: { run(context: Document, options: object): Promise<AxeResult> } }).axe
    .run(document, { preload: false, resultTypes: ['violations'], ...(only !== undefined && { runOnly: { type: 'rule', values: only } }) }), rules);
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`).join(' | ').slice(0, 800)}`);
}
