import assert from 'node:assert/strict';
import { createTextPositions } from '../../../../src/core/language/textPositions';
import { createRandom } from '../../../support/random';

const shown = (text: string, positions = createTextPositions(text)) =>
  JSON.stringify([Array.from({ length: text.length + 2 }, (_, offset) => positions.positionAt(offset)), Array.from({ length: 6 }, (_, line) => [0, 1, 99].map((character) => positions.offsetAt({ line, character })))]);

describe('createTextPositions', () => {
  it('counts lines and units in them, whatever ends a line', () => {
    const positions = createTextPositions('a\r\nb\n\rc\u{1F4DE}');
    assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 9].map((offset) => positions.positionAt(offset)).map(({ line, character }) => `${line}:${character}`), ['0:0', '0:1', '0:1', '1:0', '1:1', '2:0', '3:0', '3:3']);
    assert.deepEqual([{ line: 0, character: 9 }, { line: 1, character: 0 }, { line: 3, character: 1 }, { line: 9, character: 0 }, { line: -1, character: 3 }].map((position) => positions.offsetAt(position)), [1, 3, 7, 9, 0]);
  });

  it('gives after an edit what reading all of the text gives', () => {
    const random = createRandom(4);
    const pick = (limit: number) => Math.floor(random(limit));
    const some = () => Array.from({ length: pick(4) }, () => ['\n', '\r', '\r\n', 'a', 'bc', ''][pick(6)]).join('');
    for (let round = 0; round < 300; round++) {
      let text = some() + some() + some();
      let positions = createTextPositions(text);
      for (let i = 0; i < 5; i++) {
        const start = pick(text.length + 1);
        const edit = { start, end: start + pick(text.length - start + 1), text: some() };
        const before = text;
        text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
        positions = positions.edited(edit, text);
        assert.equal(shown(text, positions), shown(text), JSON.stringify([before, edit]));
      }
    }
  });
});
