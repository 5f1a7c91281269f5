import {
  applicationSettings, applicationTables, type ApplicationKey, type ApplicationObject, type ApplicationSetting, type ApplicationTable, type ValueTable,
} from '../deployment/model';

/** The fields of an application object that are shown and compared, in this order. */
export const applicationFields = [
  'version', 'workingDirectory', 'commandLine', 'commandLineArguments', 'tenantObject', 'port', 'primaryServer', 'backupServer',
] as const;
type ApplicationField = (typeof applicationFields)[number];

/** A value of an application object, with where it stands. */
export interface PlacedValue extends ApplicationKey {
  readonly value: string;
}

/**
 * Everything that an application object says: fields and settings, then its tables row by row. A field that is empty says
 * nothing; a value in a table may say that it is empty.
 */
export function valuesOf(application: ApplicationObject): readonly PlacedValue[] {
  const fields = [
    ...applicationFields.map((key) => ({ key, value: application[key] })),
    ...applicationSettings.map((key) => ({ key, value: application.settings[key] ?? '' })),
  ].filter(({ value }) => value !== '').map(({ key, value }): PlacedValue => ({ part: 'field', section: '', key, value }));
  const rows = applicationTables.flatMap((part) =>
    Object.entries(application[part]).flatMap(([section, row]) => Object.entries(row).map(([key, value]): PlacedValue => ({ part, section, key, value }))));
  return [...fields, ...rows];
}

/** The object with exactly these values in the place of its own; the last of equal keys wins, and what no object has is left out. */
export function withValues(application: ApplicationObject, values: Iterable<PlacedValue>): ApplicationObject {
  const fields = new Map<string, string>();
  const tables = new Map<ApplicationTable, Map<string, Map<string, string>>>(applicationTables.map((part) => [part, new Map()]));
  for (const { part, section, key, value } of values) {
    if (part === 'field') fields.set(key, value);
    else {
      const table = tables.get(part);
      table?.set(section, (table.get(section) ?? new Map<string, string>()).set(key, value));
    }
  }
  return {
    ...application,
    ...(Object.fromEntries(applicationFields.map((key) => [key, fields.get(key) ?? ''])) as Record<ApplicationField, string>),
    settings: Object.fromEntries(applicationSettings.flatMap((key): [ApplicationSetting, string][] => {
      const value = fields.get(key) ?? '';
      return value === '' ? [] : [[key, value]];
    })),
    ...(Object.fromEntries([...tables].map(([part, table]) => [part, asValueTable(table)])) as Record<ApplicationTable, ValueTable>),
  };
}

/** Names come from files and people: `__proto__` is one like any other, and this makes it so. */
export function asValueTable(table: ReadonlyMap<string, ReadonlyMap<string, string>>): ValueTable {
  return Object.fromEntries([...table].map(([section, row]) => [section, Object.fromEntries(row)]));
}

/** One text for one key. */
export function keyText({ part, section, key }: ApplicationKey): string {
  return JSON.stringify([part, section, key]);
}

/** As people write a key: `port`, `log/verbose` for an option, `connections/MessageServer/mode` in the other tables. */
export function describeKey({ part, section, key }: ApplicationKey): string {
  return part === 'field' ? key : part === 'options' ? `${section}/${key}` : `${part}/${section}/${key}`;
}

/** The key that people write so; undefined when it is none. A section or name with a slash in it needs all three parts. */
export function parseKey(text: string): ApplicationKey | undefined {
  const [first = '', second, ...rest] = text.split('/');
  const table = applicationTables.find((one) => one === first);
  const key: ApplicationKey = second === undefined ? { part: 'field', section: '', key: first }
    : table !== undefined && rest.length > 0 ? { part: table, section: second, key: rest.join('/') }
    : { part: 'options', section: first, key: [second, ...rest].join('/') };
  return canBeEntered(key) ? key : undefined;
}

/** Whether an object can say something under this key; version and working directory are the installation's own. */
export function canBeEntered({ part, section, key }: ApplicationKey): boolean {
  if (part !== 'field') return section !== '' && key !== '';
  const entered: readonly string[] = [...applicationFields, ...applicationSettings];
  return section === '' && entered.includes(key) && key !== 'version' && key !== 'workingDirectory';
}
