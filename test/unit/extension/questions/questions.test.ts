import { deepEqual, equal, rejects } from 'node:assert/strict';
import { createQuestionQueue } from '../../../../src/extension/questions/questionQueue';
import { createSecretKeeper } from '../../../../src/extension/questions/secretKeeper';
import { createMemento } from '../memento';

describe('questions to a person', () => {
  it('are put one at a time, in the order they came', async () => {
    const queue = createQuestionQueue();
    const asked: string[] = [];
    let answerFirst = (): void => undefined;
    const first = queue.ask(() => {
      asked.push('first');
      return new Promise<string>((resolve) => (answerFirst = () => resolve('a')));
    }, () => false, '');
    const second = queue.ask(() => Promise.resolve(String(asked.push('second'))), () => false, '');
    await Promise.resolve();
    deepEqual(asked, ['first']);
    answerFirst();
    deepEqual([await first, await second], ['a', '2']);
  });

  it('are not put when nobody wants the answer any more', async () => {
    const queue = createQuestionQueue();
    equal(await queue.ask(() => Promise.reject(new Error('asked')), () => true, 'stale'), 'stale');
  });

  it('go on after one that failed', async () => {
    const queue = createQuestionQueue();
    const failed = queue.ask(() => Promise.reject(new Error('closed')), () => false, '');
    const next = queue.ask(() => Promise.resolve('b'), () => false, '');
    await rejects(failed, /closed/);
    equal(await next, 'b');
  });
});

describe('secrets that are kept', () => {
  const kept = { id: 'password:u@h', label: 'Password of u on h' };

  function create() {
    const stored = new Map<string, string>();
    const index = createMemento();
    const keeper = createSecretKeeper({
      get: (key) => Promise.resolve(stored.get(key)),
      store: (key, value) => Promise.resolve(void stored.set(key, value)),
      delete: (key) => Promise.resolve(void stored.delete(key)),
    }, index);
    return { keeper, stored, index };
  }

  it('until the window closes lie in its memory alone', async () => {
    const { keeper, stored, index } = create();
    await keeper.keep(kept, 'hunter22', 'window');
    equal(await keeper.find(kept.id), 'hunter22');
    equal(stored.size, 0);
    equal(JSON.stringify([...index.values]).includes('hunter22'), false);
    deepEqual(keeper.list(), [{ ...kept, where: 'window' }]);
  });

  it('in the secret store are listed by name and never by value, and found again by another window', async () => {
    const { keeper, stored, index } = create();
    await keeper.keep(kept, 'hunter22', 'store');
    equal(JSON.stringify([...index.values]).includes('hunter22'), false);
    deepEqual([...stored.values()], ['hunter22']);
    deepEqual(keeper.list(), [{ ...kept, where: 'store' }]);
    const other = createSecretKeeper({ get: (key) => Promise.resolve(stored.get(key)), store: () => Promise.resolve(), delete: () => Promise.resolve() }, index);
    equal(await other.find(kept.id), 'hunter22');
  });

  it('are forgotten everywhere', async () => {
    const { keeper, stored } = create();
    await keeper.keep(kept, 'hunter22', 'store');
    await keeper.keep(kept, 'hunter23', 'window');
    equal(stored.size, 0);
    await keeper.forget(kept.id);
    equal(await keeper.find(kept.id), undefined);
    deepEqual(keeper.list(), []);
  });
});
