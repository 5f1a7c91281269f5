import type { ApplicationObject, ValueTable } from '../deployment/model';

/** The application objects that name another one, as they are once it has a new name: in their connections, and as their Configuration Servers. */
export function moveReferences(applications: readonly ApplicationObject[], from: string, to: string): readonly ApplicationObject[] {
  const renamed = (name: string): string => (name === from ? to : name);
  return applications.filter((one) => Object.hasOwn(one.connections, from) || one.primaryServer === from || one.backupServer === from).map((one) => ({
    ...one,
    primaryServer: renamed(one.primaryServer),
    backupServer: renamed(one.backupServer),
    connections: moveRow(one.connections, from, to),
  }));
}

/** A connection to the new name that is there already keeps what it says. */
function moveRow(table: ValueTable, from: string, to: string): ValueTable {
  if (!Object.hasOwn(table, from)) return table;
  const present = Object.hasOwn(table, to) ? table[to] : undefined;
  const rows = Object.entries(table).filter(([name]) => name !== to);
  return Object.fromEntries(rows.map(([name, row]) => (name === from ? [to, { ...row, ...present }] : [name, row])));
}
