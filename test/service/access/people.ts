import { environmentTenant } from '../../../src/core/packages/model';
import type { Repository } from '../../../src/service/repository/repository';
import { importSample, sampleApplication, sampleBytes, sampleDeployed, sampleDeployment, sampleHost } from '../repository/samples';
import type { Place } from './calls';

/** The people of `table.txt`, in the order of its columns. */
export const people = ['admin', 'watcher', 'northAdmin', 'deployer', 'curator', 'reader', 'eastern', 'stranger'] as const;
export type Person = (typeof people)[number];

/** The tenants of `table.txt`, each with one object of every kind, in the order of the marks. */
export interface Scene {
  readonly places: readonly Place[];
  readonly tenantIds: { readonly environment: string; readonly north: string; readonly east: string; readonly south: string };
}

/** Fills an empty repository with the tenants, people and objects of `table.txt`. */
export async function setScene(repository: Repository): Promise<Scene> {
  await repository.addFirstAdministrator('admin');
  const north = (await repository.addTenant('North', environmentTenant.id)).id;
  const east = (await repository.addTenant('North East', north)).id;
  const south = (await repository.addTenant('South', environmentTenant.id)).id;
  const own = await repository.saveRole({ name: 'Curator', privileges: ['replace', 'delete', 'copy'] });
  await repository.saveUser({ name: 'watcher', grants: [{ roleId: 'reader', tenantId: environmentTenant.id }] });
  await repository.saveUser({ name: 'northAdmin', grants: [{ roleId: 'administrator', tenantId: north }] });
  await repository.saveUser({ name: 'deployer', grants: [{ roleId: 'deployer', tenantId: north }] });
  await repository.saveUser({ name: 'curator', grants: [{ roleId: own.id, tenantId: north }] });
  await repository.saveUser({ name: 'reader', grants: [{ roleId: 'reader', tenantId: north }] });
  await repository.saveUser({ name: 'eastern', grants: [{ roleId: 'deployer', tenantId: east }] });

  const places: Place[] = [];
  for (const [index, tenantId] of [environmentTenant.id, north, east, south].entries()) places.push(await fill(repository, tenantId, index));
  return { places, tenantIds: { environment: environmentTenant.id, north, east, south } };
}

async function fill(repository: Repository, tenantId: string, index: number): Promise<Place> {
  const group = `Group ${index}`;
  // The file of its template is not in its index: the sample's bytes are no archive that it could be read from.
  const summary = await importSample(repository, sampleBytes(100, `package ${index}`), { tenantId, group, name: `Package ${index}`, templates: [{ name: 'Sample', path: 'Sample.tpl', format: 'tpl' }] });
  const host = await repository.addHost(sampleHost(`host-${index}`), tenantId);
  const failed = await repository.addImport({ source: { method: 'archive', path: `/media/${index}.zip` }, tenantId: tenantId, group: group });
  await repository.endImport(failed.id, 'failed', { step: 'open', percent: 0, error: { code: 'import/not-a-file', args: { file: `${index}.zip` } } });
  const application = sampleApplication(host.id, { id: `application-${index}`, tenantId });
  await repository.saveApplication(application);
  const deployment = await repository.addDeployment(sampleDeployment(summary, [host]));
  await repository.appendDeploymentEvents(deployment.id, [
    { type: 'hostEnded', host: host.id, state: 'cancelled', left: [] }, { type: 'ended', state: 'cancelled' },
  ]);
  const deployed = await repository.recordDeployedPackage(sampleDeployed(summary, application, { deploymentId: deployment.id }), application);
  await repository.addAudit({ user: 'admin', machine: 'desk', action: 'packages/edit', object: summary.name, tenantId, outcome: 'done' });
  return { tenantId, packageId: summary.id, hostId: host.id, importId: failed.id, downloadId: `download-${index}`, deploymentId: deployment.id, deployedId: deployed.id, group };
}
