import { deepEqual, equal } from 'node:assert/strict';
import { diffLines } from '../../../../src/core/text/diffLines';

const print = (before: string, after: string): string => diffLines(before.split(' '), after.split(' ')).map((line) => (line.kind === 'removed' ? `-${line.text}` : `${line.kind === 'added' ? '+' : ''}${line.line}${line.text}`)).join(' ');

describe('the lines of two texts', () => {
  it('keeps what is equal and puts what is gone where it was', () => {
    equal(print('a b c', 'a x c'), '1a -b +2x 3c');
    equal(print('a b c', 'a c'), '1a -b 2c');
    equal(print('a c', 'a b c'), '1a +2b 3c');
    equal(print('a b c d', 'd c b a'), '-a -b -c 1d +2c +3b +4a');
    equal(print('a', 'a'), '1a');
  });

  it('takes everything for new or gone where one side is empty', () => {
    deepEqual(diffLines([], ['a']), [{ kind: 'added', line: 1, text: 'a' }]);
    deepEqual(diffLines(['a'], []), [{ kind: 'removed', text: 'a' }]);
  });

  it('gives both texts back from any pair', () => {
    const pieces = ['a', 'b', 'c', ''];
    for (let seed = 0; seed < 500; seed++) {
      const make = (salt: number): string[] => Array.from({ length: (seed * salt) % 7 }, (_, i) => pieces[(seed * salt + i * i * salt) % 4] ?? '');
      const [before, after] = [make(3), make(5)];
      const lines = diffLines(before, after);
      deepEqual(lines.filter(({ kind }) => kind !== 'added').map(({ text }) => text), before);
      deepEqual(lines.filter(({ kind }) => kind !== 'removed').map(({ text }) => text), after);
    }
  });
});
