import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { decodeApd } from '../../../../../src/core/formats/apd/decode';
import { encodeApd } from '../../../../../src/core/formats/apd/encode';
import { apdOptions, type ApdPair, type ApdTemplate, type ApdText } from '../../../../../src/core/formats/apd/model';
import { firstError } from '../../../../../src/core/formats/problem';

const text = (value: string): ApdText => ({ text: value, encoding: 'utf8' });
const pair = (key: string, value: ApdPair['value']): ApdPair => ({ key: text(key), value, start: 0, end: 0 });

function template(sections: Record<string, Record<string, string>>): ApdTemplate {
  return {
    mark: 0x10000, reserved: 0, name: { value: text('QRAgent_911') }, applicationType: 23, version: { value: text('9.1.1') }, state: 1,
    sections: { pairs: Object.entries(sections).map(([name, options]) => pair(name, { pairs: Object.entries(options).map(([key, value]) => pair(key, text(value))) })) },
  };
}

const sample = encodeApd(template({ log: { verbose: 'standard', 'x.<media>.y': 'C:\\a|b$' }, empty: {} })).bytes!;

/** Codes of the problems of the sample after one change. */
function codesAfter(change: (bytes: Uint8Array) => Uint8Array | void): string[] {
  const bytes = sample.slice();
  return decodeApd(change(bytes) ?? bytes).problems.map((problem) => problem.code);
}

describe('APD', () => {
  it('is laid out as the vendor writes it: header little-endian, lists big-endian', () => {
    const bytes = encodeApd(template({ s: { k: 'v' } })).bytes!;
    assert.equal(bytes.length, 0x114 + 21);
    assert.deepEqual([...bytes.subarray(0, 8)], [0, 0, 1, 0, 0, 0, 0, 0]);
    assert.equal(Buffer.from(bytes.subarray(8, 19)).toString(), 'QRAgent_911');
    assert.deepEqual([...bytes.subarray(0x88, 0x8c)], [23, 0, 0, 0]);
    assert.deepEqual([...bytes.subarray(0x10c, 0x114)], [1, 0, 0, 0, 21, 0, 0, 0]);
    assert.deepEqual([...bytes.subarray(0x114)], [0, 21, 0, 1, 3, 0, 1, 0x73, 0, 11, 0, 11, 0, 1, 0, 0, 1, 0x6b, 0, 1, 0x76]);
  });

  it('gives back its options in order', () => {
    const { template: decoded, problems } = decodeApd(sample);
    assert.deepEqual(problems, []);
    assert.equal(decoded?.applicationType, 23);
    assert.equal(decoded.name.value.text, 'QRAgent_911');
    assert.deepEqual(apdOptions(decoded), [
      { section: 'log', option: 'verbose', value: 'standard' },
      { section: 'log', option: 'x.<media>.y', value: 'C:\\a|b$' },
    ]);
  });

  it('of which the end is cut off still gives the options before it, those of the cut section included', () => {
    const whole = encodeApd(template({ log: { verbose: 'standard' }, sip: { port: '5060', expires: '1800', user: 'x' } })).bytes!;
    const { template: decoded, problems } = decodeApd(whole.subarray(0, whole.length - 3));
    assert.ok(firstError(problems));
    assert.deepEqual(decoded && apdOptions(decoded), [
      { section: 'log', option: 'verbose', value: 'standard' }, { section: 'sip', option: 'port', value: '5060' }, { section: 'sip', option: 'expires', value: '1800' },
    ]);
  });

  it('is encoded back to the same bytes whenever it was decoded without an error, from whatever bytes', () => {
    const mutation = fc.array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), { maxLength: 3 });
    fc.assert(fc.property(mutation, fc.uint8Array({ maxLength: 4 }), fc.nat(sample.length), (changes, tail, cut) => {
      const bytes = new Uint8Array(sample.length + tail.length);
      bytes.set(sample);
      bytes.set(tail, sample.length);
      for (const [at, value] of changes) bytes[at] = value;
      for (const candidate of [bytes, bytes.subarray(0, cut)]) {
        const decoded = decodeApd(candidate);
        if (decoded.template && !firstError(decoded.problems)) assert.deepEqual(encodeApd(decoded.template).bytes, candidate);
      }
    }), { numRuns: 500 });
  });

  for (const [name, change, ...expected] of [
    ['a short file', (bytes: Uint8Array) => bytes.subarray(0, 100), 'apd.too-short'],
    ['an empty file', () => new Uint8Array(), 'apd.too-short'],
    ['another kind of file', (bytes: Uint8Array) => bytes.fill(0x41, 0, 4), 'apd.wrong-mark'],
    ['a file that ends early', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 3), 'apd.wrong-length', 'apd.wrong-length', 'apd.wrong-count', 'apd.truncated-pair'],
    ['bytes behind the end', (bytes: Uint8Array) => Uint8Array.from([...bytes, 1, 2]), 'apd.trailing-bytes'],
    ['an unknown type code', (bytes: Uint8Array) => { bytes[0x114 + 4] = 9; }, 'apd.unknown-type'],
    ['a wrong number of pairs', (bytes: Uint8Array) => { bytes[0x114 + 3] = 7; }, 'apd.wrong-count'],
    ['something behind the name', (bytes: Uint8Array) => { bytes[8 + 100] = 65; }, 'apd.text-after-end'],
  ] as const) {
    it(`reports ${name}`, () => assert.deepEqual(codesAfter(change).sort(), [...expected].sort()));
  }

  it('reports names that stand twice and values that are no text', () => {
    const doubled = { ...template({}), sections: { pairs: [pair('s', { pairs: [pair('k', text('1')), pair('k', { text: '\u00e9', encoding: 'latin1' })] })] } };
    const decoded = decodeApd(encodeApd(doubled).bytes!);
    assert.deepEqual(decoded.problems.map((problem) => problem.code).sort(), ['apd.not-text', 'apd.repeated-name']);
    assert.deepEqual(encodeApd(decoded.template!).bytes, encodeApd(doubled).bytes);
  });

  it('refuses to encode what the lengths of the format cannot hold', () => {
    const { bytes, problems } = encodeApd(template({ s: { k: 'x'.repeat(65_520) } }));
    assert.equal(bytes, undefined);
    assert.deepEqual([...new Set(problems.map((problem) => problem.code))], ['apd.too-long']);
    assert.equal(encodeApd({ ...template({}), name: { value: text('n'.repeat(129)) } }).bytes, undefined);
  });

  it('survives lists nested as deep as the lengths allow, and encodes them back', () => {
    const layers = [[0, 4, 0, 0]];
    let length = 4;
    for (let depth = 0; depth < 7000; depth++) {
      const size = length + 9;
      layers.unshift([size >> 8, size & 0xff, 0, 1, 3, 0, 0, length >> 8, length & 0xff]);
      length = size;
    }
    const list = layers.flat();
    const bytes = new Uint8Array(0x114 + list.length);
    bytes.set(sample.subarray(0, 0x110));
    bytes.set(list, 0x114);
    new DataView(bytes.buffer).setUint32(0x110, list.length, true);
    const { template: decoded, problems } = decodeApd(bytes);
    assert.deepEqual([...new Set(problems.map((problem) => problem.code))], ['apd.too-deep']);
    assert.deepEqual(encodeApd(decoded!).bytes, bytes);
  });

  it('refuses to encode lists nested deeper than it reads them', () => {
    let sections = { pairs: [] as ApdPair[] };
    for (let depth = 0; depth < 20_000; depth++) sections = { pairs: [pair('', sections)] };
    assert.equal(encodeApd({ ...template({}), sections }).bytes, undefined);
  });
});
