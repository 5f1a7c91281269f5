import assert from 'node:assert/strict';
import { nearest } from '../../../../src/core/text/nearest';

describe('nearest', () => {
  const candidates = ['DataModel', 'Components', 'Port'];
  for (const [word, expected] of [
    ['datamodel', 'DataModel'], ['DataModle', 'DataModel'], ['DatModl', 'DataModel'], ['Prt', 'Port'], ['Ports', 'Port'],
    ['Po', undefined], ['Colour', undefined], ['DtMdl', undefined], ['', undefined], ['x'.repeat(10_000), undefined],
  ] as const) {
    it(`takes ${word.slice(0, 20) || 'nothing'} for ${expected ?? 'no candidate'}`, () => assert.equal(nearest(word, candidates), expected));
  }
});
