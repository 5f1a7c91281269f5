import type { AuditOutcome, AuditRecord, Grant, Role, User } from '../../core/access/model';
import type { KnownTask } from '../../core/access/privileges';
import type { ApplicationObject, DeployedPackage, Deployment, DeploymentEvent, DeploymentEventBody, DeploymentInputs, Installation } from '../../core/deployment/model';
import type { Verification } from '../../core/deployment/verification';
import type { ErrorCode, ErrorData } from '../../core/errors';
import type { Host, HostContact, HostSettings, HostSystem } from '../../core/hosts/model';
import type { CopyOutcome, PackagePlace, PackageUses } from '../../core/packages/copy';
import type { GroupCount, HeldPackage, PlacedPackage, SharedPackage } from '../../core/packages/held';
import type { ImportRecord, PackageDetails, PackageFile, PackageSummary, PackageTemplates, Tenant } from '../../core/packages/model';
import type { ChangedArea } from '../../protocol/service';

/** A stored archive, addressed by the SHA-256 of its bytes. */
export interface StoredContent {
  /** Lower-case hexadecimal SHA-256 of the bytes. */
  readonly sha256: string;
  readonly size: number;
}

/**
 * Takes the bytes of one archive. Nothing of it can be seen until `finish`; without it, or after `abort`, nothing stays.
 */
export interface ContentWriter {
  /** Appends bytes; resolves when they may be reused by the caller. @throws ProductError `repository/disk-full`, `repository/write-failed` */
  write(bytes: Uint8Array): Promise<void>;
  /** Lower-case hexadecimal SHA-256 of all bytes written so far. */
  sha256(): string;
  /**
   * Makes the bytes durable, with the index of the files inside the archive. When the same bytes are stored already,
   * the new copy is dropped and the old one is used. Each finished content must then be given either to one successful
   * `addPackage` or to `releaseContent`; until then it stays, also when its last package is deleted meanwhile. Content
   * that a dead service left without a package is collected when the next one starts. When it rejects, nothing stays.
   */
  finish(files: readonly PackageFile[]): Promise<StoredContent>;
  /** Removes everything written so far. Never throws. */
  abort(): Promise<void>;
}

/** What is known of a package when its content is stored. */
export interface NewPackage extends Omit<PackageDetails, 'id' | 'tenants' | 'updatedAt' | 'size' | 'sha256' | 'lastDeployment'> {
  readonly content: StoredContent;
  readonly importId: string;
  /** The privileges that its metadata brings. */
  readonly tasks?: readonly KnownTask[];
  /** Tenants in which a package of this identity may be replaced; absent: none. */
  readonly replaceIn?: readonly string[];
}

/** An import that begins. */
export interface NewImport extends Pick<ImportRecord, 'source' | 'located' | 'limits' | 'tenantId' | 'group'> {
  /** Tenants in which a package of the same identity may be replaced; absent: none. */
  readonly replaceIn?: readonly string[];
}

/** An import that a service which is gone has left. */
export interface LeftImport {
  readonly record: ImportRecord;
  readonly replaceIn: readonly string[];
  /** How often it was taken up again, this time included. */
  readonly resumed: number;
}

/** What can be edited of a package; what is absent stays. */
export interface PackageEdit {
  readonly group?: string;
  readonly description?: string;
}

/** Who edits, and what they saw before. */
export interface EditContext {
  readonly by?: string;
  readonly known?: PackageEdit;
}

export interface NewDeployment {
  /** See `Deployment.planHash`. */
  readonly planHash?: string;
  readonly inputs: DeploymentInputs;
  readonly package: Deployment['package'];
  readonly plugIn?: Deployment['plugIn'];
  readonly startedBy: string;
  readonly hosts: readonly { readonly hostId: string; readonly hostName: string; readonly applicationName: string }[];
}

export interface HostKeyRecord {
  readonly address: string;
  readonly port: number;
  readonly type: string;
  /** The key in base64, as in a known_hosts line. */
  readonly key: string;
}

/** Takes the lists that differ; where packages are among them, in which tenants which ones; undefined: any may, in any. */
export type ChangeListener = (areas: readonly ChangedArea[], places: readonly PackagePlace[] | undefined) => void;

/**
 * The port to the database of packages, hosts and deployments, in the words of the domain. Every writing method is one
 * transaction and resolves when the change is durable; when it rejects, nothing of the change is there.
 * A reading method shows durable changes only: what another client was told, or nothing of it.
 * Common errors: `repository/read-only`, `repository/disk-full`, `repository/write-failed`, `repository/read-failed`,
 * `repository/not-owner`, `repository/closed`, `general/not-found`.
 */
export interface Repository {
  /** Set while only reading is possible: a damaged repository, opened at the newest state that could be read in full. */
  readonly readOnly: ErrorData | undefined;
  /**
   * A person has seen what `readOnly` says is missing and goes on from the state that is shown. What is damaged is set
   * aside under another name, never removed. Does nothing when the repository is not read-only.
   */
  useRecoveredCopy(): Promise<void>;
  /** Tells after each durable change which lists differ, and which packages. */
  onChanged(listener: ChangeListener): () => void;
  /** Waits for the changes under way, folds the log and closes all files; later calls reject with `repository/closed`. */
  close(): Promise<void>;

  listTenants(): Promise<readonly Tenant[]>;
  /** @throws ProductError `repository/name-taken` */
  addTenant(name: string, parentId: string): Promise<Tenant>;
  /** @throws ProductError `repository/name-taken`, `access/environment-stays` */
  renameTenant(id: string, name: string): Promise<Tenant>;
  /** Removes a tenant that holds nothing. @throws ProductError `access/tenant-in-use`, `access/environment-stays` */
  removeTenant(id: string): Promise<void>;

  listUsers(): Promise<readonly User[]>;
  /** Makes somebody the first user and Administrator of the environment; does nothing where there are users. */
  addFirstAdministrator(name: string): Promise<void>;
  /**
   * Adds a user, or changes the one with that id. In the same transaction somebody stays Administrator of the environment.
   * @throws ProductError `repository/name-taken`, `access/last-administrator`
   */
  saveUser(user: { readonly id?: string | undefined; readonly name: string; readonly grants: readonly Grant[] }): Promise<User>;
  /** @throws ProductError `access/last-administrator` */
  removeUser(id: string): Promise<void>;
  /** Built-in roles first. */
  listRoles(): Promise<readonly Role[]>;
  /** Adds a role, or changes the one with that id. @throws ProductError `repository/name-taken`, `access/built-in-role` */
  saveRole(role: { readonly id?: string | undefined; readonly name: string; readonly privileges: Role['privileges'] }): Promise<Role>;
  /** @throws ProductError `access/role-in-use`, `access/built-in-role` */
  removeRole(id: string): Promise<void>;
  /** The privileges that packages have brought, by name. */
  listTasks(): Promise<readonly KnownTask[]>;

  /** Appends to the audit trail, and drops what is too old. @returns the record's sequence number */
  addAudit(record: Omit<AuditRecord, 'seq' | 'at'>): Promise<number>;
  /** Says how an action ended whose beginning was recorded. */
  endAudit(seq: number, outcome: AuditOutcome, code?: ErrorCode, planHash?: string): Promise<void>;
  /** Records after a sequence number, oldest first, at most `limit`; of these tenants only, when given. */
  listAudit(after: number, limit: number, tenantIds?: readonly string[]): Promise<readonly AuditRecord[]>;

  /** Of one tenant, or of all: a large repository has too many for one list (see `listHeldPackages`). */
  listPackages(tenantId?: string): Promise<readonly PackageSummary[]>;
  /** How many packages each tenant holds, group by group; without the packages. */
  countGroups(): Promise<readonly GroupCount[]>;
  /** How a tenant holds its packages, by group and id, at most `limit` of them, after the one that is named. */
  listHeldPackages(tenantId: string, limit: number, after?: Pick<HeldPackage, 'group' | 'packageId'>): Promise<readonly HeldPackage[]>;
  /** How packages are held in these places. What is gone is left out. */
  listPlaces(places: readonly PackagePlace[]): Promise<readonly PlacedPackage[]>;
  /** What is shared of these packages, of each that one of these tenants holds. */
  listSharedPackages(packageIds: readonly string[], tenantIds: readonly string[]): Promise<readonly SharedPackage[]>;
  /** The tenants that hold a package of that identity (`identityKey`), whatever its content. */
  listIdentityTenants(identityKey: string): Promise<readonly string[]>;
  getPackage(id: string, tenantId?: string): Promise<PackageDetails>;
  /** The tenants that hold a package, by name; none when there is no such package. */
  listPackageTenants(id: string): Promise<readonly Tenant[]>;
  listPackageFiles(id: string): Promise<readonly PackageFile[]>;
  /** The templates of all packages that have some, by name and version of the package. */
  listTemplates(): Promise<readonly PackageTemplates[]>;
  /** The package of a tenant with that identity (`identityKey`), if any. */
  findPackage(tenantId: string, identityKey: string): Promise<PackageSummary | undefined>;
  /**
   * Registers a package whose content is stored and ends its import, in one transaction. With `replaceIn` a package of that
   * identity gets the new content and keeps id, group, description, tenants and history.
   * @throws ProductError `import/already-present` when the tenant has a package of that identity; `access/held-elsewhere` when
   * it may be replaced here but not in all tenants that hold it; `repository/package-in-use` while a deployment of it runs
   */
  addPackage(added: NewPackage): Promise<PackageSummary>;
  /** @throws ProductError `access/edited-meanwhile` when a field to change is not as in `known` */
  editPackage(id: string, tenantId: string, change: PackageEdit, context?: EditContext): Promise<PackageSummary>;
  /** Puts packages into a group, all of them or none. */
  movePackages(places: readonly PackagePlace[], group: string, by: string): Promise<void>;
  /** Moves all packages of one tenant's group. @throws ProductError `general/not-found` when it has none */
  renameGroup(tenantId: string, group: string, newName: string, by: string): Promise<void>;
  /**
   * Lets tenants hold packages, with group and description of where they come from; the content is shared. A target that
   * holds another content under the same identity is left as it is, and said so.
   */
  copyToTenants(places: readonly PackagePlace[], tenantIds: readonly string[]): Promise<readonly CopyOutcome[]>;
  /** Removes the package from these tenants, from all or from none; its content goes with the last tenant. @throws ProductError `repository/package-in-use` while a deployment of it runs */
  deletePackage(id: string, tenantId: string, ...others: readonly string[]): Promise<void>;
  /** What a deletion from a tenant would touch. */
  packageUses(id: string, tenantId: string): Promise<PackageUses>;

  /** Starts to store an archive of about `expectedSize` bytes. @throws ProductError `repository/no-room` when the disk has less */
  writeContent(expectedSize: number): Promise<ContentWriter>;
  /** Ends the caller's claim from `finish`. The content is removed unless a package or another claim refers to it. */
  releaseContent(sha256: string): Promise<void>;
  /**
   * The stored bytes from `start` (inclusive) to `end` (exclusive; default: all), checked against the volumes' hashes.
   * @throws ProductError `repository/content-damaged` that names the package and volume
   */
  readContent(sha256: string, start?: number, end?: number): AsyncIterable<Uint8Array>;

  listImports(): Promise<readonly ImportRecord[]>;
  addImport(added: NewImport): Promise<ImportRecord>;
  /** Takes up an import again that a service which is gone has left, and counts that. */
  resumeImport(id: string): Promise<LeftImport>;
  /** Ends an import that did not become a package. */
  endImport(id: string, state: 'failed' | 'cancelled', end: Pick<ImportRecord, 'step' | 'percent' | 'error' | 'identity'>): Promise<ImportRecord>;
  removeImport(id: string): Promise<void>;

  listHosts(): Promise<readonly Host[]>;
  getHost(id: string): Promise<Host>;
  /** @throws ProductError `repository/name-taken` */
  addHost(settings: HostSettings, tenantId?: string): Promise<Host>;
  /** Without a tenant it stays where it is. */
  editHost(id: string, settings: HostSettings, tenantId?: string): Promise<Host>;
  /**
   * Removes a host with its application objects and deployed packages; its deployments stay. With the last host of an
   * address and port go the keys that were trusted for it.
   * @throws ProductError `repository/host-in-use` while a deployment to it runs
   */
  removeHost(id: string): Promise<void>;
  /** Tags whose hosts ask for a typed confirmation before a deployment. */
  listProtectedTags(): Promise<readonly string[]>;
  /** Puts others in their place. */
  protectTags(tags: readonly string[]): Promise<readonly string[]>;
  recordHostContact(id: string, contact: HostContact, system?: HostSystem): Promise<Host>;

  /** Keys trusted by a person of this product, beside the user's known_hosts. Addresses are compared in any case. */
  listHostKeys(address: string, port: number): Promise<readonly HostKeyRecord[]>;
  addHostKey(key: HostKeyRecord): Promise<void>;

  listApplications(): Promise<readonly ApplicationObject[]>;
  findApplication(name: string, hostId: string): Promise<ApplicationObject | undefined>;
  getApplication(id: string): Promise<ApplicationObject | undefined>;
  /** Adds the application object, or replaces the one with its id. */
  saveApplication(application: ApplicationObject): Promise<void>;
  removeApplication(id: string): Promise<void>;

  /** @throws ProductError `repository/host-busy` while another deployment runs on one of the hosts */
  addDeployment(added: NewDeployment): Promise<Deployment>;
  listDeployments(): Promise<readonly Deployment[]>;
  getDeployment(id: string): Promise<Deployment>;
  getDeploymentInputs(id: string): Promise<DeploymentInputs>;
  /**
   * Appends events to the journal of a deployment and applies them to its state (`applyEvent`). Resolves, with sequence
   * numbers and times filled in, once they are stored: durably, except that a call with only `output`, `command` and
   * `fact` events may be lost by a crash of the machine, never by one of the service.
   * @throws ProductError `repository/host-busy` for `resumed` while another deployment runs on one of its hosts;
   * `repository/journal-damaged`
   */
  appendDeploymentEvents(id: string, events: readonly DeploymentEventBody[]): Promise<readonly DeploymentEvent[]>;
  /**
   * Stored events with a sequence number above `after`, oldest first, at most `limit`. A torn tail is left out.
   * @throws ProductError `repository/journal-damaged` when the next event after `after` lies behind the damage
   */
  readDeploymentEvents(id: string, after: number, limit: number): Promise<readonly DeploymentEvent[]>;

  listDeployedPackages(): Promise<readonly DeployedPackage[]>;
  getDeployedPackage(id: string): Promise<DeployedPackage>;
  /**
   * Records what is installed for one application on one host, replacing the earlier record of the same plug-in, or of the
   * program itself; a complete one is added to the history. Also ends `planned` of its application object, and saves other objects that name it.
   */
  recordDeployedPackage(
    record: Omit<DeployedPackage, 'id' | 'at'>, application: ApplicationObject,
    change?: { readonly replaced?: Installation['replaced']; readonly others?: readonly ApplicationObject[] },
  ): Promise<DeployedPackage>;
  /**
   * What was installed for an application object, the newest first: as its program, or of one plug-in (`DeployedPackage.plugIn`).
   * It stays when packages are deleted, and goes with its host.
   */
  /** Keeps how the files of a deployed package were found; the next deployment drops it. @throws ProductError `general/not-found` */
  recordVerification(id: string, verification: Verification): Promise<DeployedPackage>;
  /** Nothing is left to be copied into GAX, since a person has done it. @throws ProductError `general/not-found` */
  clearFilesToCopy(id: string): Promise<DeployedPackage>;
  getVerification(id: string): Promise<Verification | undefined>;
  listInstallations(applicationId: string, plugIn?: string): Promise<readonly Installation[]>;
}
