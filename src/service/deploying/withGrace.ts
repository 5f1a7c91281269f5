/**
 * Runs what is over in a moment and must not be left alone in the middle: its signal aborts only `grace` milliseconds after
 * the one it is given.
 */
export async function withGrace<T>(signal: AbortSignal, grace: number, run: (late: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const begin = (): void => {
    timer = setTimeout(() => late.abort(signal.reason), grace);
  };
  signal.addEventListener('abort', begin, { once: true });
  if (signal.aborted) begin();
  try {
    return await run(late.signal);
  } finally {
    signal.removeEventListener('abort', begin);
    clearTimeout(timer);
  }
}
