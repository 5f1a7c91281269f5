import { deepEqual, equal } from 'node:assert/strict';
import { describeLocaleId } from '../../../../src/core/packages/localeIds';
import { formatBytes, formatFullTime, formatTime } from '../../../../src/core/text/measures';

const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('sizes, times and locale ids in the reader’s words', () => {
  it('write sizes with the unit that fits', () => {
    deepEqual([0, 999, 1000, 1234, 9949, 9951, 999_499, 999_500, 214_000_000, 4_300_000_000, 5e15].map((bytes) => plain(formatBytes('en', bytes))),
      ['0 B', '999 B', '1 KB', '1.2 KB', '9.9 KB', '10 KB', '999 KB', '1 MB', '214 MB', '4.3 GB', '5,000 TB']);
    equal(plain(formatBytes('fr', 1_234_000)), '1,2 Mo');
  });

  it('leave the present year out of a time, and keep what is no time', () => {
    const now = new Date('2026-11-22T12:00:00.000Z');
    equal(formatTime('en', '2026-03-15T12:00:00.000Z', now).includes('2026'), false);
    equal(formatTime('en', '2025-03-15T12:00:00.000Z', now).includes('2025'), true);
    equal(formatFullTime('fr', '2026-03-15T12:00:00.000Z').includes('mars'), true);
    equal(formatTime('en', 'yesterday'), 'yesterday');
    equal(formatFullTime('en', ''), '');
  });

  it('name the language of a locale id, and show an unknown one as it is', () => {
    equal(describeLocaleId('en', 'ENU'), 'ENU, English (United States)');
    equal(describeLocaleId('fr', 'FRA'), 'FRA, français (France)');
    equal(describeLocaleId('en', 'deu'), 'deu, German (Germany)');
    for (const unknown of ['XYZ', '', 'constructor', '__proto__']) equal(describeLocaleId('en', unknown), unknown);
  });
});
