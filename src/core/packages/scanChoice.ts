import { identityKey } from './identity';
import type { ScannedPackage } from './scan';

/** Which of the packages found are ticked, in a few words, however many there are: a beginning, and the packages that differ from it. */
export interface ScanChoice {
  /** `offered`: those that are new, each once. `all`: also those to be replaced. */
  readonly base: 'offered' | 'all' | 'none';
  /** Paths of the packages that differ. */
  readonly except: readonly string[];
}

export const noChoice: ScanChoice = { base: 'offered', except: [] };

/** What may be done with a package that was found (ux.md 8). */
export type ScanState =
  | 'new'
  /** New, and found a second time: the first is offered. */
  | 'repeated'
  | 'replaceable'
  /** There with other content; replacing it needs a privilege. */
  | 'locked'
  | 'identical';

/** A package that was found, as the table shows it. */
export interface ScanRow extends ScannedPackage {
  /** The path; unique among the packages of a search. */
  readonly key: string;
  readonly state: ScanState;
  /** Of a repeated one: where the same package was found first. */
  readonly sameAs?: string;
}

/** Says of each package what may be done with it for a tenant; in the order in which they were found. */
export function scanRows(found: readonly ScannedPackage[], tenant: { readonly id: string; readonly mayReplace: boolean } | undefined): readonly ScanRow[] {
  const first = new Map<string, string>();
  return found.map((item) => {
    const key = item.source.path;
    const identity = identityKey(item.identity);
    const sameAs = first.get(identity);
    if (sameAs === undefined) first.set(identity, key);
    const presence = presenceOf(item, tenant?.id);
    if (presence === 'identical') return { ...item, key, state: 'identical' };
    if (presence === 'present') return { ...item, key, state: tenant?.mayReplace === true ? 'replaceable' : 'locked' };
    return sameAs === undefined ? { ...item, key, state: 'new' } : { ...item, key, state: 'repeated', sameAs };
  });
}

function presenceOf({ presence, presentIn }: ScannedPackage, tenantId: string | undefined): ScannedPackage['presence'] {
  if (tenantId === undefined || !presentIn.includes(tenantId)) return 'new';
  return presence === 'identical' ? 'identical' : 'present';
}

export function mayBeTicked({ state }: Pick<ScanRow, 'state'>): boolean {
  return state !== 'identical' && state !== 'locked';
}

/** The keys of the rows that are ticked. What may not be imported never is. */
export function tickedKeys(rows: readonly ScanRow[], { base, except }: ScanChoice): ReadonlySet<string> {
  const differs = new Set(except);
  const begins = (row: ScanRow): boolean => base === 'all' || (base === 'offered' && row.state === 'new');
  return new Set(rows.filter((row) => mayBeTicked(row) && begins(row) !== differs.has(row.key)).map(({ key }) => key));
}

/** Ticks rows or takes their ticks away. @param keys rows that may not be ticked are left as they are */
export function withTicks(rows: readonly ScanRow[], choice: ScanChoice, keys: ReadonlySet<string>, ticked: boolean): ScanChoice {
  const open = rows.filter(mayBeTicked);
  if (open.every(({ key }) => keys.has(key))) return { base: ticked ? 'all' : 'none', except: [] };
  const before = tickedKeys(rows, choice);
  const changed = open.filter(({ key }) => keys.has(key) && before.has(key) !== ticked).map(({ key }) => key);
  const toggled = new Set(choice.except);
  for (const key of changed) {
    if (!toggled.delete(key)) toggled.add(key);
  }
  return { base: choice.base, except: [...toggled] };
}

/** What Finish would do. */
export interface ChosenSum {
  readonly count: number;
  readonly size: number;
  readonly replaced: number;
  /** Rows that may be ticked. */
  readonly open: number;
}

export function sumChosen(rows: readonly ScanRow[], ticked: ReadonlySet<string>): ChosenSum {
  const chosen = rows.filter(({ key }) => ticked.has(key));
  return {
    count: chosen.length,
    size: chosen.reduce((sum, { size }) => sum + size, 0),
    replaced: chosen.filter(({ state }) => state === 'replaceable').length,
    open: rows.filter(mayBeTicked).length,
  };
}
