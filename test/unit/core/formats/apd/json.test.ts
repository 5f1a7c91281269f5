import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeApd } from '../../../../../src/core/formats/apd/decode';
import { encodeApd } from '../../../../../src/core/formats/apd/encode';
import { apdFromJson, apdToJson } from '../../../../../src/core/formats/apd/json';
import type { ApdList, ApdPair, ApdTemplate, ApdText } from '../../../../../src/core/formats/apd/model';
import { goodApd } from '../../../../support/formats/goodFiles';

function decode(bytes: Uint8Array): ApdTemplate {
  const { template } = decodeApd(bytes);
  assert.ok(template);
  return template;
}

function throughJson(bytes: Uint8Array): Uint8Array | undefined {
  const read = apdFromJson(JSON.parse(JSON.stringify(apdToJson(decode(bytes)))));
  assert.ok('template' in read, JSON.stringify(read));
  return encodeApd(read.template).bytes;
}

function wrongAt(value: unknown): string | undefined {
  const read = apdFromJson(value);
  return 'wrongAt' in read ? read.wrongAt : undefined;
}

const utf8 = fc.string({ maxLength: 6 }).map((text): ApdText => ({ text, encoding: 'utf8' }));
/** Bytes that are no UTF-8. */
const latin1 = fc.string({ maxLength: 4, unit: fc.constantFrom('a', 'é', 'ÿ') }).map((text): ApdText => ({ text: `${text}\u00ff`, encoding: 'latin1' }));
const text = fc.oneof(utf8, latin1, fc.constantFrom('7', '__proto__', 'log').map((value): ApdText => ({ text: value, encoding: 'utf8' })));
const pair = (value: fc.Arbitrary<ApdPair['value']>) => fc.record({ key: text, value, start: fc.constant(0), end: fc.constant(0) });
const other = fc.record({ type: fc.constantFrom(1, 2, 200), bytes: fc.uint8Array({ maxLength: 4 }) });
const list = (value: fc.Arbitrary<ApdPair['value']>): fc.Arbitrary<ApdList> => fc.record({ pairs: fc.array(pair(value), { maxLength: 4 }) });
const rest = fc.constantFrom(undefined, Uint8Array.of(0, 65));
const field = fc.record({ value: fc.constantFrom('', 'Name').map((value): ApdText => ({ text: value, encoding: 'utf8' })), rest }).map(({ value, rest: after }) => ({ value, ...(after && { rest: after }) }));
const template: fc.Arbitrary<ApdTemplate> = fc.record({
  mark: fc.constant(0x00010000), reserved: fc.constantFrom(0, 9), name: field, applicationType: fc.nat(200), version: field, state: fc.constantFrom(1, 2),
  sections: list(fc.oneof(list(fc.oneof(text, other, list(text))), text, other)),
});

describe('an application template as JSON', () => {
  it('is plain where JSON can carry all of it', () => {
    const json = apdToJson(decode(goodApd({ log: { verbose: 'all', 'x.<media>': 'C:\\a|b$' } }, '9.1', 23)));
    assert.deepEqual(json, { name: 'Dialer_91', type: 23, version: '9.1', state: 1, sections: { log: { verbose: 'all', 'x.<media>': 'C:\\a|b$' } } });
    assert.deepEqual(Object.keys(json.sections['log']), ['verbose', 'x.<media>']);
  });

  it('comes back byte for byte, whatever the file holds', () => {
    fc.assert(fc.property(template, (value) => {
      const { bytes } = encodeApd(value);
      if (bytes) assert.deepEqual(throughJson(bytes), bytes);
    }), { numRuns: 300 });
    const withTrailing = Uint8Array.of(...goodApd(), 1, 2);
    assert.deepEqual(throughJson(withTrailing), withTrailing);
  });

  it('names the place that is not as it must be', () => {
    const good = apdToJson(decode(goodApd()));
    for (const [value, at] of [
      [undefined, ''], [[], ''], [{ ...good, name: 1 }, 'name'], [{ ...good, type: -1 }, 'type'], [{ ...good, type: 1.5 }, 'type'], [{ ...good, sections: [] }, 'sections'],
      [{ ...good, sections: { log: 'x' } }, 'sections.log'], [{ ...good, sections: { log: { verbose: 5 } } }, 'sections.log.verbose'], [{ ...good, exact: 1 }, 'exact'],
      [{ ...good, exact: { mark: 65536, reserved: 0, name: 'Dialer_91', version: '9.1.0', list: [['x']] } }, 'exact.list[0]'],
      [{ ...good, exact: { mark: 65536, reserved: 0, name: 'Dialer_91', version: '9.1.0', list: [['x', 3, '00']] } }, 'exact.list[0]'],
      [{ ...good, exact: { mark: 65536, reserved: 0, name: 'Dialer_91', version: '9.1.0', list: [['x', 1, '0g']] } }, 'exact.list[0]'],
      [{ ...good, exact: { mark: 65536, reserved: 0, name: { latin1: '\u0100' }, version: '9.1.0', list: [] } }, 'exact.name'],
    ] as const) assert.equal(wrongAt(value), at);
  });

  it('is refused where exact and the rest have come to differ', () => {
    const json = apdToJson(decode(Uint8Array.of(...goodApd(), 7)));
    assert.ok(json.exact);
    assert.equal(wrongAt({ ...json, sections: { ...json.sections, more: { a: 'b' } } }), 'exact');
    assert.equal(wrongAt({ ...json, name: 'Other' }), 'exact');
  });
});
