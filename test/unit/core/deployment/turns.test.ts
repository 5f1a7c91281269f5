import assert from 'node:assert/strict';
import type { DeploymentOrder, HostRunState } from '../../../../src/core/deployment/model';
import { createTurns, type TurnRules, type Turns } from '../../../../src/core/deployment/turns';

const batchesOf = (size: number): DeploymentOrder => ({ kind: 'batches', size });

describe('the turns of a deployment’s hosts', () => {
  const hosts = ['a', 'b', 'c', 'd', 'e'];
  const turnsOf = (rules: Partial<TurnRules>, waiting: readonly string[] = hosts): Turns => {
    const turns = createTurns({ order: { kind: 'all' }, stopAfterFailures: 0, paused: false, tried: false, ...rules });
    turns.add(waiting);
    return turns;
  };
  const run = (turns: Turns, ends: Readonly<Record<string, HostRunState>>): void => {
    for (const id of Object.keys(ends)) turns.began(id);
    for (const [id, state] of Object.entries(ends)) turns.ended(id, state);
  };

  it('let all begin at once, and go on whatever fails, unless told otherwise', () => {
    const turns = turnsOf({});
    assert.deepEqual(turns.next(), { begin: hosts, hold: [] });
    run(turns, { a: 'failed', b: 'unknown' });
    assert.deepEqual(turns.next(), { begin: ['c', 'd', 'e'], hold: [] });
    run(turns, { c: 'complete', d: 'skipped', e: 'cancelled' });
    assert.deepEqual([turns.next(), turns.isOver], [{ begin: [], hold: [] }, true]);
  });

  it('let the next batch begin when every host of the one before has ended', () => {
    const turns = turnsOf({ order: batchesOf(2) });
    assert.deepEqual(turns.next().begin, ['a', 'b']);
    turns.began('a');
    turns.ended('a', 'failed');
    assert.deepEqual(turns.next().begin, ['b']);
    turns.began('b');
    assert.deepEqual(turns.next().begin, []);
    turns.ended('b', 'complete');
    assert.deepEqual(turns.next().begin, ['c', 'd']);
    run(turns, { c: 'complete', d: 'complete' });
    assert.deepEqual(turns.next().begin, ['e']);
  });

  describe('with one host first', () => {
    it('let the rest begin once it is complete', () => {
      const turns = turnsOf({ order: { kind: 'canary' } });
      assert.deepEqual(turns.next().begin, ['a']);
      turns.began('a');
      assert.deepEqual(turns.next().begin, []);
      turns.ended('a', 'complete');
      assert.deepEqual(turns.next().begin, ['b', 'c', 'd', 'e']);
    });

    for (const state of ['failed', 'unknown'] as const) {
      it(`hold the rest when it ends ${state}; gone on with, one is first again`, () => {
        const turns = turnsOf({ order: { kind: 'canary' } });
        turns.next();
        run(turns, { a: state });
        assert.deepEqual(turns.next(), { begin: [], hold: ['b', 'c', 'd', 'e'], reason: 'first-host-failed' });
        assert.ok(turns.isOver);
        turns.add(['b', 'c', 'd', 'e']);
        assert.deepEqual(turns.next(), { begin: ['b'], hold: [] });
      });
    }

    it('let the next one try where the first was left out: nothing was tried on it', () => {
      const turns = turnsOf({ order: { kind: 'canary' } });
      turns.next();
      run(turns, { a: 'skipped' });
      assert.deepEqual(turns.next().begin, ['b']);
    });

    it('let all begin where a host was complete before', () => {
      assert.deepEqual(turnsOf({ order: { kind: 'canary' }, tried: true }).next().begin, hosts);
    });
  });

  it('hold those that have not begun after so many failures, unknown ones counted; those at work finish', () => {
    const turns = turnsOf({ stopAfterFailures: 2 });
    turns.next();
    turns.began('c');
    run(turns, { a: 'unknown' });
    assert.deepEqual(turns.next().hold, []);
    run(turns, { b: 'failed' });
    assert.deepEqual(turns.next(), { begin: [], hold: ['d', 'e'], reason: 'others-failed' });
    assert.equal(turns.isOver, false);
    turns.ended('c', 'complete');
    assert.ok(turns.isOver);
  });

  it('forget failures when a person lets held hosts go on, and those of a host that is tried again', () => {
    const turns = turnsOf({ stopAfterFailures: 2 });
    turns.next();
    run(turns, { a: 'failed' });
    turns.name(['a']);
    run(turns, { a: 'complete', b: 'failed' });
    assert.deepEqual(turns.next().hold, []);
    run(turns, { c: 'failed' });
    assert.deepEqual(turns.next().hold, ['d', 'e']);
    turns.add(['d', 'e']);
    assert.deepEqual(turns.next(), { begin: ['d', 'e'], hold: [] });
  });

  it('let nobody begin during a pause but whom a person names', () => {
    const turns = turnsOf({ order: batchesOf(2) });
    turns.next();
    turns.began('a');
    turns.pause();
    assert.deepEqual(turns.next(), { begin: [], hold: [] });
    turns.name(['e']);
    assert.deepEqual(turns.next().begin, ['e']);
    run(turns, { e: 'complete' });
    turns.ended('a', 'complete');
    assert.deepEqual([turns.next().begin, turns.isOver], [[], false]);
    turns.goOn();
    assert.deepEqual(turns.next().begin, ['b']);
  });

  it('let a named host begin after too many failures, and in another batch’s time', () => {
    const turns = turnsOf({ order: batchesOf(1), stopAfterFailures: 1 });
    turns.next();
    turns.name(['d']);
    run(turns, { a: 'failed' });
    assert.deepEqual(turns.next(), { begin: ['d'], hold: ['b', 'c', 'e'], reason: 'others-failed' });
  });

  it('hold hosts of a run that begins paused, and end with none when it is stopped', () => {
    const turns = turnsOf({ paused: true });
    assert.deepEqual(turns.next().begin, []);
    turns.name(['b']);
    assert.deepEqual(turns.clear().toSorted(), hosts);
    assert.deepEqual([turns.next(), turns.isOver], [{ begin: [], hold: [] }, true]);
  });
});
