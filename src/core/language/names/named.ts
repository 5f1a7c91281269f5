import type { TextRange } from '../../formats/problem';

/** One place where a name stands. */
export interface NamePlace extends TextRange {
  /** Here the name is given; elsewhere it is used. */
  readonly isDefinition: boolean;
  /** `{name}` in a script: the name is a key too, which stays. */
  readonly isShorthand?: boolean;
}

/** Why something cannot get a new name; keys of `namesText`. */
export type RenameRefusal = 'brokenFile' | 'brokenScript' | 'ofVendor' | 'notDefined' | 'empty' | 'notIdentifier' | 'holdsSeparator' | 'taken';

/** Something that has a name, with all places of a file where it is called by it. */
export interface NamedThing {
  readonly kind: 'input' | 'variable' | 'group' | 'choice' | 'section' | 'option';
  readonly name: string;
  /** Of an option: the section it stands in. */
  readonly section?: string;
  /** In file order. */
  readonly places: readonly NamePlace[];
  /** Why it cannot be renamed at all. */
  readonly fixed?: RenameRefusal;
  /** What speaks against a new name. */
  refuses(newName: string): RenameRefusal | undefined;
}

/** Something whose name stands at an offset, with the place that the offset is in. */
export interface NamedAt {
  readonly thing: NamedThing;
  readonly place: NamePlace;
}

/** The one of several things whose name an offset is in, its ends included. */
export function namedAt(things: Iterable<NamedThing>, offset: number): NamedAt | undefined {
  for (const thing of things) {
    const place = thing.places.find(({ start, end }) => offset >= start && offset <= end);
    if (place) return { thing, place };
  }
  return undefined;
}
