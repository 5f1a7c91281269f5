import type { Socket } from 'node:net';

/** Bytes a single line may have; what comes before the proof is not trusted with more. */
const longestLine = 4096;

/**
 * Reads one line (up to `\n`, UTF-8) and leaves everything behind it in the socket.
 * Rejects when the socket ends first, when the line is too long, and after `limit` milliseconds with code `ETIMEDOUT`.
 */
export function readLine(socket: Socket, limit: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let read = Buffer.alloc(0);
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      socket.off('readable', onReadable).off('end', onEnd).off('close', onEnd).off('error', onError);
      settle();
    };
    const onEnd = (): void => finish(() => reject(Object.assign(new Error('the other side hung up'), { code: 'ECONNRESET' })));
    const onError = (error: Error): void => finish(() => reject(error));
    const onReadable = (): void => {
      for (let chunk = socket.read() as Buffer | null; chunk !== null; chunk = socket.read() as Buffer | null) {
        read = Buffer.concat([read, chunk]);
        const end = read.indexOf(0x0a);
        if (end > longestLine || (end < 0 && read.length > longestLine)) {
          finish(() => reject(new Error('a line is too long')));
          return;
        }
        if (end >= 0) {
          const rest = read.subarray(end + 1);
          finish(() => resolve(read.toString('utf8', 0, end)));
          if (rest.length > 0) socket.unshift(rest);
          return;
        }
      }
    };
    const timer = setTimeout(() => finish(() => reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }))), limit);
    socket.on('readable', onReadable).once('end', onEnd).once('close', onEnd).once('error', onError);
    if (socket.destroyed || socket.readableEnded) onEnd();
    else onReadable();
  });
}
