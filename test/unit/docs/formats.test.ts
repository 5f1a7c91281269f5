import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatPages } from '../../support/formats/formatPages';
import { projectRoot } from '../../support/projectRoot';

describe('docs/formats', () => {
  it('says what the tables of the formats say (else: node scripts/formatDocs.mjs)', () => {
    const folder = join(projectRoot, 'docs/formats');
    const written = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
    assert.deepEqual([...written.keys()].sort(), [...formatPages().keys()].sort());
    for (const [name, text] of formatPages()) assert.equal(written.get(name), text);
  });
});
