import { gaxLibrary } from '../../../../core/deployment/plugIn';
import { processFunctions } from './processes';
import { rightsFunctions } from './rights';

/**
 * Where a folder could be written to is tried with a file that is gone when it is closed. Programs are taken to run from the
 * target when their file lies there, or when they are Java and name it on their command line.
 */
export const reportScript = `param($staging, $target, $gax)
${rightsFunctions}${processFunctions}
function Put($key, $value) { Say ($key + [char]9 + $value) }
function Test-Writable($folder) {
  try { [IO.File]::Create((Join-Path $folder ('gax-packages-' + [IO.Path]::GetRandomFileName())), 1, [IO.FileOptions]::DeleteOnClose).Close(); $true } catch { $false }
}
function Test-Shared($folder) {
  if (-not (Test-Own $folder)) { return $true }
  # Delete, delete below it, change its rights, take it over.
  $dangerous = 0x10000 -bor 0x40 -bor 0x40000 -bor 0x80000
  foreach ($rule in (Get-Acl -LiteralPath $folder).GetAccessRules($true, $true, [Security.Principal.SecurityIdentifier])) {
    if ($rule.AccessControlType -eq 'Allow' -and (Trusted) -notcontains $rule.IdentityReference.Value -and ([int]$rule.FileSystemRights -band $dangerous)) { return $true }
  }
  $false
}
function Put-Folder($name, $path) {
  Put "$name.path" $path
  if ($path -notmatch '^[A-Za-z]:[\\\\/]') { return }
  $full = [IO.Path]::GetFullPath($path)
  $at = $full
  while (-not [IO.Directory]::Exists($at)) {
    if ([IO.File]::Exists($at)) { Put "$name.blocked" 'yes' }
    $above = [IO.Path]::GetDirectoryName($at)
    if (-not $above) { Put "$name.blocked" 'yes'; break }
    $at = $above
  }
  Put "$name.existing" $at
  Put "$name.real" $full
  Put "$name.mount" ([IO.Path]::GetPathRoot($full))
  $free = 0
  try { $free = (New-Object IO.DriveInfo $full).AvailableFreeSpace } catch { }
  Put "$name.free" $free
  if (Test-Writable $at) { Put "$name.writable" 'yes' }
  if ($at -eq $full) { try { if (Test-Shared $at) { Put "$name.foreign" 'yes' } } catch { Put "$name.foreign" 'yes' } }
}
Put 'version' (Get-CimInstance Win32_OperatingSystem).Version
if ((New-Object Security.Principal.WindowsPrincipal ([Security.Principal.WindowsIdentity]::GetCurrent())).IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) { Put 'administrator' 'yes' }
if (-not (Get-Command tar.exe -CommandType Application -ErrorAction SilentlyContinue)) { Put 'missing' 'tar.exe' }
if ([IO.File]::Exists("$env:SystemRoot\\SysWOW64\\kernel32.dll")) { Put 'loader32' 'yes' }
Put-Folder 'staging' $staging
Put-Folder 'temporary' ([IO.Path]::GetTempPath().TrimEnd([char]92))
if ([IO.Directory]::Exists($staging)) {
  foreach ($folder in [IO.Directory]::GetDirectories($staging)) {
    $id = [IO.Path]::GetFileName($folder)
    $running = Get-Wrapper "$folder\\run"
    if ($running) { Put 'installer' "$id $running" }
    try { if ([IO.File]::Exists("$folder\\content") -and (Test-Own $folder)) { Put 'leftover' "$id $([IO.File]::ReadAllText("$folder\\content").Trim())" } } catch { }
  }
}
if ($target -match '^[A-Za-z]:[\\\\/]') {
  Put-Folder 'target' $target
  if ([IO.Directory]::Exists($target)) {
    if (@([IO.Directory]::GetFileSystemEntries($target)).Count -gt 0) { Put 'target.filled' 'yes' }
    foreach ($backup in [IO.Directory]::GetDirectories($target, 'backup_*')) { Put 'target.backup' ([IO.Path]::GetFileName($backup)) }
    $below = [IO.Path]::GetFullPath($target).TrimEnd([char]92) + [char]92
    foreach ($process in Get-CimInstance Win32_Process) {
      $java = $process.Name -match '^javaw?\\.exe$' -and $process.CommandLine -and $process.CommandLine.IndexOf($below, [StringComparison]::OrdinalIgnoreCase) -ge 0
      if ($java -or ($process.ExecutablePath -and $process.ExecutablePath.StartsWith($below, [StringComparison]::OrdinalIgnoreCase))) { Put 'process' "$($process.ProcessId) $($process.ExecutablePath)" }
    }
  }
}
if ($gax -match '^[A-Za-z]:[\\/]') {
  Put 'gax.path' $gax
  $library = [IO.Path]::Combine($gax, '${gaxLibrary.replaceAll('/', '\\')}')
  if ([IO.Directory]::Exists($library)) {
    Put 'gax.library' 'yes'
    if (Test-Writable $library) { Put 'gax.writable' 'yes' }
  }
}
Put 'end' ''`;
