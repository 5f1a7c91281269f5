import { parseHostReport, type HostFacts } from '../../core/deployment/facts';
import { ProductError } from '../../core/errors';
import { parseIpDescription } from '../../core/formats/ipDescription/parse';
import type { Host } from '../../core/hosts/model';
import type { EngineParts } from './hostWork';
import { lastWords, runScript } from './shell';
import type { HostConnection } from './ssh/hostConnection';

/** Whom to ask, and about which folders. */
export interface HostInquiry {
  readonly connection: HostConnection;
  readonly host: Host;
  readonly parts: Pick<EngineParts, 'connector' | 'repository'>;
  readonly stagingFolder: string;
  /** Undefined: the installer decides. */
  readonly installPath: string | undefined;
}

/** An `ip_description.xml` is a few kilobytes; what is longer is none. */
const descriptionLimit = 1024 * 1024;

/**
 * Asks a host everything that a plan depends on, and keeps what system it has. Changes nothing on it.
 * @throws ProductError `deploy/check-failed`, and what the connection raises
 */
export async function askHost({ connection, host, parts, stagingFolder, installPath }: HostInquiry, signal: AbortSignal): Promise<HostFacts> {
  const system = await parts.connector.probe(connection, signal);
  const report = await runScript(connection, 'report', [stagingFolder, ...(installPath === undefined ? [] : [installPath])], { signal });
  const facts = parseHostReport(report.stdout, system);
  // With its release, a host that does not fit is known before it is asked the next time.
  const known = facts?.releaseVersion === undefined ? system : { ...system, releaseVersion: facts.releaseVersion };
  await parts.repository.recordHostContact(host.id, { state: 'reachable', at: new Date().toISOString() }, known);
  if (!facts) throw new ProductError('deploy/check-failed', { host: host.name, reason: lastWords(report) });
  if (!facts.target?.filled) return facts;
  const description = await connection.readFile(`${facts.target.path}/ip_description.xml`, descriptionLimit);
  const installed = description && parseIpDescription(Buffer.from(description).toString('utf8')).description;
  return installed ? { ...facts, target: { ...facts.target, installed } } : facts;
}
