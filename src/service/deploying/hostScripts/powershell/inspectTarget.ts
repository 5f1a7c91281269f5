export const inspectTargetScript = `param($target)
if (-not [IO.Directory]::Exists($target)) { return }
foreach ($backup in [IO.Directory]::GetDirectories($target, 'backup_*')) { Say ('backup' + [char]9 + [IO.Path]::GetFileName($backup)) }
if (@([IO.Directory]::GetFileSystemEntries($target)).Count -gt 0) { Say 'filled' }`;
