import { EventEmitter, once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** What a Windows machine is told to be like. */
export interface MachineTraits {
  /** `Win32_OperatingSystem.Version`. */
  version: string;
  administrator: boolean;
  /** `tar.exe` is there, as since Windows Server 2019. */
  hasTar: boolean;
  /** Free bytes of each drive. */
  free: number;
  /** The GAX that installers of plug-ins find by themselves. */
  gaxFound?: string;
}

/** A program that runs on the machine. */
export interface WindowsProcess {
  readonly pid: number;
  readonly name: string;
  readonly commandLine: string;
  readonly parent: number;
  /** Aborted when it is ended by force. */
  readonly ended: AbortSignal;
}

/** A Windows machine in a folder of this one: drives are folders in it. What runs on it belongs to no connection unless said. */
export interface WindowsMachine {
  readonly traits: MachineTraits;
  /** Who may read a file that was given rights of its own, by its Windows path. */
  readonly rights: Map<string, readonly string[]>;
  readonly processes: ReadonlyMap<number, WindowsProcess>;
  /** Where a Windows path lies on this machine. @throws when no program of Windows could use the path */
  real(path: string): string;
  start(name: string, commandLine: string, parent: number, run: (process: WindowsProcess) => Promise<void>): WindowsProcess;
  kill(pid: number): void;
  /** Resolves at the next change of the machine. @throws when `stopped` aborts first */
  changed(stopped?: AbortSignal): Promise<void>;
  touch(): void;
}

export function createMachine(folder: string, traits: Partial<MachineTraits> = {}): WindowsMachine {
  const processes = new Map<number, WindowsProcess>();
  const ends = new Map<number, AbortController>();
  const changes = new EventEmitter().setMaxListeners(0);
  let lastPid = 4000;
  mkdirSync(join(folder, 'C', 'ProgramData'), { recursive: true });
  mkdirSync(join(folder, 'C', 'Temp'), { recursive: true });
  const touch = (): void => void changes.emit('change');

  return {
    traits: { version: '10.0.17763', administrator: true, hasTar: true, free: 50e9, ...traits },
    rights: new Map(),
    processes,
    real(path) {
      const [, drive, rest = ''] = /^([A-Za-z]):\\(.*)$/.exec(path) ?? [];
      if (drive === undefined) throw new Error(`${path} is no full path of Windows`);
      if (path.length > 259) throw new Error(`${path} is too long`);
      const names = rest.split('\\').filter((name, i, all) => name !== '' || i < all.length - 1);
      for (const name of names) if (name === '' || /[<>:"/|?*\u0000-\u001f]|[ .]$/.test(name)) throw new Error(`${path}: Windows has no such name`);
      return join(folder, drive.toUpperCase(), ...names);
    },
    start(name, commandLine, parent, run) {
      const pid = (lastPid += 4);
      const end = new AbortController();
      const process = { pid, name, commandLine, parent, ended: end.signal };
      processes.set(pid, process);
      ends.set(pid, end);
      void run(process).catch((error: unknown) => { if (!end.signal.aborted) throw error; }).finally(() => {
        processes.delete(pid);
        touch();
      });
      return process;
    },
    kill(pid) {
      ends.get(pid)?.abort(new Error('killed'));
      processes.delete(pid);
      touch();
    },
    async changed(stopped) {
      await once(changes, 'change', stopped && { signal: stopped });
    },
    touch,
  };
}

/** Waits until something holds; looked at whenever the machine changes. */
export async function waitOn(machine: WindowsMachine, holds: () => boolean, stopped?: AbortSignal): Promise<void> {
  while (!holds()) {
    stopped?.throwIfAborted();
    await machine.changed(stopped);
  }
}
