import assert from 'node:assert/strict';
import { decodeApd } from '../../../../../src/core/formats/apd/decode';
import { encodeApdText, printApdText } from '../../../../../src/core/formats/apd/text';
import { goodApd } from '../../../../support/formats/goodFiles';

function textOf(bytes: Uint8Array): string {
  const { template } = decodeApd(bytes);
  assert.ok(template);
  return printApdText(template);
}

/** The codes of what is wrong with a text, each with the part of the text that it stands at. */
function wrong(text: string): readonly (readonly [code: string, place: string])[] {
  const { bytes, problems } = encodeApdText(text);
  assert.equal(bytes, undefined);
  return problems.map(({ code, start, end }) => [code, text.slice(start, end)]);
}

describe('an application template as text', () => {
  it('is written back byte for byte when nothing was changed, odd files too', () => {
    for (const bytes of [goodApd(), Uint8Array.of(...goodApd(), 1, 2), goodApd({ log: { 7: 'x', b: 'é\u{1F4DE}' } }), goodApd({})]) {
      assert.deepEqual(encodeApdText(textOf(bytes)), { bytes, template: encodeApdText(textOf(bytes)).template, problems: [] });
    }
  });

  it('is written with what was changed and nothing else', () => {
    const { bytes, problems } = encodeApdText(textOf(goodApd()).replace('"verbose": "standard"', '"verbose": "all",\n      "new": ""'));
    assert.deepEqual(problems, []);
    assert.deepEqual(bytes, goodApd({ log: { verbose: 'all', new: '' }, dialing: { order: 'oldest', '<media-type>.lines': '10', prefix: '00', days: 'mon, tue', subject: 'Re: ' } }));
  });

  it('is refused with the exact place where it cannot be written', () => {
    const good = textOf(goodApd());
    assert.deepEqual(wrong(good.replace('"oldest"', 'oldest')), [['apd.text-not-json', 'oldest']]);
    assert.deepEqual(wrong(good.replace('"standard"', '5')), [['apd.text-wrong-form', '5']]);
    assert.deepEqual(wrong(good.replace('"name": "Dialer_91",', '')), [['apd.text-wrong-form', '{']]);
    assert.deepEqual(wrong(good.replace('"Dialer_91"', `"${'n'.repeat(129)}"`)), [['apd.field-too-long', `"${'n'.repeat(129)}"`]]);
    assert.deepEqual(wrong(good.replace('"standard"', '"\\ud800"')), [['apd.not-encodable', '"\\ud800"']]);
    const long = `"${'x'.repeat(65_536)}"`;
    assert.deepEqual(wrong(good.replace('"standard"', long))[0], ['apd.too-long', long]);
    assert.deepEqual(wrong('[]'), [['apd.text-wrong-form', '[]']]);
  });
});
