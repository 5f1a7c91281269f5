import type { ErrorCode } from '../errors';
import { environmentTenant } from '../packages/model';
import { privileges, type Privilege, type TaskPrivilege } from './privileges';

/** A named set of privileges. */
export interface Role {
  readonly id: string;
  /** As entered; of a built-in role its English name, `describeRole` has the reader's. */
  readonly name: string;
  /** Cannot be changed or removed. */
  readonly builtIn: boolean;
  readonly privileges: readonly (Privilege | TaskPrivilege)[];
}

export const administratorRole: Role = { id: 'administrator', name: 'Administrator', builtIn: true, privileges };
const deployerRole: Role = { id: 'deployer', name: 'Deployer', builtIn: true, privileges: ['import', 'deploy', 'manageHosts'] };
const readerRole: Role = { id: 'reader', name: 'Reader', builtIn: true, privileges: [] };

export const builtInRoles: readonly Role[] = [administratorRole, deployerRole, readerRole];

/** A role held in a tenant and in all tenants below it. */
export interface Grant {
  readonly roleId: string;
  readonly tenantId: string;
}

export interface User {
  readonly id: string;
  /** The name in the operating system; compared in any case. */
  readonly name: string;
  readonly grants: readonly Grant[];
}

/** Whether somebody holds the role Administrator in the environment, and with it everywhere. There is always one who does. */
export function isChiefAdministrator({ grants }: Pick<User, 'grants'>): boolean {
  return grants.some(({ roleId, tenantId }) => roleId === administratorRole.id && tenantId === environmentTenant.id);
}

/** What the person who asks may do; for pages and views, which grey or hide by it. The service decides anyway. */
export interface AccessView {
  /** `id` is empty for somebody whom the repository does not know. */
  readonly user: { readonly id: string; readonly name: string };
  /** One entry for each tenant that the person may see. */
  readonly privileges: readonly { readonly tenantId: string; readonly privileges: readonly Privilege[] }[];
  /** May administer the environment, and with it everything. */
  readonly administrator: boolean;
}

/** How an action ended; `begun`: its service died before it could tell. */
export type AuditOutcome = 'begun' | 'done' | 'failed' | 'refused';

/** Who did what to what, when, from where. */
export interface AuditRecord {
  /** Grows by one; gaps are records that were dropped for their age. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Name in the operating system. */
  readonly user: string;
  readonly machine: string;
  /** The request, e.g. `packages/delete`. */
  readonly action: string;
  /** What it was done to, as it was called then. */
  readonly object: string;
  /** Absent: it belongs to no tenant, e.g. a role. */
  readonly tenantId?: string;
  readonly outcome: AuditOutcome;
  /** Why it failed or was refused. */
  readonly code?: ErrorCode;
  /** Of what was done to a deployment: which plan that is a run of. */
  readonly planHash?: string;
}
