import type { Questions } from '../questions';
import type { ConnectedClient } from './connectedClient';
import type { QuestionBroker, RunQuestions } from './questionBroker';

/** Questions of requests that one client makes side by side: what a person answers for one of them holds for all. */
export interface SharedQuestions {
  /** Runs work with the questions that the client's other work of this kind has now; forgets the answers when the last of it ends. */
  during<T>(client: ConnectedClient, work: (questions: Questions) => Promise<T>): Promise<T>;
}

export function createSharedQuestions(broker: QuestionBroker): SharedQuestions {
  const shared = new Map<ConnectedClient, { readonly run: RunQuestions; users: number }>();
  return {
    async during(client, work) {
      const entry = shared.get(client) ?? { run: broker.forClient(client), users: 0 };
      shared.set(client, entry);
      entry.users += 1;
      try {
        return await work(entry.run.questions);
      } finally {
        entry.users -= 1;
        if (entry.users === 0) {
          shared.delete(client);
          entry.run.end();
        }
      }
    },
  };
}
