import { setupArguments } from '../../../../core/deployment/hostCommands';
import { powershellOptions } from '../../ssh/powershell';
import { processFunctions } from './processes';

/**
 * What waits for the installer, in a process that belongs to no connection: it keeps the installer's output, its own process
 * and the exit code in files. `$run`, `$installer`, `$arguments` and `$log` are set in front of it. An installer that has
 * started itself anew goes on as another process, which has the path of the result log on its command line.
 */
const wrapper = `$ErrorActionPreference = 'Stop'
function Put-File($name, $text) { [IO.File]::WriteAllText("$run\\$name.new", $text + [char]10); [IO.File]::Move("$run\\$name.new", "$run\\$name") }
Put-File 'pid' "$PID $((Get-Process -Id $PID).StartTime.ToFileTimeUtc())"
$out = New-Object IO.FileStream "$run\\stdout", 'Create', 'Write', 'ReadWrite', 1
$err = New-Object IO.FileStream "$run\\stderr", 'Create', 'Write', 'ReadWrite', 1
$code = 1
try {
  $start = New-Object Diagnostics.ProcessStartInfo "$installer\\setup.exe", $arguments
  $start.WorkingDirectory = $installer; $start.UseShellExecute = $false; $start.CreateNoWindow = $true
  $start.RedirectStandardInput = $true; $start.RedirectStandardOutput = $true; $start.RedirectStandardError = $true
  $process = [Diagnostics.Process]::Start($start)
  $process.StandardInput.BaseStream.Close()
  $copies = $process.StandardOutput.BaseStream.CopyToAsync($out), $process.StandardError.BaseStream.CopyToAsync($err)
  $process.WaitForExit()
  while (Get-CimInstance Win32_Process | Where-Object { $_.CommandLine -and $_.CommandLine.IndexOf($log, [StringComparison]::OrdinalIgnoreCase) -ge 0 }) { Start-Sleep -Milliseconds 300 }
  [void][Threading.Tasks.Task]::WaitAll([Threading.Tasks.Task[]]$copies, 5000)
  $code = $process.ExitCode
} catch {
  $words = [Text.Encoding]::Default.GetBytes($_.Exception.GetBaseException().Message + [char]10)
  $err.Write($words, 0, $words.Length)
}
$out.Close(); $err.Close()
Put-File 'exit' "$code"`;

/**
 * Has the service of Windows Management Instrumentation start the installer: what a connection starts ends with it, since
 * OpenSSH for Windows keeps it in a job that is closed then. See ADR 17.
 */
export const startInstallerScript = `param($run, $installer, $ini, $log, $id, $wizard)
${processFunctions}
$running = Get-Wrapper $run
if ($running) { Say "running $running"; return }
if ([IO.File]::Exists("$run\\exit") -and [IO.File]::ReadAllText("$run\\exit").Trim() -in '0', '3010', '1641') { Say 'ended'; return }
try {
  if (-not [IO.File]::Exists("$installer\\setup.exe")) { throw "$installer\\setup.exe is missing" }
  if (-not [IO.File]::Exists($ini)) { throw "$ini is missing" }
  foreach ($old in $run, $log, $wizard) { if (Test-Path -LiteralPath $old) { Remove-Item -LiteralPath $old -Recurse -Force } }
  [void][IO.Directory]::CreateDirectory($run)
  $wrapper = @'
${wrapper}
'@
  $arguments = '${setupArguments({ silentIni: '{0}', resultLog: '{1}', wizardLog: '{2}' }).replaceAll("'", "''")}' -f $ini, $log, $wizard
  $values = @{ run = $run; installer = $installer; arguments = $arguments; log = $log }
  foreach ($name in $values.Keys) { $wrapper = '$' + $name + " = '" + $values[$name].Replace("'", "''") + "'" + [char]10 + $wrapper }
  $command = 'powershell.exe ${powershellOptions} ' + [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($wrapper))
  $startup = New-CimInstance -ClassName Win32_ProcessStartup -ClientOnly -Property @{ ShowWindow = [uint16]0 }
  $made = Invoke-CimMethod -ClassName Win32_Process -MethodName Create -Arguments @{ CommandLine = $command; CurrentDirectory = $installer; ProcessStartupInformation = $startup }
  if ($made.ReturnValue -ne 0) { throw "Win32_Process.Create: $($made.ReturnValue)" }
  while (-not [IO.File]::Exists("$run\\pid") -and (Get-Process -Id $made.ProcessId -ErrorAction SilentlyContinue)) { Start-Sleep -Milliseconds 50 }
  if (-not [IO.File]::Exists("$run\\pid")) { throw 'powershell.exe ended at once' }
  Say "started $($made.ProcessId)"
} catch { Say 'failed'; Say (Reason $_) }`;

/** Output of Windows programs is in the code page of its console; it goes on as UTF-8. */
export const followInstallerScript = `param($run)
${processFunctions}
$oem = [Text.Encoding]::GetEncoding([Globalization.CultureInfo]::CurrentCulture.TextInfo.OEMCodePage)
$buffer = New-Object byte[] 65536
$files = foreach ($name in 'stdout', 'stderr') { @{ path = "$run\\$name"; decoder = $oem.GetDecoder(); to = $(if ($name -eq 'stdout') { $stdout } else { $stderr }) } }
function Send-New($file) {
  if (-not $file.stream) {
    if (-not [IO.File]::Exists($file.path)) { return }
    $file.stream = New-Object IO.FileStream $file.path, 'Open', 'Read', 'ReadWrite, Delete'
  }
  while (($read = $file.stream.Read($buffer, 0, $buffer.Length)) -gt 0) {
    $chars = New-Object char[] ($file.decoder.GetCharCount($buffer, 0, $read))
    [void]$file.decoder.GetChars($buffer, 0, $read, $chars, 0)
    Send-Text $file.to (-join $chars)
  }
}
do {
  $last = [IO.File]::Exists("$run\\exit") -or -not (Get-Wrapper $run)
  foreach ($file in $files) { Send-New $file }
  if (-not $last) { Start-Sleep -Milliseconds 100 }
} until ($last)
foreach ($file in $files) { if ($file.stream) { $file.stream.Close() } }`;

/** Asks by closing windows, the only words that programs of Windows understand, then ends what is left. */
export const stopInstallerScript = `param($run, $id, $patience)
${processFunctions}
$found = @(Get-Installer $run $id)
function Get-Left {
  $all = @(Get-CimInstance Win32_Process)
  $found | Where-Object { $one = $_; $all | Where-Object { $_.ProcessId -eq $one.ProcessId -and $_.CreationDate -eq $one.CreationDate } } | Sort-Object ProcessId -Unique
}
function Wait-Gone($rounds) {
  for ($round = 0; $round -lt $rounds; $round++) {
    if (@(Get-Left).Count -eq 0) { return }
    Start-Sleep -Milliseconds 100
  }
}
if ($found.Count -gt 0) {
  foreach ($process in $found) { try { [void](Get-Process -Id $process.ProcessId).CloseMainWindow() } catch { } }
  Wait-Gone ([int]$patience)
  # Whoever waits for it ends first: it would write an exit code, as if the installer had ended by itself.
  $found = @(Get-Left) + @(Get-Installer $run $id)
  $waiting = Get-Wrapper $run
  if ($waiting) { Stop-Process -Id $waiting -Force -ErrorAction SilentlyContinue }
  foreach ($process in $found) { Stop-Process -Id $process.ProcessId -Force -ErrorAction SilentlyContinue }
  Wait-Gone 20
}
foreach ($process in @(Get-Left)) { Say ('left' + [char]9 + $process.ProcessId + ' ' + $process.Name) }`;
