import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, platform } from 'node:os';

/** What tells machines, their starts and their containers apart. A field is empty where the system does not tell. */
export interface Machine {
  /** For people. Not an identity by itself: laptops change it with the network. */
  readonly name: string;
  /** Stays the same over restarts. A hash: the machine's own id is not to be spread. */
  readonly id: string;
  /** Differs with every start of the machine, so that no process of an earlier start can be alive. */
  readonly boot: string;
  /** Process ids of two containers of one machine cannot be compared. */
  readonly processSpace: string;
}

let known: Machine | undefined;

/** The machine, and the container on it, that this process runs on. */
export function thisMachine(): Machine {
  known ??= { name: hostname(), ...readIdentity() };
  return known;
}

/** True when both are one machine: by id where both have one, else by name. */
export function isSameMachine(a: Machine, b: Machine): boolean {
  if (a.id !== '' && b.id !== '') return a.id === b.id;
  return a.name.toLowerCase() === b.name.toLowerCase();
}

/** Finds the hardware's id in the output of `ioreg -rd1 -c IOPlatformExpertDevice`; empty when it is not there. */
export function parseHardwareId(ioregOutput: string): string {
  return /"IOPlatformUUID"\s*=\s*"([^"]+)"/.exec(ioregOutput)?.[1] ?? '';
}

function readIdentity(): Omit<Machine, 'name'> {
  switch (platform()) {
    case 'linux':
      return {
        id: hashed(readText('/etc/machine-id') || readText('/var/lib/dbus/machine-id')),
        boot: readText('/proc/sys/kernel/random/boot_id'),
        processSpace: readLink('/proc/self/ns/pid'),
      };
    case 'darwin':
      return {
        id: hashed(parseHardwareId(readCommand('/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']))),
        boot: readCommand('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid']),
        processSpace: '',
      };
    default:
      // Windows: the computer's name is a setting that stays; its other ids cost the start of a program.
      return { id: '', boot: '', processSpace: '' };
  }
}

function hashed(id: string): string {
  return id === '' ? '' : createHash('sha256').update(`gaxpkg machine ${id}`).digest('hex').slice(0, 32);
}

function readText(file: string): string {
  return orEmpty(() => readFileSync(file, 'utf8').trim());
}

function readLink(file: string): string {
  return orEmpty(() => readlinkSync(file));
}

function readCommand(command: string, parameters: readonly string[]): string {
  return orEmpty(() => execFileSync(command, parameters, { encoding: 'utf8', timeout: 5000, stdio: ['ignore', 'pipe', 'ignore'] }).trim());
}

/** A fact the system does not give is an empty one: the rules above then fall back to what is known. */
function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
