import type { ServiceEventName, ServiceEvents, ServiceMethodName, ServiceParams, ServiceResult } from '../../../src/protocol/service';
import type { ConnectionState, PackageService } from '../../../src/extension/packageService';

type Answer<N extends ServiceMethodName> = (params: ServiceParams<N>, signal: AbortSignal | undefined) => ServiceResult<N> | Promise<ServiceResult<N>>;

/** A package service with answers of the test's own; a request without an answer fails the test. */
export interface FakeService extends PackageService {
  /** Names of the requests so far, in order. */
  readonly requests: readonly ServiceMethodName[];
  /** What it has answered so far. */
  readonly answered: readonly unknown[];
  answer<N extends ServiceMethodName>(name: N, answer: Answer<N>): void;
  send<N extends ServiceEventName>(name: N, event: ServiceEvents[N]): void;
  become(state: ConnectionState): void;
}

export function createFakeService(): FakeService {
  const answers = new Map<ServiceMethodName, Answer<never>>();
  const listeners = new Map<ServiceEventName, Set<(event: never) => void>>();
  const stateListeners = new Set<() => void>();
  const requests: ServiceMethodName[] = [];
  const answered: unknown[] = [];
  let state: ConnectionState = 'idle';
  const become = (next: ConnectionState): void => {
    state = next;
    for (const listener of [...stateListeners]) listener();
  };
  return {
    requests,
    answered,
    get state() {
      return state;
    },
    problem: undefined,
    onStateChanged: (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    onEvent: (name, listener) => {
      const of = listeners.get(name) ?? new Set();
      listeners.set(name, of.add(listener));
      return () => of.delete(listener);
    },
    request: async (name, params, signal) => {
      requests.push(name);
      const answer = answers.get(name);
      if (!answer) throw new Error(`the test answers no ${name}`);
      const result = await answer(params as never, signal);
      answered.push(result);
      return result;
    },
    connect: () => {
      if (state !== 'online') become('online');
      return Promise.resolve();
    },
    answer: (name, answer) => answers.set(name, answer),
    send: (name, event) => {
      for (const listener of listeners.get(name) ?? []) listener(event as never);
    },
    become,
  };
}
