/** What was ended a moment ago, or is looked at by a virus scanner, may hold a file for a little longer. */
export const removeStagingScript = `param($folder, $lock, $id, $keep)
function Remove-Mine($path) {
  if (-not (Test-Path -LiteralPath $path)) { return }
  for ($try = 0; $try -lt 20; $try++) {
    try { Remove-Item -LiteralPath $path -Recurse -Force; Say ('removed' + [char]9 + $path); return } catch { Start-Sleep -Milliseconds 100 }
  }
  Say ('left' + [char]9 + $path)
}
if ($keep -and [IO.Directory]::Exists("$folder\\package") -and [IO.File]::Exists("$folder\\content")) {
  Get-ChildItem -LiteralPath $folder -Force | Where-Object { $_.Name -notin 'package', 'content' } | ForEach-Object { Remove-Mine $_.FullName }
  Say ('kept' + [char]9 + $folder)
} else {
  Remove-Mine $folder
  try { [IO.Directory]::Delete([IO.Path]::GetDirectoryName($folder)) } catch { }
}
$owner = ''
try { $owner = [IO.File]::ReadAllText("$lock\\owner") } catch { }
if ($owner.Contains('"deployment":"' + $id + '"')) { Remove-Mine $lock }`;

export const findRemainingScript = `foreach ($path in $args) { if ((Test-Path -LiteralPath $path) -and -not (Test-Path -LiteralPath "$path\\owner")) { Say ('left' + [char]9 + $path) } }`;
