import { codeOf } from '../../formats/spd/code';
import { isIdentifier, isOfLanguage } from '../../formats/spd/expressions';
import { placedElements, readSpdNames } from '../../formats/spd/names';
import { spdConstants } from '../../formats/spd/schema';
import { attribute, type XmlAttribute, type XmlDocument, type XmlElement } from '../../formats/xml/tree';
import { groupBy } from '../../text/groupBy';
import type { NamedThing, NamePlace, RenameRefusal } from './named';

/** A place with the profile it stands in; outside of profiles every profile's names hold. */
interface Found extends NamePlace {
  readonly name: string;
  readonly profile: XmlElement | undefined;
  readonly isInput: boolean;
}

/** The names of a solution definition: inputs, variables of scripts, results of commands, and where they are used. */
export function* spdNames(document: XmlDocument): Generator<NamedThing> {
  const { root } = document;
  if (!root) return;
  const { found, hasBrokenScript } = gather(document, root);
  for (const [name, ofName] of groupBy(found, (place) => place.name)) {
    if (isOfLanguage(name)) continue;
    // A use outside of all profiles means the inputs of each of them.
    const isShared = ofName.some(({ profile }) => profile === undefined);
    const parts = isShared ? [ofName] : groupBy(ofName, ({ profile }) => profile).values();
    for (const part of parts) yield thingOf(name, part, found, hasBrokenScript);
  }
}

function thingOf(name: string, places: readonly Found[], all: readonly Found[], hasBrokenScript: boolean): NamedThing {
  const profiles = new Set(places.map(({ profile }) => profile));
  const fixed: RenameRefusal | undefined = spdConstants.includes(name) ? 'ofVendor'
    : !places.some(({ isDefinition }) => isDefinition) ? 'notDefined'
      : hasBrokenScript ? 'brokenScript' : undefined;
  const isReachable = ({ profile }: Found) => profile === undefined || profiles.has(undefined) || profiles.has(profile);
  return {
    kind: places.some(({ isInput }) => isInput) ? 'input' : 'variable', name, ...(fixed && { fixed }),
    places: places.map(({ start, end, isDefinition, isShorthand }) => ({ start, end, isDefinition, ...(isShorthand && { isShorthand }) })).sort((a, b) => a.start - b.start),
    refuses(newName) {
      if (newName === '') return 'empty';
      if (!isIdentifier(newName)) return 'notIdentifier';
      return spdConstants.includes(newName) || all.some((other) => other.name === newName && isReachable(other)) ? 'taken' : undefined;
    },
  };
}

function gather(document: XmlDocument, root: XmlElement): { readonly found: readonly Found[]; readonly hasBrokenScript: boolean } {
  const found: Found[] = [];
  const add = ({ value, valueStart: start, valueEnd: end }: XmlAttribute, profile: XmlElement | undefined, isInput: boolean) => {
    if (value !== '') found.push({ name: value, start, end, profile, isInput, isDefinition: true });
  };
  for (const { name, profile } of readSpdNames(root).inputs) add(name, profile, true);
  for (const [element, { profile }] of placedElements(root)) {
    const result = attribute(element, 'result');
    if (result) add(result, profile, false);
  }
  let hasBrokenScript = false;
  for (const { kind, place: { profile }, names, read } of codeOf(document, root)) {
    // What an expression in braces looks like may be no expression at all, e.g. of a shell.
    if (kind !== 'expression' && read.error) hasBrokenScript = true;
    for (const { name, start, end, shorthand, declares } of names) {
      found.push({ name, start, end, profile, isInput: false, isDefinition: kind === 'script' && declares, ...(shorthand && { isShorthand: true }) });
    }
  }
  return { found, hasBrokenScript };
}
