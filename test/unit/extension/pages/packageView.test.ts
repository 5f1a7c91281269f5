import { deepEqual, equal } from 'node:assert/strict';
import { ProductError } from '../../../../src/core/errors';
import { createPackageView } from '../../../../src/extension/pages/packageDetails/packageView';
import { createDeployedView } from '../../../../src/extension/pages/deployedPackage/deployedView';
import type { PageSubject } from '../../../../src/protocol/page/page';
import { createScriptedRepository, type ScriptedRepository } from '../../../webview/support';
import { sampleDeployed, sampleImport, samplePackage } from '../sampleLists';

describe('what the page of a package is about', () => {
  async function watch(repository: ScriptedRepository, subject: PageSubject) {
    repository.state.watch(['tenants', 'packages', 'imports', 'applications', 'deployments', 'deployedPackages']);
    await repository.state.ready(['packages', 'imports', 'deployedPackages']);
    return createPackageView(subject, { locale: 'en', service: repository.service, state: repository.state, isTrusted: () => true });
  }
  const requests = (repository: ScriptedRepository, name: string): number => repository.service.requests.filter((each) => each === name).length;

  it('is an import that has only just begun, before this window has heard of it', async () => {
    const repository = createScriptedRepository();
    repository.service.answer('imports/wait', () => new Promise(() => undefined));
    const view = await watch(repository, { id: 'import-2' });
    repository.lists = { ...repository.lists, imports: [sampleImport({ id: 'import-2' })] };
    equal((await view.build()).kind, 'import');
  });

  it('is the package that an import became, and nothing once that import is forgotten', async () => {
    const repository = createScriptedRepository({ packages: [samplePackage({ id: 'package-1' })] });
    repository.service.answer('imports/wait', () => sampleImport({ id: 'import-1', state: 'complete', packageId: 'package-1' }));
    repository.service.answer('packages/get', () => ({ ...samplePackage({ id: 'package-1' }), tenants: [], templates: [], unpackedSize: 1, fileCount: 1 }) as never);
    equal((await (await watch(repository, { id: 'import-1' })).build()).kind, 'package');
    repository.service.answer('imports/wait', () => {
      throw new ProductError('general/not-found', { kind: 'import', name: 'import-1' });
    });
    deepEqual(await (await watch(repository, { id: 'import-1' })).build(), { kind: 'gone' });
  });

  it('asks for the details once for each reading of the list, and not at all while the service is away', async () => {
    const repository = createScriptedRepository({ packages: [samplePackage({ id: 'package-1' })] });
    repository.service.answer('packages/get', () => ({ ...samplePackage({ id: 'package-1' }), tenants: [], templates: [], unpackedSize: 1, fileCount: 1 }) as never);
    const view = await watch(repository, { id: 'package-1', tenantId: 'environment' });
    await view.build();
    await view.build();
    equal(requests(repository, 'packages/get'), 1);
    repository.service.become('offline');
    const offline = await view.build();
    equal(offline.kind === 'package' && offline.offline, true);
    const other = createPackageView({ id: 'package-1', tenantId: 'environment' }, { locale: 'en', service: repository.service, state: repository.state, isTrusted: () => true });
    deepEqual(await other.build(), { kind: 'offline' });
    equal(requests(repository, 'packages/get'), 1);
  });

  it('of a deployed package asks for nothing while the service is away either', async () => {
    const repository = createScriptedRepository({ deployedPackages: [sampleDeployed({ id: 'r1', applicationId: 'application-1' })] });
    await watch(repository, {});
    repository.service.become('offline');
    const view = await createDeployedView({ id: 'application-1' }, { locale: 'en', service: repository.service, state: repository.state, isTrusted: () => true }).build();
    equal(view.kind === 'deployed' && view.parametersProblem, 'The package service does not answer.');
    equal(requests(repository, 'deployments/inputs'), 0);
  });
});
