import type { Writable } from 'node:stream';

/** What the channel takes as one packet. Smaller pieces are put together, since every packet costs the same. */
const packetSize = 32 * 1024;
/** Larger pieces are cut, so that progress is told often enough. */
const pieceSize = 8 * packetSize;

export interface SendOptions {
  /** Ends the sending without an error: the command has ended, or the connection is lost. */
  readonly stopped: AbortSignal;
  /** All bytes so far that the channel has accepted. */
  readonly onSent?: ((bytes: number) => void) | undefined;
}

/**
 * Writes `source` to a channel and ends it. Keeps back while the host takes nothing. Small pieces wait for each other only
 * as long as the source has the next one at hand. A piece must stay as it is once the source has handed it over.
 * @throws what the source throws; the channel is then not ended, so that the command cannot take a part for the whole
 */
export async function sendStdin(channel: Writable, source: AsyncIterable<Uint8Array> | Uint8Array | undefined, options: SendOptions): Promise<void> {
  const write = createPieceWriter(channel, options);
  if (source instanceof Uint8Array) await write(source);
  else if (source) await sendAll(source, write, options.stopped);
  if (!options.stopped.aborted) channel.end();
}

function createPieceWriter(channel: Writable, { stopped, onSent }: SendOptions): (bytes: Uint8Array) => Promise<void> {
  let sent = 0;
  return async (bytes) => {
    for (let start = 0; start < bytes.length && !stopped.aborted; start += pieceSize) {
      const piece = bytes.subarray(start, start + pieceSize);
      const more = channel.write(piece, () => {
        sent += piece.length;
        if (!stopped.aborted) onSent?.(sent);
      });
      if (!more) await drained(channel, stopped);
    }
  };
}

async function sendAll(source: AsyncIterable<Uint8Array>, write: (bytes: Uint8Array) => Promise<void>, stopped: AbortSignal): Promise<void> {
  const iterator = source[Symbol.asyncIterator]();
  let gathered: Uint8Array[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const bytes = gathered.length === 1 && gathered[0] ? gathered[0] : Buffer.concat(gathered, size);
    gathered = [];
    size = 0;
    await write(bytes);
  };
  while (!stopped.aborted) {
    const next = iterator.next();
    if (size > 0 && !(await isAtHand(next))) await flush();
    const item = await unlessStopped(next, stopped);
    if (item === undefined) break;
    if (item.done) {
      await flush();
      return;
    }
    gathered.push(item.value);
    size += item.value.length;
    if (size >= packetSize) await flush();
  }
  // Not awaited: a generator that is waiting itself would only answer after its wait.
  iterator.return?.().catch(() => undefined);
}

/** True when a promise settles before the event loop turns. */
function isAtHand(promise: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const late = setImmediate(() => resolve(false));
    const settle = (): void => {
      clearImmediate(late);
      resolve(true);
    };
    promise.then(settle, settle);
  });
}

/** Undefined when stopped first; what the promise then brings is of no interest. */
function unlessStopped<T>(promise: Promise<T>, stopped: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(undefined);
    stopped.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => stopped.removeEventListener('abort', stop));
    if (stopped.aborted) stop();
  });
}

async function drained(channel: Writable, stopped: AbortSignal): Promise<void> {
  let settle: (() => void) | undefined;
  const drain = new Promise<void>((resolve) => {
    settle = resolve;
    channel.once('drain', resolve);
  });
  await unlessStopped(drain, stopped);
  if (settle) channel.off('drain', settle);
}
