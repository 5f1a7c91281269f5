import { equal, ok, rejects } from 'node:assert/strict';
import { withGrace } from '../../../src/service/deploying/withGrace';

describe('what may be finished after a stop', () => {
  const untilAborted = (signal: AbortSignal): Promise<never> => new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted')));
  });

  it('goes on when it is stopped in the middle, and gives its answer', async () => {
    const stop = new AbortController();
    const answer = await withGrace(stop.signal, 60_000, async (late) => {
      stop.abort();
      await Promise.resolve();
      return late.aborted ? 'given up' : 'finished';
    });
    equal(answer, 'finished');
  });

  it('is given up when it takes longer than its grace, for the reason of the stop', async () => {
    const stop = new AbortController();
    stop.abort(new Error('the person wants it'));
    await rejects(withGrace(stop.signal, 5, untilAborted), /the person wants it/);
  });

  it('is not hurried by a stop that comes when it is over', async () => {
    const stop = new AbortController();
    let seen: AbortSignal | undefined;
    await withGrace(stop.signal, 0, async (late) => {
      seen = late;
      await Promise.resolve();
    });
    stop.abort();
    await new Promise((resolve) => setImmediate(resolve));
    ok(seen?.aborted === false);
  });
});
