import * as assert from 'node:assert/strict';
import { identityKey } from '../../../../src/core/packages/identity';
import { asTenantPackage, type HeldPackage } from '../../../../src/core/packages/held';
import { environmentTenant } from '../../../../src/core/packages/model';
import { solutionIdentity, type StoredSolution } from '../../../../src/core/packages/solution';
import { importSample, readAll, sampleBytes, sampleFiles, samplePackage, sha256Of, storeContent, type PackageChanges } from '../samples';
import { refuses, startedDeployment, type ContractSession } from './session';

/** Packages, their contents and imports. */
export function describePackages(session: ContractSession): void {
  describe('packages', () => {
    it('keeps every detail of a package', async () => {
      const bytes = sampleBytes(1000, 'details');
      const record = await session.repository.addImport({ source: { method: 'archive', path: '/media/lca.tar.gz' }, tenantId: environmentTenant.id, group: 'Framework' });
      const content = await storeContent(session.repository, bytes);
      const added = samplePackage(content, record.id, { group: 'Framework', description: 'for all\nhosts' });
      const summary = await session.repository.addPackage(added);
      await session.reopen();

      const { content: _, importId: __, ...expected } = added;
      const details = await session.repository.getPackage(summary.id);
      assert.deepEqual(details, {
        ...expected, id: summary.id, size: 1000, sha256: sha256Of(bytes), updatedAt: summary.updatedAt, tenants: [environmentTenant.name],
      });
      assert.deepEqual(await session.repository.listPackages(), [summary]);
      assert.deepEqual(await session.repository.findPackage(environmentTenant.id, identityKey(added)), summary);
      assert.deepEqual(await session.repository.listPackageFiles(summary.id), sampleFiles);
      assert.ok(!Number.isNaN(Date.parse(summary.updatedAt)));
    });

    it('keeps what a plug-in brings, how it is installed, and what was not understood', async () => {
      const told: PackageChanges = {
        kind: 'plug-in',
        templates: [{ name: 'rpt', path: 'templates/rpt.tpl', format: 'tpl', optionCount: 1 }, { name: 'x', path: 'templates/x.tpl', format: 'tpl', notUnderstood: true }],
        templateOptions: [{ path: 'templates/rpt.tpl', options: [{ section: 'log', option: 'verbose', defaultValue: ' ' }] }],
        installation: [{ path: 'templates/rpt.xml', name: 'silent', displayName: 'Silent', type: 'GenesysSilent' }],
        notes: [{ kind: 'templateNotUnderstood', path: 'templates/x.tpl', problem: 'tpl.not-understood', args: {}, line: 3 }],
      };
      const { id } = await importSample(session.repository, sampleBytes(10, 'plug-in'), told);
      await session.reopen();
      const { templates, templateOptions, installation, notes, kind } = await session.repository.getPackage(id);
      assert.deepEqual({ templates, templateOptions, installation, notes, kind }, told);
      assert.deepEqual((await session.repository.listPackages()).map((item) => item.notes), [told.notes]);
      assert.deepEqual((await session.repository.listTemplates()).map((item) => item.templates), [told.templates]);
    });

    it('keeps a solution definition as it keeps packages, apart from a package of the same name and version', async () => {
      const solution: StoredSolution = {
        name: 'Segment', version: '2.1', path: 'a/segment.xml', schemaVersion: '2.0.0', deploymentKey: '${TENANT}', description: 'one\ntwo', summary: '', profiles: [{
          name: 'install', description: '', summary: '', packages: [{ longName: 'Chat Server', version: '8.5', line: 7 }], commands: [{ name: 'os:installPackage', line: 7 }],
          dialogs: [{ title: '', description: '', inputs: [{ name: 'host', title: 'Host', type: 'string', defaultValue: '${a}', required: true, description: '', line: 5 }] }],
        }],
      };
      const definition: PackageChanges = { kind: 'solution-definition', ...solutionIdentity(solution), solution, archiveFormat: 'xml', templates: [] };
      const { id } = await importSample(session.repository, sampleBytes(10, 'definition'), definition);
      await importSample(session.repository, sampleBytes(10, 'package'), { name: 'Segment', version: '2.1' });
      const north = await session.repository.addTenant('North', 'environment');
      await session.repository.copyToTenants([{ id, tenantId: 'environment' }], [north.id]);
      await session.reopen();
      const details = await session.repository.getPackage(id, north.id);
      assert.deepEqual([details.kind, details.solution, details.archiveFormat, details.localeId, details.computerTypes], ['solution-definition', solution, 'xml', '', []]);
      assert.deepEqual((await session.repository.findPackage(north.id, identityKey(solutionIdentity(solution))))?.id, id);
      await refuses('import/already-present', importSample(session.repository, sampleBytes(10, 'other'), definition));

      const replaced = await importSample(session.repository, sampleBytes(10, 'other'), { ...definition, solution: { ...solution, summary: 'new' }, replaceIn: ['environment', north.id] });
      assert.deepEqual([replaced.id, (await session.repository.getPackage(id, north.id)).solution?.summary], [id, 'new']);
      await session.repository.deletePackage(id, 'environment', north.id);
      assert.deepEqual((await session.repository.listPackages()).map(({ kind }) => kind), ['application']);
    });

    it('keeps a package without a silent.ini', async () => {
      const record = await session.repository.addImport({ source: { method: 'archive', path: '/media/lca.tar.gz' }, tenantId: environmentTenant.id, group: '' });
      const content = await storeContent(session.repository, sampleBytes(10, 'plain'));
      const { silentIni: _, ...added } = samplePackage(content, record.id);
      const summary = await session.repository.addPackage(added);
      assert.equal('silentIni' in await session.repository.getPackage(summary.id), false);
    });

    it('names no package without a template among the templates', async () => {
      await importSample(session.repository, sampleBytes(10, 'bare'), { templates: [] });
      assert.deepEqual(await session.repository.listTemplates(), []);
    });

    it('ends the import with the package', async () => {
      await importSample(session.repository, sampleBytes(10, 'import'));
      assert.deepEqual(await session.repository.listImports(), []);
    });

    it('refuses a package of the same identity in the same tenant', async () => {
      const first = await importSample(session.repository, sampleBytes(100, 'one'));
      await refuses('import/already-present', importSample(session.repository, sampleBytes(100, 'two'), { description: 'other bytes' }));
      await importSample(session.repository, sampleBytes(100, 'three'), { version: '8.5.100.38' });
      assert.deepEqual((await session.repository.listPackages()).map(({ version }) => version).sort(), ['8.5.100.37', '8.5.100.38']);
      assert.equal((await session.repository.listImports()).length, 1);
      assert.deepEqual(await readAll(session.repository, first.sha256), sampleBytes(100, 'one'));
    });

    it('refuses a package whose content was never stored, or whose import is unknown', async () => {
      const record = await session.repository.addImport({ source: { method: 'archive', path: '/media/lca.tar.gz' }, tenantId: environmentTenant.id, group: '' });
      await refuses('general/not-found', session.repository.addPackage(samplePackage({ sha256: 'f'.repeat(64), size: 3 }, record.id)));
      const content = await storeContent(session.repository, sampleBytes(10, 'orphan'));
      await refuses('general/not-found', session.repository.addPackage(samplePackage(content, 'no-import')));
      await refuses('general/not-found', session.repository.addPackage(samplePackage(content, record.id, { tenantId: 'nobody' })));
      assert.deepEqual(await session.repository.listPackages(), []);
    });

    it('shares a package of equal identity and content between tenants, with a group and description for each', async () => {
      const other = await session.repository.addTenant('Branch', environmentTenant.id);
      const bytes = sampleBytes(300, 'shared');
      const first = await importSample(session.repository, bytes, { group: 'A', description: 'ours' });
      const second = await importSample(session.repository, bytes, { tenantId: other.id, group: 'B', description: 'theirs' });
      assert.equal(second.id, first.id);
      assert.deepEqual((await session.repository.getPackage(first.id, other.id)).group, 'B');
      assert.deepEqual((await session.repository.getPackage(first.id, environmentTenant.id)).description, 'ours');
      assert.deepEqual((await session.repository.getPackage(first.id)).tenants, ['Branch', 'Environment']);
      assert.deepEqual((await session.repository.listPackages(other.id)).map(({ group }) => group), ['B']);
      const { name, version, templates } = await session.repository.getPackage(first.id);
      assert.deepEqual(await session.repository.listTemplates(), [{ packageId: first.id, name, version, templates, tenantIds: [environmentTenant.id, other.id].sort() }]);

      await session.repository.deletePackage(first.id, environmentTenant.id);
      await refuses('general/not-found', session.repository.getPackage(first.id, environmentTenant.id));
      assert.deepEqual((await session.repository.getPackage(first.id)).tenants, ['Branch']);
      assert.deepEqual((await session.repository.listTemplates()).map(({ tenantIds }) => tenantIds), [[other.id]]);
      assert.deepEqual(await readAll(session.repository, first.sha256), bytes);
    });

    it('keeps packages of equal identity and other content apart', async () => {
      const other = await session.repository.addTenant('Branch', environmentTenant.id);
      const first = await importSample(session.repository, sampleBytes(300, 'original'));
      const second = await importSample(session.repository, sampleBytes(300, 'patched'), { tenantId: other.id });
      assert.notEqual(second.id, first.id);
      assert.deepEqual(await readAll(session.repository, second.sha256), sampleBytes(300, 'patched'));
    });

    it('lists packages group by group and page by page, what is shared of them once', async () => {
      const { repository } = session;
      const branch = await repository.addTenant('Branch', environmentTenant.id);
      const names = ['One', 'Two', 'Three', 'Four', 'Five'];
      const made = [];
      for (const [i, name] of names.entries()) made.push(await importSample(repository, sampleBytes(10 + i, name), { name, group: ['', 'B', 'A', 'B', ''][i] ?? '', description: `“${name}”\n` }));
      await repository.copyToTenants(made.slice(0, 2).map(({ id }) => ({ id, tenantId: environmentTenant.id })), [branch.id]);
      await session.reopen();
      const again = session.repository;
      const counts = (await again.countGroups()).map(({ tenantId, group, n }) => [tenantId, group, n]);
      assert.deepEqual(counts.sort(), [[branch.id, '', 1], [branch.id, 'B', 1], ['environment', '', 2], ['environment', 'A', 1], ['environment', 'B', 2]].sort());

      const pages = [];
      for (let after: HeldPackage | undefined; ;) {
        const page = await again.listHeldPackages(environmentTenant.id, 2, after);
        pages.push(...page);
        after = page.at(-1);
        if (page.length < 2) break;
      }
      const byId = (ids: readonly string[]) => [...ids].sort();
      const [one, two, three, four, five] = made;
      assert.deepEqual(pages.map(({ packageId }) => packageId), [...byId([one!.id, five!.id]), three!.id, ...byId([two!.id, four!.id])]);
      const shared = await again.listSharedPackages([...made.map(({ id }) => id), 'none'], [environmentTenant.id]);
      const found = pages.map((held) => asTenantPackage(shared.find(({ id }) => id === held.packageId)!, environmentTenant.id, held));
      const order = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);
      assert.deepEqual([...found].sort(order), [...made].sort(order));
      assert.deepEqual((await again.listSharedPackages(made.map(({ id }) => id), [branch.id])).map(({ id }) => id).sort(), byId([one!.id, two!.id]), 'of these tenants only');
      assert.deepEqual(await again.listHeldPackages('nobody', 10), []);

      const places = await again.listPlaces([{ id: one!.id, tenantId: branch.id }, { id: three!.id, tenantId: branch.id }, { id: two!.id, tenantId: environmentTenant.id }]);
      assert.deepEqual(places.map(({ packageId, tenantId, group }) => [packageId, tenantId, group]).sort(), [[one!.id, branch.id, ''], [two!.id, 'environment', 'B']].sort());
      assert.deepEqual((await again.listIdentityTenants(identityKey(one!))).length, 2);
      assert.deepEqual(await again.listIdentityTenants('none'), []);
    });

    it('edits group and description, each alone', async () => {
      const summary = await importSample(session.repository, sampleBytes(10, 'edit'), { group: 'Old', description: 'old' });
      assert.equal((await session.repository.editPackage(summary.id, environmentTenant.id, { group: 'New' })).description, 'old');
      const edited = await session.repository.editPackage(summary.id, environmentTenant.id, { description: '' });
      assert.deepEqual({ group: edited.group, description: edited.description }, { group: 'New', description: '' });
      await refuses('general/not-found', session.repository.editPackage(summary.id, 'nobody', { group: 'X' }));
      await session.reopen();
      assert.deepEqual(await session.repository.listPackages(), [edited]);
    });

    it('forgets a deleted package and its content', async () => {
      const summary = await importSample(session.repository, sampleBytes(10, 'gone'));
      await session.repository.deletePackage(summary.id, environmentTenant.id);
      assert.deepEqual(await session.repository.listPackages(), []);
      await refuses('general/not-found', session.repository.getPackage(summary.id));
      await refuses('general/not-found', session.repository.listPackageFiles(summary.id));
      await refuses('general/not-found', session.repository.deletePackage(summary.id, environmentTenant.id));
      await refuses('general/not-found', readAll(session.repository, summary.sha256));
      const again = await importSample(session.repository, sampleBytes(10, 'gone'));
      assert.deepEqual(await readAll(session.repository, again.sha256), sampleBytes(10, 'gone'));
    });

    it('refuses to delete a package while it is being deployed', async () => {
      const { summary, host, deployment } = await startedDeployment(session);
      await refuses('repository/package-in-use', session.repository.deletePackage(summary.id, environmentTenant.id));
      await session.repository.appendDeploymentEvents(deployment.id, [
        { type: 'hostEnded', host: host.id, state: 'cancelled', left: [] }, { type: 'ended', state: 'cancelled' },
      ]);
      await session.repository.deletePackage(summary.id, environmentTenant.id);
      assert.equal((await session.repository.getDeployment(deployment.id)).package.name, summary.name);
    });
  });

  describe('contents', () => {
    for (const size of [0, 1, 65_536, 200_000]) {
      it(`gives back ${size} bytes, whole and in part`, async () => {
        const bytes = sampleBytes(size, 'content');
        const { sha256 } = await importSample(session.repository, bytes);
        assert.equal(sha256, sha256Of(bytes));
        await session.reopen();
        assert.deepEqual(await readAll(session.repository, sha256), bytes);
        assert.deepEqual(await readAll(session.repository, sha256, 1000, 70_000), bytes.subarray(1000, 70_000));
        assert.deepEqual(await readAll(session.repository, sha256, size), Buffer.alloc(0));
      });
    }

    it('shows nothing of a content that is aborted or released', async () => {
      const bytes = sampleBytes(100_000, 'aborted');
      const writer = await session.repository.writeContent(bytes.length);
      await writer.write(bytes.subarray(0, 70_000));
      assert.equal(writer.sha256(), sha256Of(bytes.subarray(0, 70_000)));
      await writer.write(bytes.subarray(70_000));
      assert.equal(writer.sha256(), sha256Of(bytes));
      await writer.abort();
      await writer.abort();
      await refuses('general/not-found', readAll(session.repository, sha256Of(bytes)));
      const { sha256 } = await storeContent(session.repository, bytes);
      await session.repository.releaseContent(sha256);
      await refuses('general/not-found', readAll(session.repository, sha256));
    });

    it('keeps a content for its writer when the last package of the same bytes is deleted meanwhile', async () => {
      const bytes = sampleBytes(150_000, 'twice');
      const first = await importSample(session.repository, bytes);
      const record = await session.repository.addImport({ source: { method: 'archive', path: '/media/again.tar.gz' }, tenantId: environmentTenant.id, group: '' });
      const content = await storeContent(session.repository, bytes);
      await session.repository.deletePackage(first.id, environmentTenant.id);
      const second = await session.repository.addPackage(samplePackage(content, record.id));
      assert.deepEqual(await readAll(session.repository, second.sha256), bytes);
      await session.repository.releaseContent(second.sha256);
      assert.deepEqual(await readAll(session.repository, second.sha256), bytes);
    });

    it('takes several contents at once', async () => {
      const all = ['a', 'b', 'c'].map((seed) => sampleBytes(180_000, seed));
      const packages = await Promise.all(all.map((bytes, i) => importSample(session.repository, bytes, { version: `1.0.0.${i}` })));
      for (const [i, { sha256 }] of packages.entries()) assert.deepEqual(await readAll(session.repository, sha256), all[i]);
    });
  });

  describe('imports', () => {
    it('keeps a running import and how it ended', async () => {
      const record = await session.repository.addImport({ source: { method: 'archive', path: '/media/lca.zip' }, tenantId: environmentTenant.id, group: 'Framework' });
      assert.deepEqual({ ...record, id: '', startedAt: '' }, {
        id: '', source: { method: 'archive', path: '/media/lca.zip' }, tenantId: environmentTenant.id, group: 'Framework', state: 'running', step: 'open', percent: 0, startedAt: '',
      });
      const identity = { name: 'Agent', version: '1.2', localeId: 'ENU', osGroup: 'linux', computerTypes: ['Intel EM64T'] };
      const error = { code: 'import/interrupted', args: { file: '/media/lca.zip' } } as const;
      const ended = await session.repository.endImport(record.id, 'failed', { step: 'store', percent: 61.5, error, identity });
      await session.reopen();
      assert.deepEqual(await session.repository.listImports(), [ended]);
      assert.deepEqual({ ...ended, endedAt: '' }, { ...record, state: 'failed', step: 'store', percent: 61.5, error, identity, endedAt: '' });
      await session.repository.removeImport(record.id);
      assert.deepEqual(await session.repository.listImports(), []);
      await refuses('general/not-found', session.repository.removeImport(record.id));
      await refuses('general/not-found', session.repository.addImport({ source: { method: 'archive', path: '/media/lca.zip' }, tenantId: 'nobody', group: '' }));
    });
  });
}
