import { nothingSaid, type ApplicationObject, type DeployedPackage, type Deployment, type HostRun } from '../../../src/core/deployment/model';
import type { Host } from '../../../src/core/hosts/model';
import type { PackageIdentity } from '../../../src/core/packages/identity';
import type { ImportRecord, PackageSummary, PackageTemplates } from '../../../src/core/packages/model';

const identity: PackageIdentity = { name: 'Local Control Agent', version: '8.5.100.37', localeId: 'ENU', osGroup: 'linux', computerTypes: ['Intel EM64T'] };

export function samplePackage(change: Partial<PackageSummary> & { id: string }): PackageSummary {
  return {
    ...identity, kind: 'application', nickname: 'LCA', tenantId: 'environment', group: 'Framework', description: '',
    updatedAt: '2026-03-04T05:06:07.000Z', size: 1000, sha256: 'ab', ...change,
  };
}

export function sampleImport(change: Partial<ImportRecord> & { id: string }): ImportRecord {
  return {
    source: { method: 'archive', path: '/media/IP_MCP_9004606b1_ENU_linux.tar.gz' }, tenantId: 'environment', group: 'Framework', state: 'running', step: 'store', percent: 42.9,
    startedAt: '2026-03-04T05:06:07.000Z', ...change,
  };
}

export function sampleHost(change: Partial<Host> & { id: string }): Host {
  return { tenantId: 'environment', name: change.id, address: '10.20.4.31', port: 22, user: 'genesys', authentication: { kind: 'agent' }, stagingFolder: '', lockFolder: '', tags: [], protectedBy: [], ...change };
}

export function sampleRun(change: Partial<HostRun> & { hostId: string }): HostRun {
  return { hostName: change.hostId, applicationName: `LCA_${change.hostId}`, state: 'queued', percent: 0, left: [], ...change };
}

export function sampleDeployment(change: Partial<Deployment> & { id: string }): Deployment {
  return {
    profile: 'install', packageId: 'p1', package: identity, tenantId: 'environment', state: 'running', hosts: [], percent: 0,
    startedBy: 'ana@desk', startedAt: '2026-03-04T05:06:07.000Z', ...change,
  };
}

export function sampleDeployed(change: Partial<DeployedPackage> & { id: string }): DeployedPackage {
  return {
    hostId: 'h1', hostName: 'eu-mcp-01', applicationId: 'a1', applicationName: 'LCA_eu-mcp-01', tenantId: 'environment', packageId: 'p1',
    package: identity, status: 'complete', installPath: '/opt/genesys/lca', deploymentId: 'd1', profile: 'install', by: 'ana@desk', at: '2026-03-04T05:06:07.000Z', ...change,
  };
}

export function sampleTemplates(change: Partial<PackageTemplates> & { packageId: string }): PackageTemplates {
  return {
    name: identity.name, version: identity.version, tenantIds: ['environment'],
    templates: [{ name: 'LCA_851', path: 'templates/LCA_851.apd', format: 'apd', applicationType: 8 }], ...change,
  };
}

export function sampleApplication(change: Partial<ApplicationObject> & { id: string }): ApplicationObject {
  return {
    name: 'LCA_eu-mcp-01', tenantId: 'environment', hostId: 'h1', type: 8, version: identity.version, workingDirectory: '/opt/genesys/lca', commandLine: './lca', commandLineArguments: '',
    tenantObject: '', port: '', primaryServer: '', backupServer: '', ...nothingSaid, state: 'enabled', ...change,
  };
}
