import { setMaxListeners } from 'node:events';
import type { ClientChannel } from 'ssh2';
import { ProductError } from '../../../core/errors';
import { closeChannel, type Channels } from './channels';
import type { ExecOptions, HostShell } from './hostConnection';
import { createEndReader, frameScript, killTreeScript, powershellCommand, type EndReader } from './powershell';
import { announce, announced, createOutputReader, killGroup, killGroupOf, type OutputReader } from './announcedCommand';
import type { BecomeUser } from './becomeUser';
import { sendStdin } from './sendStdin';

/** A command in bytes; {@link ExecOptions} in text is made of it. */
export interface ByteCommand extends Pick<ExecOptions, 'stdin' | 'onSent' | 'timeout' | 'signal'> {
  readonly onStdout: (bytes: Buffer) => void;
  readonly onStderr: (bytes: Buffer) => void;
  /** Hands the command to the login shell as it is, for a host that may have another shell than we think. It cannot be ended then. */
  readonly asItIs?: boolean;
}

export interface CommandEnd {
  /** Undefined when a signal ended the command, or the host did not tell. */
  readonly code: number | undefined;
  /** e.g. `SIGKILL`. */
  readonly signal?: string;
}

/** Runs one command on one connection. */
export type RunCommand = (command: string, options: ByteCommand) => Promise<CommandEnd>;

export interface CommandContext {
  readonly channels: Channels;
  readonly lost: AbortSignal;
  readonly hostName: string;
  readonly shell: HostShell;
  /** Commands run as another user than the one who signed in. */
  readonly become?: BecomeUser | undefined;
}

/** Milliseconds that a command may take to end when it is told to. */
const grace = 5000;

/**
 * Makes what runs commands on one connection. A run resolves when the command has ended and all its output was handed on.
 * On timeout, cancellation or a failing source the command and its children are ended on the host (SIGTERM) before their
 * input closes: to many programs the end of the input means that all is there. The run rejects once they have ended, or
 * after five seconds, with ProductError `host/connection-lost`, `host/command-timeout`, `host/channel-refused`,
 * `general/cancelled`, or with what the source threw.
 */
export function createCommandRunner(context: CommandContext): RunCommand {
  const { channels, lost, hostName } = context;
  setMaxListeners(0, lost);
  return async (command, options) => {
    const { timeout = 0, signal } = options;
    const stop = new AbortController();
    const onLost = (): void => stop.abort(lost.reason);
    const onCancel = (): void => stop.abort(new ProductError('general/cancelled'));
    const onTimeout = (): void => stop.abort(new ProductError('host/command-timeout', { host: hostName, seconds: Math.ceil(timeout / 1000) }));
    const timer = timeout > 0 ? setTimeout(onTimeout, timeout) : undefined;
    lost.addEventListener('abort', onLost);
    signal?.addEventListener('abort', onCancel);
    if (lost.aborted) onLost();
    if (signal?.aborted) onCancel();
    try {
      if (options.asItIs) return await follow(await channels.exec(command, stop.signal), options, stop, { ...context, shell: 'posix', become: undefined });
      if (context.shell === 'powershell') return await follow(await channels.exec(powershellCommand, stop.signal), withScript(command, options), stop, context);
      return await follow(await channels.exec(context.become?.wrap(announced(command)) ?? announce(command), stop.signal), options, stop, context);
    } finally {
      clearTimeout(timer);
      lost.removeEventListener('abort', onLost);
      signal?.removeEventListener('abort', onCancel);
    }
  };
}

/** The same with the script in front of the input; what is told to be sent is the input alone. */
function withScript(script: string, options: ByteCommand): ByteCommand {
  const { stdin, onSent } = options;
  const frame = frameScript(script);
  return {
    ...options,
    stdin: stdin === undefined ? frame : inFront(frame, stdin),
    ...(onSent && { onSent: (bytes: number) => { if (bytes > frame.length) onSent(bytes - frame.length); } }),
  };
}

async function* inFront(first: Uint8Array, rest: NonNullable<ExecOptions['stdin']>): AsyncGenerator<Uint8Array> {
  yield first;
  if (rest instanceof Uint8Array) yield rest;
  else yield* rest;
}

function follow(channel: ClientChannel, options: ByteCommand, stop: AbortController, context: CommandContext): Promise<CommandEnd> {
  return new Promise((resolve, reject) => {
    const { become } = context;
    const stdout = createOutputReader(options.onStdout, become && (() => undefined));
    const end: EndReader | undefined = context.shell === 'powershell' ? createEndReader(options.onStderr) : undefined;
    const stderr = createOutputReader(end?.take ?? options.onStderr, become?.converse((line) => channel.write(line), (error) => stop.abort(error)));
    const inputStopped = new AbortController();
    let code: number | undefined;
    let signal: string | undefined;
    let openStreams = 2;
    let giveUp: NodeJS.Timeout | undefined;
    let hasBegun = become === undefined;

    channel.on('data', stdout.take);
    channel.stderr.on('data', stderr.take);
    const onClose = (): void => {
      if (--openStreams === 0) finish();
    };
    // Not the event `exit`: a quick command may have ended before anybody could listen; this one waits for the output to be read.
    channel.on('close', (exitCode: number | null | undefined, name?: string) => {
      code = exitCode ?? undefined;
      signal = name;
      onClose();
    });
    channel.stderr.on('close', onClose);
    stop.signal.addEventListener('abort', onStop, { once: true });
    context.lost.addEventListener('abort', finish, { once: true });
    if (stop.signal.aborted) onStop();
    // To a program that asks for a password first, the command's own input would be the answer.
    if (become) stdout.whenBegun(send);
    else send();

    function send(): void {
      hasBegun = true;
      if (inputStopped.signal.aborted) return;
      sendStdin(channel, options.stdin, { stopped: inputStopped.signal, onSent: options.onSent }).catch((error: unknown) => {
        if (!inputStopped.signal.aborted) stop.abort(error);
      });
    }

    function onStop(): void {
      inputStopped.abort();
      if (context.lost.aborted) {
        finish();
        return;
      }
      giveUp = setTimeout(finish, grace);
      if (hasBegun) endOnHost(stdout, context);
      else finish();
    }

    function finish(): void {
      clearTimeout(giveUp);
      stop.signal.removeEventListener('abort', onStop);
      context.lost.removeEventListener('abort', finish);
      inputStopped.abort();
      channel.off('data', stdout.take);
      channel.stderr.off('data', stderr.take);
      stdout.end();
      stderr.end();
      code = end?.end() ?? code;
      closeChannel(channel);
      if (stop.signal.aborted) reject(stop.signal.reason as Error);
      else if (context.lost.aborted) reject(context.lost.reason as Error);
      else if (become && !hasBegun) reject(become.refusal(`${stdout.heard()}\n${stderr.heard()}`, code));
      else resolve({ code, ...(signal !== undefined && { signal }) });
    }
  });
}

function endOnHost(stdout: OutputReader, { channels, lost, become, shell }: CommandContext): void {
  stdout.whenBegun((pid) => {
    if (shell === 'powershell') {
      channels.exec(powershellCommand, lost, true).then((killing) => {
        killing.resume();
        killing.stderr.resume();
        killing.end(frameScript(killTreeScript(pid)));
      }, () => undefined);
      return;
    }
    // Where the host opens no second session, closing the first has to do.
    channels.exec(become?.wrap(killGroupOf(pid)) ?? `exec sh -c '${killGroup(pid)}'`, lost, true).then((killing) => {
      const follow = become?.converse((line) => killing.end(line), () => closeChannel(killing));
      let heard = '';
      killing.resume();
      killing.stderr.on('data', (bytes: Buffer) => follow?.(heard += bytes.toString('latin1')));
      if (!follow) killing.end();
    }, () => undefined);
  });
}
