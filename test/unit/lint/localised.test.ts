import { deepEqual } from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Linter, type ESLint } from 'eslint';
import { projectRoot } from '../../support/projectRoot';

describe('the rules of the linter about words that no catalogue has', () => {
  let plugin: ESLint.Plugin;
  before(async () => {
    ({ localised: plugin } = (await import(pathToFileURL(join(projectRoot, 'scripts/eslint/localised.mjs')).href)) as { localised: ESLint.Plugin });
  });
  const linter = new Linter();
  const found = (rule: string, code: string) => linter.verify(code, { plugins: { localised: plugin }, rules: { [`localised/${rule}`]: 'error' } }).map(({ message }) => /“(.*)”/.exec(message)?.[1] ?? message);

  it('find them in the text and the spoken attributes of a page', () => {
    deepEqual(found('page-words', 'html`<p class="quiet big">Hello ${name}</p>`'), ['Hello …']);
    deepEqual(found('page-words', 'html`<button aria-label="Close" title=${isOpen ? \'Shut it\' : text(\'open\')}></button>`'), ['Close', 'Shut it']);
    deepEqual(found('page-words', 'html`<td>${count === 0 ? \'none\' : count}</td>`'), ['none']);
  });

  it('let pass what is no word or is never translated', () => {
    deepEqual(found('page-words', 'html`<!-- a note --><p class="${kind}" id=${isOpen ? \'open\' : \'shut\'}>${text(\'hello\')} · 5&nbsp;%</p><code>genesys_silent.ini</code>`'), []);
  });

  it('find them in what the editor is told to show', () => {
    deepEqual(found('editor-words', 'vscode.window.showErrorMessage("Failed")'), ['Failed']);
    deepEqual(found('editor-words', 'pick({ label: "$(add) Add", description: `of ${name} here` })'), ['$(add) Add', 'of … here']);
    deepEqual(found('editor-words', 'item.text = "Import is running"'), ['Import is running']);
  });

  it('let pass icons, keys, and what only a developer or a log reads', () => {
    deepEqual(found('editor-words', 'pick({ label: `$(add) ${text("add")}` }); throw new Error("no such host"); parts.log.warn("it went wrong", id); run("gaxPackages.hosts.add")'), []);
  });
});
