/** A stream that several take, each at its own pace. */
export interface SharedStream {
  /** All bytes from the first on. A piece must not be changed by who takes it. */
  read(signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** Bytes kept for those who come later or are slower. */
const defaultWindow = 16 * 1024 * 1024;

/**
 * Makes a stream be read once for all who take it about the same time. What the fastest has taken is kept for the others, up
 * to `window` bytes: who begins within them or is no further behind reads nothing anew, and whoever falls further behind goes
 * on with a stream of its own. So the fast never wait for the slow, and memory is bounded.
 * @param open makes the stream from its beginning; it ends when the signal aborts
 */
export function shareStream(open: (signal: AbortSignal) => AsyncIterable<Uint8Array>, window = defaultWindow): SharedStream {
  let newest: Reading | undefined;
  return {
    async *read(signal) {
      const reading = newest?.canJoin === true ? newest : (newest = createReading(open, window));
      const reader = reading.join();
      let taken = 0;
      try {
        for (;;) {
          signal.throwIfAborted();
          const piece = await reader.take();
          if (piece === 'behind') break;
          if (piece === 'end') return;
          taken += piece.length;
          yield piece;
        }
      } finally {
        reader.leave();
      }
      yield* skip(open(signal), taken);
    },
  };
}

interface Reading {
  /** The first byte is still here. */
  readonly canJoin: boolean;
  join(): {
    /** The next piece; `behind`: it is not kept any more. @throws what the stream throws */
    take(): Promise<Uint8Array | 'end' | 'behind'>;
    leave(): void;
  };
}

function createReading(open: (signal: AbortSignal) => AsyncIterable<Uint8Array>, window: number): Reading {
  const stop = new AbortController();
  const iterator = open(stop.signal)[Symbol.asyncIterator]();
  const kept: Uint8Array[] = [];
  /** Pieces that were kept once. */
  let dropped = 0;
  let keptBytes = 0;
  let ended = false;
  let broken = false;
  let pulling: Promise<void> | undefined;
  const readers = new Set<{ next: number }>();

  const drop = (): void => {
    keptBytes -= kept.shift()?.length ?? 0;
    dropped += 1;
  };
  /** As long as all fits in the window, all is kept for who comes later; then only what a reader still lacks. */
  const trim = (): void => {
    if (dropped === 0 && keptBytes <= window) return;
    const slowest = Math.min(...[...readers].map(({ next }) => next));
    while (kept.length > 0 && (dropped < slowest || keptBytes > window)) drop();
  };
  const pull = async (): Promise<void> => {
    try {
      const item = await iterator.next();
      if (item.done === true) {
        ended = true;
        return;
      }
      kept.push(item.value);
      keptBytes += item.value.length;
    } catch (error) {
      broken = true;
      throw error;
    } finally {
      pulling = undefined;
    }
  };

  return {
    get canJoin() {
      return dropped === 0 && !broken && readers.size > 0;
    },
    join() {
      const reader = { next: 0 };
      readers.add(reader);
      return {
        async take() {
          for (;;) {
            if (reader.next < dropped) return 'behind';
            const piece = kept[reader.next - dropped];
            if (piece) {
              reader.next += 1;
              trim();
              return piece;
            }
            if (ended) return 'end';
            await (pulling ??= pull());
          }
        },
        leave() {
          readers.delete(reader);
          if (readers.size > 0) return;
          kept.length = 0;
          stop.abort();
          // Not awaited: a stream that is waiting itself would only answer after its wait.
          iterator.return?.().catch(() => undefined);
        },
      };
    },
  };
}

async function* skip(stream: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const piece of stream) {
    if (piece.length > left) yield piece.subarray(left);
    left = Math.max(0, left - piece.length);
  }
}
