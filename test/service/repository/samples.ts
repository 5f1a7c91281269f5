import { createHash } from 'node:crypto';
import type { ApplicationObject, DeployedPackage, DeploymentInputs } from '../../../src/core/deployment/model';
import type { HostSettings } from '../../../src/core/hosts/model';
import { environmentTenant, type PackageFile, type PackageSummary } from '../../../src/core/packages/model';
import type { NewDeployment, NewPackage, Repository, StoredContent } from '../../../src/service/repository/repository';

/** Bytes that do not repeat, always the same for a seed. */
export function sampleBytes(size: number, seed: string): Buffer {
  const parts: Buffer[] = [];
  for (let made = 0, i = 0; made < size; made += 32, i++) parts.push(createHash('sha256').update(`${seed} ${i}`).digest());
  return Buffer.concat(parts).subarray(0, size);
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export const sampleFiles: readonly PackageFile[] = [
  { path: 'ip', type: 'directory', size: 0, mode: 0o755 },
  { path: 'ip/install.sh', type: 'file', size: 1200, mode: 0o755, modifiedAt: '2024-03-01T10:00:00.000Z', sha256: 'a'.repeat(64) },
  { path: 'ip/latest', type: 'symlink', size: 0, target: 'install.sh' },
  { path: 'templates/Größe «é».xml', type: 'file', size: 5_000_000_000, sha256: 'b'.repeat(64) },
];

export function sampleHost(name: string, changes: Partial<HostSettings> = {}): HostSettings {
  return {
    name, address: `${name.toLowerCase()}.example.org`, port: 22, user: 'genesys', authentication: { kind: 'key', keyFile: '/home/genesys/.ssh/id_ed25519' },
    stagingFolder: '', lockFolder: '', ...changes,
  };
}

/** Stores some bytes as a content. */
export async function storeContent(repository: Repository, bytes: Uint8Array, files: readonly PackageFile[] = sampleFiles): Promise<StoredContent> {
  const writer = await repository.writeContent(bytes.length);
  try {
    // Pieces that fit neither a volume nor a piece of it.
    for (let at = 0; at < bytes.length; at += 70_001) await writer.write(bytes.subarray(at, at + 70_001));
    return await writer.finish(files);
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

export type PackageChanges = Partial<Omit<NewPackage, 'content' | 'importId'>>;

export function samplePackage(content: StoredContent, importId: string, changes: PackageChanges = {}): NewPackage {
  return {
    name: 'Local Control Agent', nickname: 'LCA', version: '8.5.100.37', localeId: 'ENU', osGroup: 'linux', computerTypes: ['Intel 32 bit', 'Intel EM64T'],
    kind: 'application', tenantId: environmentTenant.id, group: '', description: '', buildNumber: '37', buildDate: '2024-03-01', releaseType: 'Hot Fix',
    productDescription: 'Starts and stops applications.\nSecond line with “quotes” and a \u0000.', archiveName: 'IP_LCA_8.5.100.37_ENU_linux.tar.gz',
    archiveFormat: 'tar.gz', importMethod: 'archive', fileCount: sampleFiles.length, unpackedSize: 5_000_001_200,
    templates: [{ name: 'LCA_8.5.1', path: 'templates/LCA_8.5.1.apd', format: 'apd', applicationType: 103 }],
    silentIni: '[Installation]\r\nInstallPath=/opt/genesys/lca\r\n', installerFolder: 'ip', licenseNeeded: true,
    supportedSystems: [{ name: 'Red Hat Enterprise Linux', version: '8' }, { name: 'Oracle Linux' }], content, importId, ...changes,
  };
}

/** Imports a package whose archive consists of these bytes. */
export async function importSample(repository: Repository, bytes: Uint8Array, changes: PackageChanges = {}): Promise<PackageSummary> {
  const record = await repository.addImport({ source: { method: 'archive', path: '/media/packages/lca.tar.gz' }, tenantId: changes.tenantId ?? environmentTenant.id, group: changes.group ?? '' });
  const content = await storeContent(repository, bytes);
  try {
    return await repository.addPackage(samplePackage(content, record.id, changes));
  } catch (error) {
    await repository.releaseContent(content.sha256);
    throw error;
  }
}

/** A content as a whole, or a part of it. */
export async function readAll(repository: Repository, sha256: string, start?: number, end?: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of repository.readContent(sha256, start, end)) pieces.push(piece);
  return Buffer.concat(pieces);
}

export function sampleInputs(summary: PackageSummary, hostIds: readonly string[]): DeploymentInputs {
  return {
    packageId: summary.id, tenantId: summary.tenantId, profile: 'install', hostIds,
    values: [{ section: 'Installation', key: 'InstallPath', value: '/opt/genesys/lca' }],
    secretKeys: [{ section: 'ConfigServer', key: 'Password' }], applicationName: '',
    application: { tenantObject: 'Environment', port: '4999', primaryServer: 'cs_primary', backupServer: '' },
    options: [{ section: 'log', key: 'verbose', value: 'all' }],
    hostValues: hostIds.map((hostId) => ({ hostId, section: 'LCA', key: 'UseGDA', value: 'NotUse' })),
    hostApplications: hostIds.map((hostId) => ({ hostId, name: `LCA_${hostId}` })),
  };
}

export function sampleDeployment(summary: PackageSummary, hosts: readonly { id: string; name: string }[]): NewDeployment {
  const { name, version, localeId, osGroup, computerTypes } = summary;
  return {
    inputs: sampleInputs(summary, hosts.map(({ id }) => id)), package: { name, version, localeId, osGroup, computerTypes }, startedBy: 'olga@desk',
    hosts: hosts.map((host) => ({ hostId: host.id, hostName: host.name, applicationName: `LCA_${host.name}` })),
  };
}

export function sampleApplication(hostId: string, changes: Partial<ApplicationObject> = {}): ApplicationObject {
  return {
    id: 'application-1', name: 'LCA_alpha', tenantId: environmentTenant.id, hostId, type: 103, version: '8.5.100.37', workingDirectory: '/opt/genesys/lca',
    commandLine: './lca', commandLineArguments: '4999', tenantObject: 'Environment', port: '4999', primaryServer: 'cs_primary', backupServer: 'cs_backup', options: { log: { verbose: 'standard', all: 'stdout' } },
    settings: { autoRestart: 'CFGTrue', startupTimeout: '90' }, annex: { 'sml': { 'heartbeat': '5' } }, connections: { MessageServer: { id: 'default', mode: 'CFGTMBoth' } },
    ports: { http: { port: '8080', protocol: 'http' } }, permissions: { Administrators: { access: 'full' } }, state: 'planned', ...changes,
  };
}

export function sampleDeployed(summary: PackageSummary, application: ApplicationObject, changes: Partial<DeployedPackage> = {}): Omit<DeployedPackage, 'id' | 'at'> {
  const { name, version, localeId, osGroup, computerTypes } = summary;
  return {
    hostId: application.hostId, hostName: 'alpha', applicationId: application.id, applicationName: application.name, tenantId: summary.tenantId,
    packageId: summary.id, package: { name, version, localeId, osGroup, computerTypes }, status: 'complete', installPath: '/opt/genesys/lca',
    deploymentId: 'deployment-1', profile: 'install', by: 'olga@desk', ...changes,
  };
}
