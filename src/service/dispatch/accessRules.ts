import type { Action } from '../../core/access/privileges';
import { fileNameOf } from '../../core/packages/importSource';
import { environmentTenant } from '../../core/packages/model';
import type { ServiceMethodName, ServiceParams, ServiceResult } from '../../protocol/service';
import type { ObjectFinder } from './findObjects';
import type { OwnedObject, RequestAccess } from './requestAccess';

/** A condition of one request: the action that must be allowed, and the objects it is done to. */
interface Condition<P> {
  readonly action: Action;
  /** Each of these. */
  readonly on?: (params: P, find: ObjectFinder) => Promise<readonly OwnedObject[]> | readonly OwnedObject[];
  /** At least one of these: the same thing, held by several tenants. */
  readonly onAny?: (params: P, find: ObjectFinder) => Promise<readonly OwnedObject[]>;
  /** In at least one tenant. */
  readonly anywhere?: true;
}

/** Who may make a request, and what of its answer they see. */
export interface AccessRule<P, R> {
  /** Also somebody whom the repository does not know. */
  readonly anyone?: true;
  /** All must hold; none: whoever the repository knows. */
  readonly needs?: readonly Condition<P>[];
  /** What of the answer the person may see. */
  readonly keep?: (result: R, access: RequestAccess) => R;
  /** Recorded in the audit trail, with this name of the object; without one, the names of the objects of the first condition. */
  readonly audit?: true | ((params: P, find: ObjectFinder) => string | Promise<string>);
}

/**
 * One rule for each request: the only door to the handlers. A request without an entry does not compile.
 * `test/service/access/table.txt` says the same by hand, role by role.
 */
export const accessRules: { readonly [N in Exclude<ServiceMethodName, 'client/hello'>]: AccessRule<ServiceParams<N>, ServiceResult<N>> } = {
  // The service is a process of the person who asks: they can look at it and end it in any case.
  'service/status': { anyone: true },
  'service/stop': { anyone: true },
  'repository/useRecoveredCopy': { needs: [administer('repository')] },
  'repository/check': { needs: [administer('repository')] },
  'repository/repair': { needs: [administer('repository')], audit: () => 'repository' },
  'repository/export': { needs: [administer('repository')], audit: ({ target }) => target },
  'repository/import': { needs: [administer('repository')], audit: ({ source }) => source },

  'access/me': { anyone: true },
  'access/claim': { anyone: true },
  'tenants/list': { keep: (_, access) => access.tenants },
  'tenants/add': { needs: [{ action: 'administer', on: ({ parentId }, find) => find.tenant(parentId ?? environmentTenant.id) }], audit: ({ name }) => name },
  'tenants/rename': { needs: [{ action: 'administer', on: ({ id }, find) => find.tenant(id) }], audit: true },
  'tenants/remove': { needs: [{ action: 'administer', on: ({ id }, find) => find.tenant(id) }], audit: true },
  'users/list': { needs: [administer('users')] },
  'users/save': { needs: [administer('users')], audit: ({ name }) => name },
  'users/remove': { needs: [administer('users')], audit: ({ id }, find) => find.userName(id) },
  'roles/list': { needs: [administer('roles')] },
  'roles/save': { needs: [administer('roles')], audit: ({ name }) => name },
  'roles/remove': { needs: [administer('roles')], audit: ({ id }, find) => find.roleName(id) },
  'roles/tasks': { needs: [administer('roles')] },
  // The handler gives the records of tenants that the person administers.
  'audit/list': { needs: [{ action: 'administer', anywhere: true }] },

  'packages/groups': { keep: ({ revision, groups }, access) => ({ revision, groups: groups.filter(seen(access)) }) },
  'packages/held': { needs: [{ action: 'see', on: ({ tenantId }, find) => find.tenant(tenantId) }] },
  // The handlers read for the tenants that the person may see, and no others.
  'packages/shared': {},
  'packages/changes': {},
  'packages/list': { keep: (packages, access) => packages.filter(seen(access)) },
  'packages/get': {
    needs: [{ action: 'see', onAny: ({ id, tenantId }, find) => (tenantId === undefined ? find.holders(id) : Promise.resolve(find.places([{ id, tenantId }]))) }],
    keep: (details, access) => ({ ...details, tenants: details.tenants.filter((name) => access.tenants.some((tenant) => tenant.name === name)) }),
  },
  'packages/files': { needs: [{ action: 'see', onAny: ({ id }, find) => find.holders(id) }] },
  'templates/list': {
    keep: (packages, access) => packages.map((item) => ({ ...item, tenantIds: item.tenantIds.filter((tenantId) => access.sees(tenantId)) })).filter(({ tenantIds }) => tenantIds.length > 0),
  },
  'packages/edit': { needs: [{ action: 'edit', on: (place, find) => find.places([place]) }], audit: true },
  'packages/move': { needs: [{ action: 'edit', on: ({ items }, find) => find.places(items) }], audit: true },
  'groups/rename': { needs: [{ action: 'edit', on: ({ tenantId, group }, find) => find.inTenant(tenantId, 'group', group) }], audit: ({ group, newName }) => `${group} → ${newName}` },
  // Whether each target may be copied to is asked by the handler: one that is refused does not keep the others out.
  'packages/copyToTenants': { needs: [{ action: 'see', on: ({ items }, find) => find.places(items) }, { action: 'copy', anywhere: true }], audit: true },
  'packages/uses': {
    needs: [{ action: 'see', on: (place, find) => find.places([place]) }],
    keep: (uses, access) => ({ ...uses, tenantIds: uses.tenantIds.filter((tenantId) => access.sees(tenantId)) }),
  },
  // With `allTenants` the handler asks for the right in the others.
  'packages/delete': { needs: [{ action: 'delete', on: (place, find) => find.places([place]) }], audit: true },
  'packages/fileContent': { needs: [{ action: 'see', onAny: ({ id }, find) => find.holders(id) }] },
  'packages/compare': { needs: [{ action: 'see', onAny: ({ id }, find) => find.holders(id) }, { action: 'see', onAny: ({ otherId }, find) => find.holders(otherId) }] },
  'packages/download': { needs: [{ action: 'see', on: (place, find) => find.places([place]) }] },
  'downloads/list': { keep: (downloads, access) => downloads.filter(seen(access)) },
  'downloads/wait': { needs: [{ action: 'see', on: ({ id }, find) => find.download(id) }] },
  'downloads/cancel': { needs: [{ action: 'see', on: ({ id }, find) => find.download(id) }] },

  // With `replace` the handler also asks in which tenants the person may replace.
  'imports/start': {
    needs: [
      { action: 'import', on: ({ tenant, source }, find) => find.tenantNamed(tenant, fileNameOf(source.path)) },
      { action: 'replace', on: ({ tenant, source, replace = false }, find) => (replace ? find.tenantNamed(tenant, fileNameOf(source.path)) : []) },
    ],
    audit: true,
  },
  'imports/inspect': {
    needs: [{ action: 'import', anywhere: true }],
    keep: (inspection, access) => ({ ...inspection, presentIn: inspection.presentIn.filter((tenantId) => access.sees(tenantId)) }),
  },
  // The handler leaves out of `presentIn`, also in its events, what the person may not see.
  'imports/scan': { needs: [{ action: 'import', on: ({ tenant, path }, find) => find.tenantNamed(tenant, fileNameOf(path)) }] },
  'imports/list': { keep: (imports, access) => imports.filter(seen(access)) },
  'imports/wait': { needs: [{ action: 'see', on: ({ id }, find) => find.import(id) }] },
  'imports/cancel': { needs: [{ action: 'import', on: ({ id }, find) => find.import(id) }], audit: true },
  'imports/retry': {
    needs: [
      { action: 'import', on: ({ id }, find) => find.import(id) },
      { action: 'replace', on: ({ id, replace = false }, find) => (replace ? find.import(id) : []) },
    ],
    audit: true,
  },
  'imports/dismiss': { needs: [{ action: 'import', on: ({ id }, find) => find.import(id) }], audit: true },

  'hosts/list': { keep: (hosts, access) => hosts.filter((host) => access.seesHost(host)) },
  'hosts/add': { needs: [{ action: 'manageHosts', on: ({ tenantId = environmentTenant.id }, find) => find.tenant(tenantId) }], audit: ({ name }) => name },
  'hosts/edit': {
    needs: [
      { action: 'manageHosts', on: ({ id }, find) => find.hosts([id]) },
      { action: 'manageHosts', on: ({ tenantId }, find) => (tenantId === undefined ? [] : find.tenant(tenantId)) },
    ],
    audit: true,
  },
  'hosts/remove': { needs: [{ action: 'manageHosts', on: ({ id }, find) => find.hosts([id]) }], audit: true },
  'hosts/resolve': { needs: [{ action: 'see', on: ({ id }, find) => find.hosts([id]) }] },
  // The person's own files, read by the person's own process.
  'hosts/aliases': { anyone: true },
  'hosts/protectedTags': {},
  'hosts/protect': { needs: [administer('hosts')], audit: ({ tags }) => `protected tags: ${tags.join(', ')}` },
  'hosts/test': { needs: [{ action: 'manageHosts', on: ({ id }, find) => find.hosts([id]) }] },
  'applications/list': { keep: (applications, access) => applications.filter(seen(access)) },

  'deployments/form': { needs: [{ action: 'see', onAny: ({ packageId }, find) => find.holders(packageId) }] },
  // Hosts that one may not see are problems, like those that are gone.
  'deployments/check': { needs: [{ action: 'deploy', on: ({ packageId: id, tenantId }, find) => find.places([{ id, tenantId }]) }] },
  'deployments/plan': { needs: deploying((inputs) => inputs) },
  'deployments/questions': { needs: [{ action: 'see', onAny: ({ packageId }, find) => find.holders(packageId) }] },
  // The handler leaves out deployments of tenants that the person may not see.
  'deployments/remembered': { needs: [{ action: 'see', onAny: ({ packageId }, find) => find.holders(packageId) }] },
  'deployments/prefill': { needs: [{ action: 'see', on: ({ deployedIds }, find) => find.deployed(deployedIds) }] },
  'deployments/start': { needs: deploying(({ inputs }) => inputs), audit: true },
  'deployments/list': { keep: (deployments, access) => deployments.filter(seen(access)) },
  'deployments/get': { needs: [{ action: 'see', on: ({ id }, find) => find.deployment(id) }] },
  'deployments/inputs': { needs: [{ action: 'see', on: ({ id }, find) => find.deployment(id) }] },
  'deployments/events': { needs: [{ action: 'see', on: ({ id }, find) => find.deployment(id) }] },
  'deployments/unfollow': {},
  'deployments/stop': { needs: [{ action: 'deploy', on: ({ id }, find) => find.deployment(id) }], audit: true },
  'deployments/pause': { needs: [{ action: 'deploy', on: ({ id }, find) => find.deployment(id) }], audit: true },
  'deployments/goOn': { needs: [{ action: 'deploy', on: ({ id }, find) => find.deployment(id) }], audit: true },
  'deployments/planAgain': { needs: [{ action: 'deploy', on: ({ id }, find) => find.deployment(id) }] },
  'deployments/resume': { needs: [{ action: 'deploy', on: ({ id }, find) => find.deployment(id) }], audit: true },
  'deployments/cleanUp': { needs: [{ action: 'deploy', on: ({ id }, find) => find.deployment(id) }], audit: true },
  // Both sign in to the host, as the person.
  'deployedPackages/verify': { needs: [{ action: 'deploy', on: ({ id }, find) => find.deployed([id]) }], audit: true },
  'deployedPackages/file': { needs: [{ action: 'deploy', on: ({ id }, find) => find.deployed([id]) }], audit: true },
  'deployedPackages/markFilesCopied': { needs: [{ action: 'deploy', on: ({ id }, find) => find.deployed([id]) }], audit: true },
  'deployedPackages/verification': { needs: [{ action: 'see', on: ({ id }, find) => find.deployed([id]) }] },
  'deployedPackages/list': { keep: (deployed, access) => deployed.filter(seen(access)) },
  'deployedPackages/profiles': { needs: [{ action: 'see', on: ({ id }, find) => find.deployed([id]) }] },
  // Versions of other tenants' deployments are none of one's own history.
  'deployedPackages/history': { needs: [{ action: 'see', on: ({ id }, find) => find.deployed([id]) }], keep: (installations, access) => installations.filter(seen(access)) },
};

function administer(name: string): { readonly action: Action; readonly on: (params: unknown, find: ObjectFinder) => Promise<readonly OwnedObject[]> } {
  return { action: 'administer', on: (_, find) => find.environment(name) };
}

/** To deploy in the package's tenant, to hosts that one may see. Hosts that are gone are told by the handler. */
function deploying<P>(inputsOf: (params: P) => { readonly packageId: string; readonly tenantId: string; readonly hostIds: readonly string[] }): readonly Condition<P>[] {
  return [
    { action: 'deploy', on: (params, find) => { const { packageId: id, tenantId } = inputsOf(params); return find.places([{ id, tenantId }]); } },
    { action: 'see', on: (params, find) => find.hosts(inputsOf(params).hostIds) },
  ];
}

function seen(access: RequestAccess): (item: { readonly tenantId: string }) => boolean {
  return ({ tenantId }) => access.sees(tenantId);
}
