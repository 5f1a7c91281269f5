import assert from 'node:assert/strict';
import { mayBeTicked, noChoice, scanRows, sumChosen, tickedKeys, withTicks, type ScanChoice } from '../../../../src/core/packages/scanChoice';
import { sortScanRows, type ScanColumn } from '../../../../src/core/packages/scanOrder';
import type { ScannedPackage } from '../../../../src/core/packages/scan';

function found(path: string, name = path, more: Partial<ScannedPackage> = {}): ScannedPackage {
  return {
    source: { method: 'directory', path }, identity: { name, version: '1.0.0.1', localeId: 'ENU', osGroup: 'linux', computerTypes: ['Intel EM64T'] },
    nickname: name, kind: 'application', size: 10, presence: 'new', presentIn: [], ...more,
  };
}
const may = { id: 't1', mayReplace: true };
const mayNot = { id: 't1', mayReplace: false };
const present = found('/p', 'Present', { presence: 'present', presentIn: ['t1'] });
const identical = found('/i', 'Identical', { presence: 'identical', presentIn: ['t1'] });

describe('the packages that a search has found', () => {
  const states = (items: readonly ScannedPackage[], tenant: typeof may | undefined) => scanRows(items, tenant).map(({ state }) => state);

  it('are new, there already or identical, in the tenant that they are for', () => {
    assert.deepEqual(states([found('/n'), present, identical], may), ['new', 'replaceable', 'identical']);
    assert.deepEqual(states([found('/n'), present, identical], mayNot), ['new', 'locked', 'identical']);
    assert.deepEqual(states([present, identical], { id: 't2', mayReplace: true }), ['new', 'new']);
    assert.deepEqual(states([present], undefined), ['new']);
  });

  it('are told of when another window imports them meanwhile', () => {
    assert.deepEqual(states([found('/n', 'N', { presentIn: ['t1'] })], may), ['replaceable']);
  });

  it('name the first place where the same package was found twice', () => {
    const rows = scanRows([found('/a', 'Same'), found('/b', 'Same')], may);
    assert.deepEqual(rows.map(({ state, sameAs }) => [state, sameAs]), [['new', undefined], ['repeated', '/a']]);
  });

  it('are ordered by every column, versions as versions and sizes as numbers', () => {
    const rows = scanRows([
      found('/1', 'b', { size: 900, identity: { ...found('/x').identity, name: 'b', version: '8.5.10' } }), found('/2', 'a', { size: 1000, identity: { ...found('/x').identity, name: 'a', version: '8.5.9' } }), identical,
    ], may);
    const order = (column: ScanColumn, descending = false) => sortScanRows(rows, { column, descending }, (a, b) => a.localeCompare(b), () => 'Linux').map(({ key }) => key);
    assert.deepEqual(order('name'), ['/2', '/1', '/i']);
    assert.deepEqual(order('name', true), ['/i', '/1', '/2']);
    assert.deepEqual(order('version'), ['/i', '/2', '/1']);
    assert.deepEqual(order('size'), ['/i', '/1', '/2']);
    assert.deepEqual(order('presence', true), ['/i', '/2', '/1']);
    assert.deepEqual(order('localeId'), order('system'));
  });
});

describe('the choice among packages found', () => {
  const rows = scanRows([found('/a'), found('/b'), found('/b2', '/b'), present, identical], may);
  const ticked = (choice: ScanChoice) => [...tickedKeys(rows, choice)];

  it('begins with those that are new, each once', () => {
    assert.deepEqual(ticked(noChoice), ['/a', '/b']);
  });

  it('takes a package in or out, also one to be replaced, never one that is identical', () => {
    assert.deepEqual(ticked(withTicks(rows, noChoice, new Set(['/p', '/i']), true)), ['/a', '/b', '/p']);
    assert.deepEqual(ticked(withTicks(rows, noChoice, new Set(['/a']), false)), ['/b']);
    assert.deepEqual(withTicks(rows, withTicks(rows, noChoice, new Set(['/a']), false), new Set(['/a']), true), noChoice);
  });

  it('of all or none is as short for thousands', () => {
    const all = new Set(rows.map(({ key }) => key));
    assert.deepEqual(withTicks(rows, noChoice, all, true), { base: 'all', except: [] });
    assert.deepEqual(ticked({ base: 'all', except: [] }), ['/a', '/b', '/b2', '/p']);
    assert.deepEqual(withTicks(rows, noChoice, all, false), { base: 'none', except: [] });
    assert.deepEqual(ticked(withTicks(rows, { base: 'none', except: [] }, new Set(['/b']), true)), ['/b']);
  });

  it('never holds what may not be replaced', () => {
    const locked = scanRows([found('/a'), present], mayNot);
    assert.deepEqual(locked.map(mayBeTicked), [true, false]);
    assert.deepEqual([...tickedKeys(locked, { base: 'all', except: [] })], ['/a']);
    assert.deepEqual([...tickedKeys(locked, { base: 'none', except: ['/p'] })], []);
  });

  it('is counted, with its size and what it replaces', () => {
    assert.deepEqual(sumChosen(rows, tickedKeys(rows, { base: 'all', except: ['/b2'] })), { count: 3, size: 30, replaced: 1, open: 4 });
  });

  it('of 10,000 packages is changed in a moment', () => {
    const many = scanRows(Array.from({ length: 10_000 }, (_, i) => found(`/${i}`)), may);
    let choice: ScanChoice = noChoice;
    for (let i = 0; i < 10; i++) choice = withTicks(many, choice, new Set([`/${i}`]), false);
    assert.equal(tickedKeys(many, choice).size, 9990);
  });
});
