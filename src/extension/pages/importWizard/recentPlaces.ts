import * as v from 'valibot';
import type { DraftMemento } from '../drafts';

const key = 'gaxPackages.importPlaces';
/** Places that are offered again (ux.md 8). */
const most = 5;

/** The places that were searched last, newest first. */
export interface RecentPlaces {
  readonly list: readonly string[];
  remember(places: readonly string[]): Promise<void>;
}

export function createRecentPlaces(memento: DraftMemento): RecentPlaces {
  const read = (): readonly string[] => {
    const kept = v.safeParse(v.array(v.string()), memento.get(key));
    return kept.success ? kept.output : [];
  };
  return {
    get list() {
      return read();
    },
    remember: async (places) => {
      await memento.update(key, [...new Set([...places, ...read()])].slice(0, most));
    },
  };
}
