import { isSecretKey } from '../formats/silentIni/secrets';
import { applicationTables, type ApplicationKey, type ApplicationObject, type ApplicationTable, type ReplacedValue, type ValueTable } from '../deployment/model';
import { mask } from '../text/mask';
import { asValueTable, type PlacedValue } from './applicationValue';

/**
 * What of a value is kept. The password that a template brings belongs to Configuration Server: an application object says
 * that there is one, never which.
 */
export function keptValue({ section, key, value }: Omit<PlacedValue, 'part'>): string {
  return value !== '' && isSecretKey(section, key) ? mask : value;
}

/** A table with the mask in the place of every secret; an empty secret stays empty. */
export function maskTable(table: ValueTable): ValueTable {
  return asValueTable(new Map(Object.entries(table).map(([section, row]) =>
    [section, new Map(Object.entries(row).map(([key, value]) => [key, keptValue({ section, key, value })]))])));
}

/** An application object as it may be stored. */
export function maskApplication(application: ApplicationObject): ApplicationObject {
  return { ...application, ...(Object.fromEntries(applicationTables.map((table) => [table, maskTable(application[table])])) as Record<ApplicationTable, ValueTable>) };
}

/** A replaced value as it may be stored. */
export function maskReplaced(replaced: ReplacedValue): ReplacedValue {
  const { section, key, before, after } = replaced;
  return { ...replaced, before: keptValue({ section, key, value: before }), after: keptValue({ section, key, value: after }) };
}

/** Whether a value that was replaced is not known any more, because it was secret. */
export function isLostSecret({ section, key, before }: Omit<ApplicationKey, 'part'> & Pick<ReplacedValue, 'before'>): boolean {
  return before !== '' && isSecretKey(section, key);
}
