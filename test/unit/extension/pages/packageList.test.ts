import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import type { AccessView } from '../../../../src/core/access/model';
import { describeMissing, isHeld } from '../../../../src/extension/access';
import { createListFeed, type ListFeed } from '../../../../src/extension/pages/packageList/listRows';
import { subjectsOf } from '../../../../src/extension/pages/packageList/listSubjects';
import type { PackageLists } from '../../../../src/extension/views/nodes/packageNodes';
import { createPackageFilters, visibleTenants } from '../../../../src/extension/views/packageFilters';
import type { PackageSummary } from '../../../../src/core/packages/model';
import { readColumn } from '../../../../src/core/packages/held';
import { emptyStock, stockOf } from '../../../../src/core/packages/stock';
import type { RowBatch } from '../../../../src/protocol/page/packageList';
import { createMemento } from '../memento';
import { sampleDeployment, sampleImport, samplePackage } from '../sampleLists';

const environment = { id: 'environment', name: 'Environment' };

const sample = [samplePackage({ id: '1' }), samplePackage({ id: '2' })];

function lists({ packages = sample, ...change }: Partial<Omit<PackageLists, 'packages'>> & { readonly packages?: readonly PackageSummary[] } = {}): PackageLists {
  return { tenants: [environment], packages: stockOf(packages), imports: [], deployments: [], ...change };
}

describe('the rows of the list of packages', () => {
  /** Everything that a feed still has to tell. */
  const rest = (feed: ListFeed, rows?: number): readonly RowBatch[] => {
    const batches: RowBatch[] = [];
    for (let batch = feed.next(rows); batch !== undefined; batch = feed.next(rows)) batches.push(batch);
    return batches;
  };
  const keys = (batches: readonly RowBatch[]): readonly string[] => batches.flatMap(({ tenants }) => tenants.flatMap(({ tenantId, ids }) => ids.map((id) => `${tenantId}:${id}`)));

  it('are told once, and after that only what differs', () => {
    const feed = createListFeed('en');
    const all = lists();
    const before = feed.update(all);
    deepEqual(keys(rest(feed)), ['environment:1', 'environment:2']);
    equal(feed.update(all), before);
    // Read anew: other objects of the same content.
    feed.update(lists({ packages: [samplePackage({ id: '1' }), samplePackage({ id: '2' })] }));
    deepEqual(rest(feed), []);
    const after = feed.update(lists({ packages: [samplePackage({ id: '2', group: 'GAX' }), samplePackage({ id: '3' })] }));
    notEqual(after, before);
    const [batch, ...more] = rest(feed);
    deepEqual(more, []);
    deepEqual(batch?.tenants.map(({ ids, groups, gone }) => [ids, groups.values, gone]), [[['2', '3'], ['GAX', 'Framework'], ['1']]]);
    deepEqual(batch.shared.map(({ id }) => id), ['3'], 'what is shared of a package is told once');
    feed.restart();
    deepEqual(keys(rest(feed)), ['environment:2', 'environment:3']);
  });

  it('tell what tenants share once, follow the order of tenants, and go with their tenant', () => {
    const feed = createListFeed('en');
    const [emea, packages] = [{ id: 'emea', name: 'EMEA' }, [...sample, ...sample.map((item) => ({ ...item, tenantId: 'emea' }))]];
    feed.update(lists({ tenants: [emea, environment], packages }));
    const first = feed.next(3);
    deepEqual([keys(first ? [first] : []), first?.shared.map(({ id }) => id)], [['emea:1', 'emea:2', 'environment:1'], ['1', '2']]);
    deepEqual(keys(rest(feed)), ['environment:2']);
    feed.update(lists({ packages: sample }));
    deepEqual(rest(feed).flatMap(({ tenants }) => tenants.map(({ tenantId, gone }) => [tenantId, gone])), [['emea', ['1', '2']]]);
  });

  it('go on where they ended while a tenant is read', () => {
    const feed = createListFeed('en');
    const stock = emptyStock.counted(['environment'], [{ tenantId: 'environment', group: 'Framework', n: 2 }]);
    feed.update({ ...lists(), packages: stock.read('environment', sample.slice(0, 1), false) });
    deepEqual(keys(rest(feed)), ['environment:1']);
    feed.update({ ...lists(), packages: stock.read('environment', [...sample], true) });
    deepEqual(keys(rest(feed)), ['environment:2']);
  });

  it('say how imports and deployments stand, what happens now first', () => {
    const feed = createListFeed('fr');
    const packages = [samplePackage({ id: '1' }), samplePackage({ id: '2', lastDeployment: 'unknown' }), samplePackage({ id: '3' })];
    const deployments = [sampleDeployment({ id: 'd1', packageId: '3', percent: 54.9 })];
    feed.update(lists({
      packages, deployments,
      imports: [
        sampleImport({ id: 'i1' }), sampleImport({ id: 'i2', waiting: true, percent: 0 }), sampleImport({ id: 'i3', state: 'cancelled' }), sampleImport({ id: 'i4', state: 'complete' }),
        sampleImport({ id: 'i5', state: 'failed', step: 'description', error: { code: 'import/already-present', args: { package: 'LCA' } } }),
      ],
    }));
    const batches = rest(feed);
    const ofPackages = (batch: RowBatch) => batch.tenants.flatMap(({ ids, statuses }) => ids.map((id, row) => ({ id, ...readColumn(statuses)(row) })));
    const rows = [...batches.flatMap(ofPackages), ...batches.flatMap(({ imports }) => imports.changed.map(({ key, ...row }) => ({ ...row, id: key })))].sort((a, b) => a.statusOrder - b.statusOrder);
    deepEqual(rows.map(({ id, status }) => [id.split(':').at(-1), status.state, status.deployment?.state ?? '', status.percent, status.replaceable === true]), [
      ['i1', 'running', '', 42, false], ['i2', 'queued', '', 0, false], ['i5', 'failed', '', undefined, true], ['i3', 'stopped', '', undefined, false],
      ['2', 'done', 'unknown', undefined, false], ['3', 'done', 'running', undefined, false], ['1', 'done', '', undefined, false],
    ]);
    ok(rows.some(({ status }) => status.deployment?.words.replaceAll('\u00a0', ' ') === 'Déploiement 54 %'));
    feed.update(lists({ packages, deployments: [], imports: [sampleImport({ id: 'i1', percent: 43 })] }));
    const [news] = rest(feed);
    deepEqual([news?.imports.changed.map(({ key }) => key), news?.imports.gone, news?.tenants.flatMap(({ ids }) => ids)], [['import:i1'], ['import:i2', 'import:i3', 'import:i5'], ['3']]);
  });

  it('stand for what is there, in the order in which they are named', () => {
    const found = subjectsOf(['import:i1', 'package:environment:2', 'package:emea:2', 'package:environment:gone'], { packages: lists().packages, imports: [sampleImport({ id: 'i1' })] });
    deepEqual(found.map((subject) => subject.kind), ['import', 'package']);
  });
});

describe('what a person may do, for menus and buttons', () => {
  const access: AccessView = { user: { id: 'u', name: 'ana' }, administrator: false, privileges: [{ tenantId: 'environment', privileges: [] }, { tenantId: 'emea', privileges: ['delete', 'copy'] }] };

  it('is decided by tenant, else by whether it is held anywhere', () => {
    ok(isHeld(access, 'delete'));
    ok(isHeld(access, 'delete', 'emea'));
    ok(!isHeld(access, 'delete', 'environment'));
    ok(!isHeld(access, 'deploy'));
    ok(isHeld({ ...access, administrator: true }, 'deploy', 'environment'));
    ok(isHeld(undefined, 'deploy'), 'what is not known yet locks nothing: the service decides');
  });

  it('is said with the privilege and the tenant in which it is missing', () => {
    equal(describeMissing('en', access, 'delete', environment), 'Needs the privilege “Delete installation packages and solution definitions” in Environment.');
    equal(describeMissing('en', access, 'delete', { id: 'emea', name: 'EMEA' }), undefined);
    equal(describeMissing('fr', access, 'deploy')?.replaceAll('\u00a0', ' '), 'Nécessite le privilège « Déployer ».');
  });
});

describe('the filters of a window', () => {
  it('remember the tenants and not the text, and tell of a change once', async () => {
    const memento = createMemento();
    const filters = createPackageFilters(memento);
    let told = 0;
    const stop = filters.onChanged(() => told++);
    filters.setText('packages', ' lca ');
    filters.setText('packages', 'lca');
    await filters.chooseTenants(['emea']);
    deepEqual([told, filters.textOf('packages'), filters.textOf('objects'), [...(filters.tenantIds ?? [])]], [2, 'lca', '', ['emea']]);
    stop();
    const again = createPackageFilters(memento);
    deepEqual([again.textOf('packages'), [...(again.tenantIds ?? [])]], ['', ['emea']]);
    await again.chooseTenants(undefined);
    equal(createPackageFilters(memento).tenantIds, undefined);
    equal(told, 2);
  });

  it('show all tenants when none of the chosen is left', () => {
    deepEqual(visibleTenants([environment], new Set(['gone'])), [environment]);
    deepEqual(visibleTenants([environment, { id: 'emea', name: 'EMEA' }], new Set(['emea'])).map(({ id }) => id), ['emea']);
  });
});
