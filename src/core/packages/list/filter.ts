import { foldForSearch } from '../../text/fold';
import type { ListEntry } from './order';

/**
 * The quick filter (product.md B3): any part of the name or nickname, in any case, accents or not. An empty text takes all.
 * @returns tells whether an entry matches
 */
export function createNameFilter(text: string): (entry: Pick<ListEntry, 'name' | 'nickname'>) => boolean {
  const wanted = foldForSearch(text.trim());
  if (wanted === '') return () => true;
  // A list repeats its names; each is folded once.
  const known = new Map<string, boolean>();
  const contains = (value: string): boolean => {
    let result = known.get(value);
    if (result === undefined) {
      result = foldForSearch(value).includes(wanted);
      known.set(value, result);
    }
    return result;
  };
  return ({ name, nickname }) => contains(name) || contains(nickname);
}
