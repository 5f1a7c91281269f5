import { parseHostReport, type HostFacts } from '../../core/deployment/facts';
import { ProductError } from '../../core/errors';
import { parseIpDescription } from '../../core/formats/ipDescription/parse';
import { childPath, isWindowsPath } from '../../core/hosts/hostPath';
import type { Host } from '../../core/hosts/model';
import type { SshOptions } from '../../protocol/service';
import { lockFolderOf, stagingFolderOf } from './cleanUpHost';
import { familyOfShell } from './hostScripts/dialectOf';
import type { EngineParts } from './hostWork';
import { lastWords, runScript } from './shell';
import type { HostConnection } from './ssh/hostConnection';

/** Whom to ask, and about which folder beside its staging folder. */
export interface HostInquiry {
  readonly connection: HostConnection;
  readonly host: Host;
  readonly parts: Pick<EngineParts, 'connector' | 'repository'>;
  /** Of an earlier attempt that is gone on with; absent: the one of the host, of the person who deploys, or of its system. */
  readonly stagingFolder?: string | undefined;
  readonly ssh: SshOptions | undefined;
  /** Undefined: the installer decides. */
  readonly installPath: string | undefined;
  /** Of a plug-in that names one. */
  readonly gaxDirectory?: string | undefined;
}

/** An `ip_description.xml` is a few kilobytes; what is longer is none. */
const descriptionLimit = 1024 * 1024;

/**
 * Asks a host everything that a plan depends on, and keeps what system it has. Changes nothing on it.
 * @throws ProductError `deploy/check-failed`, `deploy/folder-of-other-system`, and what the connection raises
 */
export async function askHost({ connection, host, parts, installPath, gaxDirectory, ssh, stagingFolder: earlier }: HostInquiry, signal: AbortSignal): Promise<HostFacts> {
  const family = familyOfShell(connection.shell);
  const stagingFolder = earlier ?? stagingFolderOf(host, family, ssh);
  for (const [what, folder] of [['staging', stagingFolder], ['lock', lockFolderOf(host, family)]] as const) {
    if (isWindowsPath(folder) !== (family === 'windows')) throw new ProductError('deploy/folder-of-other-system', { host: host.name, folder, what, system: family });
  }
  const system = await parts.connector.probe(connection, signal);
  const report = await runScript(connection, 'report', [stagingFolder, installPath ?? '', gaxDirectory ?? ''], { signal });
  const reported = parseHostReport(report.stdout, system);
  // With its release, a host that does not fit is known before it is asked the next time.
  const known = reported?.releaseVersion === undefined ? system : { ...system, releaseVersion: reported.releaseVersion };
  await parts.repository.recordHostContact(host.id, { state: 'reachable', at: new Date().toISOString() }, known);
  if (!reported) throw new ProductError('deploy/check-failed', { host: host.name, reason: lastWords(report) });
  const gax = reported.gax?.hasLibrary === true ? await readDescription(connection, reported.gax.directory) : undefined;
  const facts: HostFacts = reported.gax && gax ? { ...reported, gax: { ...reported.gax, version: gax.version } } : reported;
  const installed = facts.target?.filled === true ? await readDescription(connection, facts.target.path) : undefined;
  return facts.target && installed ? { ...facts, target: { ...facts.target, installed } } : facts;
}

/** What is installed in a folder, by the file that the vendor's installer leaves there. */
async function readDescription(connection: HostConnection, folder: string) {
  const description = await connection.readFile(childPath(folder, 'ip_description.xml'), descriptionLimit);
  return description && parseIpDescription(Buffer.from(description).toString('utf8')).description;
}
