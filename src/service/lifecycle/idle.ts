/**
 * Calls `onIdle` once nobody has been connected and nothing has run for `seconds`. It looks by itself, so that nothing
 * has to remember to tell it.
 * @returns how to end it
 */
export function watchIdle(options: { readonly seconds: number; readonly isNeeded: () => boolean; readonly onIdle: () => void }): () => void {
  const limit = options.seconds * 1000;
  let neededAt = performance.now();
  const timer = setInterval(() => {
    if (options.isNeeded()) neededAt = performance.now();
    else if (performance.now() - neededAt >= limit) {
      clearInterval(timer);
      options.onIdle();
    }
  }, Math.max(10, Math.min(1000, limit / 4)));
  return () => clearInterval(timer);
}
