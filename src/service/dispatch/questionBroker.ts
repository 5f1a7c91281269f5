import { ProductError } from '../../core/errors';
import type { ClientMethodName, ClientMethods } from '../../protocol/service';
import type { Questions } from '../questions';
import type { Redactor } from '../redactor';
import type { ServiceLog } from '../serviceLog';
import type { ClientRegistry, ConnectedClient } from './connectedClient';

/** The questions of one piece of work, which ends. */
export interface RunQuestions {
  readonly questions: Questions;
  /** Forgets the answers; to be called when the work has ended. */
  end(): void;
}

/** Finds the person who can answer. */
export interface QuestionBroker {
  /** Questions of work that `client` started. */
  forClient(client: ConnectedClient): RunQuestions;
}

/**
 * A question goes to the client that started the work. If that is gone, also in the middle of the question, it goes to
 * the interactive client that came last; with none it waits for the next one. A client that started the work and has
 * nobody to ask (a build job) declines: its work fails rather than bother somebody else's window.
 */
export function createQuestionBroker(clients: ClientRegistry, redactor: Redactor, log: ServiceLog): QuestionBroker {
  const put = async <N extends ClientMethodName>(
    origin: ConnectedClient, method: N, question: ClientMethods[N]['params'], signal: AbortSignal | undefined,
  ): Promise<ClientMethods[N]['result'] | undefined> => {
    for (;;) {
      throwIfAborted(signal);
      const client = origin.gone.aborted ? clients.all.findLast((other) => other.interactive && !other.gone.aborted) : origin;
      if (client === undefined) {
        await nextInteractiveClient(clients, signal);
        continue;
      }
      if (!client.interactive) return undefined;
      try {
        return await client.ask(method, question, signal);
      } catch (error) {
        throwIfAborted(signal);
        if (client.gone.aborted) continue;
        log.error('questions', `a client could not put ${method}`, error);
        return undefined;
      }
    }
  };
  return {
    forClient: (origin) => {
      const forget: (() => void)[] = [];
      return {
        questions: {
          agentSocket: origin.agentSocket,
          ssh: origin.ssh,
          confirmCommand: async (question, signal) => (await put(origin, 'client/confirmCommand', question, signal)) ?? 'skip',
          confirmTakeOver: async (question, signal) => (await put(origin, 'client/confirmTakeOver', question, signal)) ?? 'leave',
          confirmHostKey: async (question, signal) => (await put(origin, 'client/confirmHostKey', question, signal)) ?? 'refuse',
          askSecret: async (question, signal) => {
            const answer = await put(origin, 'client/askSecret', question, signal);
            if (answer === undefined || answer === null) return undefined;
            forget.push(redactor.add(answer.secret));
            return answer.secret;
          },
        },
        end: () => {
          for (const forgetOne of forget.splice(0)) forgetOne();
        },
      };
    },
  };
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new ProductError('general/cancelled');
}

/** Resolves with the next interactive client, or with the signal. */
function nextInteractiveClient(clients: ClientRegistry, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      stopListening();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const stopListening = clients.onAdded((client) => {
      if (client.interactive) finish();
    });
    signal?.addEventListener('abort', finish);
  });
}
