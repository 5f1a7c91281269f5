/** Characters that would change how a line is shown, or end it: controls, line separators, bidirectional marks, lone surrogates. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const longestName = 160;

/** A name from an archive, safe to show and to log: unprintable characters as `\u001b`, a long one with its middle left out. */
export function printableName(name: string): string {
  const printable = name.replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  if (printable.length <= longestName) return printable;
  const half = longestName / 2;
  return `${printable.slice(0, half)}…${printable.slice(-half)}`;
}

/** The same for bytes that are no valid UTF-8: other bytes than printable ASCII as `\x..`. */
export function printableBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  return printableName(text);
}

/** True for a character that no name in an archive may hold. */
export function hasUnprintable(name: string): boolean {
  unprintable.lastIndex = 0;
  return unprintable.test(name);
}
