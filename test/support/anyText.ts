import fc from 'fast-check';

/**
 * Texts of any characters at all. fast-check's own `unit: 'binary'` gives the same ones, after it has put all 1.1 million
 * of them into a map.
 */
export function anyText(constraints: fc.ArrayConstraints = {}): fc.Arbitrary<string> {
  const character = fc.oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }));
  return fc.array(character, constraints).map((characters) => String.fromCodePoint(...characters));
}
