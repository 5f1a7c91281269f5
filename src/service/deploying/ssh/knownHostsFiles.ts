import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { ProductError } from '../../../core/errors';
import { knownHostsName, parseKnownHosts, type KnownHostsEntry } from './knownHosts';
import type { PublicKey } from './hostKeys';
import { systemSshFolder } from './readSshConfig';
import { reasonOf } from './reasons';

/** The known_hosts files that OpenSSH reads on this machine. The first one of the user's, if there is one, is the one written to. */
export interface KnownHostsFiles {
  readonly user: readonly string[];
  readonly global: readonly string[];
}

/** OpenSSH's default places (ssh_config(5), UserKnownHostsFile and GlobalKnownHostsFile). */
export function defaultKnownHostsFiles(homeFolder: string): KnownHostsFiles {
  const systemFolder = systemSshFolder();
  return {
    user: [path.join(homeFolder, '.ssh', 'known_hosts'), path.join(homeFolder, '.ssh', 'known_hosts2')],
    global: [path.join(systemFolder, 'ssh_known_hosts'), path.join(systemFolder, 'ssh_known_hosts2')],
  };
}

/**
 * Reads all lines of all files. A file that does not exist has no lines; one that cannot be read is an error, since it
 * may hold the very line that revokes or contradicts a key.
 * @throws ProductError `host/known-hosts-unreadable`
 */
export async function readKnownHostsFiles(files: KnownHostsFiles, hostName: string): Promise<KnownHostsEntry[]> {
  const perFile = await Promise.all([...files.user, ...files.global].map(async (file) => {
    try {
      return parseKnownHosts(await readFile(file, 'utf8'), file);
    } catch (error) {
      if (isMissing(error)) return [];
      throw new ProductError('host/known-hosts-unreadable', { host: hostName, file, reason: reasonOf(error) }, { cause: error });
    }
  }));
  return perFile.flat();
}

/**
 * Appends a key to the user's known_hosts (mode 0600; `~/.ssh` is made with mode 0700), on a line of its own whether or
 * not the file ends with one, and hashed when the
 * configuration asks for it or the file's names are.
 * @throws ProductError `host/known-hosts-unwritable`
 */
export async function appendToKnownHosts(
  file: string, { address, port }: { readonly address: string; readonly port: number }, key: PublicKey, hostName: string, hash: boolean,
): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(file, 'a+', 0o600);
    try {
      const present = await handle.readFile('utf8');
      const entries = parseKnownHosts(present, file);
      const hashed = hash || entries.some((entry) => entry.hosts.startsWith('|'));
      const name = knownHostsName(address, port);
      const line = `${hashed ? hashName(name) : name} ${key.type} ${key.blob.toString('base64')}\n`;
      // One write in append mode: lines that another program adds meanwhile stay whole.
      await handle.write(present === '' || present.endsWith('\n') ? line : `\n${line}`);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new ProductError('host/known-hosts-unwritable', { host: hostName, file, reason: reasonOf(error) }, { cause: error });
  }
}

/** Hides a name as `ssh-keygen -H` does: HMAC-SHA1 under a random salt. */
function hashName(name: string): string {
  const salt = randomBytes(20);
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
