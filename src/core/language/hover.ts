import { applicationTypes } from '../configuration/applicationTypes';
import { osTypes } from '../configuration/operatingSystems';
import type { TextRange } from '../formats/problem';
import { findKeySchema, findSectionSchema } from '../formats/silentIni/schema';
import type { SilentIniDocument } from '../formats/silentIni/parse';
import type { XmlElementSchema, XmlValueSchema } from '../formats/xml/schema';
import type { XmlAttribute, XmlDocument } from '../formats/xml/tree';
import { languageText } from '../text/languageText';
import { createText, type Locale, type Text } from '../text/messages';
import type { Analysis } from './analyze';
import { placeAt, schemaOf } from './xmlPlace';

/** What is known of what stands at an offset, as Markdown. */
export interface Hover {
  readonly range: TextRange;
  readonly markdown: string;
}

type LanguageText = Text<keyof typeof languageText.en>;

/** Explains the element, attribute, section or key at an offset. */
export function hoverAt({ format, tree }: Analysis, offset: number, locale: Locale): Hover | undefined {
  const text = createText(locale, languageText);
  if (tree.kind === 'xml') return hoverXml(tree.document, tree.schema, offset, locale, text);
  return format === 'silentIni' ? hoverIni(tree.document, offset, locale, text) : undefined;
}

function hoverXml(document: XmlDocument, rootSchema: XmlElementSchema, offset: number, locale: Locale, text: LanguageText): Hover | undefined {
  const place = placeAt(document, offset);
  switch (place.kind) {
    case 'elementName':
    case 'endName': {
      const element = place.kind === 'endName' ? place.element : elementNamedAt(document, place.start, place.parent);
      const schema = element && schemaOf(element, rootSchema);
      return schema && { range: place, markdown: `**${schema.name}**\n\n${schema.documentation[locale]}` };
    }
    case 'attributeName':
      return place.attribute && hoverAttribute(schemaOf(place.element, rootSchema), place.attribute, { start: place.start, end: place.end }, locale, text);
    case 'attributeValue':
      return hoverAttribute(schemaOf(place.element, rootSchema), place.attribute, { start: place.attribute.valueStart, end: place.attribute.valueEnd }, locale, text);
    case 'content':
      return undefined;
  }
}

function elementNamedAt(document: XmlDocument, nameStart: number, parent: { readonly children: XmlDocument['children'] } | undefined) {
  const found = (parent ?? document).children.find((node) => node.type === 'element' && node.nameStart === nameStart);
  return found?.type === 'element' ? found : undefined;
}

function hoverAttribute(schema: XmlElementSchema | undefined, attribute: XmlAttribute, range: TextRange, locale: Locale, text: LanguageText): Hover | undefined {
  const known = schema?.attributes?.find(({ name }) => name === attribute.name);
  if (!known) return undefined;
  const meaning = meaningOf(known, attribute.value);
  const lines = [`**${known.name}**`, known.documentation[locale], ...(meaning === undefined ? [] : [`${attribute.value}: ${meaning}`]), ...about(known.values, known.open, known.example, text)];
  return { range, markdown: lines.join('\n\n') };
}

/** What a number of the vendor stands for. */
function meaningOf({ type }: XmlValueSchema, value: string): string | undefined {
  if (type === 'applicationType') return applicationTypes[Number(value)];
  return type === 'osType' ? osTypes[Number(value)] : undefined;
}

function about(values: readonly string[] | undefined, open: boolean | undefined, example: string, text: LanguageText): readonly string[] {
  const code = (value: string) => `\`${value}\``;
  if (values) return [text(open ? 'usualValues' : 'allowedValues', { values: values.map(code).join(', ') })];
  return example === '' ? [] : [text('example', { value: code(example) })];
}

function hoverIni(document: SilentIniDocument, offset: number, locale: Locale, text: LanguageText): Hover | undefined {
  const line = document.lines.find((one) => offset >= one.start && offset <= one.end);
  if (line?.kind === 'section') {
    const section = findSectionSchema(line.name);
    return section && { range: { start: line.start, end: line.end }, markdown: `**${section.name}**\n\n${section.documentation[locale]}` };
  }
  if (line?.kind !== 'entry') return undefined;
  const section = document.sections.findLast(({ header }) => header.start < line.start);
  const key = section && findKeySchema(section.header.name, line.key);
  if (!key) return undefined;
  return { range: { start: line.start, end: line.start + line.key.length }, markdown: [`**${key.key}**`, key.documentation[locale], ...about(key.values, key.open, key.example, text)].join('\n\n') };
}
