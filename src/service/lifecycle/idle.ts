/** Ends a service that nobody needs. */
export interface IdleWatch {
  /** To be called whenever a client comes or goes, or work begins or ends. */
  update(): void;
  stop(): void;
}

/**
 * Calls `onIdle` once nobody has been connected and nothing has run for `seconds`, counted from the last
 * {@link IdleWatch.update} that found it so.
 */
export function createIdleWatch(options: { readonly seconds: number; readonly isNeeded: () => boolean; readonly onIdle: () => void }): IdleWatch {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const update = (): void => {
    if (options.isNeeded()) {
      stop();
      return;
    }
    timer ??= setTimeout(() => {
      timer = undefined;
      if (!options.isNeeded()) options.onIdle();
    }, options.seconds * 1000);
  };
  update();
  return { update, stop };
}
