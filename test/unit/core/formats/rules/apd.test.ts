import assert from 'node:assert/strict';
import { decodeApd } from '../../../../../src/core/formats/apd/decode';
import { encodeApd } from '../../../../../src/core/formats/apd/encode';
import { encodeApdText } from '../../../../../src/core/formats/apd/text';
import { apdMessages } from '../../../../../src/core/formats/apd/messages';
import type { ApdList, ApdTemplate, ApdText } from '../../../../../src/core/formats/apd/model';
import { goodApd } from '../../../../support/formats/goodFiles';

const good = goodApd({ log: { verbose: 'standard', colour: 'red' } });
/** Where the list begins, its one section, and the first option of that. */
const list = 0x114;
const section = list + 4;
const inner = section + 3 + 'log'.length + 2;
const firstOption = inner + 4;
const secondOption = firstOption + 3 + 'verbose'.length + 2 + 'standard'.length;
const firstValue = firstOption + 3 + 'verbose'.length + 2;

function change(...bytes: readonly (readonly [at: number, value: number])[]): Uint8Array {
  const changed = Uint8Array.from(good);
  for (const [at, value] of bytes) changed[at] = value;
  return changed;
}

const text = (value: string): ApdText => ({ text: value, encoding: 'utf8' });
const pairs = (...options: readonly (readonly [string, ApdText | ApdList])[]): ApdList => ({ pairs: options.map(([key, value]) => ({ key: text(key), value, start: 0, end: 0 })) });
const template = (sections: ApdList, name = 'n'): ApdTemplate => ({ mark: 0x00010000, reserved: 0, name: { value: text(name) }, applicationType: 1, version: { value: text('1') }, state: 1, sections });
const nested = (depth: number): ApdList => (depth === 0 ? pairs(['k', text('v')]) : pairs(['s', nested(depth - 1)]));
const encoded = (sections: ApdList): Uint8Array => {
  const { bytes } = encodeApd(template(sections));
  assert.ok(bytes);
  return bytes;
};

type Case = readonly [code: string, bytes: Uint8Array, places?: readonly (readonly [start: number, end: number])[]];

const breaks: readonly Case[] = [
  ['apd.too-short', good.subarray(0, 100), [[0, 100]]],
  ['apd.wrong-mark', change([0, 1]), [[0, 4]]],
  ['apd.text-after-end', change([8 + 20, 65]), [[8 + 'Dialer_91'.length, 8 + 128]]],
  ['apd.wrong-length', change([0x110, good.length - 0x114 + 1]), [[0x110, 0x114]]],
  ['apd.wrong-count', change([inner + 3, 3]), [[inner + 2, inner + 4]]],
  ['apd.trailing-bytes', Uint8Array.of(...good, 0, 0), [[good.length, good.length + 2]]],
  ['apd.unknown-type', change([firstOption, 1]), [[firstOption, firstOption + 1]]],
  ['apd.too-deep', encoded(nested(2)), [[0x114 + 4 + 3 + 1 + 2 + 4, 0x114 + 4 + 3 + 1 + 2 + 4 + 3 + 1 + 2 + 4 + 3 + 1 + 2 + 1]]],
  ['apd.repeated-name', encoded(pairs(['log', pairs(['a', text('1')], ['a', text('2')])])), [[0x114 + 4 + 8 + 4 + 7, 0x114 + 4 + 8 + 4 + 14]]],
  ['apd.not-text', change([firstValue, 0xff]), [[firstValue, firstValue + 'standard'.length]]],
];

const nearMisses: readonly Case[] = [
  ['apd.too-short', encoded(pairs())],
  ['apd.wrong-mark', change([4, 1])],
  ['apd.text-after-end', change([8 + 'Dialer_91'.length, 66])],
  ['apd.wrong-length', encoded(pairs(['s', pairs()]))],
  ['apd.wrong-count', encoded(pairs(['s', pairs(['k', text('')])]))],
  ['apd.truncated-pair', encoded(pairs(['', pairs(['', text('')])]))],
  ['apd.trailing-bytes', good],
  ['apd.unknown-type', change([firstValue, 1])],
  ['apd.too-deep', encoded(nested(1))],
  ['apd.repeated-name', encoded(pairs(['log', pairs(['a', text('1')], ['A', text('2')])], ['other', pairs(['a', text('1')])]))],
  ['apd.not-text', encoded(pairs(['s', pairs(['k', text('é\u{1F4DE}')])]))],
];

/** Texts of a template with the place that is wrong between `[[` and `]]`. */
const textBreaks: readonly (readonly [code: string, marked: string])[] = [
  ['apd.text-not-json', '{"name": [[nmae]]}'],
  ['apd.text-repeated', '{"name": "n", "type": 1, "version": "1", "state": 1, "sections": {"log": {"a": "1", [["a"]]: "2"}}}'],
  ['apd.text-wrong-form', '{"name": "n", "type": 1, "version": "1", "state": 1, "sections": {"log": {"a": [[1]]}}}'],
  ['apd.text-exact-differs', '{"name": "n", "type": 1, "version": "1", "state": 1, "sections": {"log": {}}, "exact": [[{"mark": 65536, "reserved": 9, "name": "n", "version": "1", "list": []}]]}'],
];

describe('the rules of apd', () => {
  for (const [code, marked] of textBreaks) {
    it(`report ${code} at its place in the text, and not once it is mended`, () => {
      const { problems, bytes } = encodeApdText(marked.replace('[[', '').replace(']]', ''));
      assert.deepEqual(problems.map((problem) => [problem.code, problem.start, problem.end]), [[code, marked.indexOf('[['), marked.indexOf(']]') - 2]]);
      assert.equal(bytes, undefined);
      const mended = marked.replace('[[nmae]]', '"n", "type": 1, "version": "1", "state": 1, "sections": {}').replace('[["a"]]', '"b"').replace('[[1]]', '"1"').replace('"list": []', '"list": [["log", []]]').replace('[[{', '{').replace(']]}', ']]}').replace('}]]}', '}}');
      assert.deepEqual(encodeApdText(mended).problems, []);
    });
  }

  for (const [code, bytes, places = []] of breaks) {
    it(`report ${code} at its bytes`, () => {
      assert.deepEqual(decodeApd(bytes).problems.map((problem) => [problem.code, problem.start, problem.end]), places.map(([start, end]) => [code, start, end]));
    });
  }

  for (const [code, bytes] of nearMisses) it(`stay silent about ${code}`, () => assert.deepEqual(decodeApd(bytes).problems, []));

  it('report apd.truncated-pair where a list breaks off, with the number of pairs that it lacks', () => {
    const bytes = change([secondOption + 1, 0xff]);
    assert.deepEqual(decodeApd(bytes).problems.map(({ code, start, end }) => [code, start, end]), [['apd.wrong-count', inner + 2, inner + 4], ['apd.truncated-pair', secondOption, good.length]]);
  });

  for (const [code, broken, near] of [
    ['apd.too-long', template(pairs(['s', pairs(['k', text('x'.repeat(65_536))])])), template(pairs(['s', pairs(['k', text('x'.repeat(65_500))])]))],
    ['apd.field-too-long', template(pairs(), 'n'.repeat(129)), template(pairs(), 'n'.repeat(128))],
    ['apd.not-encodable', template(pairs(['s', pairs(['k', { text: '\u0100', encoding: 'latin1' }])])), template(pairs(['s', pairs(['k', { text: '\u00ff', encoding: 'latin1' }])]))],
  ] as const) {
    it(`report ${code} where a template cannot be written, and not one step before`, () => {
      assert.ok(encodeApd(broken).problems.every((problem) => problem.code === code));
      assert.equal(encodeApd(broken).bytes, undefined);
      assert.deepEqual(encodeApd(near).problems, []);
      assert.ok(encodeApd(near).bytes);
    });
  }

  it('each have such cases', () => {
    const ofEncoding = ['apd.truncated-pair', 'apd.too-long', 'apd.field-too-long', 'apd.not-encodable'];
    assert.deepEqual([...breaks.map(([code]) => code), ...ofEncoding, ...textBreaks.map(([code]) => code)].sort(), Object.keys(apdMessages.en).sort());
  });
});
