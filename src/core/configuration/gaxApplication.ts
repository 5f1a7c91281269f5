import type { ApplicationObject } from '../deployment/model';

/** CfgAppType of Genesys Administrator, which its Extension has as well, and of Genesys Administrator Server. */
const gaxTypes: ReadonlySet<number> = new Set([165, 184]);

/** The type of GAX since Framework 8.1.1 (Genesys Administrator Server), and the one of older GAX (Genesys Generic Server). */
const gaxServer = 184;
const genericServer = 107;

/** What tells a GAX among the application objects of a host. */
export type GaxCandidate = Pick<ApplicationObject, 'name' | 'hostId' | 'type' | 'state' | 'workingDirectory' | 'commandLine'>;

/** The Configuration Servers that hold where nothing else is said: those of the GAX application object. Empty without one. */
export function configServersOfGax(applications: readonly Pick<ApplicationObject, 'type' | 'primaryServer' | 'backupServer'>[]): Pick<ApplicationObject, 'primaryServer' | 'backupServer'> {
  const { primaryServer = '', backupServer = '' } = applications.find((one) => gaxTypes.has(one.type) && one.primaryServer !== '') ?? {};
  return { primaryServer, backupServer };
}

/**
 * The application objects of a host that a plug-in can go into: of type Genesys Administrator Server. Older GAX has type
 * Genesys Generic Server, which any program may have: where a host has no Genesys Administrator Server, those count whose
 * name, folder or command line names GAX.
 */
export function gaxApplicationsOn<A extends GaxCandidate>(applications: readonly A[], hostId: string): readonly A[] {
  const here = applications.filter((one) => one.hostId === hostId && one.state === 'enabled');
  const servers = here.filter(({ type }) => type === gaxServer);
  return servers.length > 0 ? servers : here.filter((one) => one.type === genericServer && [one.name, one.workingDirectory, one.commandLine].some((text) => /gax/i.test(text)));
}

/** Whether a person may name the object as GAX, also where it would not be found by itself. */
export function mayBeGax({ type, state }: Pick<GaxCandidate, 'type' | 'state'>): boolean {
  return state === 'enabled' && (type === gaxServer || type === genericServer);
}
