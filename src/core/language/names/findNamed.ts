import { firstError, type TextEdit } from '../../formats/problem';
import type { Analysis } from '../analyze';
import { metadataNames } from './metadataNames';
import { namedAt, type NamedAt, type NamedThing, type RenameRefusal } from './named';
import { spdNames } from './spdNames';

/** What has the name that stands at an offset. The names of a silent.ini and of a package's description refer to nothing in their file. */
export function findNamed({ format, tree }: Analysis, offset: number): NamedAt | undefined {
  if (tree.kind !== 'xml') return undefined;
  const { document } = tree;
  const found = format === 'metadataXml' || format === 'tpl' ? namedAt(metadataNames(document), offset) : format === 'spd' ? namedAt(spdNames(document), offset) : undefined;
  // In a file that is not well-formed some places may not be seen.
  return found && firstError(document.problems) ? { ...found, thing: { ...found.thing, fixed: 'brokenFile' } } : found;
}

/** The edits that give something a new name everywhere in its file, or why it cannot have it. */
export function planRename(thing: NamedThing, newName: string): readonly TextEdit[] | RenameRefusal {
  const refusal = thing.fixed ?? (newName === thing.name ? undefined : thing.refuses(newName));
  if (refusal) return refusal;
  const written = escapeXml(newName);
  return thing.places.map(({ start, end, isShorthand }) => ({ start, end, text: isShorthand ? `${thing.name}: ${written}` : written }));
}

function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
