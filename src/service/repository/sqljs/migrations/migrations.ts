import type { Writer } from '../catalogue';
import { start } from './0001-start';
import { applicationParameters } from './0002-application-parameters';
import { access } from './0003-access';
import { importSources } from './0004-import-sources';
import { solutions } from './0005-solutions';
import { applicationValues } from './0006-application-values';
import { installUser } from './0007-install-user';
import { packageLists } from './0008-package-lists';
import { resumedImports } from './0009-resumed-imports';
import { pausedDeployments } from './0010-paused-deployments';
import { plugIns } from './0011-plug-ins';
import { hostTags } from './0012-host-tags';
import { verifications } from './0013-verifications';
import { noSecrets } from './0014-no-secrets';

/** The statements that take the tables from one schema version to the next. Once released, a migration never changes. */
export type Migration = readonly string[];

/** A step that changes what rows hold, in a way that SQL has no words for. */
export type DataMigration = (writer: Writer) => void;

/** All migrations; the first leads from an empty database to schema version 1. */
const migrations: readonly (Migration | DataMigration)[] = [
  start, applicationParameters, access, importSources, solutions, applicationValues, installUser, packageLists, resumedImports, pausedDeployments, plugIns, hostTags, verifications,
  noSecrets,
];

/** The schema version that this build writes. */
export const newestSchema: number = migrations.length;

/** Takes a catalogue from one schema version to another, in the transaction of `writer`. */
export function migrate(writer: Writer, from: number, to: number): void {
  for (const migration of migrations.slice(from, to)) {
    if (typeof migration === 'function') migration(writer);
    else for (const statement of migration) writer.run(statement);
  }
}

/** Whether a catalogue of this schema version may hold secrets, so that its files must not be kept. */
export function mayHoldSecrets(schema: number): boolean {
  return schema > 0 && schema < migrations.indexOf(noSecrets) + 1;
}
