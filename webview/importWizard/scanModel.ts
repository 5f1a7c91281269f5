import { createNameFilter } from '../../src/core/packages/list/filter';
import type { ImportTenant } from '../../src/core/packages/importDraft';
import type { ScannedPackage, UnreadableSource } from '../../src/core/packages/scan';
import { scanRows, sumChosen, tickedKeys, type ChosenSum, type ScanChoice, type ScanRow } from '../../src/core/packages/scanChoice';
import { sortScanRows, type ScanSort } from '../../src/core/packages/scanOrder';
import { describePackageSystem } from '../../src/core/text/importWizardText';
import type { Locale } from '../../src/core/text/messages';
import type { FoundSources } from '../../src/protocol/page/importWizard';
import { memo } from '../memo';

/** What was found, as it is to be drawn. */
export interface ArrangedScan {
  /** Every package, in the order in which they were found. */
  readonly all: readonly ScanRow[];
  /** Those that the filter takes, in the order of the sort. */
  readonly shown: readonly ScanRow[];
  readonly ticked: ReadonlySet<string>;
  readonly sum: ChosenSum;
  readonly unreadable: readonly UnreadableSource[];
}

/** What a search has found. What does not depend on a change is not made anew: a key in the filter neither sorts nor counts. */
export interface ScanModel {
  /** Takes what came; of another search it takes the place of everything. */
  take(found: FoundSources): void;
  clear(): void;
  arrange(choice: ScanChoice, tenant: ImportTenant | undefined, filter: string, sort: ScanSort): ArrangedScan;
}

export function createScanModel(locale: Locale): ScanModel {
  let number = 0;
  let version = 0;
  const packages = new Map<string, ScannedPackage>();
  const unreadable = new Map<string, UnreadableSource>();
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const rowsOf = memo((_version: number, id: string | undefined, mayReplace: boolean) => scanRows([...packages.values()], id === undefined ? undefined : { id, mayReplace }));
  const unreadableOf = memo((_version: number) => [...unreadable.values()]);
  const sorted = memo((rows: readonly ScanRow[], sort: ScanSort) => sortScanRows(rows, sort, compare, ({ identity }) => describePackageSystem(locale, identity)));
  const filtered = memo((rows: readonly ScanRow[], filter: string) => {
    const matches = createNameFilter(filter);
    return filter === '' ? rows : rows.filter(({ identity, nickname }) => matches({ name: identity.name, nickname }));
  });
  const ticksOf = memo((rows: readonly ScanRow[], choice: ScanChoice) => tickedKeys(rows, choice));
  const sumOf = memo((rows: readonly ScanRow[], ticked: ReadonlySet<string>) => sumChosen(rows, ticked));
  const clear = (): void => {
    packages.clear();
    unreadable.clear();
    version += 1;
  };
  return {
    take: (found) => {
      if (found.number !== number) clear();
      number = found.number;
      for (const item of found.packages) packages.set(item.source.path, item);
      for (const item of found.unreadable) unreadable.set(item.path, item);
      version += 1;
    },
    clear,
    arrange: (choice, tenant, filter, sort) => {
      const all = rowsOf(version, tenant?.id, tenant?.mayReplace === true);
      const ticked = ticksOf(all, choice);
      return { all, shown: filtered(sorted(all, sort), filter.trim()), ticked, sum: sumOf(all, ticked), unreadable: unreadableOf(version) };
    },
  };
}
