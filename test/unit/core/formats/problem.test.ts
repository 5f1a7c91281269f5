import assert from 'node:assert/strict';
import { lineColumn } from '../../../../src/core/formats/problem';

describe('lineColumn', () => {
  it('counts lines and columns from one, with every kind of line end', () => {
    const text = 'ab\r\nc\rd\ne';
    assert.deepEqual(Array.from(text, (_, offset) => lineColumn(text, offset)).map(({ line, column }) => `${line}:${column}`),
      ['1:1', '1:2', '1:3', '1:4', '2:1', '2:2', '3:1', '3:2', '4:1']);
  });
  it('takes an offset outside of the text for its nearest end', () => {
    assert.deepEqual(lineColumn('ab\n', 99), { line: 2, column: 1 });
    assert.deepEqual(lineColumn('ab', -1), { line: 1, column: 1 });
  });
});
