import type { DeployedPackage } from '../../../../core/deployment/model';
import { installationBefore } from '../../../../core/deployment/profiles';
import { ProductError, toErrorData } from '../../../../core/errors';
import { describeIdentity } from '../../../../core/packages/identity';
import type { CopyOutcome, PackagePlace } from '../../../../core/packages/copy';
import type { PackageSummary } from '../../../../core/packages/model';
import type { PackageEdit, Repository } from '../../repository';
import type { Reader, Row } from '../catalogue';
import { nameKey, optionalText, text } from '../rows';
import type { Transaction } from '../store';
import { asDeployedPackage, installationsOf } from './applications';
import type { Deployments } from './deployments';
import { requirePackage } from './packages';
import type { RepositoryParts } from './parts';
import { requireTenant } from './tenants';

type ChangeMethods = 'editPackage' | 'movePackages' | 'renameGroup' | 'copyToTenants' | 'deletePackage' | 'packageUses';

/** What a tenant does with the packages it holds. */
export function createPackageChanges({ store, contents, now }: RepositoryParts, deployments: Deployments): Pick<Repository, ChangeMethods> {
  const find = (reader: Reader, { id, tenantId }: PackagePlace): PackageSummary => requirePackage(reader, deployments, id, tenantId);

  const edit = (transaction: Transaction, { id, tenantId }: PackagePlace, { group, description }: PackageEdit, by: string): void => {
    const at = now().toISOString();
    const before = placeRow(transaction, { id, tenantId });
    const [newGroup, newDescription] = [differs(before, 'group_name', group), differs(before, 'description', description)];
    if (newGroup !== undefined) transaction.run('UPDATE package_tenants SET group_name = ?, group_by = ?, group_at = ? WHERE package_id = ? AND tenant_id = ?', newGroup, by, at, id, tenantId);
    if (newDescription !== undefined) {
      transaction.run('UPDATE package_tenants SET description = ?, description_by = ?, description_at = ? WHERE package_id = ? AND tenant_id = ?', newDescription, by, at, id, tenantId);
    }
    if (newGroup === undefined && newDescription === undefined) return;
    transaction.run('UPDATE package_tenants SET updated_at = ? WHERE package_id = ? AND tenant_id = ?', at, id, tenantId);
    transaction.packageChanged({ id, tenantId });
  };

  const remove = (transaction: Transaction, place: PackagePlace): void => {
    const summary = find(transaction, place);
    const running = deployments.runningOf(transaction, place.id, place.tenantId);
    if (running.length > 0) {
      throw new ProductError('repository/package-in-use', { package: describeIdentity(summary), hosts: running.map(({ host }) => host.hostName).join(', ') });
    }
    transaction.run('DELETE FROM package_tenants WHERE package_id = ? AND tenant_id = ?', place.id, place.tenantId);
    transaction.packageChanged(place);
    transaction.changed('templates');
    if (transaction.first('SELECT 1 FROM package_tenants WHERE package_id = ?', place.id)) return;
    transaction.run('DELETE FROM packages WHERE id = ?', place.id);
    contents.drop(transaction, summary.sha256);
  };

  const copy = (transaction: Transaction, from: Row, tenantId: string, at: string): CopyOutcome => {
    const id = text(from, 'package_id');
    const present = transaction.first('SELECT package_id FROM package_tenants WHERE tenant_id = ? AND identity = ?', tenantId, text(from, 'identity'));
    if (present && text(present, 'package_id') === id) return { id, tenantId, outcome: 'present' };
    if (present) {
      const error = new ProductError('repository/other-content', { package: describeIdentity(find(transaction, { id, tenantId: text(from, 'tenant_id') })) });
      return { id, tenantId, outcome: 'failed', error: toErrorData(error) };
    }
    transaction.run(
      'INSERT INTO package_tenants (tenant_id, package_id, identity, group_name, description, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
      tenantId, id, text(from, 'identity'), text(from, 'group_name'), text(from, 'description'), at,
    );
    return { id, tenantId, outcome: 'copied' };
  };

  return {
    editPackage: (id, tenantId, change, { by = '', known = {} } = {}) => store.write((transaction) => {
      const place = { id, tenantId };
      const before = find(transaction, place);
      refuseMeanwhile(placeRow(transaction, place), before, change, known);
      edit(transaction, place, change, by);
      return find(transaction, place);
    }),
    movePackages: (places, group, by) => store.write((transaction) => {
      for (const place of places) edit(transaction, place, { group }, by);
    }),
    renameGroup: (tenantId, group, newName, by) => store.write((transaction) => {
      requireTenant(transaction, tenantId);
      const members = transaction.all('SELECT package_id FROM package_tenants WHERE tenant_id = ? AND group_name = ?', tenantId, group);
      if (members.length === 0) throw new ProductError('general/not-found', { kind: 'group', name: group });
      for (const member of members) edit(transaction, { id: text(member, 'package_id'), tenantId }, { group: newName }, by);
    }),
    copyToTenants: (places, tenantIds) => store.write((transaction) => {
      const at = now().toISOString();
      for (const tenantId of tenantIds) requireTenant(transaction, tenantId);
      const outcomes = places.flatMap((place) => {
        const from = placeRow(transaction, place);
        return tenantIds.map((tenantId) => copy(transaction, from, tenantId, at));
      });
      const copied = outcomes.filter(({ outcome }) => outcome === 'copied');
      if (copied.length > 0) transaction.changed('templates');
      for (const outcome of copied) transaction.packageChanged(outcome);
      return outcomes;
    }),
    deletePackage: (id, tenantId, ...others) => store.write((transaction) => {
      for (const each of [tenantId, ...others]) remove(transaction, { id, tenantId: each });
    }),
    packageUses: (id, tenantId) => store.read((reader) => {
      find(reader, { id, tenantId });
      const hostNames = reader.all('SELECT DISTINCT host_name FROM deployed_packages WHERE package_id = ? AND tenant_id = ? ORDER BY host_name', id, tenantId);
      const wasThere = reader.all(
        `SELECT * FROM deployed_packages d WHERE tenant_id = ?2 AND EXISTS (SELECT 1 FROM installations i WHERE i.application_id = d.application_id AND i.plug_in = d.plug_in AND i.package_id = ?1)
         ORDER BY host_name`, id, tenantId,
      ).map(asDeployedPackage);
      const goesBackTo = (deployed: DeployedPackage): boolean => deployed.packageId !== id && installationBefore(deployed, installationsOf(reader, deployed.applicationId, deployed.plugIn))?.packageId === id;
      return {
        hostNames: unique(hostNames.map((row) => text(row, 'host_name'))),
        rollBackHostNames: unique(wasThere.filter(goesBackTo).map(({ hostName }) => hostName)),
        runningHostNames: unique(deployments.runningOf(reader, id, tenantId).map(({ host }) => host.hostName)),
        tenantIds: reader.all('SELECT tenant_id FROM package_tenants WHERE package_id = ? ORDER BY tenant_id', id).map((row) => text(row, 'tenant_id')),
      };
    }),
  };
}

/** How one tenant holds a package. @throws ProductError `general/not-found` */
function placeRow(reader: Reader, { id, tenantId }: PackagePlace): Row {
  const row = reader.first('SELECT * FROM package_tenants WHERE package_id = ? AND tenant_id = ?', id, tenantId);
  if (!row) throw new ProductError('general/not-found', { kind: 'package', name: id });
  return row;
}

function differs(row: Row, column: string, value: string | undefined): string | undefined {
  return value === text(row, column) ? undefined : value;
}

/** Refuses a change to a field that is not as the person saw it, unless it already is as they want it. */
function refuseMeanwhile(row: Row, before: PackageSummary, change: PackageEdit, known: PackageEdit): void {
  for (const field of ['group', 'description'] as const) {
    const [wanted, seen, stored] = [change[field], known[field], before[field]];
    if (wanted === undefined || seen === undefined || seen === stored || wanted === stored) continue;
    throw new ProductError('access/edited-meanwhile', {
      user: optionalText(row, `${field}_by`) ?? '?', time: Date.parse(optionalText(row, `${field}_at`) ?? before.updatedAt), field, stored, package: describeIdentity(before),
    });
  }
}

function unique(names: readonly string[]): string[] {
  return [...new Map(names.map((name) => [nameKey(name), name])).values()];
}
