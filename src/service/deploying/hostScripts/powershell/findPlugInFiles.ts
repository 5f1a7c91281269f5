import { gaxLibrary } from '../../../../core/deployment/plugIn';
import { filesBelowFunction } from './listFiles';

export const findPlugInFilesScript = `param($from)
${filesBelowFunction}$sha = New-Object Security.Cryptography.SHA256CryptoServiceProvider
function Get-Sum($path) {
  $file = New-Object IO.FileStream $path, 'Open', 'Read', 'ReadWrite, Delete'
  try { [BitConverter]::ToString($sha.ComputeHash($file)) } finally { $file.Close() }
}
$library = ''
$gax = ''
foreach ($directory in $args) {
  $library = [IO.Path]::Combine($directory, '${gaxLibrary.replaceAll('/', '\\')}')
  if ([IO.Directory]::Exists($library)) { $gax = $directory; break }
}
Say ('gax' + [char]9 + $gax)
if (-not [IO.Directory]::Exists($from)) { return }
foreach ($file in Get-FilesBelow $from '^backup_' $true | Where-Object { $_ -like '*.jar' } | Sort-Object) {
  $state = 'missing'
  if ($gax) {
    $copy = [IO.Path]::Combine($library, [IO.Path]::GetFileName($file))
    if ([IO.File]::Exists($copy) -and (Get-Sum $copy) -eq (Get-Sum ([IO.Path]::Combine($from, $file.Replace('/', '\\'))))) { $state = 'there' }
  }
  Say ($state + [char]9 + $file)
}
Say ('end' + [char]9)`;
