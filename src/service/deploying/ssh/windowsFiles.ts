import { randomBytes } from 'node:crypto';
import { ProductError } from '../../../core/errors';
import { ownRightsFunctions } from './ownRights';
import { callScript } from './powershell';
import { oneLine } from './reasons';
import type { RemoteFiles } from './remoteFiles';
import type { RunCommand } from './runCommand';

/** The exit status by which a script says that there is no such file. */
const missing = 66;

/** The size is checked before the rename: a connection that broke looks like the end of the file. What was there goes first. */
const writeScript = `# gax-packages: writeFile
param($path, $temporary, $size)
${ownRightsFunctions}
if ([IO.Directory]::Exists($path)) { throw 'Is a directory' }
$rights = New-Object Security.AccessControl.FileSecurity
Add-OwnRules $rights 'None'
try {
  $file = New-Object IO.FileStream $temporary, 'CreateNew', ([Security.AccessControl.FileSystemRights]::Write), 'None', 4096, 'None', $rights
  try { $stdin.CopyTo($file) } finally { $file.Close() }
  if ((New-Object IO.FileInfo $temporary).Length -ne [long]$size) { throw 'the file was cut' }
  [IO.File]::Delete($path)
  [IO.File]::Move($temporary, $path)
} finally { [IO.File]::Delete($temporary) }`;

const readScript = `# gax-packages: readFile
param($path, $limit)
if ([IO.Directory]::Exists($path)) { throw 'Is a directory' }
if (-not [IO.File]::Exists($path)) { $global:code = ${missing}; return }
$file = New-Object IO.FileStream $path, 'Open', 'Read', 'ReadWrite, Delete'
$buffer = New-Object byte[] 65536
$left = [long]$limit
try {
  while ($left -gt 0 -and ($read = $file.Read($buffer, 0, [Math]::Min($left, $buffer.Length))) -gt 0) { $stdout.Write($buffer, 0, $read); $left -= $read }
} finally { $file.Close() }`;

/** Small files of a Windows host; whatever mode is asked for, they belong to the user, the system and the administrators. */
export function createWindowsFiles(run: RunCommand, hostName: string, user: string): RemoteFiles {
  async function runScript(script: string, args: readonly string[], stdin?: Uint8Array): Promise<{ code: number | undefined; stdout: Buffer; reason: string }> {
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const { code, signal } = await run(callScript(script, args), {
      ...(stdin && { stdin }), onStdout: (bytes) => stdout.push(bytes), onStderr: (bytes) => stderr.push(bytes),
    });
    return { code, stdout: Buffer.concat(stdout), reason: oneLine(Buffer.concat(stderr).toString('utf8')) || signal || `exit status ${code ?? 'unknown'}` };
  }

  return {
    async write(path, content) {
      const { code, reason } = await runScript(writeScript, [path, `${path}.${randomBytes(6).toString('hex')}.tmp`, String(content.length)], content);
      if (code !== 0) throw new ProductError('host/write-failed', { host: hostName, path, reason });
    },
    async read(path, limit) {
      const { code, stdout, reason } = await runScript(readScript, [path, String(limit)]);
      if (code === missing) return undefined;
      if (code !== 0) throw new ProductError('host/read-failed', { host: hostName, user, path, reason });
      return stdout.subarray(0, limit);
    },
  };
}
