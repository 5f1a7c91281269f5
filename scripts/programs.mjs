// Which programs this machine has. Node built-ins only.
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Those of the given programs that are not on the path (system administrators' folders included). */
export function missingPrograms(names) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin'].filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  return names.filter((name) => !folders.some((folder) => endings.some((ending) => fs.existsSync(path.join(folder, name + ending)))));
}
