import type { WaitingFor } from '../../core/deployment/model';
import type { Host } from '../../core/hosts/model';
import type { Questions } from '../questions';
import type { EventWriter } from './eventWriter';

/**
 * The questions of one run: while one is open, its host is shown as waiting. There is one object for all hosts of a run,
 * since answers (a passphrase) hold for all of them.
 */
export function createWaitingQuestions(questions: Questions, hosts: ReadonlyMap<string, Pick<Host, 'id' | 'name'>>, writer: EventWriter): Questions {
  const ask = async <T>(hostName: string, question: WaitingFor, signal: AbortSignal | undefined, answer: () => Promise<T>): Promise<T> => {
    const host = [...hosts.values()].find(({ name }) => name === hostName)?.id;
    if (host === undefined) return await answer();
    await writer.append({ type: 'waiting', host, question });
    try {
      signal?.throwIfAborted();
      return await answer();
    } finally {
      await writer.append({ type: 'answered', host });
    }
  };
  return {
    agentSocket: questions.agentSocket,
    ssh: questions.ssh,
    confirmCommand: async (question, signal) => (await questions.confirmCommand?.(question, signal)) ?? 'skip',
    confirmHostKey: (question, signal) => ask(question.hostName, 'hostKey', signal, () => questions.confirmHostKey(question, signal)),
    confirmTakeOver: (question, signal) => ask(question.hostName, 'lock', signal, async () => (await questions.confirmTakeOver?.(question, signal)) ?? 'leave'),
    askSecret: (question, signal) => ask(question.hostName, question.kind, signal, () => questions.askSecret(question, signal)),
  };
}
