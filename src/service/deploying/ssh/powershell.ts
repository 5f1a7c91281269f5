/**
 * How a script gets to the PowerShell of a Windows host. OpenSSH for Windows hands a command line to the user's default
 * shell, which may be cmd.exe, PowerShell or a bash, each with quoting of its own. So the command line is always the same one,
 * of words that none of them takes apart (letters, digits, `+ / = . -`): a short beginning that reads the script from its
 * standard input. What varies never stands on a command line: no quoting, no limit of 8191 characters, nothing in the list of
 * processes. What follows the script in the input is the script's own.
 */

/** Marks the last line of the standard error, with the exit status: as a default shell, PowerShell makes a 1 of each other than 0. */
const endMark = 'gax-packages-end';

/**
 * Reads the script (a decimal number of bytes, a line end, UTF-8), runs it, and tells its end. Text goes out as UTF-8 bytes,
 * past the console's code page and its line ends. What scripts find here: `$stdin`, `$stdout`, `$stderr` (streams), `$utf8`,
 * `Say LINE`, `Reason ERROR`, and `$global:code`, the exit status they may set.
 */
export const bootstrap = `$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'
$utf8 = New-Object Text.UTF8Encoding $false
try { [Console]::InputEncoding = $utf8; [Console]::OutputEncoding = $utf8 } catch { }
$stdin = [Console]::OpenStandardInput(); $stdout = [Console]::OpenStandardOutput(); $stderr = [Console]::OpenStandardError()
function Send-Text($stream, [string]$text) { $bytes = $utf8.GetBytes($text); $stream.Write($bytes, 0, $bytes.Length); $stream.Flush() }
function Say([string]$line) { Send-Text $stdout ($line + [char]10) }
function Reason($problem) {
  $cause = $problem.Exception
  while ($cause.InnerException) { $cause = $cause.InnerException }
  $text = $cause.Message -replace '\\s+', ' '
  if (($cause -is [IO.IOException]) -and (($cause.HResult -band 0xffff) -in 39, 112)) { $text = 'No space left on device: ' + $text }
  $text
}
Send-Text $stdout ('gax-packages-begin ' + $PID + [char]10); Send-Text $stderr ('gax-packages-begin ' + $PID + [char]10)
$global:code = 0
try {
  $size = 0
  while (($digit = $stdin.ReadByte()) -ne 10) { if ($digit -lt 48 -or $digit -gt 57) { throw 'no script came' }; $size = $size * 10 + $digit - 48 }
  $script = New-Object byte[] $size
  for ($at = 0; $at -lt $size; $at += $read) { $read = $stdin.Read($script, $at, $size - $at); if ($read -le 0) { throw 'the script was cut' } }
  $null = & ([ScriptBlock]::Create($utf8.GetString($script)))
} catch { Send-Text $stderr ((Reason $_) + [char]10); $global:code = 1 }
Send-Text $stderr ('${endMark} ' + $global:code + [char]10)
exit $global:code
`;

/** Options that keep profiles, prompts and policies of scripts out, and standard input for the script alone. */
export const powershellOptions = '-NoLogo -NoProfile -NonInteractive -InputFormat None -OutputFormat Text -ExecutionPolicy Bypass -EncodedCommand';

/** The command line for each script. */
export const powershellCommand = `powershell.exe ${powershellOptions} ${Buffer.from(bootstrap, 'utf16le').toString('base64')}`;

/** What the input of {@link powershellCommand} begins with. */
export function frameScript(script: string): Uint8Array {
  const bytes = Buffer.from(script);
  return Buffer.concat([Buffer.from(`${bytes.length}\n`), bytes]);
}

/** Quotes one word for PowerShell: to it, the curly single quotes are quotes too. */
export function quotePowerShell(word: string): string {
  return `'${word.replace(/['\u2018-\u201B]/g, '$&$&')}'`;
}

/** A script that runs another one with arguments. */
export function callScript(script: string, args: readonly string[]): string {
  return [`& {\n${script}\n}`, ...args.map(quotePowerShell)].join(' ');
}

/** Ends a process with all that it has started: children first, and none that only has the number of a parent that is gone. */
export function killTreeScript(pid: number): string {
  return callScript(`# gax-packages: killTree
param($root)
$all = @(Get-CimInstance Win32_Process)
$tree = @($all | Where-Object { $_.ProcessId -eq [int]$root })
for ($i = 0; $i -lt $tree.Count; $i++) { $tree += @($all | Where-Object { $_.ParentProcessId -eq $tree[$i].ProcessId -and $_.CreationDate -ge $tree[$i].CreationDate -and $_.ProcessId -ne $tree[$i].ProcessId }) }
[array]::Reverse($tree)
foreach ($process in $tree) { Stop-Process -Id $process.ProcessId -Force -ErrorAction SilentlyContinue }`, [String(pid)]);
}

export interface EndReader {
  /** Takes standard error; hands on all but the last line that tells the end. */
  readonly take: (bytes: Buffer) => void;
  /** Hands on what is still held back. @returns the exit status that was told; undefined when the script was ended */
  readonly end: () => number | undefined;
}

/** Takes the exit status out of the standard error of {@link powershellCommand}. */
export function createEndReader(onOutput: (bytes: Buffer) => void): EndReader {
  let held = Buffer.alloc(0);
  return {
    take(bytes) {
      const whole = Buffer.concat([held, bytes]);
      // The last line, with its end or without, may be the one.
      const from = whole.lastIndexOf(10, whole.length - 2) + 1;
      const mayBe = whole.length - from <= endMark.length + 20 && `${endMark} `.startsWith(whole.toString('latin1', from, Math.min(whole.length, from + endMark.length + 1)));
      const cut = mayBe ? from : whole.length;
      if (cut > 0) onOutput(whole.subarray(0, cut));
      held = whole.subarray(cut);
    },
    end() {
      const code = new RegExp(`^${endMark} (-?\\d+)\\r?\\n?$`).exec(held.toString('latin1'))?.[1];
      if (code === undefined && held.length > 0) onOutput(held);
      held = Buffer.alloc(0);
      return code === undefined ? undefined : Number(code);
    },
  };
}
