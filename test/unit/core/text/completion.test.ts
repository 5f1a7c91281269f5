import assert from 'node:assert/strict';
import { findCompletions } from '../../../../src/core/text/completion';

const entries = ['North America', 'Europe, Moyen-Orient', 'Amérique du Nord', 'İstanbul'].map((value) => ({ value }));
const cut = (typed: string) => findCompletions(entries, typed).shown.map(({ before, match, after }) => [before, match, after]);

describe('completions', () => {
  it('any part of a value matches, in any case, accents or not; the match is cut out as it is written', () => {
    assert.deepEqual(cut('AMER'), [['North ', 'Amer', 'ica'], ['', 'Amér', 'ique du Nord']]);
    assert.deepEqual(cut('é'), [['North Am', 'e', 'rica'], ['', 'E', 'urope, Moyen-Orient'], ['Am', 'é', 'rique du Nord']]);
    assert.deepEqual(cut('orient'), [['Europe, Moyen-', 'Orient', '']]);
    assert.deepEqual(cut('stan'), [['İ', 'stan', 'bul']]);
  });

  it('an accent that is a character of its own stays with its letter', () => {
    const decomposed = 'Ame\u0301rique';
    assert.deepEqual(findCompletions([{ value: decomposed }], 'amér').shown.map(({ before, match, after }) => [before, match, after]), [['', 'Ame\u0301r', 'ique']]);
    assert.deepEqual(findCompletions([{ value: decomposed }], 'ame').shown[0]?.match, 'Ame\u0301');
  });

  it('nothing typed shows all in their order; blanks around what is typed do not count', () => {
    assert.deepEqual(cut('').map(([before]) => before), entries.map(({ value }) => value));
    assert.deepEqual(cut('  north '), [['', 'North', ' America']]);
    assert.deepEqual(cut('x'), []);
  });

  it('at most 50 are shown, the rest is counted', () => {
    const many = Array.from({ length: 5000 }, (_, i) => ({ value: `host-${i}` }));
    const { shown, more } = findCompletions(many, 'HOST');
    assert.deepEqual([shown.length, more, shown[49]?.entry.value], [50, 4950, 'host-49']);
    assert.deepEqual([findCompletions(many, 'host-4999').shown.length, findCompletions(many, 'host-4999').more], [1, 0]);
  });
});
