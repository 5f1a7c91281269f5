import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findRepeatedMember, jsonPlace, jsonValue, parseJson } from '../../../../../src/core/formats/json/parse';

function read(text: string): unknown {
  const parsed = parseJson(text);
  return 'root' in parsed ? jsonValue(parsed.root) : undefined;
}

describe('JSON with places', () => {
  it('reads what JSON.parse reads, and nothing else', () => {
    fc.assert(fc.property(fc.json(), fc.nat(40), fc.constantFrom('', ',', '"', '}', ']', '1', 'x', '\\'), (text, at, added) => {
      for (const candidate of [text, text.slice(0, at) + added + text.slice(at)]) {
        let expected: unknown;
        try {
          expected = JSON.parse(candidate);
        } catch {
          assert.ok('wrongAt' in parseJson(candidate), candidate);
          continue;
        }
        assert.deepEqual(read(candidate), expected, candidate);
      }
    }), { numRuns: 500 });
    for (const text of ['', ' ', '01', '-', '1.', '"\n"', '"\\x"', '[1,]', '{"a":1,}', '{a:1}', '1 2', 'nul', '[', '{"a"']) assert.ok('wrongAt' in parseJson(text), text);
  });

  it('says where it ends to be JSON', () => {
    for (const marked of ['{"a": «tru», "b": 1}', '{"a": 1 «"»b": 2}', '[1, 2«»']) {
      const parsed = parseJson(marked.replace('«', '').replace('»', ''));
      assert.deepEqual('wrongAt' in parsed && parsed.wrongAt, { start: marked.indexOf('«'), end: marked.indexOf('»') - 1 }, marked);
    }
  });

  it('refuses nesting that would fill the call stack', () => {
    assert.ok('wrongAt' in parseJson('['.repeat(100_000)));
    assert.ok('root' in parseJson(`${'['.repeat(60)}${']'.repeat(60)}`));
  });

  it('knows the place of every value, and of what is missing the beginning of what it is missing in', () => {
    const text = ' {"a": [1, {"b": "x"}], "__proto__": 5}';
    const parsed = parseJson(text);
    assert.ok('root' in parsed);
    const at = (...path: (string | number)[]) => {
      const { start, end } = jsonPlace(parsed.root, path);
      return text.slice(start, end);
    };
    assert.deepEqual([at('a', 1, 'b'), at('a', 0), at('__proto__'), at('c'), at('a', 7)], ['"x"', '1', '5', '{', '[']);
  });

  it('finds the first name that stands twice in one object, not in two', () => {
    const repeated = (text: string) => {
      const parsed = parseJson(text);
      assert.ok('root' in parsed);
      return findRepeatedMember(parsed.root)?.keyPlace.start;
    };
    assert.equal(repeated('{"a": {"x": 1}, "b": {"x": 1}}'), undefined);
    assert.equal(repeated('{"b": {"x": 1, "x": 2}, "c": 1, "b": 3}'), 15);
  });
});
