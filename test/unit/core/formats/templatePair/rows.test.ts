import assert from 'node:assert/strict';
import { decodeApd } from '../../../../../src/core/formats/apd/decode';
import { compareTemplates } from '../../../../../src/core/formats/templatePair/compare';
import { optionRows, xmlOptionsOf } from '../../../../../src/core/formats/templatePair/rows';
import { parseXml } from '../../../../../src/core/formats/xml/parse';
import { goodApd, goodFile } from '../../../../support/formats/goodFiles';

const xml = parseXml(goodFile('Dialer_91.xml').text);

function rowsOf(bytes: Uint8Array, beside = xml) {
  const { template } = decodeApd(bytes);
  assert.ok(template);
  return { rows: optionRows(template, xmlOptionsOf(beside)), problems: compareTemplates(template, beside) };
}

describe('the options of a pair of templates', () => {
  it('stand beside one another where nothing differs', () => {
    const { rows } = rowsOf(goodApd());
    assert.deepEqual(rows.map(({ section, option, apd, xml: other, comparison }) => [section, option, apd === other, comparison]), [
      ['log', 'verbose', true, 'same'], ['dialing', 'order', true, 'same'], ['dialing', '<media-type>.lines', true, 'same'], ['dialing', 'prefix', true, 'same'],
      ['dialing', 'days', true, 'same'], ['dialing', 'subject', true, 'same'],
    ]);
  });

  it('are marked where they differ, as the comparison of the two files says; what the APD lacks comes at the end of its section', () => {
    const { rows, problems } = rowsOf(goodApd({ log: { colour: 'red' }, dialing: { order: 'newest', prefix: '00', days: 'mon, tue ', subject: 'Re:' }, extra: { a: 'b' } }));
    assert.deepEqual(rows.map(({ section, option, comparison }) => [section, option, comparison]), [
      ['log', 'colour', 'notInXml'], ['log', 'verbose', 'notInApd'], ['dialing', 'order', 'differs'], ['dialing', 'prefix', 'same'], ['dialing', 'days', 'blankInApd'],
      ['dialing', 'subject', 'blankInXml'], ['dialing', '<media-type>.lines', 'notInApd'], ['extra', 'a', 'notInXml'],
    ]);
    const counted = (...codes: readonly string[]) => [...problems.apd, ...problems.xml.filter(({ code }) => code === 'templatePair.not-in-apd')].filter(({ code }) => codes.includes(code)).length;
    assert.deepEqual([counted('templatePair.not-in-apd'), counted('templatePair.not-in-xml'), counted('templatePair.default-differs', 'templatePair.default-blank')], [2, 2, 3]);
  });

  it('stand alone without an XML, or beside one of another kind', () => {
    const { rows } = rowsOf(goodApd({ log: { verbose: 'x' } }), parseXml('<project/>'));
    assert.deepEqual(rows, [{ section: 'log', option: 'verbose', apd: 'x' }]);
  });

  it('show what is no text, and what stands outside of a section', () => {
    const bytes = Uint8Array.from(goodApd({ log: { verbose: 'ab' } }));
    const option = 0x114 + 4 + 3 + 'log'.length + 2 + 4;
    bytes[option] = 7;
    assert.deepEqual(rowsOf(bytes, parseXml('')).rows, [{ section: 'log', option: 'verbose', other: { type: 7, bytes: Uint8Array.of(97, 98) } }]);
    bytes[0x114 + 4] = 0;
    assert.deepEqual(rowsOf(bytes, parseXml('')).rows.map(({ section, option: name }) => [section, name]), [['', 'log']]);
  });
});
