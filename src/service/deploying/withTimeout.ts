import { isCancelled, ProductError } from '../../core/errors';

/** Runs something that ends when it is stopped or takes longer than `limit` milliseconds (0: no limit). */
export async function withTimeout<T>(limit: number, stop: AbortSignal | undefined, run: (signal: AbortSignal) => Promise<T>, late: () => ProductError): Promise<T> {
  const timeout = new AbortController();
  const timer = limit > 0 ? setTimeout(() => timeout.abort(), limit) : undefined;
  try {
    if (stop?.aborted) throw new ProductError('general/cancelled');
    return await run(stop ? AbortSignal.any([stop, timeout.signal]) : timeout.signal);
  } catch (error) {
    throw timeout.signal.aborted && !stop?.aborted && isCancelled(error) ? late() : error;
  } finally {
    clearTimeout(timer);
  }
}
