import type { ApplicationObject, ValueTable } from '../deployment/model';
import { asValueTable, type PlacedValue } from './applicationValue';
import { mergeApplication, type MergedApplication } from './mergeApplication';

/**
 * Puts the options of a plug-in into the GAX application object (D12): only options that it does not have are added; every
 * existing key-value pair stays, and so does everything else of the object.
 * @param options of the plug-in's template
 * @param entered what a person entered; of it only options count, as the value of those that are new
 */
export function mergePlugIn(gax: ApplicationObject, options: ValueTable, entered: readonly PlacedValue[] = []): MergedApplication {
  const brought = new Map(Object.entries(options).map(([section, row]) => [section, new Map(Object.entries(row))]));
  for (const { part, section, key, value } of entered) {
    if (part === 'options') brought.set(section, (brought.get(section) ?? new Map<string, string>()).set(key, value));
  }
  return mergeApplication(gax, { ...gax, options: asValueTable(brought) });
}

/** How many key-value pairs the options of an object are. */
export function countOptions({ options }: Pick<ApplicationObject, 'options'>): number {
  return Object.values(options).reduce((sum, row) => sum + Object.keys(row).length, 0);
}
