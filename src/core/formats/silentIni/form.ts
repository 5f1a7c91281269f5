import type { Locale } from '../../text/messages';
import { isRequired, type SilentIniContext } from './conditions';
import { isPlaceholder, readCommentedEntries, readSilentIniValue, type SilentIniDocument } from './parse';
import { findKeySchema, silentIniKeys, silentIniSections, type SilentIniKeySchema } from './schema';
import { isSecretKey } from './secrets';

/** A field of a silent.ini form, made from the schema table and the package's own file. */
export interface SilentIniField {
  readonly section: string;
  readonly key: string;
  /** The value in the file; empty for a secret and where the file only has a placeholder. */
  readonly value: string;
  readonly secret: boolean;
  readonly required: boolean;
  /** Set when no other value is possible. */
  readonly allowed?: readonly string[];
  /** One sentence in the reader's language. */
  readonly documentation?: string;
}

export interface SilentIniFormOptions extends SilentIniContext {
  /** Also offers the keys that the vendor's template has commented out. */
  readonly includeCommented?: boolean;
}

/**
 * The fields a person fills in: every key that is set, every key that the schema requires, and on request those that are
 * commented out. Known sections and keys come first, in the order of the schema; the rest in file order.
 */
export function silentIniFields(document: SilentIniDocument, locale: Locale, options: SilentIniFormOptions = {}): readonly SilentIniField[] {
  const fields = new Map<string, SilentIniField>();
  const add = (section: string, key: string) => {
    const id = JSON.stringify([section, key]);
    if (!fields.has(id)) fields.set(id, makeField(document, section, key, locale, options));
  };
  for (const section of document.sections) {
    if (section.header.name !== '') for (const entry of section.entries) if (isReadable(entry.key)) add(section.header.name, entry.key);
  }
  for (const schema of silentIniKeys) {
    const otherIsSet = schema.or !== undefined && readSilentIniValue(document, schema.section, schema.or) !== undefined;
    if (schema.section !== '*' && isRequired(schema, document, options) && !otherIsSet) add(schema.section, schema.key);
  }
  if (options.includeCommented) for (const entry of readCommentedEntries(document)) add(entry.section, entry.key);
  return [...fields.values()].sort((a, b) => rank(a) - rank(b));
}

function makeField(document: SilentIniDocument, section: string, key: string, locale: Locale, context: SilentIniContext): SilentIniField {
  const schema = findKeySchema(section, key);
  const secret = isSecretKey(section, key);
  const written = readSilentIniValue(document, section, key);
  const placeholder = written !== undefined && isPlaceholder(written);
  const required = placeholder || (schema !== undefined && schema.mayBeEmpty !== true && isRequired(schema, document, context));
  return {
    section,
    key,
    value: secret || placeholder ? '' : (written ?? ''),
    secret,
    required,
    ...(schema?.values && !schema.open && { allowed: schema.values }),
    ...(schema && { documentation: schema.documentation[locale] }),
  };
}

/** A key with blanks around it is a mistake (`silentIni.blank-around-key`), not something to ask for. */
function isReadable(key: string): boolean {
  return key !== '' && key === key.trim() && !/^[#;[]/.test(key);
}

const sectionRank = new Map(silentIniSections.map((section, index) => [section.name, index]));
const keyRank = new Map<SilentIniKeySchema, number>(silentIniKeys.map((key, index) => [key, index]));

/** Known sections in schema order, then others; inside of a section known keys in schema order, then others. Equal ranks keep file order. */
function rank({ section, key }: SilentIniField): number {
  const schema = findKeySchema(section, key);
  const ofKey = (schema && keyRank.get(schema)) ?? silentIniKeys.length;
  const ofSection = sectionRank.get(section) ?? silentIniSections.length;
  return ofSection * (silentIniKeys.length + 1) + ofKey;
}
