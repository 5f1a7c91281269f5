import { commonGroups } from '../../formats/metadataXml/rules';
import { decodeRange } from '../../formats/xml/decodedText';
import { attribute, childElement, childElements, descendants, type XmlAttribute, type XmlDocument, type XmlElement } from '../../formats/xml/tree';
import { groupBy } from '../../text/groupBy';
import type { NamedThing, NamePlace, RenameRefusal } from './named';

/** The names of a metadata template: groups of privileges, choices of an option, sections and options. */
export function* metadataNames(document: XmlDocument): Generator<NamedThing> {
  const application = document.root && childElement(document.root, 'cfgApplication');
  if (!application) return;
  yield* groups(application);
  const configuration = childElement(application, 'configuration');
  const sections = configuration ? ['options', 'userProperties'].map((part) => childElement(configuration, part)).map((part) => (part ? childElements(part, 'section') : [])) : [];
  for (const ofPart of sections) yield* siblings('section', ofPart);
  for (const section of sections.flat()) yield* siblings('option', childElements(section, 'parameter'), attribute(section, 'name')?.value ?? '');
  for (const format of descendants(application, 'format')) yield* choices(document, format);
}

function* groups(application: XmlElement): Generator<NamedThing> {
  const places = new Map<string, NamePlace[]>();
  const add = (found: XmlAttribute | undefined, isDefinition: boolean) => {
    if (found && found.value !== '') places.set(found.value, [...(places.get(found.value) ?? []), { ...placeOf(found), isDefinition }]);
  };
  for (const group of descendants(application, 'group')) {
    add(attribute(group, 'name'), true);
    add(attribute(group, 'id'), true);
    add(attribute(group, 'groupId'), false);
  }
  for (const [name, ofName] of places) {
    const isDefined = ofName.some(({ isDefinition }) => isDefinition);
    const fixed: RenameRefusal | undefined = isDefined ? undefined : commonGroups.includes(name) ? 'ofVendor' : 'notDefined';
    yield { kind: 'group', name, places: ofName, ...(fixed && { fixed }), refuses: (newName) => refuseTaken(newName, [...places.keys(), ...commonGroups]) };
  }
}

/** Sections of one part, or options of one section: nothing in the file refers to them, but the application template of the same name has them too. */
function* siblings(kind: 'section' | 'option', elements: readonly XmlElement[], section?: string): Generator<NamedThing> {
  const names = elements.flatMap((element) => attribute(element, 'name') ?? []);
  const taken = names.map(({ value }) => value);
  for (const [name, ofName] of groupBy(names, ({ value }) => value)) {
    yield {
      kind, name, ...(section !== undefined && { section }), places: ofName.map((found) => ({ ...placeOf(found), isDefinition: true })),
      refuses: (newName) => refuseTaken(newName, taken),
    };
  }
}

/** The values that can be chosen, and the default that is chosen of them. */
function* choices(document: XmlDocument, format: XmlElement): Generator<NamedThing> {
  const type = attribute(format, 'type')?.value;
  if (type !== 'chooseOne' && type !== 'chooseMultiple') return;
  const options = childElements(format, 'option').flatMap((option) => attribute(option, 'value') ?? []);
  const separator = type === 'chooseMultiple' ? attribute(format, 'multiValueDelim')?.value ?? ',' : '';
  const chosen = chosenIn(document, attribute(format, 'default'), separator);
  const taken = options.map(({ value }) => value);
  for (const [name, ofName] of groupBy(options, ({ value }) => value)) {
    const places = [...chosen.filter((one) => one.name === name), ...ofName.map((found) => ({ ...placeOf(found), isDefinition: true }))];
    yield {
      kind: 'choice', name, places: places.map(({ start, end, isDefinition }) => ({ start, end, isDefinition })).sort((a, b) => a.start - b.start),
      refuses: (newName) => (separator !== '' && newName.includes(separator) ? 'holdsSeparator' : refuseTaken(newName, taken)),
    };
  }
}

/** The parts of a default, where they stand. */
function chosenIn({ text }: XmlDocument, fallback: XmlAttribute | undefined, separator: string): readonly (NamePlace & { readonly name: string })[] {
  if (!fallback || fallback.value === '') return [];
  if (separator === '') return [{ ...placeOf(fallback), name: fallback.value, isDefinition: false }];
  const decoded = decodeRange(text, fallback.valueStart, fallback.valueEnd);
  let from = 0;
  return decoded.text.split(separator).flatMap((part) => {
    const start = from + part.length - part.trimStart().length;
    from += part.length + separator.length;
    const name = part.trim();
    return name === '' ? [] : [{ name, isDefinition: false, start: decoded.offsetAt(start), end: decoded.offsetAt(start + name.length) }];
  });
}

function refuseTaken(newName: string, taken: readonly string[]): RenameRefusal | undefined {
  if (newName.trim() === '') return 'empty';
  return taken.includes(newName) ? 'taken' : undefined;
}

function placeOf({ valueStart, valueEnd }: XmlAttribute): { start: number; end: number } {
  return { start: valueStart, end: valueEnd };
}
