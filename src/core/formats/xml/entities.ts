const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Called with the offset and length of what is wrong; `name` is undefined for an ampersand that begins no entity. */
export type OnBadEntity = (start: number, length: number, name: string | undefined) => void;

const reference = /&(?:([A-Za-z_][\w.-]*)|#(\d+)|#x([0-9A-Fa-f]+));|&/g;

/**
 * Undoes the five entities of XML and numeric references in `raw`, which stands at `start` of its file. Nothing else is
 * expanded: unknown entities stay as they are and are reported.
 */
export function decodeEntities(raw: string, start: number, onBad: OnBadEntity): string {
  if (!raw.includes('&')) return raw;
  return raw.replace(
    reference,
    (whole: string, name: string | undefined, decimal: string | undefined, hex: string | undefined, offset: number) => {
      if (name !== undefined) {
        if (Object.hasOwn(named, name)) return named[name] ?? whole;
        onBad(start + offset, whole.length, name);
        return whole;
      }
      const digits = decimal ?? hex;
      if (digits === undefined) {
        onBad(start + offset, 1, undefined);
        return whole;
      }
      const code = digits.length > 8 ? Number.NaN : parseInt(digits, decimal === undefined ? 16 : 10);
      if (isXmlCharacter(code)) return String.fromCodePoint(code);
      onBad(start + offset, whole.length, whole.slice(1, -1));
      return whole;
    },
  );
}

/** True for the code points that XML 1.0 allows. */
export function isXmlCharacter(code: number): boolean {
  return code === 0x9 || code === 0xa || code === 0xd || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd)
    || (code >= 0x10000 && code <= 0x10ffff);
}
