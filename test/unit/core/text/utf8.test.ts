import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { decodeLatin1, decodeText, decodeUtf8, encodeLatin1, encodeUtf8 } from '../../../../src/core/text/utf8';
import { anyText } from '../../../support/anyText';

describe('UTF-8', () => {
  it('is decoded exactly where the platform’s own strict decoder decodes it, and encoded back to the same bytes', () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 12 }), anyText().map((text) => new TextEncoder().encode(text)));
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    fc.assert(fc.property(bytes, (sample) => {
      let expected: string | undefined;
      try {
        expected = strict.decode(sample);
      } catch {
        expected = undefined;
      }
      const decoded = decodeUtf8(sample);
      assert.equal(decoded, expected);
      if (decoded !== undefined) assert.deepEqual(encodeUtf8(decoded), sample);
    }), { numRuns: 500 });
  });

  it('is encoded as the platform does, lone surrogates included', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
      const text = String.fromCharCode(...units);
      assert.deepEqual(encodeUtf8(text), new TextEncoder().encode(text));
    }), { numRuns: 500 });
  });

  it('is decoded in texts longer than a call can take arguments', () => {
    const text = 'é😀'.repeat(100_000);
    assert.equal(decodeUtf8(new TextEncoder().encode(text)), text);
  });
});

describe('Latin-1', () => {
  it('holds every byte, both ways', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    assert.deepEqual(encodeLatin1(decodeLatin1(bytes)), bytes);
    assert.equal(encodeLatin1('€'), undefined);
  });

  it('is what text of unknown encoding is read as when it is no UTF-8', () => {
    assert.equal(decodeText(Uint8Array.of(0xe9)), 'é');
    assert.equal(decodeText(Uint8Array.of(0xc3, 0xa9)), 'é');
  });
});
