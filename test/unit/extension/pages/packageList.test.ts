import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import type { AccessView } from '../../../../src/core/access/model';
import { describeMissing, isHeld } from '../../../../src/extension/access';
import { createListFeed } from '../../../../src/extension/pages/packageList/listRows';
import { subjectsOf } from '../../../../src/extension/pages/packageList/listSubjects';
import type { PackageLists } from '../../../../src/extension/views/nodes/packageNodes';
import { createPackageFilters, visibleTenants } from '../../../../src/extension/views/packageFilters';
import { createMemento } from '../memento';
import { sampleDeployment, sampleImport, samplePackage } from '../sampleLists';

const environment = { id: 'environment', name: 'Environment' };

function lists(change: Partial<PackageLists> = {}): PackageLists {
  return { tenants: [environment], packages: [samplePackage({ id: '1' }), samplePackage({ id: '2' })], imports: [], deployments: [], ...change };
}

describe('the rows of the list of packages', () => {
  it('are told once, and after that only what differs', () => {
    const feed = createListFeed('en');
    const before = feed.update(lists());
    equal(feed.all().length, 2);
    // Read anew: other objects of the same content.
    equal(feed.update(lists()), before);
    deepEqual(feed.changes(), { changed: [], gone: [] });
    const after = feed.update(lists({ packages: [samplePackage({ id: '2', group: 'GAX' }), samplePackage({ id: '3' })] }));
    notEqual(after, before);
    const { changed, gone } = feed.changes();
    deepEqual(changed.map(({ key, group }) => [key, group]), [['package:environment:2', 'GAX'], ['package:environment:3', 'Framework']]);
    deepEqual(gone, ['package:environment:1']);
  });

  it('say how imports and deployments stand, what happens now first', () => {
    const feed = createListFeed('fr');
    feed.update(lists({
      packages: [samplePackage({ id: '1' }), samplePackage({ id: '2', lastDeployment: 'unknown' }), samplePackage({ id: '3' })],
      deployments: [sampleDeployment({ id: 'd1', packageId: '3', percent: 54.9 })],
      imports: [
        sampleImport({ id: 'i1' }), sampleImport({ id: 'i2', waiting: true, percent: 0 }), sampleImport({ id: 'i3', state: 'cancelled' }), sampleImport({ id: 'i4', state: 'complete' }),
        sampleImport({ id: 'i5', state: 'failed', step: 'description', error: { code: 'import/already-present', args: { package: 'LCA' } } }),
      ],
    }));
    const rows = [...feed.all()].sort((a, b) => a.statusOrder - b.statusOrder);
    deepEqual(rows.map(({ key, status }) => [key.split(':').at(-1), status.state, status.deployment?.state ?? '', status.percent, status.replaceable === true]), [
      ['i1', 'running', '', 42, false], ['i2', 'queued', '', 0, false], ['i5', 'failed', '', undefined, true], ['i3', 'stopped', '', undefined, false],
      ['2', 'done', 'unknown', undefined, false], ['3', 'done', 'running', undefined, false], ['1', 'done', '', undefined, false],
    ]);
    ok(rows.some(({ status }) => status.deployment?.words.replaceAll('\u00a0', ' ') === 'Déploiement 54 %'));
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
