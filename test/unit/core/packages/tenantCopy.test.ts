import assert from 'node:assert/strict';
import { checkCopy, chosenTargets, countCopies, eachPackageOnce, planCopy, shortNames, targetState, withTargets, type CopyFacts, type CopyTenant } from '../../../../src/core/packages/tenantCopy';
import { describeCopied, describeCopyProblem } from '../../../../src/core/text/copyToTenantsText';

const tenant = (id: string, over: Partial<CopyTenant> = {}): CopyTenant => ({ id, name: id.toUpperCase(), mayCopy: true, held: [], ...over });
const facts: CopyFacts = {
  packages: [{ id: 'p1', name: 'Media Control Platform', version: '9.0.046.06', system: 'Linux 64-bit' }, { id: 'p2', name: 'Resource Manager', version: '9.0.044.08', system: 'Linux 64-bit' }],
  tenants: [
    tenant('root', { held: ['p2', 'p1', 'other'] }), tenant('half', { held: ['p1'] }), tenant('empty'),
    tenant('locked', { mayCopy: false, held: ['p1'] }), tenant('lockedWhole', { mayCopy: false, held: ['p1', 'p2'] }),
  ],
};

describe('the targets of a copy', () => {
  it('are open, complete or for reading only; what is complete says so also where one may only read', () => {
    assert.deepEqual(facts.tenants.map((each) => targetState(each, facts)), ['complete', 'open', 'open', 'readOnly', 'complete']);
  });

  it('are ticked where something may be copied, and unticked whatever they are', () => {
    assert.deepEqual(withTargets(['empty'], ['root', 'half', 'locked', 'unknown'], true, facts), ['empty', 'half']);
    assert.deepEqual(withTargets(['half'], ['half'], true, facts), ['half']);
    assert.deepEqual(withTargets(['locked', 'root', 'half'], ['locked', 'root'], false, facts), ['half']);
  });

  it('are listed in the order of the tree, without those that are gone', () => {
    assert.deepEqual(chosenTargets(['empty', 'gone', 'half'], facts).map(({ id }) => id), ['half', 'empty']);
  });

  it('are wrong when there is none, when all have everything, and where one may only read', () => {
    const kinds = (...ids: string[]): readonly string[] => checkCopy(ids, facts).map((problem) => ('tenantId' in problem ? `${problem.kind} ${problem.tenantId}` : problem.kind));
    assert.deepEqual(kinds(), ['noTenant']);
    assert.deepEqual(kinds('gone'), ['noTenant']);
    assert.deepEqual(kinds('root', 'lockedWhole'), ['allComplete']);
    assert.deepEqual(kinds('half', 'locked', 'root'), ['readOnly locked']);
    assert.deepEqual(kinds('half', 'root'), []);
  });
});

describe('a copy', () => {
  it('is planned target by target, package by package', () => {
    assert.deepEqual(planCopy(['empty', 'half'], facts).map(({ tenant: { id }, package: item, outcome }) => `${id} ${item.id} ${outcome}`), [
      'half p1 present', 'half p2 copied', 'empty p1 copied', 'empty p2 copied',
    ]);
  });

  it('counts packages and tenants once, and says what was done in both languages', () => {
    const outcomes = [['p1', 'a', 'copied'], ['p2', 'a', 'copied'], ['p1', 'b', 'copied'], ['p2', 'b', 'present'], ['p1', 'c', 'failed']] as const;
    const counts = countCopies(outcomes.map(([id, tenantId, outcome]) => ({ id, tenantId, outcome })));
    assert.deepEqual(counts, { packages: 2, tenants: 2, present: 1, failed: 1 });
    assert.equal(describeCopied('en', counts), 'Copied 2 packages to 2 tenants.');
    assert.equal(describeCopied('fr', { ...counts, tenants: 1 }), '2 packages copiés vers 1 locataire.');
    assert.equal(describeCopied('en', countCopies([])), 'Nothing was copied.');
    assert.equal(describeCopyProblem('en', { kind: 'allComplete' }, 1), 'The chosen tenants have the package already. Choose another one.');
    assert.equal(describeCopyProblem('en', { kind: 'readOnly', tenantId: 'x', tenant: 'EMEA' }, 1), 'You may no longer copy to EMEA. Remove it.');
  });

  it('takes a package that two tenants hold once, as the first has it', () => {
    assert.deepEqual(eachPackageOnce([{ id: 'b', t: 1 }, { id: 'a', t: 1 }, { id: 'b', t: 2 }]).map(({ id, t }) => `${id}${t}`).sort(), ['a1', 'b1']);
  });

  it('names packages as shortly as tells them apart', () => {
    const [first, second] = facts.packages;
    const names = shortNames([first!, second!, { ...second!, id: 'p3', version: '8.5' }, { ...second!, id: 'p4', system: 'Windows' }]);
    assert.deepEqual([...names.values()], ['Media Control Platform', 'Resource Manager 9.0.044.08, Linux 64-bit', 'Resource Manager 8.5', 'Resource Manager 9.0.044.08, Windows']);
  });
});
