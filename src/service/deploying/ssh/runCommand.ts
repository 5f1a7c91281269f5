import type { ClientChannel } from 'ssh2';
import { ProductError } from '../../../core/errors';
import { closeChannel, type Channels } from './channels';
import type { ExecOptions } from './hostConnection';
import { sendStdin } from './sendStdin';

/** A command in bytes; {@link ExecOptions} in text is made of it. */
export interface ByteCommand extends Pick<ExecOptions, 'stdin' | 'onSent' | 'timeout' | 'signal'> {
  readonly onStdout: (bytes: Buffer) => void;
  readonly onStderr: (bytes: Buffer) => void;
}

export interface CommandEnd {
  /** Undefined when a signal ended the command, or the host did not tell. */
  readonly code: number | undefined;
  /** e.g. `SIGKILL`. */
  readonly signal?: string;
}

/** Runs one command on one connection. */
export type RunCommand = (command: string, options: ByteCommand) => Promise<CommandEnd>;

/**
 * Runs one command and resolves when it has ended and all its output was handed over. On timeout, cancellation or a failing
 * source the host is asked to end the command (SIGTERM) before its input closes.
 * @throws ProductError `host/connection-lost`, `host/command-timeout`, `host/channel-refused`, `general/cancelled`; what the source throws
 */
export async function runCommand(channels: Channels, lost: AbortSignal, hostName: string, command: string, options: ByteCommand): Promise<CommandEnd> {
  const stop = new AbortController();
  const { timeout = 0, signal } = options;
  const onLost = (): void => stop.abort(lost.reason);
  const onCancel = (): void => stop.abort(new ProductError('general/cancelled'));
  const timer = timeout > 0
    ? setTimeout(() => stop.abort(new ProductError('host/command-timeout', { host: hostName, seconds: Math.ceil(timeout / 1000) })), timeout)
    : undefined;
  lost.addEventListener('abort', onLost);
  signal?.addEventListener('abort', onCancel);
  if (lost.aborted) onLost();
  if (signal?.aborted) onCancel();
  try {
    const channel = await channels.exec(command, stop.signal);
    return await follow(channel, options, stop);
  } finally {
    clearTimeout(timer);
    lost.removeEventListener('abort', onLost);
    signal?.removeEventListener('abort', onCancel);
  }
}

function follow(channel: ClientChannel, options: ByteCommand, stop: AbortController): Promise<CommandEnd> {
  return new Promise((resolve, reject) => {
    let code: number | undefined;
    let signal: string | undefined;
    let open = 2;
    const ended = new AbortController();
    const onStopped = (): void => {
      ended.abort();
      channel.removeAllListeners('data');
      channel.stderr.removeAllListeners('data');
      askToEnd(channel);
      closeChannel(channel);
      reject(stop.signal.reason as Error);
    };
    const onClosed = (): void => {
      open--;
      if (open > 0 || ended.signal.aborted) return;
      ended.abort();
      stop.signal.removeEventListener('abort', onStopped);
      resolve({ code, ...(signal !== undefined && { signal }) });
    };
    channel.on('data', options.onStdout);
    channel.stderr.on('data', options.onStderr);
    channel.on('exit', (exitCode: number | null, name?: string) => {
      code = exitCode ?? undefined;
      signal = name;
    });
    channel.on('close', onClosed);
    channel.stderr.on('close', onClosed);
    if (stop.signal.aborted) {
      onStopped();
      return;
    }
    stop.signal.addEventListener('abort', onStopped, { once: true });
    sendStdin(channel, options.stdin, { stopped: ended.signal, onSent: options.onSent }).catch((error: unknown) => {
      if (!ended.signal.aborted) stop.abort(error);
    });
  });
}

/**
 * Sends SIGTERM to the command and its children (RFC 4254, 6.9; OpenSSH since 7.9). The library's own method does nothing
 * once the input is closed, which it is for nearly every command.
 */
function askToEnd(channel: ClientChannel): void {
  const inside = channel as unknown as { readonly _client: { readonly _protocol: { signal(id: number, name: string): void } }; readonly outgoing: { readonly id: number; readonly state: string } };
  if (inside.outgoing.state === 'open' || inside.outgoing.state === 'eof') inside._client._protocol.signal(inside.outgoing.id, 'TERM');
}
