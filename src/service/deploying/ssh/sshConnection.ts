import { StringDecoder } from 'node:string_decoder';
import type { BecomeUser } from './becomeUser';
import { createChannels } from './channels';
import type { ConnectedHop } from './hop';
import type { ExecOptions, ExecResult, HostConnection } from './hostConnection';
import { describeKey } from './hostKeys';
import type { OpenConnection } from './openConnection';
import type { ProbeContext } from './probe';
import { createRemoteFiles } from './remoteFiles';
import { shellOf } from './serverSoftware';
import { createWindowsFiles } from './windowsFiles';
import { createCommandRunner, type RunCommand } from './runCommand';

/** Bytes of collected output that are kept of each stream. */
const outputLimit = 1024 * 1024;

/** A connection with what only the probe needs. */
export interface SshConnection {
  readonly connection: HostConnection;
  readonly probeContext: ProbeContext;
}

/** Makes the port of the deployment engine of an open connection. `onClosed` is called once, however it ends. */
export function createSshConnection(host: ConnectedHop, open: OpenConnection, become: BecomeUser | undefined, onClosed: () => void): SshConnection {
  const shell = shellOf(open.serverSoftware);
  const run = createCommandRunner({ channels: createChannels(open.client, host.name), lost: open.lost, hostName: host.name, shell, become });
  const { write, read } = (shell === 'powershell' ? createWindowsFiles : createRemoteFiles)(run, host.name, host.user);
  open.lost.addEventListener('abort', onClosed, { once: true });

  const exec = (command: string, options: ExecOptions = {}): Promise<ExecResult> => execute(run, command, options);
  const execAsItIs = (command: string, options: ExecOptions = {}): Promise<ExecResult> =>
    execute((words, rest) => run(words, { ...rest, asItIs: true }), command, options);
  return {
    connection: {
      hostKey: describeKey(open.hostKey),
      shell,
      signedInWith: open.signedInWith,
      lost: open.lost,
      exec,
      writeFile: write,
      readFile: read,
      close: () => open.end(),
    },
    probeContext: { exec, execAsItIs, shell, hostName: host.name, user: host.user, serverSoftware: open.serverSoftware },
  };
}

async function execute(run: RunCommand, command: string, options: ExecOptions): Promise<ExecResult> {
  const { onOutput, ...rest } = options;
  const stdout = createTextSink(onOutput && ((text) => onOutput('stdout', text)));
  const stderr = createTextSink(onOutput && ((text) => onOutput('stderr', text)));
  const { code, signal } = await run(command, { ...rest, onStdout: stdout.take, onStderr: stderr.take });
  return { code, ...(signal !== undefined && { signal }), stdout: stdout.end(), stderr: stderr.end() };
}

interface TextSink {
  take(this: void, bytes: Buffer): void;
  /** Hands over what is left and returns what was collected. */
  end(): string;
}

/** Makes whole characters of bytes; a character may be cut between two packets. */
function createTextSink(onText: ((text: string) => void) | undefined): TextSink {
  const decoder = new StringDecoder('utf8');
  let collected = '';
  let left = outputLimit;
  const give = (text: string): void => {
    if (text === '') return;
    if (onText) onText(text);
    else collected += text;
  };
  return {
    take(bytes) {
      if (onText) {
        give(decoder.write(bytes));
        return;
      }
      if (left === 0) return;
      give(decoder.write(bytes.subarray(0, left)));
      left = Math.max(0, left - bytes.length);
    },
    end() {
      // A character that was cut by our own limit is dropped, one that the command cut is shown as such.
      if (left > 0) give(decoder.end());
      return collected;
    },
  };
}
