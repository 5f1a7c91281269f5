import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { isCancelled } from '../../../src/core/errors';
import type { ClientMethodName, ClientMethods, HostKeyQuestion, SecretQuestion } from '../../../src/protocol/service';
import type { ClientRegistry, ConnectedClient } from '../../../src/service/dispatch/connectedClient';
import { createQuestionBroker } from '../../../src/service/dispatch/questionBroker';
import { createRedactor } from '../../../src/service/redactor';

const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
const password: SecretQuestion = { kind: 'password', hostName: 'eu-1', user: 'genesys', attempt: 1 };
const unknownKey: HostKeyQuestion = { hostName: 'eu-1', address: '10.0.0.1', port: 22, key: { type: 'ssh-ed25519', fingerprint: 'SHA256:x' } };

/** A client that notes what it is asked and answers when the test says so. */
class FakeClient implements ConnectedClient {
  readonly protocol = 1;
  readonly kind = 'editor';
  readonly locale = 'en';
  readonly asked: { method: string; answer(result: unknown): void; fail(error: Error): void; signal: AbortSignal | undefined }[] = [];
  private readonly leaving = new AbortController();
  readonly gone = this.leaving.signal;
  readonly agentSocket: string | undefined;
  readonly ssh = undefined;
  constructor(readonly interactive = true, agentSocket?: string) {
    this.agentSocket = agentSocket;
  }
  notify(): void {
    throw new Error('no event is expected');
  }
  ask<N extends ClientMethodName>(method: N, _: ClientMethods[N]['params'], signal?: AbortSignal): Promise<ClientMethods[N]['result']> {
    return new Promise((resolve, reject) => {
      this.asked.push({ method, answer: resolve, fail: reject, signal });
    });
  }
  leave(): void {
    this.leaving.abort();
    for (const { fail } of this.asked) fail(new Error('connection lost'));
  }
}

class FakeRegistry implements ClientRegistry {
  readonly all: FakeClient[] = [];
  readonly listeners = new Set<(client: ConnectedClient) => void>();
  onAdded(listener: (client: ConnectedClient) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  add(client: FakeClient): FakeClient {
    this.all.push(client);
    for (const listener of this.listeners) listener(client);
    return client;
  }
}

describe('a question to a person', () => {
  let clients: FakeRegistry;
  const redactor = createRedactor();
  const forClient = (client: FakeClient) => createQuestionBroker(clients, redactor, silentLog).forClient(client);
  beforeEach(() => {
    clients = new FakeRegistry();
  });

  it('goes to the client that started the work, though others are there', async () => {
    const [origin, other] = [clients.add(new FakeClient(true, '/agent')), clients.add(new FakeClient())];
    const { questions } = forClient(origin);
    const answer = questions.confirmHostKey(unknownKey);
    origin.asked[0]?.answer('trust');
    assert.equal(await answer, 'trust');
    assert.equal(other.asked.length, 0);
    assert.equal(questions.agentSocket, '/agent');
  });

  it('goes to another one when the first leaves in the middle', async () => {
    const [origin, other] = [clients.add(new FakeClient()), clients.add(new FakeClient())];
    const answer = forClient(origin).questions.askSecret(password);
    origin.leave();
    await turn();
    other.asked[0]?.answer({ secret: 'open sesame' });
    assert.equal(await answer, 'open sesame');
  });

  it('waits for the next person when nobody is there, and passes programs by', async () => {
    const origin = clients.add(new FakeClient());
    const { questions } = forClient(origin);
    origin.leave();
    const answer = questions.askSecret(password);
    await turn();
    const program = clients.add(new FakeClient(false));
    await turn();
    const person = clients.add(new FakeClient());
    await turn();
    person.asked[0]?.answer({ secret: 'late' });
    assert.equal(await answer, 'late');
    assert.equal(program.asked.length, 0);
    assert.equal(clients.listeners.size, 0);
  });

  it('is declined at once for a program that started the work, whoever else is there', async () => {
    const [origin, other] = [clients.add(new FakeClient(false)), clients.add(new FakeClient())];
    const { questions } = forClient(origin);
    assert.equal(await questions.askSecret(password), undefined);
    assert.equal(await questions.confirmHostKey(unknownKey), 'refuse');
    assert.equal(origin.asked.length + other.asked.length, 0);
  });

  it('ends with the work it belongs to, while it is asked and while it waits', async () => {
    const origin = clients.add(new FakeClient());
    const asking = new AbortController();
    const asked = forClient(origin).questions.askSecret(password, asking.signal);
    asking.abort();
    assert.equal(origin.asked[0]?.signal?.aborted, true);
    origin.asked[0].fail(new Error('cancelled by the service'));
    await assert.rejects(asked, isCancelled);

    const { questions } = forClient(origin);
    origin.leave();
    const waiting = new AbortController();
    const waited = questions.askSecret(password, waiting.signal);
    await turn();
    waiting.abort();
    await assert.rejects(waited, isCancelled);
    assert.equal(clients.listeners.size, 0);
  });

  it('counts as declined when a client cannot put it', async () => {
    const origin = clients.add(new FakeClient());
    const answer = forClient(origin).questions.confirmHostKey(unknownKey);
    origin.asked[0]?.fail(new Error('no window'));
    assert.equal(await answer, 'refuse');
  });

  it('leaves an answer that no text shows until the work ends', async () => {
    const origin = clients.add(new FakeClient());
    const run = forClient(origin);
    const answer = run.questions.askSecret(password);
    origin.asked[0]?.answer({ secret: 'hunter2hunter2' });
    await answer;
    assert.doesNotMatch(redactor.redact('it is hunter2hunter2'), /hunter2/);
    run.end();
    assert.match(redactor.redact('it is hunter2hunter2'), /hunter2/);
  });

  it('is declined by a person who answers nothing', async () => {
    const origin = clients.add(new FakeClient());
    const answer = forClient(origin).questions.askSecret(password);
    origin.asked[0]?.answer(null);
    assert.equal(await answer, undefined);
  });
});
