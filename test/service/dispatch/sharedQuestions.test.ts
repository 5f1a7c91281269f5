import assert from 'node:assert/strict';
import type { ConnectedClient } from '../../../src/service/dispatch/connectedClient';
import { createSharedQuestions } from '../../../src/service/dispatch/sharedQuestions';
import type { Questions } from '../../../src/service/questions';

describe('questions of requests side by side', () => {
  it('are the same for one client until the last request has ended, also when one fails; other clients have their own', async () => {
    const begun: string[] = [];
    const ended: string[] = [];
    const shared = createSharedQuestions({
      forClient: (client) => {
        const name = `${client.locale}${begun.push(client.locale)}`;
        return { questions: { agentSocket: name } as Questions, end: () => void ended.push(name) };
      },
    });
    const [first, second] = [{ locale: 'en' }, { locale: 'fr' }] as ConnectedClient[] as [ConnectedClient, ConnectedClient];
    const seen: (string | undefined)[] = [];
    const work = (client: ConnectedClient, until: Promise<void>) => shared.during(client, async (questions) => {
      seen.push(questions.agentSocket);
      await until;
    });
    let finish = (): void => undefined;
    const last = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const failing = work(first, Promise.reject(new Error('broken')));
    const running = work(first, last);
    await assert.rejects(failing, /broken/);
    await work(second, Promise.resolve());
    await work(first, Promise.resolve());
    assert.deepEqual([seen, ended], [['en1', 'en1', 'fr2', 'en1'], ['fr2']]);
    finish();
    await running;
    assert.deepEqual(ended, ['fr2', 'en1']);
    await work(first, Promise.resolve());
    assert.deepEqual(seen.at(-1), 'en3');
  });
});
