import { deepEqual, equal } from 'node:assert/strict';
import { createLiveView, pageLock } from '../../../../src/extension/pages/liveView';
import { createRepositoryState } from '../../../../src/extension/repositoryState';
import { until } from '../../../support/until';
import { createFakeService } from '../fakeService';
import { sampleHost } from '../sampleLists';

describe('the view of a page', () => {
  /** A view of the names of all hosts. */
  async function start(change: { readonly build?: () => Promise<void> } = {}) {
    const service = createFakeService();
    let hosts = [sampleHost({ id: 'a' })];
    service.answer('hosts/list', () => hosts);
    service.answer('service/status', () => ({ readOnly: undefined }) as never);
    service.become('online');
    const state = createRepositoryState(service, () => undefined);
    const shown: string[] = [];
    const errors: unknown[] = [];
    const live = createLiveView<string>({
      state, areas: ['hosts'], show: (view) => shown.push(view), report: (error) => errors.push(error),
      build: async () => {
        await change.build?.();
        return state.snapshot.hosts.map(({ name }) => name).join();
      },
    });
    const become = (...names: readonly string[]): void => {
      hosts = names.map((id) => sampleHost({ id }));
      service.send('changed', { areas: ['hosts'] });
    };
    equal(await live.current(), 'a');
    return { service, live, shown, errors, become };
  }

  it('is sent again when the lists have changed, and not when it is the same', async () => {
    const { live, shown, become, service } = await start();
    become('a');
    become('a', 'b');
    await until(() => shown.length > 0, 'the changed view');
    become('a', 'b');
    service.send('changed', { areas: ['packages'] });
    become('c');
    await until(() => shown.at(-1) === 'c', 'the last view');
    deepEqual(shown, ['a,b', 'c']);
    live.dispose();
  });

  it('never comes after a newer one, however long one takes to build', async () => {
    const waits: (() => void)[] = [];
    let slow = false;
    const { live, shown, become } = await start({ build: () => (slow ? new Promise((resolve) => waits.push(resolve)) : Promise.resolve()) });
    slow = true;
    become('old');
    await until(() => waits.length === 1, 'the slow build');
    slow = false;
    become('new');
    const answered = live.current().then((view) => shown.push(`answered: ${view}`));
    waits[0]?.();
    await answered;
    await new Promise((resolve) => setImmediate(resolve));
    // The older one may have been sent before, but not after the answer.
    equal(shown.at(-1), 'answered: new');
    live.dispose();
  });

  it('goes on after a build that failed, and says nothing more once the page is closed', async () => {
    let fails = false;
    const { live, shown, errors, become } = await start({ build: () => (fails ? Promise.reject(new Error('no')) : Promise.resolve()) });
    fails = true;
    become('x');
    await until(() => errors.length === 1, 'the failure to be reported');
    fails = false;
    become('y');
    await until(() => shown.at(-1) === 'y', 'the next view');
    live.dispose();
    become('z');
    await new Promise((resolve) => setImmediate(resolve));
    equal(shown.at(-1), 'y');
  });

  it('is locked in a window that is not trusted, and while the repository can only be read', () => {
    const snapshot = { readOnly: undefined } as Parameters<typeof pageLock>[0];
    const describe = (): string => 'read only';
    deepEqual(pageLock(snapshot, false, describe), { kind: 'needsTrust' });
    equal(pageLock(snapshot, true, describe), undefined);
    deepEqual(pageLock({ ...snapshot, readOnly: { code: 'repository/read-only', args: {} } }, true, describe), { kind: 'readOnly', message: 'read only' });
  });
});
