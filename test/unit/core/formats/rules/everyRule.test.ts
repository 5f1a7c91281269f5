import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../../support/projectRoot';

const formats = join(projectRoot, 'src/core/formats');
const rules = join(projectRoot, 'test/unit/core/formats/rules');

describe('every rule of every format', () => {
  const withRules = readdirSync(formats).filter((format) => existsSync(join(formats, format, 'messages.ts')));

  for (const format of withRules) {
    it(`of ${format} is broken once and nearly broken once, which its own test asks for`, () => {
      const test = join(rules, `${format}.test.ts`);
      assert.ok(existsSync(test), `${test} is missing`);
      const text = readFileSync(test, 'utf8');
      // The table of cases is held against all sentences of the format: one without a case fails there.
      assert.match(text, new RegExp(`Object\\.keys\\(${format}Messages\\.en\\)`));
    });
  }

  it('has a format', () => assert.ok(withRules.length >= 9));
});
