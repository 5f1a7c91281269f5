import { setTimeout } from 'node:timers/promises';
import type { ClientChannel, SFTPWrapper } from 'ssh2';
import { ProductError } from '../../../core/errors';
import type { OpenConnection } from './openConnection';
import { reasonOf } from './reasons';

/** Milliseconds after which a host that has none of our sessions left is asked again: it may not have put the last one away. */
const retryDelays = [10, 50, 100, 200, 400];

/** OpenSSH allows ten sessions on a connection unless told otherwise. */
const maxOpen = 8;

/** The sessions of one connection. What is more than the host allows waits for one that ends. */
export interface Channels {
  /** `signal` must abort when the connection is lost. @throws ProductError `host/channel-refused`; the signal's reason when it aborts */
  exec(command: string, signal: AbortSignal, options?: { /** Does not wait its turn. */ readonly urgent?: boolean }): Promise<ClientChannel>;
  sftp(signal: AbortSignal): Promise<SFTPWrapper>;
}

export function createChannels({ client, ssh }: Pick<OpenConnection, 'client' | 'ssh'>, hostName: string): Channels {
  let open = 0;
  const waiting: (() => void)[] = [];

  function oneEnded(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = (): void => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const stop = (): void => {
        waiting.splice(waiting.indexOf(wake), 1);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', stop, { once: true });
      waiting.push(wake);
    });
  }

  function released(): void {
    open--;
    waiting.shift()?.();
  }

  /** A session that opens after its caller has gone is closed again. */
  function request<T extends ClientChannel | SFTPWrapper>(start: () => Promise<T>, close: (late: T) => void, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', stop, { once: true });
      start().then((channel) => {
        channel.once('close', released);
        signal.removeEventListener('abort', stop);
        if (signal.aborted) close(channel);
        else resolve(channel);
      }, (error: unknown) => {
        signal.removeEventListener('abort', stop);
        open--;
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
  }

  async function openOne<T extends ClientChannel | SFTPWrapper>(start: () => Promise<T>, close: (late: T) => void, signal: AbortSignal, urgent = false): Promise<T> {
    for (let refusals = 0; ;) {
      signal.throwIfAborted();
      if (open >= maxOpen && !urgent) {
        await oneEnded(signal);
        continue;
      }
      open++;
      try {
        return await request(start, close, signal);
      } catch (error) {
        signal.throwIfAborted();
        const retryDelay = retryDelays[refusals++];
        if (open > 0) {
          // The host allows fewer than we thought: one of ours has to end first.
          await oneEnded(signal);
        } else if (retryDelay !== undefined) {
          await setTimeout(retryDelay, undefined, { signal });
        } else {
          waiting.shift()?.();
          throw new ProductError('host/channel-refused', { host: hostName, reason: reasonOf(error) }, { cause: error });
        }
      }
    }
  }

  const exec = (command: string): Promise<ClientChannel> => new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => {
      if (error) reject(error);
      else resolve(channel);
    });
  });
  return {
    exec: (command, signal, options = {}) => openOne(() => exec(command), closeChannel, signal, options.urgent),
    sftp: (signal) => openOne(() => ssh.requestSFTP(), (late) => late.end(), signal),
  };
}

/** Closes a command's session and drops what it still sends; without that it would never count as closed. */
export function closeChannel(channel: ClientChannel): void {
  channel.resume();
  channel.stderr.resume();
  channel.close();
}
