import * as v from 'valibot';
import { describeError, isCancelled, ProductError, toErrorData } from '../../core/errors';
import type { Locale } from '../../core/text/messages';
import { checkParams } from '../../protocol/method';
import { pageRequest, type EventsOf, type PageContract, type PageMethods, type PageReply, type RequestName, type RequestParams, type RequestResult } from '../../protocol/page/page';

/** The way to one page and back. */
export interface PageChannel {
  post(message: PageReply): void;
  /** Returns how to stop listening. */
  onMessage(listener: (message: unknown) => void): () => void;
}

/** What answers the requests of one page, by name. */
export type PageHandlers<C> = { readonly [N in RequestName<C>]: (params: RequestParams<C, N>) => Promise<RequestResult<C, N>> | RequestResult<C, N> };

/** Tells the page that something happened. */
export type EmitEvent<C> = <N extends keyof EventsOf<C> & string>(name: N, value: EventsOf<C>[N]) => void;

export interface ServePageOptions {
  readonly locale: Locale;
  /** Takes what went wrong while a request was answered, for the log. */
  readonly report: (method: string, error: unknown) => void;
}

/**
 * Answers a page until the returned function is called. A request that the contract does not know, or whose parameters are
 * not what it says, is refused with `general/bad-request` and reaches no handler.
 */
export function servePage<M extends PageMethods, E>(
  contract: PageContract<M, E>, channel: PageChannel, handlers: PageHandlers<PageContract<M, E>>, options: ServePageOptions,
): () => void {
  let closed = false;
  const post = (message: PageReply): void => {
    if (!closed) channel.post(message);
  };
  const answer = async (method: string, params: unknown): Promise<unknown> => {
    const declared = Object.hasOwn(contract.methods, method) ? contract.methods[method] : undefined;
    if (declared === undefined) throw new ProductError('general/bad-request', { method, reason: 'no such request' });
    const checked = checkParams(method, declared, params);
    return await (handlers[method] as (checked: unknown) => unknown)(checked);
  };
  const stop = channel.onMessage((message) => {
    const parsed = v.safeParse(pageRequest, message);
    // Without a number there is nobody to answer to.
    if (!parsed.success) return options.report('page', new ProductError('general/bad-request', { method: 'page', reason: 'no request' }));
    const { id, method, params } = parsed.output;
    post({ type: 'taken', id });
    void answer(method, params).then(
      (result) => post({ type: 'answer', id, result: result ?? null }),
      (error: unknown) => {
        const cancelled = isCancelled(error);
        if (!cancelled) options.report(method, error);
        post({ type: 'refusal', id, error: { code: toErrorData(error).code, message: describeError(options.locale, error), ...(cancelled && { cancelled }) } });
      },
    );
  });
  return () => {
    closed = true;
    stop();
  };
}
