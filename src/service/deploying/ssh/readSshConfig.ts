import { open } from 'node:fs/promises';
import * as path from 'node:path';
import { ProductError } from '../../../core/errors';
import { parseSshConfig, type ConfigFile, type ConfigLine, type ConfigProblem } from '../../../core/hosts/sshConfig/parse';
import { expandHome } from '../../../core/hosts/sshConfig/tokens';
import { findByGlob } from './findByGlob';
import { reasonOf } from './reasons';

/** Where the configuration of this machine's OpenSSH lies. */
export interface SshConfigPlaces {
  /** Empty: the user's own and then the system's, as OpenSSH does. `none`: no file. Else this file alone, as `ssh -F`. */
  readonly configFile: string;
  readonly homeFolder: string;
  /** Default: OpenSSH's own. */
  readonly systemFolder?: string;
}

export interface SshConfig {
  readonly files: readonly ConfigFile[];
  /** Why OpenSSH would refuse to use it, in the order of reading. */
  readonly problems: readonly ConfigProblem[];
  /** All files that were read or looked for. */
  readonly paths: readonly string[];
}

/** As OpenSSH: deeper than that is a circle. */
const deepest = 16;
const sizeLimit = 4 * 1024 * 1024;

/** OpenSSH's folder of settings for the whole machine. */
export function systemSshFolder(): string {
  return process.platform === 'win32' ? path.join(process.env['ProgramData'] ?? 'C:\\ProgramData', 'ssh') : '/etc/ssh';
}

/**
 * Reads the configuration with everything it includes, whether or not it holds for a host: small files, and only so can a
 * mistake be told where OpenSSH would tell it.
 * @throws ProductError `host/ssh-config-unreadable`
 */
export async function readSshConfig(places: SshConfigPlaces): Promise<SshConfig> {
  const { configFile, homeFolder, systemFolder = systemSshFolder() } = places;
  const problems: ConfigProblem[] = [];
  const paths: string[] = [];

  async function read(file: string, isUsers: boolean, checked: boolean, depth: number): Promise<ConfigFile | undefined> {
    paths.push(file);
    const content = await readText(file);
    if (content === undefined) return undefined;
    if (checked && content.isUnsafe) problems.push({ file, line: 0, kind: 'unsafe', text: file });
    const parsed = parseSshConfig(content.text, file);
    problems.push(...parsed.problems);
    const lines: ConfigLine[] = [];
    for (const line of parsed.lines) lines.push(line.keyword === 'Include' ? { ...line, included: await readIncluded(line, isUsers, depth) } : line);
    return { ...parsed, lines };
  }

  async function readIncluded(line: ConfigLine, isUsers: boolean, depth: number): Promise<readonly ConfigFile[]> {
    const included: ConfigFile[] = [];
    for (const word of line.words) {
      if (word === '' || (word.startsWith('~') && !isUsers)) {
        problems.push({ file: line.file, line: line.line, kind: 'value', text: `Include ${word}` });
        continue;
      }
      const home = expandHome(word, homeFolder);
      const pattern = path.isAbsolute(home) ? home : path.join(isUsers ? path.join(homeFolder, '.ssh') : systemFolder, home);
      for (const file of await findByGlob(pattern)) {
        if (depth >= deepest) {
          problems.push({ file: line.file, line: line.line, kind: 'depth', text: `Include ${word}` });
          return included;
        }
        const one = await read(file, isUsers, true, depth + 1);
        if (one) included.push(one);
      }
    }
    return included;
  }

  const found: (ConfigFile | undefined)[] = [];
  if (configFile === '') {
    found.push(await read(path.join(homeFolder, '.ssh', 'config'), true, true, 0));
    found.push(await read(path.join(systemFolder, 'ssh_config'), false, false, 0));
  } else if (configFile.toLowerCase() !== 'none') {
    const file = expandHome(configFile, homeFolder);
    const named = await read(file, true, false, 0);
    if (named === undefined) throw new ProductError('host/ssh-config-unreadable', { file, reason: 'no such file or directory' });
    found.push(named);
  }
  return { files: found.flatMap((file) => (file ? [file] : [])), problems, paths };
}

/** The text of a file; undefined when there is none. */
async function readText(file: string): Promise<{ readonly text: string; readonly isUnsafe: boolean } | undefined> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size, mode, uid } = await handle.stat();
      if (size > sizeLimit) throw new Error('the file is too large');
      // Who else may write the file decides where passwords go: OpenSSH refuses it too.
      const ownId = process.getuid?.();
      const isUnsafe = ownId !== undefined && ((uid !== 0 && uid !== ownId) || (mode & 0o022) !== 0);
      return { text: await handle.readFile('utf8'), isUnsafe };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new ProductError('host/ssh-config-unreadable', { file, reason: reasonOf(error) }, { cause: error });
  }
}
