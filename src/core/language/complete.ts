import { applicationTypes } from '../configuration/applicationTypes';
import { osTypes } from '../configuration/operatingSystems';
import { findKeySchema, findSectionSchema, keySchemasOf, silentIniSections, silentIniKeys } from '../formats/silentIni/schema';
import type { SilentIniDocument } from '../formats/silentIni/parse';
import type { TextRange } from '../formats/problem';
import type { XmlElementSchema, XmlValueSchema } from '../formats/xml/schema';
import { localName, type XmlDocument, type XmlElement } from '../formats/xml/tree';
import type { Locale } from '../text/messages';
import type { Analysis } from './analyze';
import { isBareTag, placeAt, schemaOf } from './xmlPlace';

/** One suggestion. */
export interface Completion {
  readonly label: string;
  readonly kind: 'element' | 'attribute' | 'value' | 'section' | 'key';
  /** What it replaces. */
  readonly range: TextRange;
  /** In the snippet syntax of editors: `$1`, `${1:text}`; a literal dollar, brace or backslash is escaped. */
  readonly snippet: string;
  readonly documentation?: string;
  /** Required and not there yet. */
  readonly isMissing?: boolean;
}

/** What can stand at an offset, by the table of the format. */
export function complete({ format, text, tree }: Analysis, offset: number, locale: Locale): readonly Completion[] {
  if (tree.kind === 'xml') return completeXml(tree.document, tree.schema, offset, locale);
  return format === 'silentIni' ? completeIni(text, tree.document, offset, locale) : [];
}

/** Escapes a text for a snippet. */
export function asSnippet(text: string): string {
  return text.replaceAll(/[\\$}]/g, '\\$&');
}

function completeXml(document: XmlDocument, rootSchema: XmlElementSchema, offset: number, locale: Locale): readonly Completion[] {
  const place = placeAt(document, offset);
  switch (place.kind) {
    case 'elementName':
      return elementNames(document, place.parent, rootSchema, place, '', locale);
    case 'endName': {
      const name = place.element?.name;
      return name === undefined ? [] : [{ label: name, kind: 'element', range: place, snippet: document.text[place.end] === '>' ? asSnippet(name) : `${asSnippet(name)}>` }];
    }
    case 'attributeName': {
      const present = new Set(place.element.attributes.filter((one) => one !== place.attribute).map((one) => one.name));
      const hasValue = place.attribute !== undefined && place.attribute.valueStart > place.attribute.nameEnd;
      return (schemaOf(place.element, rootSchema)?.attributes ?? []).filter(({ name }) => !present.has(name)).map((known): Completion => ({
        label: known.name, kind: 'attribute', range: place, snippet: hasValue ? asSnippet(known.name) : `${asSnippet(known.name)}="$1"`,
        documentation: known.documentation[locale], isMissing: known.presence !== 'optional',
      }));
    }
    case 'attributeValue': {
      const known = schemaOf(place.element, rootSchema)?.attributes?.find(({ name }) => name === place.attribute.name);
      return known ? values(known, { start: place.attribute.valueStart, end: place.attribute.valueEnd }, locale) : [];
    }
    case 'content': {
      // Only where a tag of its own line can begin: in running text suggestions would be in the way.
      const lineStart = Math.max(document.text.lastIndexOf('\n', offset - 1), document.text.lastIndexOf('>', offset - 1)) + 1;
      if (document.text.slice(lineStart, offset).trim() !== '') return [];
      return elementNames(document, place.element, rootSchema, { start: offset, end: offset }, '<', locale);
    }
  }
}

function elementNames(document: XmlDocument, parent: XmlElement | undefined, rootSchema: XmlElementSchema, range: TextRange, before: string, locale: Locale): readonly Completion[] {
  const parentSchema = parent && schemaOf(parent, rootSchema);
  const candidates = parent ? (parentSchema?.anyContent ? [] : (parentSchema?.children ?? [])) : document.root && document.root.nameStart !== range.start ? [] : [rootSchema];
  const present = new Set((parent?.children ?? []).flatMap((node) => (node.type === 'element' && node.nameStart !== range.start ? [localName(node.name)] : [])));
  const ownPrefix = parent?.name.includes(':') ? parent.name.slice(0, parent.name.indexOf(':') + 1) : '';
  const isBare = before !== '' || isBareTag(document.text, range.end);
  return candidates.filter((known) => known.repeatable === true || !present.has(known.name)).map((known): Completion => {
    const name = (known.prefix === undefined ? ownPrefix : `${known.prefix}:`) + known.name;
    return {
      label: name, kind: 'element', range, snippet: before + (isBare ? elementSnippet(name, known) : asSnippet(name)),
      documentation: known.documentation[locale], isMissing: known.presence !== 'optional' && !present.has(known.name),
    };
  });
}

/** A whole element with the attributes it cannot do without. */
function elementSnippet(name: string, schema: XmlElementSchema): string {
  let stop = 0;
  const attributes = (schema.attributes ?? []).filter(({ presence }) => presence === 'required').map((known) => ` ${known.name}="$${++stop}"`).join('');
  const isEmpty = !schema.text && !schema.children && !schema.anyContent;
  return isEmpty ? `${asSnippet(name)}${attributes}/>` : `${asSnippet(name)}${attributes}>$${++stop}</${asSnippet(name)}>`;
}

function values(schema: XmlValueSchema, range: TextRange, locale: Locale): readonly Completion[] {
  const numbered = schema.type === 'applicationType' ? applicationTypes : schema.type === 'osType' ? osTypes : undefined;
  if (numbered) {
    return Object.entries(numbered).map(([id, name]) => ({ label: id, kind: 'value', range, snippet: id, documentation: name }));
  }
  return (schema.values ?? [schema.example].filter((example) => example !== '')).map((value) => (
    { label: value, kind: 'value', range, snippet: asSnippet(value), documentation: schema.documentation[locale] }
  ));
}

function completeIni(text: string, document: SilentIniDocument, offset: number, locale: Locale): readonly Completion[] {
  const line = document.lines.find((one) => offset >= one.start && offset <= one.end) ?? { kind: 'blank', start: offset, end: offset, text: '' };
  if (line.kind === 'comment') return [];
  const section = document.sections.findLast(({ header }) => header.start < line.start);
  const before = text.slice(line.start, offset);
  if (before.startsWith('[') || section === undefined) return sectionNames(document, line, locale);
  const equals = before.indexOf('=');
  if (equals < 0) {
    const present = new Set(section.entries.filter((entry) => entry.start !== line.start).map((entry) => entry.key));
    const known = keySchemasOf(section.header.name);
    const ofAnyProduct = findSectionSchema(section.header.name) ? [] : silentIniKeys.filter((key) => key.section === '*');
    const keyEnd = text.slice(line.start, line.end).indexOf('=');
    return [...known, ...ofAnyProduct].filter(({ key }) => !present.has(key)).map((key): Completion => ({
      label: key.key, kind: 'key', range: { start: line.start, end: keyEnd < 0 ? line.end : line.start + keyEnd },
      snippet: keyEnd < 0 ? `${asSnippet(key.key)}=$1` : asSnippet(key.key), documentation: key.documentation[locale],
    }));
  }
  const schema = findKeySchema(section.header.name, before.slice(0, equals));
  const range = { start: line.start + equals + 1, end: line.end };
  const suggested = schema?.values ?? (schema === undefined || schema.example === '' ? [] : [schema.example]);
  return suggested.map((value) => ({ label: value, kind: 'value', range, snippet: asSnippet(value), ...(schema && { documentation: schema.documentation[locale] }) }));
}

function sectionNames(document: SilentIniDocument, range: TextRange, locale: Locale): readonly Completion[] {
  const present = new Set(document.sections.filter(({ header }) => header.start !== range.start).map(({ header }) => header.name));
  return silentIniSections.filter(({ name }) => !present.has(name)).map((section): Completion => ({
    label: `[${section.name}]`, kind: 'section', range: { start: range.start, end: range.end }, snippet: asSnippet(`[${section.name}]`), documentation: section.documentation[locale],
  }));
}
