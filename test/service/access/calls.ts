import type { ServiceMethodName, ServiceParams } from '../../../src/protocol/service';

/** The objects of one tenant that requests are made about. */
export interface Place {
  readonly tenantId: string;
  readonly packageId: string;
  readonly hostId: string;
  readonly importId: string;
  readonly downloadId: string;
  readonly deploymentId: string;
  readonly deployedId: string;
  readonly group: string;
}

/** Ids of nothing. */
export const nowhere: Place = {
  tenantId: 'tenant-none', packageId: 'package-none', hostId: 'host-none', importId: 'import-none', downloadId: 'download-none', deploymentId: 'deployment-none', deployedId: 'deployed-none', group: 'none',
};

const settings = { name: 'new-host', address: 'new.example.org', port: 22, user: 'genesys', authentication: { kind: 'agent' as const }, stagingFolder: '', lockFolder: '' };
const inputs = ({ packageId, tenantId, hostId }: Place) => ({
  packageId, tenantId, profile: 'install' as const, hostIds: [hostId], values: [], secretKeys: [], applicationName: 'LCA_{host}',
});

/** How each request is made about the objects of a place. A request without an entry does not compile. */
export const calls: { readonly [N in Exclude<ServiceMethodName, 'client/hello'>]: (place: Place) => ServiceParams<N> } = {
  'service/status': () => ({}),
  'service/stop': () => ({}),
  'repository/useRecoveredCopy': () => ({}),
  'repository/check': () => ({}),
  'repository/repair': () => ({}),
  'repository/export': () => ({ target: '/tmp/nowhere.gaxrepo' }),
  'repository/import': () => ({ source: '/tmp/nowhere.gaxrepo' }),

  'access/me': () => ({}),
  'access/claim': () => ({}),
  'tenants/list': () => ({}),
  'tenants/add': ({ tenantId }) => ({ name: 'New', parentId: tenantId }),
  'tenants/rename': ({ tenantId }) => ({ id: tenantId, name: 'Renamed' }),
  'tenants/remove': ({ tenantId }) => ({ id: tenantId }),
  'users/list': () => ({}),
  'users/save': () => ({ name: 'somebody', grants: [] }),
  'users/remove': () => ({ id: 'user-none' }),
  'roles/list': () => ({}),
  'roles/save': () => ({ name: 'Curators', privileges: [] }),
  'roles/remove': () => ({ id: 'role-none' }),
  'roles/tasks': () => ({}),
  'audit/list': () => ({}),

  'packages/groups': () => ({}),
  'packages/held': ({ tenantId }) => ({ tenantId }),
  'packages/shared': ({ packageId }) => ({ ids: [packageId] }),
  'packages/changes': () => ({ since: 'none' }),
  'packages/list': () => ({}),
  'packages/get': ({ packageId }) => ({ id: packageId }),
  'packages/files': ({ packageId }) => ({ id: packageId }),
  'packages/fileContent': ({ packageId }) => ({ id: packageId, path: 'no/such/file', offset: 0, length: 1 }),
  'packages/compare': ({ packageId }) => ({ id: packageId, otherId: packageId }),
  'packages/uses': ({ packageId, tenantId }) => ({ id: packageId, tenantId }),
  'templates/list': () => ({}),
  'packages/edit': ({ packageId, tenantId }) => ({ id: packageId, tenantId, description: 'x' }),
  'packages/move': ({ packageId, tenantId }) => ({ items: [{ id: packageId, tenantId }], group: 'x' }),
  'groups/rename': ({ tenantId, group }) => ({ tenantId, group, newName: 'x' }),
  'packages/copyToTenants': ({ packageId, tenantId }) => ({ items: [{ id: packageId, tenantId }], tenantIds: [tenantId] }),
  'packages/delete': ({ packageId, tenantId }) => ({ id: packageId, tenantId }),
  'packages/download': ({ packageId, tenantId }) => ({ id: packageId, tenantId, target: '/tmp/nowhere.tar.gz' }),
  'downloads/list': () => ({}),
  'downloads/wait': ({ downloadId }) => ({ id: downloadId }),
  'downloads/cancel': ({ downloadId }) => ({ id: downloadId }),

  'imports/start': ({ tenantId }) => ({ source: { method: 'archive', path: '/media/lca.zip' }, tenant: tenantId }),
  'imports/inspect': () => ({ source: { method: 'archive', path: '/media/lca.zip' } }),
  'imports/scan': ({ tenantId }) => ({ path: '/media', tenant: tenantId }),
  'imports/list': () => ({}),
  'imports/wait': ({ importId }) => ({ id: importId }),
  'imports/cancel': ({ importId }) => ({ id: importId }),
  'imports/retry': ({ importId }) => ({ id: importId }),
  'imports/dismiss': ({ importId }) => ({ id: importId }),

  'hosts/list': () => ({}),
  'hosts/add': ({ tenantId }) => ({ ...settings, tenantId }),
  'hosts/edit': ({ hostId }) => ({ id: hostId, settings }),
  'hosts/remove': ({ hostId }) => ({ id: hostId }),
  'hosts/resolve': ({ hostId }) => ({ id: hostId }),
  'hosts/aliases': () => ({}),
  'hosts/protectedTags': () => ({}),
  'hosts/protect': () => ({ tags: ['production'] }),
  'hosts/test': ({ hostId }) => ({ id: hostId }),
  'applications/list': () => ({}),

  'deployments/form': ({ packageId }) => ({ packageId }),
  'deployments/check': inputs,
  'deployments/plan': inputs,
  'deployments/questions': ({ packageId }) => ({ packageId }),
  'deployments/remembered': ({ packageId }) => ({ packageId }),
  'deployments/prefill': ({ packageId, deployedId }) => ({ profile: 'upgrade', packageId, deployedIds: [deployedId] }),
  'deployments/start': (place) => ({ inputs: inputs(place), secrets: [] }),
  'deployments/list': () => ({}),
  'deployments/get': ({ deploymentId }) => ({ id: deploymentId }),
  'deployments/inputs': ({ deploymentId }) => ({ id: deploymentId }),
  'deployments/events': ({ deploymentId }) => ({ id: deploymentId, after: 0 }),
  'deployments/unfollow': ({ deploymentId }) => ({ id: deploymentId }),
  'deployments/stop': ({ deploymentId }) => ({ id: deploymentId }),
  'deployments/pause': ({ deploymentId }) => ({ id: deploymentId }),
  'deployments/goOn': ({ deploymentId }) => ({ id: deploymentId }),
  'deployments/planAgain': ({ deploymentId }) => ({ id: deploymentId }),
  'deployments/resume': ({ deploymentId }) => ({ id: deploymentId, secrets: [] }),
  'deployments/cleanUp': ({ deploymentId }) => ({ id: deploymentId }),
  'deployedPackages/verify': ({ deployedId }) => ({ id: deployedId }),
  'deployedPackages/verification': ({ deployedId }) => ({ id: deployedId }),
  'deployedPackages/file': ({ deployedId }) => ({ id: deployedId, path: 'ip_description.xml' }),
  'deployedPackages/markFilesCopied': ({ deployedId }) => ({ id: deployedId }),
  'deployedPackages/list': () => ({}),
  'deployedPackages/profiles': ({ deployedId }) => ({ id: deployedId }),
  'deployedPackages/history': ({ deployedId }) => ({ id: deployedId }),
};
