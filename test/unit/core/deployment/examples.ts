import type { FolderFacts, HostFacts, PackageFacts } from '../../../../src/core/deployment/facts';
import type { Deployment, DeploymentEvent, DeploymentEventBody, DeploymentInputs } from '../../../../src/core/deployment/model';
import type { PlanSubject } from '../../../../src/core/deployment/plan';

export function exampleInputs(change: Partial<DeploymentInputs> = {}): DeploymentInputs {
  return { packageId: 'p1', tenantId: 'environment', profile: 'install', hostIds: ['h1'], values: [], secretKeys: [], applicationName: '', ...change };
}

export function examplePackage(change: Partial<PackageFacts> = {}): PackageFacts {
  return {
    identity: { name: 'Local Control Agent', version: '8.5.100.37', localeId: 'ENU', osGroup: 'linux', computerTypes: ['Intel EM64T'] },
    nickname: 'LCA',
    sha256: 'aa',
    archiveFormat: 'tar.gz',
    archiveSize: 50e6,
    fileCount: 12,
    longestPath: 'ip/release_notes/release_notes.html',
    unpackedSize: 58e6,
    diskUse: { all: 60e6, installer: 55e6 },
    installerFolder: 'ip',
    silentIni: '[IPCommon]\nInstallPath=/opt/genesys/lca\n',
    supportedSystems: [],
    licenseNeeded: false,
    ...change,
  };
}

export function exampleFolder(path: string, change: Partial<FolderFacts> = {}): FolderFacts {
  return { path, existing: path, real: path, blocked: false, writable: true, mount: '/', free: 1e9, noexec: false, foreign: false, ...change };
}

export function exampleFacts(change: Partial<HostFacts> = {}): HostFacts {
  return {
    system: { osGroup: 'linux', architecture: 'x86_64', bits: 64, release: 'Red Hat Enterprise Linux 8.6' },
    releaseVersion: '8.6',
    missingTools: [],
    loader32: true,
    staging: exampleFolder('/var/tmp/gax-packages'),
    temporary: exampleFolder('/tmp'),
    target: { ...exampleFolder('/opt/genesys/lca'), filled: false, backups: [] },
    processes: [],
    installers: [],
    leftovers: [],
    ...change,
  };
}

export function exampleSubject(change: Partial<PlanSubject> = {}): PlanSubject {
  return {
    hostId: 'h1', hostName: 'eu-sip-04', deploymentId: 'd1', stagingFolder: '/var/tmp/gax-packages', lockFolder: '/var/tmp/gax-packages-lock',
    applicationExists: false, facts: exampleFacts(), ...change,
  };
}

export function exampleDeployment(hostNames: readonly string[] = ['eu-sip-04']): Deployment {
  return {
    id: 'd1', profile: 'install', packageId: 'p1', package: examplePackage().identity, tenantId: 'environment', state: 'running', percent: 0,
    startedBy: 'anna@desk', startedAt: '2026-11-22T09:15:00.000Z',
    hosts: hostNames.map((hostName, i) => ({ hostId: `h${i + 1}`, hostName, applicationName: `LCA_${hostName}`, state: 'queued', percent: 0, left: [] })),
  };
}

/** Events as the repository stores them, 250 ms apart. */
export function exampleEvents(bodies: readonly DeploymentEventBody[]): DeploymentEvent[] {
  const start = Date.parse('2026-11-22T09:15:41.870Z');
  return bodies.map((body, i) => ({ ...body, sequence: i + 1, at: new Date(start + i * 250).toISOString() }));
}
