import assert from 'node:assert/strict';
import { countImports, secondsLeft } from '../../../../src/core/packages/importProgress';

const complete = { state: 'complete', percent: 100 } as const;
const failed = { state: 'failed', percent: 40 } as const;
const running = { state: 'running', percent: 50 } as const;
const waiting = { state: 'running', percent: 0, waiting: true } as const;

describe('the progress of several imports', () => {
  it('counts each as what it is', () => {
    const counts = countImports([complete, failed, running, waiting, { state: 'cancelled', percent: 10 } as const].map((record) => ({ record })));
    const { all, complete: done, failed: lost, stopped, running: now, waiting: later } = counts;
    assert.deepEqual([all, done, lost, stopped, now, later], [5, 1, 1, 1, 1, 1]);
  });

  it('weighs them by size where all sizes are known, else all the same', () => {
    assert.deepEqual(countImports([{ record: complete, size: 300 }, { record: running, size: 100 }]).bytes, { done: 350, total: 400 });
    assert.equal(countImports([{ record: complete, size: 300 }, { record: running, size: 100 }]).percent, 87.5);
    assert.equal(countImports([{ record: complete, size: 300 }, { record: running }]).percent, 75);
    assert.equal(countImports([{ record: complete, size: 300 }, { record: running }]).bytes, undefined);
    assert.equal(countImports([{ record: complete, size: 0 }]).percent, 100);
    assert.deepEqual([countImports([]).percent, countImports([]).bytes], [0, undefined]);
  });

  it('tells a time left from ten seconds on, when enough is done to tell', () => {
    const after = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 10, 0, seconds));
    const start = '2026-11-22T10:00:00.000Z';
    assert.equal(secondsLeft(start, after(20), 40), 30);
    assert.equal(secondsLeft(start, after(9), 40), undefined);
    assert.equal(secondsLeft(start, after(60), 2), undefined);
    assert.equal(secondsLeft(start, after(60), 100), undefined);
    assert.equal(secondsLeft('', after(60), 50), undefined);
  });
});
