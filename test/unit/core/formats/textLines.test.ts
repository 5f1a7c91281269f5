import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lineColumn } from '../../../../src/core/formats/problem';
import { findLines } from '../../../../src/core/formats/textLines';

describe('the lines of a text', () => {
  it('give the same places as counting from the start of the text, whatever its line ends', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', 'bc', '\n', '\r', '\r\n', '\u2028')), (parts) => {
      const text = parts.join('');
      const lines = findLines(text);
      for (let offset = -1; offset <= text.length + 1; offset++) {
        const place = lineColumn(text, offset);
        assert.deepEqual(lines.lineColumn(offset), place);
        assert.equal(lines.startOfLine(offset), Math.max(0, Math.min(offset, text.length)) - place.column + 1);
      }
    }));
  });
});
