/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/** What a page says to its reader, the words for assistive technology included; not what stands in fields, code and files. */
export function shownTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const walk = (node: Node): void => {
      if (node instanceof Text && node.data.trim() !== '') found.add(node.data.trim().replaceAll(/\s+/g, ' '));
      if (node instanceof Element) {
        if (['SCRIPT', 'STYLE', 'CODE', 'PRE'].includes(node.tagName)) return;
        for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'label', 'alt', 'aria-roledescription']) {
          const value = node.getAttribute(name);
          if (value !== null && value.trim() !== '') found.add(value.trim());
        }
        // The shadow trees of the element library hold its own words, such as those of a list that is open.
        if (node.shadowRoot !== null) node.shadowRoot.childNodes.forEach(walk);
      }
      node.childNodes.forEach(walk);
    };
    walk(document.body);
    return [...found];
  });
}
