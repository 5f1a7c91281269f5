import { spawn } from 'node:child_process';
import { Duplex, PassThrough } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import { ProductError } from '../../../core/errors';
import { GatheringSocket } from './gatheringSocket';
import type { ConnectedHop } from './hop';
import { oneLine, reasonOf } from './reasons';

/** The bytes' way to a machine: over the network, through a jump host, or through a program. */
export interface Way {
  readonly stream: Duplex;
  /** False: the stream says by its event `connect` when it has reached the machine. */
  readonly isReached: boolean;
  /** Why it ended, when it knows better than the library. */
  readonly reasonOfEnd: () => ProductError | undefined;
}

/** Makes a way anew for each attempt. */
export type OpenWay = (signal: AbortSignal) => Promise<Way>;

/** Straight over the network. */
export function overNetwork({ address, port, settings }: ConnectedHop): OpenWay {
  return () => {
    const socket = new GatheringSocket();
    // With Nagle's algorithm a small packet would wait for the answer to the one before it.
    socket.setNoDelay(true);
    const { family, bindAddress } = settings;
    socket.connect({
      host: address, port, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 2000,
      ...(family !== 'any' && { family: family === 'inet' ? 4 : 6 }), ...(bindAddress !== undefined && { localAddress: bindAddress }),
    });
    return Promise.resolve({ stream: socket, isReached: false, reasonOfEnd: () => undefined });
  };
}

/** Through a machine that is connected already. */
export function throughJump(hop: ConnectedHop, jump: ConnectedHop, client: Client, lost: AbortSignal): OpenWay {
  const { name, address, port, connectTimeout } = hop;
  return (signal) => new Promise<Way>((resolve, reject) => {
    const limit = connectTimeout === 0 ? undefined : setTimeout(() => end(new ProductError('host/connect-timeout', { host: name, address, port, seconds: Math.round(connectTimeout / 1000) })), connectTimeout);
    const onLost = (): void => end(lost.reason as Error);
    const onAbort = (): void => end(new ProductError('general/cancelled'));
    let isOver = false;
    const finish = (): void => {
      isOver = true;
      clearTimeout(limit);
      lost.removeEventListener('abort', onLost);
      signal.removeEventListener('abort', onAbort);
    };
    function end(error: Error): void {
      finish();
      reject(error);
    }
    lost.addEventListener('abort', onLost);
    signal.addEventListener('abort', onAbort);
    if (lost.aborted) return onLost();
    if (signal.aborted) return onAbort();
    client.forwardOut('127.0.0.1', 0, address, port, (error, channel) => {
      if (isOver) {
        // The library's type says that there is always one; with an error there is none.
        (channel as ClientChannel | undefined)?.destroy();
        return;
      }
      if (error) {
        end(new ProductError('host/jump-refused', { host: name, jump: jump.name, address, port, reason: reasonOf(error).replace(/^\(SSH\) Channel open failure: /, '') }, { cause: error }));
        return;
      }
      finish();
      resolve({ stream: channel, isReached: true, reasonOfEnd: () => (lost.aborted && lost.reason instanceof ProductError ? lost.reason : undefined) });
    });
  });
}

/** Bytes of a program's complaints that are kept. */
const complaintLimit = 8 * 1024;

/** Through a program that the person's own configuration names; it is run by a shell, as OpenSSH does. */
export function throughCommand({ name }: ConnectedHop, command: string): OpenWay {
  return () => {
    const child = spawn(process.platform === 'win32' ? command : `exec ${command}`, { shell: true, stdio: 'pipe', windowsHide: true });
    let complaints = '';
    let failure: string | undefined;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints = (complaints + text).slice(-complaintLimit);
    });
    // What it no longer takes is lost: its end, and the reason of it, come a moment later.
    const writable = new PassThrough();
    child.stdin.on('error', () => writable.unpipe().resume());
    writable.pipe(child.stdin);
    // Its output ends for us once it is known why it has ended.
    const readable = new PassThrough();
    child.stdout.pipe(readable, { end: false });
    const stream = Duplex.from({ readable, writable });
    child.once('error', (error) => {
      failure = reasonOf(error);
      stream.destroy();
    });
    child.once('close', (code, signal) => {
      failure ??= oneLine(complaints) || (signal === null ? `exit status ${code ?? 'unknown'}` : `signal ${signal}`);
      readable.end();
    });
    stream.once('close', () => child.kill());
    // The library asks its stream for its end in words of a socket.
    stream.on('error', () => undefined);
    return Promise.resolve({
      stream, isReached: true,
      reasonOfEnd: () => (failure === undefined ? undefined : new ProductError('host/proxy-command-failed', { host: name, command, reason: failure })),
    });
  };
}
