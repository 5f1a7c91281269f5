import { ProductError } from '../../../src/core/errors';
import { environmentTenant, type PackageSummary } from '../../../src/core/packages/model';
import type { Repository } from '../../../src/service/repository/repository';
import { importSample, readAll, sampleBytes, sampleDeployment, sampleHost, sha256Of } from './samples';

/** One thing a client asks for. Everything is named by small numbers, so that operations meet. */
export type Operation =
  | { readonly kind: 'addTenant'; readonly tenant: number }
  | { readonly kind: 'import'; readonly tenant: number; readonly version: number; readonly bytes: number }
  | { readonly kind: 'edit'; readonly tenant: number; readonly version: number; readonly group: string }
  | { readonly kind: 'delete'; readonly tenant: number; readonly version: number }
  | { readonly kind: 'addHost'; readonly host: number }
  | { readonly kind: 'editHost'; readonly host: number; readonly user: string }
  | { readonly kind: 'removeHost'; readonly host: number }
  | { readonly kind: 'deploy'; readonly host: number; readonly version: number }
  | { readonly kind: 'output'; readonly host: number; readonly lines: number }
  | { readonly kind: 'end'; readonly host: number };

/** What a client sees of a repository, without ids and times. */
export interface Seen {
  readonly tenants: readonly string[];
  /** `tenant/version group sha256`. */
  readonly packages: readonly string[];
  /** `name user`. */
  readonly hosts: readonly string[];
  /** `host state events`, in the order they were started. */
  readonly deployments: readonly string[];
}

interface ModelDeployment {
  readonly host: number;
  readonly version: number;
  state: 'running' | 'complete';
  events: number;
  /** How many of them survive a loss of power. */
  synced: number;
}

/** The repository as a few plain maps: what every driver must look like from outside. */
export class Model {
  readonly tenants = new Set<number>([0]);
  readonly packages = new Map<string, { group: string; bytes: number }>();
  readonly hosts = new Map<number, string>();
  readonly deployments: ModelDeployment[] = [];

  copy(): Model {
    const copy = new Model();
    for (const tenant of this.tenants) copy.tenants.add(tenant);
    for (const [key, value] of this.packages) copy.packages.set(key, { ...value });
    for (const [host, user] of this.hosts) copy.hosts.set(host, user);
    copy.deployments.push(...this.deployments.map((deployment) => ({ ...deployment })));
    return copy;
  }

  /** Applies an operation; the code of the error it is refused with, when it is. */
  apply(operation: Operation): string | undefined {
    switch (operation.kind) {
      case 'addTenant':
        if (this.tenants.has(operation.tenant)) return 'repository/name-taken';
        this.tenants.add(operation.tenant);
        return undefined;
      case 'import':
        if (!this.tenants.has(operation.tenant)) return 'general/not-found';
        if (this.packages.has(keyOf(operation))) return 'import/already-present';
        this.packages.set(keyOf(operation), { group: 'new', bytes: operation.bytes });
        return undefined;
      case 'edit': {
        const found = this.packages.get(keyOf(operation));
        if (!found) return 'general/not-found';
        found.group = operation.group;
        return undefined;
      }
      case 'delete':
        if (!this.packages.has(keyOf(operation))) return 'general/not-found';
        if (operation.tenant === 0 && this.deployments.some(({ state, version }) => state === 'running' && version === operation.version)) return 'repository/package-in-use';
        this.packages.delete(keyOf(operation));
        return undefined;
      case 'addHost':
        if (this.hosts.has(operation.host)) return 'repository/name-taken';
        this.hosts.set(operation.host, 'first');
        return undefined;
      case 'editHost':
        if (!this.hosts.has(operation.host)) return 'general/not-found';
        this.hosts.set(operation.host, operation.user);
        return undefined;
      case 'removeHost':
        if (!this.hosts.has(operation.host)) return 'general/not-found';
        if (this.runningOn(operation.host)) return 'repository/host-in-use';
        this.hosts.delete(operation.host);
        return undefined;
      case 'deploy':
        if (!this.hosts.has(operation.host) || !this.packages.has(keyOf({ tenant: 0, version: operation.version }))) return 'general/not-found';
        if (this.runningOn(operation.host)) return 'repository/host-busy';
        this.deployments.push({ host: operation.host, version: operation.version, state: 'running', events: 0, synced: 0 });
        return undefined;
      case 'output':
      case 'end': {
        const running = this.runningOn(operation.host);
        if (!running) return 'general/not-found';
        running.events += operation.kind === 'output' ? operation.lines : 2;
        if (operation.kind === 'end') {
          running.state = 'complete';
          running.synced = running.events;
        }
        return undefined;
      }
    }
  }

  see(): Seen {
    return {
      tenants: [...this.tenants].map(tenantName).sort(),
      packages: [...this.packages].map(([key, { group, bytes }]) => `${key} ${group} ${contentOf(bytes).sha256}`).sort(),
      hosts: [...this.hosts].map(([host, user]) => `host-${host} ${user}`).sort(),
      deployments: this.deployments.map(({ host, state, events }) => `host-${host} ${state} ${events}`),
    };
  }

  /**
   * True when a client sees this. Of the deployment with index i only `floors[i]` events need to be there: those above
   * were never acknowledged, or not as durable. The model then takes over how many there are.
   */
  matches(seen: Seen, floors: readonly number[]): boolean {
    const expected = this.see();
    const others = ({ deployments: _, ...rest }: Seen) => JSON.stringify(rest);
    if (others(seen) !== others(expected) || seen.deployments.length !== this.deployments.length) return false;
    const counts = seen.deployments.map((text) => Number(text.split(' ').at(-1)));
    const fits = this.deployments.every(({ host, state, events }, i) => {
      const count = counts[i] ?? 0;
      const partly = count < events && count >= (floors[i] ?? 0);
      return seen.deployments[i] === `host-${host} ${partly ? 'running' : state} ${partly ? count : events}`;
    });
    if (!fits) return false;
    this.deployments.forEach((deployment, i) => {
      if ((counts[i] ?? 0) < deployment.events) deployment.state = 'running';
      deployment.events = counts[i] ?? 0;
      deployment.synced = Math.min(deployment.synced, deployment.events);
    });
    return true;
  }

  private runningOn(host: number): ModelDeployment | undefined {
    return this.deployments.find((deployment) => deployment.host === host && deployment.state === 'running');
  }
}

/** Asks a repository for what an operation says. */
export async function perform(repository: Repository, operation: Operation): Promise<void> {
  switch (operation.kind) {
    case 'addTenant':
      await repository.addTenant(tenantName(operation.tenant), environmentTenant.id);
      return;
    case 'import':
      await importSample(repository, contentOf(operation.bytes).bytes, {
        tenantId: await tenantId(repository, operation.tenant), version: versionName(operation.version), group: 'new',
      });
      return;
    case 'edit': {
      const found = await findPackage(repository, operation);
      await repository.editPackage(found.id, found.tenantId, { group: operation.group });
      return;
    }
    case 'delete': {
      const found = await findPackage(repository, operation);
      await repository.deletePackage(found.id, found.tenantId);
      return;
    }
    case 'addHost':
      await repository.addHost(sampleHost(`host-${operation.host}`, { user: 'first' }));
      return;
    case 'editHost':
      await repository.editHost(await hostId(repository, operation.host), sampleHost(`host-${operation.host}`, { user: operation.user }));
      return;
    case 'removeHost':
      await repository.removeHost(await hostId(repository, operation.host));
      return;
    case 'deploy': {
      const summary = await findPackage(repository, { tenant: 0, version: operation.version });
      await repository.addDeployment(sampleDeployment(summary, [{ id: await hostId(repository, operation.host), name: `host-${operation.host}` }]));
      return;
    }
    case 'output':
    case 'end': {
      const running = (await repository.listDeployments()).find(({ state, hosts }) => state === 'running' && hosts[0]?.hostName === `host-${operation.host}`);
      const host = running?.hosts[0]?.hostId ?? 'nobody';
      await repository.appendDeploymentEvents(running?.id ?? 'nothing', operation.kind === 'output'
        ? Array.from({ length: operation.lines }, (_, i) => ({ type: 'output', host, stream: 'stdout', text: `line ${i}` }))
        : [{ type: 'hostEnded', host, state: 'complete', left: [] }, { type: 'ended', state: 'complete' }]);
    }
  }
}

/** Looks at everything, contents included. */
export async function look(repository: Repository): Promise<Seen> {
  const tenants = await repository.listTenants();
  const packages: string[] = [];
  for (const { tenantId: id, version, group, sha256 } of await repository.listPackages()) {
    const tenant = tenants.findIndex((each) => each.id === id);
    const name = tenants[tenant]?.name ?? '';
    packages.push(`${name}/${version} ${group} ${sha256Of(await readAll(repository, sha256))}`);
  }
  const deployments: string[] = [];
  for (const { id, state, hosts } of await repository.listDeployments()) {
    const events = await repository.readDeploymentEvents(id, 0, 100_000);
    deployments.push(`${hosts[0]?.hostName} ${state} ${events.length}`);
  }
  return {
    tenants: tenants.map(({ name }) => name).sort(),
    packages: packages.sort(),
    hosts: (await repository.listHosts()).map(({ name, user }) => `${name} ${user}`).sort(),
    deployments,
  };
}

function keyOf({ tenant, version }: { tenant: number; version: number }): string {
  return `${tenantName(tenant)}/${versionName(version)}`;
}

const tenantName = (tenant: number) => (tenant === 0 ? environmentTenant.name : `tenant-${tenant}`);
const versionName = (version: number) => `1.0.0.${version}`;

const contents = new Map<number, { bytes: Buffer; sha256: string }>();

/** Number n stands for n × 30,000 bytes or so: within one volume, or several. */
function contentOf(number: number): { bytes: Buffer; sha256: string } {
  let content = contents.get(number);
  if (!content) {
    const bytes = sampleBytes(number * 30_000 + number, `content ${number}`);
    content = { bytes, sha256: sha256Of(bytes) };
    contents.set(number, content);
  }
  return content;
}

async function tenantId(repository: Repository, tenant: number): Promise<string> {
  return (await repository.listTenants()).find(({ name }) => name === tenantName(tenant))?.id ?? 'nobody';
}

async function hostId(repository: Repository, host: number): Promise<string> {
  return (await repository.listHosts()).find(({ name }) => name === `host-${host}`)?.id ?? 'nobody';
}

async function findPackage(repository: Repository, key: { tenant: number; version: number }): Promise<PackageSummary> {
  const tenant = await tenantId(repository, key.tenant);
  const found = (await repository.listPackages(tenant)).find(({ version }) => version === versionName(key.version));
  if (!found) throw new ProductError('general/not-found', { kind: 'package', name: versionName(key.version) });
  return found;
}
