import type { ApplicationObject } from '../deployment/model';

/** CfgAppType of Genesys Administrator, which its Extension has as well, and of Genesys Administrator Server. */
const gaxTypes: ReadonlySet<number> = new Set([165, 184]);

/** The Configuration Servers that hold where nothing else is said: those of the GAX application object. Empty without one. */
export function configServersOfGax(applications: readonly Pick<ApplicationObject, 'type' | 'primaryServer' | 'backupServer'>[]): Pick<ApplicationObject, 'primaryServer' | 'backupServer'> {
  const { primaryServer = '', backupServer = '' } = applications.find((one) => gaxTypes.has(one.type) && one.primaryServer !== '') ?? {};
  return { primaryServer, backupServer };
}
