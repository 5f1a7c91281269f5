import { setTimeout as delay } from 'node:timers/promises';
import type { Client, ClientChannel } from 'ssh2';
import { ProductError } from '../../../core/errors';
import { reasonOf } from './reasons';

/** OpenSSH allows ten sessions on a connection unless told otherwise. */
const maxOpen = 8;
/** Milliseconds after which a host that refuses though none of our sessions is left is asked again: it may be putting the last one away. */
const retryDelays = [10, 50, 100, 200, 400];

/** The sessions of one connection. What is more than the host allows waits for one that ends. */
export interface Channels {
  /**
   * Starts a command. `signal` must abort when the connection is lost. `urgent`: does not wait its turn.
   * @throws ProductError `host/channel-refused`; the signal's reason when it aborts
   */
  exec(command: string, signal: AbortSignal, urgent?: boolean): Promise<ClientChannel>;
}

export function createChannels(client: Client, hostName: string): Channels {
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

  /** A session that opens after its caller has gone is closed again. */
  function request(command: string, signal: AbortSignal): Promise<ClientChannel> {
    return new Promise((resolve, reject) => {
      const stop = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', stop, { once: true });
      client.exec(command, (error, channel) => {
        signal.removeEventListener('abort', stop);
        if (error) {
          open--;
          reject(error);
          return;
        }
        channel.once('close', () => {
          open--;
          waiting.shift()?.();
        });
        if (signal.aborted) closeChannel(channel);
        else resolve(channel);
      });
    });
  }

  return {
    async exec(command, signal, urgent = false) {
      for (let refusals = 0; ;) {
        signal.throwIfAborted();
        if (open >= maxOpen && !urgent) {
          await oneEnded(signal);
          continue;
        }
        open++;
        try {
          return await request(command, signal);
        } catch (error) {
          signal.throwIfAborted();
          const pause = retryDelays[refusals++];
          if (open > 0) {
            // The host allows fewer than we thought: one of ours has to end first.
            await oneEnded(signal);
          } else if (pause !== undefined) {
            await delay(pause);
          } else {
            waiting.shift()?.();
            throw new ProductError('host/channel-refused', { host: hostName, reason: reasonOf(error) }, { cause: error });
          }
        }
      }
    },
  };
}

/** Closes a session and drops what it still sends; without that it would never count as closed. */
export function closeChannel(channel: ClientChannel): void {
  channel.resume();
  channel.stderr.resume();
  channel.close();
}
