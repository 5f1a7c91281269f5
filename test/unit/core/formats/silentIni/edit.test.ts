import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isProductError } from '../../../../../src/core/errors';
import { setSilentIniValues, type SilentIniSetting } from '../../../../../src/core/formats/silentIni/edit';
import { parseSilentIni, printSilentIni, readSilentIniValue } from '../../../../../src/core/formats/silentIni/parse';

function edit(text: string, ...settings: SilentIniSetting[]): string {
  return printSilentIni(setSilentIniValues(parseSilentIni(text), settings));
}

describe('setSilentIniValues', () => {
  it('changes a value in place and keeps every other character', () => {
    assert.equal(
      edit('; top\r\n[S]\r\na=1\r\n\r\n#b=2\r\n[T]\r\na=3', { section: 'S', key: 'a', value: 'x=y ' }),
      '; top\r\n[S]\r\na=x=y \r\n\r\n#b=2\r\n[T]\r\na=3',
    );
  });

  it('adds a key at the end of its section, with the line ends of the file', () => {
    assert.equal(edit('[S]\r\na=1\r\n\r\n[T]\r\n', { section: 'S', key: 'b', value: '2' }), '[S]\r\na=1\r\nb=2\r\n\r\n[T]\r\n');
    assert.equal(edit('[S]', { section: 'S', key: 'b', value: '2' }), '[S]\nb=2\n');
  });

  it('adds a section after the live lines and before the commented template', () => {
    assert.equal(
      edit('[S]\na=1\n\n# template\n#[T]\n#b=<b>\n', { section: 'T', key: 'b', value: '2' }, { section: 'T', key: 'c', value: '3' }),
      '[S]\na=1\n\n[T]\nb=2\nc=3\n\n# template\n#[T]\n#b=<b>\n',
    );
  });

  it('begins an empty file, and one of comments alone', () => {
    assert.equal(edit('', { section: 'S', key: 'a', value: '1' }), '[S]\na=1\n');
    assert.equal(edit('# only words', { section: 'S', key: 'a', value: '1' }), '# only words\n\n[S]\na=1\n');
  });

  it('changes each repeat of a key, since it is not known which one the installer takes', () => {
    assert.equal(edit('[S]\na=1\na=2\n', { section: 'S', key: 'a', value: '3' }), '[S]\na=3\na=3\n');
  });

  it('refuses what would not be read back', () => {
    for (const wrong of [
      { section: 'S', key: 'a', value: '1\n[T]\nb=2' }, { section: 'S', key: 'a=b', value: '1' }, { section: 'S', key: '#a', value: '1' },
      { section: 'S]', key: 'a', value: '1' }, { section: '', key: 'a', value: '1' }, { section: 'S', key: ' ', value: '1' },
    ]) {
      assert.throws(() => edit('[S]\n', wrong), (error) => isProductError(error, 'format/silent-ini-value'));
    }
  });

  it('makes every accepted value readable by the installer, whatever stood there before', () => {
    const line = fc.constantFrom('[S]', '[T]', 'a=1', 'a = 2', '#[S]', '#a=1', '', 'words', '[S] x', ' [S]');
    const word = fc.constantFrom('S', 'T', 'U', 'a', 'b');
    const setting = fc.record({ section: word, key: word, value: fc.string().filter((value) => !/[\r\n]/.test(value)) });
    fc.assert(fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n', '\r'), setting, (lines, lineEnd, wanted) => {
      const changed = parseSilentIni(edit(lines.join(lineEnd), wanted));
      assert.equal(readSilentIniValue(changed, wanted.section, wanted.key), wanted.value);
    }), { numRuns: 500 });
  });
});
