import type { Documentation } from '../documentation';

/** `required`: without it the file is of no use. `expected`: every known file has it. */
export type Presence = 'required' | 'expected' | 'optional';

/** What stands in an attribute or between two tags. `T` names the kinds of values of one format; its rules check them. */
export interface XmlValueSchema<T extends string = string> {
  readonly presence: Presence;
  readonly type: T;
  /** The values that are known. */
  readonly values?: readonly string[];
  /** Other values than `values` are possible; the list is not known to be complete. */
  readonly open?: boolean;
  readonly documentation: Documentation;
  readonly example: string;
}

export interface XmlAttributeSchema<T extends string = string> extends XmlValueSchema<T> {
  readonly name: string;
}

/** One element of a format. Names are without prefix: the vendor's own files differ in theirs. */
export interface XmlElementSchema<T extends string = string> {
  readonly name: string;
  /** The prefix that the vendor's examples use, for suggestions. */
  readonly prefix?: string;
  readonly presence: Presence;
  readonly repeatable?: boolean;
  readonly documentation: Documentation;
  /** In the order the vendor writes them. */
  readonly attributes?: readonly XmlAttributeSchema<T>[];
  /** The vendor's own reader needs the attributes in the order of `attributes`. */
  readonly attributeOrder?: boolean;
  /** Set when the element's text is a value. */
  readonly text?: XmlValueSchema<T>;
  readonly children?: readonly XmlElementSchema<T>[];
  /** What stands inside is free: text with marks of any kind. */
  readonly anyContent?: boolean;
}

/** The entry for a child element of that name, with or without prefix. */
export function findChildSchema<T extends string>(schema: XmlElementSchema<T>, name: string): XmlElementSchema<T> | undefined {
  const local = name.slice(name.indexOf(':') + 1);
  return schema.children?.find((child) => child.name === local);
}

/** The root and everything below it, each entry once. */
export function allElementSchemas<T extends string>(root: XmlElementSchema<T>): readonly XmlElementSchema<T>[] {
  const found = new Set([root]);
  // A set hands out what is added while it is walked.
  for (const schema of found) for (const child of schema.children ?? []) found.add(child);
  return [...found];
}
