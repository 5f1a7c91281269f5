import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseSilentIni, printSilentIni, readCommentedEntries, readSilentIniValue } from '../../../../../src/core/formats/silentIni/parse';

describe('parseSilentIni', () => {
  it('prints back every text unchanged, with any line ends', () => {
    const piece = fc.constantFrom('[S]', '[S', ']', 'a=b', '=', '#', ';', ' ', '\r\n', '\n', '\r', '\n\r', '\t', 'é', '\u0000', '<x>');
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join('');
      const document = parseSilentIni(text);
      assert.equal(printSilentIni(document), text);
      for (const line of document.lines) assert.equal(text.slice(line.start, line.end), line.text);
    }), { numRuns: 500 });
  });

  it('splits at the first equals sign and trims nothing, as the installer does', () => {
    const document = parseSilentIni('[S]\nPlain=a=b \nSpaced = v\n');
    assert.equal(readSilentIniValue(document, 'S', 'Plain'), 'a=b ');
    assert.equal(readSilentIniValue(document, 'S', 'Spaced'), undefined);
    assert.equal(readSilentIniValue(document, 'S', 'Spaced '), ' v');
  });

  it('minds capitals in sections and keys', () => {
    const document = parseSilentIni('[IPCommon]\nInstallPath=/opt/x\n');
    assert.equal(readSilentIniValue(document, 'IPCommon', 'InstallPath'), '/opt/x');
    assert.equal(readSilentIniValue(document, 'ipcommon', 'InstallPath'), undefined);
    assert.equal(readSilentIniValue(document, 'IPCommon', 'installpath'), undefined);
  });

  it('reads the first of two sections with one name', () => {
    const document = parseSilentIni('[S]\na=1\n[T]\n[S]\na=2\nb=3\n');
    assert.equal(readSilentIniValue(document, 'S', 'a'), '1');
    assert.equal(readSilentIniValue(document, 'S', 'b'), undefined);
  });

  it('ends a section at a line that begins with a bracketed name, though only an exact one is found', () => {
    const document = parseSilentIni('[S]\na=1\n[T] ; note\nb=2\n');
    assert.equal(readSilentIniValue(document, 'S', 'b'), undefined);
    assert.equal(readSilentIniValue(document, 'T', 'b'), undefined);
  });

  it('takes # and ; for a comment in column 1 alone', () => {
    const document = parseSilentIni('[S]\n#a=1\n;b=2\n #c=3\n');
    assert.deepEqual(document.sections[0]?.entries.map((entry) => entry.key), [' #c']);
  });

  it('reads one line for each of CR LF, LF CR, LF and CR', () => {
    const document = parseSilentIni('[S]\r\na=1\n\rb=2\nc=3\rd=4');
    assert.deepEqual(document.sections[0]?.entries.map((entry) => `${entry.key}=${entry.value}`), ['a=1', 'b=2', 'c=3', 'd=4']);
  });

  it('finds the keys that a template has commented out, but not its prose', () => {
    const document = parseSilentIni('[IPCommon]\nInstallPath=/x\n#===\n# The mode = how it runs\n#[ConfigServer]\n#Host=<Host name>\n;Port=2020\n');
    assert.deepEqual(readCommentedEntries(document), [
      { section: 'ConfigServer', key: 'Host', value: '<Host name>' },
      { section: 'ConfigServer', key: 'Port', value: '2020' },
    ]);
  });
});
