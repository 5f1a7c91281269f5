import { ProductError, toErrorData } from '../../../../core/errors';
import type { Deployment, DeploymentEvent, DeploymentInputs, HostRun } from '../../../../core/deployment/model';
import { applyEvent } from '../../../../core/deployment/run';
import { describeIdentity } from '../../../../core/packages/identity';
import type { PackageSummary } from '../../../../core/packages/model';
import type { ServiceLog } from '../../../serviceLog';
import type { NewDeployment, Repository } from '../../repository';
import type { Reader, Row } from '../catalogue';
import { json, number, optionalText, text } from '../rows';
import { isState } from '../journals';
import type { Transaction } from '../store';
import { requireHost } from './hosts';
import type { RepositoryParts } from './parts';
import { requireTenant } from './tenants';

/** A host on which a deployment is at work. */
export interface RunningHost {
  readonly deployment: Deployment;
  readonly host: HostRun;
  /** The package as messages name it. */
  readonly package: string;
}

type Trouble = NonNullable<PackageSummary['lastDeployment']>;

/** What the other parts of the repository ask about deployments; all inside a transaction or read. */
export interface Deployments {
  runningOn(reader: Reader, hostIds: readonly string[]): readonly RunningHost[];
  runningOf(reader: Reader, packageId: string, tenantId: string): readonly RunningHost[];
  /** How the last deployment of each package, or of one, ended when it did not end well; by {@link troubleKey}. */
  troubles(reader: Reader, packageId?: string): ReadonlyMap<string, Trouble>;
}

export function troubleKey(packageId: string, tenantId: string): string {
  return `${packageId} ${tenantId}`;
}

type DeploymentMethods =
  | 'addDeployment' | 'listDeployments' | 'getDeployment' | 'getDeploymentInputs' | 'appendDeploymentEvents' | 'readDeploymentEvents';

/**
 * Deployments: who and what in the catalogue, what happened in the journals. The journal is the truth; the catalogue's
 * record follows when a deployment ends, and until then its state is the fold of its events, kept in memory.
 */
export async function createDeployments(
  parts: RepositoryParts & { readonly log: ServiceLog },
): Promise<{ readonly methods: Pick<Repository, DeploymentMethods>; readonly deployments: Deployments }> {
  const { store, journals, newId, now, log } = parts;
  /** The state of deployments whose record in the catalogue may be behind their journal. */
  const live = new Map<string, Deployment>();
  /** Those whose record says so, as soon as it durably does. */
  const marked = new Map<string, Promise<void>>();
  /** How many appends are under way for each. */
  const appending = new Map<string, number>();
  /** Hosts that a deployment is about to take up again. */
  const resuming = new Map<string, Deployment>();

  const current = (reader: Reader, row: Row): Deployment => live.get(text(row, 'id')) ?? readDeployment(reader, row);

  const running = (reader: Reader): RunningHost[] =>
    reader.all('SELECT * FROM deployments WHERE is_open = 1 ORDER BY started_at, id')
      .map((row) => current(reader, row))
      .filter(({ state }) => state === 'running')
      .flatMap((deployment) => deployment.hosts.filter(isAtWork).map((host) => ({ deployment, host, package: describeIdentity(deployment.package) })));

  const deployments: Deployments = {
    runningOn: (reader, hostIds) => running(reader).filter(({ host }) => hostIds.includes(host.hostId)),
    runningOf: (reader, packageId, tenantId) =>
      running(reader).filter(({ deployment }) => deployment.packageId === packageId && deployment.tenantId === tenantId),
    troubles(reader, packageId) {
      const ended = reader.all(
        `SELECT package_id, tenant_id, trouble FROM deployments
         WHERE state IN ('complete', 'failed', 'cancelled', 'held') AND (? IS NULL OR package_id = ?) ORDER BY ended_at, id`,
        packageId ?? null, packageId ?? null,
      );
      const last = new Map<string, Trouble>();
      for (const row of ended) {
        const key = troubleKey(text(row, 'package_id'), text(row, 'tenant_id'));
        const trouble = optionalText(row, 'trouble');
        if (trouble === undefined) last.delete(key);
        else last.set(key, trouble as Trouble);
      }
      return last;
    },
  };

  const refuseBusyHosts = (reader: Reader, hostIds: readonly string[], own?: string) => {
    const [busy] = deployments.runningOn(reader, hostIds).filter(({ deployment }) => deployment.id !== own);
    if (busy) throw new ProductError('repository/host-busy', { host: busy.host.hostName, package: busy.package });
    for (const hostId of hostIds) {
      const other = resuming.get(hostId);
      const host = other?.hosts.find((run) => run.hostId === hostId);
      if (other && host && other.id !== own) throw new ProductError('repository/host-busy', { host: host.hostName, package: describeIdentity(other.package) });
    }
  };

  /** Marks the record as behind its journal, before the journal gets ahead of it. */
  const mark = (id: string): Promise<void> => {
    let marking = marked.get(id);
    if (!marking) {
      marking = store.write((transaction) => {
        const row = requireRow(transaction, id);
        live.set(id, current(transaction, row));
        if (number(row, 'is_open') === 0) transaction.run('UPDATE deployments SET is_open = 1 WHERE id = ?', id);
      });
      marked.set(id, marking);
      marking.catch(() => marked.delete(id));
    }
    return marking;
  };

  /** Takes hosts for a deployment that is about to be taken up again. */
  const reserve = (id: string, hostIds: readonly string[]) => store.read((reader) => {
    const deployment = current(reader, requireRow(reader, id));
    refuseBusyHosts(reader, hostIds, id);
    for (const hostId of hostIds) resuming.set(hostId, deployment);
  });

  /** Brings the record up to its journal. When that fails, the next start folds the journal again. */
  const closeRecord = async (deployment: Deployment) => {
    try {
      await store.write((transaction) => {
        // Somebody is adding to the journal again: whoever ends last closes the record.
        if (appending.has(deployment.id)) return;
        marked.delete(deployment.id);
        transaction.run(
          'UPDATE deployments SET is_open = 0, state = ?, percent = ?, paused = ?, ended_at = ?, trouble = ? WHERE id = ?',
          deployment.state, deployment.percent, deployment.paused === true ? 1 : 0, deployment.endedAt ?? null, troubleOf(deployment) ?? null, deployment.id,
        );
        deployment.hosts.forEach((run, position) => {
          transaction.run('UPDATE deployment_hosts SET run = ? WHERE deployment_id = ? AND position = ?', JSON.stringify(run), deployment.id, position);
        });
        transaction.changed('deployments');
        transaction.packageChanged({ id: deployment.packageId, tenantId: deployment.tenantId });
      });
      if (!marked.has(deployment.id)) live.delete(deployment.id);
    } catch (error) {
      log.warn('repository', `the record of ${deployment.id} stays behind its journal for now: ${String(error)}`);
    }
  };

  const foldOpen = async () => {
    const open = await store.read((reader) => reader.all('SELECT * FROM deployments WHERE is_open = 1').map((row) => asStarted(readDeployment(reader, row))));
    for (const started of open) {
      let deployment = started;
      const damage = await journals.scan(started.id, (event) => { deployment = applyEvent(deployment, event); });
      if (damage) {
        log.error('repository', `the journal of ${started.id} cannot be read to its end`, damage);
        deployment = asUnknown(deployment, damage, now());
      }
      live.set(deployment.id, deployment);
      marked.set(deployment.id, Promise.resolve());
      if (deployment.state !== 'running' && !store.readOnly) await closeRecord(deployment);
    }
  };
  await foldOpen();

  const methods: Pick<Repository, DeploymentMethods> = {
    addDeployment: (added) => store.write((transaction) => {
      requireTenant(transaction, added.inputs.tenantId);
      if (!transaction.first('SELECT 1 FROM package_tenants WHERE package_id = ? AND tenant_id = ?', added.inputs.packageId, added.inputs.tenantId)) {
        throw new ProductError('general/not-found', { kind: 'package', name: describeIdentity(added.package) });
      }
      for (const { hostId } of added.hosts) requireHost(transaction, hostId);
      refuseBusyHosts(transaction, added.hosts.map(({ hostId }) => hostId));
      const deployment = newDeployment(newId('deployment'), added, now());
      insertDeployment(transaction, deployment, added.inputs);
      transaction.changed('deployments');
      return deployment;
    }),
    listDeployments: () => store.read((reader) => reader.all('SELECT * FROM deployments ORDER BY started_at, id').map((row) => current(reader, row))),
    getDeployment: (id) => store.read((reader) => current(reader, requireRow(reader, id))),
    getDeploymentInputs: (id) => store.read((reader) => json<DeploymentInputs>(requireRow(reader, id), 'inputs')),
    async appendDeploymentEvents(id, events) {
      const resumed = events.flatMap((event) => (event.type === 'resumed' ? event.hosts : []));
      store.requireWritable();
      appending.set(id, (appending.get(id) ?? 0) + 1);
      let stored: readonly DeploymentEvent[];
      try {
        await mark(id);
        if (resumed.length > 0) await reserve(id, resumed);
        stored = await journals.append(id, events);
        const before = live.get(id);
        if (before) live.set(id, stored.reduce(applyEvent, before));
      } finally {
        const others = (appending.get(id) ?? 1) - 1;
        if (others > 0) appending.set(id, others);
        else appending.delete(id);
        for (const hostId of resumed) if (resuming.get(hostId)?.id === id) resuming.delete(hostId);
      }
      const after = live.get(id);
      if (after && after.state !== 'running' && !appending.has(id)) await closeRecord(after);
      if (stored.some(isState)) store.tell(['deployments']);
      return stored;
    },
    async readDeploymentEvents(id, after, limit) {
      await store.read((reader) => requireRow(reader, id));
      return journals.read(id, after, limit);
    },
  };
  return { methods, deployments };
}

function isAtWork({ state }: HostRun): boolean {
  return state === 'queued' || state === 'running' || state === 'waiting';
}

function requireRow(reader: Reader, id: string): Row {
  const row = reader.first('SELECT * FROM deployments WHERE id = ?', id);
  if (!row) throw new ProductError('general/not-found', { kind: 'deployment', name: id });
  return row;
}

function newDeployment(id: string, added: NewDeployment, at: Date): Deployment {
  return {
    id,
    profile: added.inputs.profile,
    packageId: added.inputs.packageId,
    package: added.package,
    tenantId: added.inputs.tenantId,
    ...(added.plugIn && { plugIn: added.plugIn }),
    state: 'running',
    hosts: added.hosts.map((host) => ({ ...host, state: 'queued', percent: 0, left: [] })),
    percent: 0,
    startedBy: added.startedBy,
    ...(added.planHash !== undefined && { planHash: added.planHash }),
    startedAt: at.toISOString(),
  };
}

function insertDeployment(transaction: Transaction, deployment: Deployment, inputs: DeploymentInputs): void {
  transaction.run(
    `INSERT INTO deployments (id, profile, package_id, identity, tenant_id, inputs, started_by, started_at, is_open, state, percent, plug_in, plan_hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)`,
    deployment.id, deployment.profile, deployment.packageId, JSON.stringify(deployment.package), deployment.tenantId, JSON.stringify(inputs),
    deployment.startedBy, deployment.startedAt, deployment.state, deployment.percent, deployment.plugIn === true ? 1 : 0, deployment.planHash ?? '',
  );
  deployment.hosts.forEach((run, position) => {
    transaction.run(
      'INSERT INTO deployment_hosts (deployment_id, position, host_id, host_name, application_name, run) VALUES (?, ?, ?, ?, ?, ?)',
      deployment.id, position, run.hostId, run.hostName, run.applicationName, JSON.stringify(run),
    );
  });
}

function readDeployment(reader: Reader, row: Row): Deployment {
  const id = text(row, 'id');
  const endedAt = optionalText(row, 'ended_at');
  const planHash = text(row, 'plan_hash');
  return {
    id,
    profile: text(row, 'profile') as Deployment['profile'],
    packageId: text(row, 'package_id'),
    package: json<Deployment['package']>(row, 'identity'),
    tenantId: text(row, 'tenant_id'),
    ...(number(row, 'plug_in') === 1 && { plugIn: true as const }),
    state: text(row, 'state') as Deployment['state'],
    ...(number(row, 'paused') === 1 && { paused: true as const }),
    hosts: reader.all('SELECT run FROM deployment_hosts WHERE deployment_id = ? ORDER BY position', id).map((host) => json<HostRun>(host, 'run')),
    percent: number(row, 'percent'),
    startedBy: text(row, 'started_by'),
    ...(planHash !== '' && { planHash }),
    startedAt: text(row, 'started_at'),
    ...(endedAt !== undefined && { endedAt }),
  };
}

/** A deployment as it was before its first event. */
function asStarted({ endedAt: _, paused: __, ...deployment }: Deployment): Deployment {
  const hosts = deployment.hosts.map(({ hostId, hostName, applicationName }): HostRun => ({ hostId, hostName, applicationName, state: 'queued', percent: 0, left: [] }));
  return { ...deployment, state: 'running', percent: 0, hosts };
}

/** Where a journal is damaged, nobody can say how the open hosts stand. */
function asUnknown(deployment: Deployment, damage: ProductError, at: Date): Deployment {
  const endedAt = at.toISOString();
  return {
    ...deployment,
    state: 'interrupted',
    endedAt: deployment.endedAt ?? endedAt,
    hosts: deployment.hosts.map((run) => (isAtWork(run) || run.state === 'interrupted' ? { ...run, state: 'unknown', error: toErrorData(damage), endedAt } : run)),
  };
}

function troubleOf(deployment: Deployment): Trouble | undefined {
  if (deployment.state !== 'failed') return undefined;
  return deployment.hosts.some(({ state }) => state === 'failed') ? 'failed' : deployment.hosts.some(({ state }) => state === 'unknown') ? 'unknown' : 'failed';
}
