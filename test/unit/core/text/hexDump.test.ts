import assert from 'node:assert/strict';
import { hexDump, placeInHexDump } from '../../../../src/core/text/hexDump';

describe('a dump of bytes', () => {
  it('shows offsets, bytes and what of them is text, sixteen in a line', () => {
    const bytes = Uint8Array.from({ length: 18 }, (_, i) => (i === 3 ? 0xff : 65 + i));
    assert.equal(hexDump(bytes), '00000000  41 42 43 ff 45 46 47 48 49 4a 4b 4c 4d 4e 4f 50  ABC.EFGHIJKLMNOP\n00000010  51 52                                            QR\n');
    assert.equal(hexDump(new Uint8Array()), '');
  });

  it('finds a byte again', () => {
    const bytes = Uint8Array.from({ length: 40 }, (_, i) => i);
    for (const offset of [0, 15, 16, 39]) {
      const { line, character } = placeInHexDump(offset);
      assert.equal(hexDump(bytes).split('\n')[line]?.slice(character, character + 2), offset.toString(16).padStart(2, '0'));
    }
  });

  it('ends after twice what a template can have, and says so', () => {
    const dump = hexDump(new Uint8Array(128 * 1024 + 1));
    assert.ok(dump.endsWith('\n…\n'));
    assert.equal(dump.split('\n').length, 8192 + 2);
  });
});
