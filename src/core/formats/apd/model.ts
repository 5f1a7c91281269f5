/** Text as it stands in the file: the encoding tells how to get exactly the same bytes again. */
export interface ApdText {
  readonly text: string;
  /** `latin1` only where the bytes are no UTF-8. */
  readonly encoding: 'utf8' | 'latin1';
}

/** One pair of a packed list. */
export interface ApdPair {
  readonly key: ApdText;
  readonly value: ApdText | ApdList | ApdBytes;
  /** Byte offsets in the file; both 0 for a pair made by hand. */
  readonly start: number;
  readonly end: number;
}

/** Type code 3: in a template, the options of a section. */
export interface ApdList {
  readonly pairs: readonly ApdPair[];
}

/** A value of a type code other than 0 (text) and 3 (list): kept as it is. */
export interface ApdBytes {
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** A fixed field of 128 bytes: text, a NUL, and what stands behind it (normally more NULs). */
export interface ApdField {
  readonly value: ApdText;
  /** Bytes after the text's end, only where they are not all NUL. */
  readonly rest?: Uint8Array;
}

/** An application template in the vendor's binary form. All of the file is here: `encodeApd` gives back the same bytes. */
export interface ApdTemplate {
  /** Format mark, 0x00010000 in every known file. */
  readonly mark: number;
  /** Not understood; 0 in every known file. */
  readonly reserved: number;
  readonly name: ApdField;
  /** CfgAppType number. */
  readonly applicationType: number;
  readonly version: ApdField;
  /** Object state; 1 in every known file. */
  readonly state: number;
  readonly sections: ApdList;
  /** What stands behind the list, only where there is something. */
  readonly trailing?: Uint8Array;
}

export const headerSize = 0x114;
export const fieldSize = 128;
export const knownMark = 0x00010000;
export const textType = 0;
export const listType = 3;
/** Lengths are 16-bit numbers, so no list or value can be longer. */
export const largestLength = 0xffff;
/** Sections and options are two levels; some more are read and written, but hostile nesting must not fill the stack. */
export const deepestList = 8;

/** True for a text value. */
export function isApdText(value: ApdPair['value']): value is ApdText {
  return 'text' in value;
}

/** True for a nested list. */
export function isApdList(value: ApdPair['value']): value is ApdList {
  return 'pairs' in value;
}

/** The options as sections of texts, in file order; values that are no text are left out. */
export function apdOptions(template: ApdTemplate): readonly { readonly section: string; readonly option: string; readonly value: string }[] {
  return template.sections.pairs.flatMap(({ key, value }) =>
    isApdList(value)
      ? value.pairs.flatMap((option) => (isApdText(option.value) ? [{ section: key.text, option: option.key.text, value: option.value.text }] : []))
      : [],
  );
}
