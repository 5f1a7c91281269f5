import type { EventsOf, PageError, PageReply, PageRequest, RequestName, RequestParams, RequestResult } from '../src/protocol/page/page';

/** What the editor gives a page; see its `acquireVsCodeApi`. */
export interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** A request that the host refused; `message` is for the reader. */
export class RefusedRequest extends Error {
  readonly code: string;
  /** A person turned back. */
  readonly cancelled: boolean;

  constructor({ code, message, cancelled }: PageError) {
    super(message);
    this.name = 'RefusedRequest';
    this.code = code;
    this.cancelled = cancelled === true;
  }
}

/** The page's side of a contract. */
export interface PageConnection<C> {
  /** Asks the host. @throws RefusedRequest */
  request<N extends RequestName<C>>(name: N, params: RequestParams<C, N>): Promise<RequestResult<C, N>>;
  /** Returns how to stop listening. */
  onEvent<N extends keyof EventsOf<C> & string>(name: N, listener: (value: EventsOf<C>[N]) => void): () => void;
  /** True while the host does not answer: requests wait, the page stays as it is. */
  readonly waiting: boolean;
  onWaiting(listener: () => void): () => void;
}

/** A host that has not taken note of a request for so long is taken to be gone for now; questions to a person answer later, so every request is first acknowledged. */
const silenceMs = 2000;

/** The way of messages to a host and back. */
export interface PageTransport {
  readonly post: (request: PageRequest) => void;
  readonly listen: (listener: (reply: PageReply) => void) => void;
}

/** The way of a page to the host of its tab. @param api the editor's */
export function tabTransport(api: EditorApi): PageTransport {
  return {
    post: (request) => api.postMessage(request),
    listen: (listener) => window.addEventListener('message', ({ data }: MessageEvent<PageReply>) => listener(data)),
  };
}

export function connectPage<C>({ post, listen }: PageTransport): PageConnection<C> {
  let last = 0;
  let waiting = false;
  const open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void; readonly timer: number }>();
  const listeners = new Map<string, Set<(value: unknown) => void>>();
  const waitingListeners = new Set<() => void>();
  const setWaiting = (next: boolean): void => {
    if (waiting === next) return;
    waiting = next;
    for (const listener of [...waitingListeners]) listener();
  };

  listen((data) => {
    setWaiting(false);
    if (data.type === 'event') {
      for (const listener of [...(listeners.get(data.name) ?? [])]) listener(data.value);
      return;
    }
    const request = open.get(data.id);
    if (request === undefined) return;
    window.clearTimeout(request.timer);
    if (data.type === 'taken') return;
    open.delete(data.id);
    if (data.type === 'answer') request.resolve(data.result);
    else request.reject(new RefusedRequest(data.error));
  });

  return {
    request: <N extends RequestName<C>>(method: N, params: RequestParams<C, N>) => new Promise<RequestResult<C, N>>((resolve, reject) => {
      last += 1;
      open.set(last, { resolve: resolve, reject, timer: window.setTimeout(() => setWaiting(true), silenceMs) });
      post({ type: 'request', id: last, method, params });
    }),
    onEvent: (name, listener) => {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known);
      known.add(listener as (value: unknown) => void);
      return () => known.delete(listener as (value: unknown) => void);
    },
    get waiting() {
      return waiting;
    },
    onWaiting: (listener) => {
      waitingListeners.add(listener);
      return () => waitingListeners.delete(listener);
    },
  };
}
