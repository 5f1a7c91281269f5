import { attribute, childElements, descendants, localName, textOf, type XmlAttribute, type XmlElement } from '../xml/tree';
import { declaredNames } from './expressions';
import { spdConstants } from './schema';

export interface SpdInput {
  readonly name: XmlAttribute;
  readonly element: XmlElement;
  readonly profile: XmlElement;
  /** Place of its dialog among those of the profile, from 0. */
  readonly dialog: number;
}

/** What the names of a definition stand for. */
export interface SpdNames {
  readonly inputs: readonly SpdInput[];
  /** Names that hold anywhere: the vendor's constants, results of commands, variables of scripts. */
  readonly everywhere: ReadonlySet<string>;
}

/** Gathers the names that a definition makes known. */
export function readSpdNames(root: XmlElement): SpdNames {
  const inputs: SpdInput[] = [];
  for (const profile of childElements(root, 'profile')) {
    for (const [dialog, page] of childElements(profile, 'dialog').entries()) {
      for (const element of childElements(page, 'input')) {
        const name = attribute(element, 'name');
        if (name) inputs.push({ name, element, profile, dialog });
      }
    }
  }
  const everywhere = new Set(spdConstants);
  for (const script of descendants(root, 'script')) for (const name of declaredNames(textOf(script))) everywhere.add(name);
  for (const [element] of placedElements(root)) {
    const result = attribute(element, 'result');
    if (result) everywhere.add(result.value.trim());
  }
  return { inputs, everywhere };
}

/** Where an expression stands: its profile, and the last dialog whose values are known there. */
export interface SpdPlace {
  readonly profile: XmlElement | undefined;
  /** Outside of dialogs every value is known: infinite. Outside of profiles those of every profile are. */
  readonly dialog: number;
}

/** The element and every one below it, in file order, with their places. */
export function* placedElements(root: XmlElement): Generator<readonly [XmlElement, SpdPlace]> {
  const waiting: (readonly [XmlElement, SpdPlace])[] = [[root, { profile: undefined, dialog: Infinity }]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    yield next;
    const [element, { profile, dialog }] = next;
    let dialogs = 0;
    const placed = childElements(element).map((child): readonly [XmlElement, SpdPlace] => {
      const name = localName(child.name);
      if (name === 'profile' && profile === undefined) return [child, { profile: child, dialog }];
      if (name === 'dialog' && element === profile) return [child, { profile, dialog: dialogs++ }];
      return [child, { profile, dialog }];
    });
    // One by one: hostile files have more of them than a call can have arguments.
    for (const child of placed.reverse()) waiting.push(child);
  }
}
