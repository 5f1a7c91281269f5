import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utils, type ServerChannel } from 'ssh2';
import { bootstrap } from '../../../src/service/deploying/ssh/powershell';
import { startScriptedSshServer, type ScriptedSshServer } from '../scriptedSshServer';
import { readScriptCall, wordsOf, type DefaultShell } from './commandLines';
import { createMachine, type MachineTraits, type WindowsMachine } from './machine';
import { emulations } from './scripts';

/** A Windows machine behind OpenSSH for Windows, as far as this product uses one. */
export interface WindowsPeer {
  readonly server: ScriptedSshServer;
  readonly machine: WindowsMachine;
  readonly clientKey: string;
  /** What went wrong on the peer's side: a command line that a shell would take apart, a script it does not know. */
  readonly faults: readonly string[];
  /** Names of the scripts that were run. */
  readonly scripts: readonly string[];
  stop(): Promise<void>;
}

const options = ['-NoLogo', '-NoProfile', '-NonInteractive', '-InputFormat', 'None', '-OutputFormat', 'Text', '-ExecutionPolicy', 'Bypass', '-EncodedCommand'];

/** Starts one in `folder`, with the default shell that an administrator may have set. */
export async function startWindowsPeer(folder: string, traits: Partial<MachineTraits> & { readonly defaultShell?: DefaultShell } = {}): Promise<WindowsPeer> {
  const { defaultShell = 'cmd', ...machineTraits } = traits;
  const machine = createMachine(join(folder, 'windows'), machineTraits);
  const faults: string[] = [];
  const scripts: string[] = [];
  const clientKey = join(folder, 'client');
  writeFileSync(clientKey, utils.generateKeyPairSync('ed25519').private, { mode: 0o600 });
  const server = await startScriptedSshServer({
    ident: 'OpenSSH_for_Windows_8.1',
    exec(command, channel) {
      // As default shells, both may print a greeting of the user's own profile first.
      if (defaultShell !== 'cmd') channel.write('Loading personal and system profiles took 812ms.\r\n');
      serve(command, channel).catch((error: unknown) => {
        faults.push(error instanceof Error ? error.message : String(error));
        channel.exit(255);
        channel.end();
      });
    },
  });

  async function serve(command: string, channel: ServerChannel): Promise<void> {
    const [program, ...words] = wordsOf(command, defaultShell);
    if (program !== 'powershell.exe' || words.slice(0, -1).join(' ') !== options.join(' ')) throw new Error(`not run: ${command.slice(0, 200)}`);
    if (Buffer.from(words.at(-1) ?? '', 'base64').toString('utf16le') !== bootstrap) throw new Error('another beginning than the one that is known');
    await new Promise<void>((resolve) => {
      const shell = machine.start('powershell.exe', 'powershell.exe -EncodedCommand …', 700, async (self) => {
        const closed = (): void => machine.kill(self.pid);
        channel.once('close', closed);
        await runScript(self.pid, channel).catch((error: unknown) => faults.push(String(error)));
        resolve();
      });
      shell.ended.addEventListener('abort', () => {
        // Ended by force: nothing is told, and the shell around it hands on a status of 1.
        channel.exit(1);
        channel.end();
        resolve();
      });
    });
  }

  async function runScript(pid: number, channel: ServerChannel): Promise<void> {
    let code = 0;
    const send = (text: string): void => { if (text !== '') channel.stderr.write(text); };
    channel.write(`gax-packages-begin ${pid}\n`);
    send(`gax-packages-begin ${pid}\n`);
    // Its end is not the end of what we have to say.
    const input = channel.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
    const shell = machine.processes.get(pid);
    try {
      const { script, rest } = await readFrame(input);
      const call = readScriptCall(script);
      const emulation = emulations[call.name as keyof typeof emulations];
      if (!Object.hasOwn(emulations, call.name) || !shell) throw new Error(`no script is called ${call.name}`);
      scripts.push(call.name);
      await emulation({
        machine, args: call.args, shell, stdin: remaining(rest, input),
        say: (line) => channel.write(`${line}\n`),
        write: (bytes) => { if (bytes.length > 0) channel.write(bytes); },
        complain: send,
        setCode: (value) => { code = value; },
      });
    } catch (error) {
      if (shell?.ended.aborted) return;
      send(`${error instanceof Error ? error.message : String(error)}\n`);
      code = 1;
    }
    if (shell?.ended.aborted) return;
    send(`gax-packages-end ${code}\n`);
    // As the default shell, PowerShell tells only whether it went well.
    channel.exit(defaultShell === 'powershell' && code !== 0 ? 1 : code & 0xff);
    channel.end();
  }

  return {
    server, machine, clientKey, faults, scripts,
    async stop() {
      for (const pid of [...machine.processes.keys()]) machine.kill(pid);
      await server.stop();
    },
  };
}

/** The script in front of an input: the number of its bytes, a line end, the bytes. */
async function readFrame(input: AsyncIterator<Buffer>): Promise<{ readonly script: string; readonly rest: Buffer }> {
  let bytes = Buffer.alloc(0);
  for (;;) {
    const [head, size] = /^(\d+)\n/.exec(bytes.toString('latin1', 0, 20)) ?? [];
    if (head !== undefined && bytes.length >= head.length + Number(size)) {
      const end = head.length + Number(size);
      return { script: bytes.toString('utf8', head.length, end), rest: bytes.subarray(end) };
    }
    const next = await input.next();
    if (next.done) throw new Error('no script came');
    bytes = Buffer.concat([bytes, next.value]);
  }
}

async function* remaining(first: Buffer, input: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  for (let next = await input.next(); !next.done; next = await input.next()) yield next.value;
}
