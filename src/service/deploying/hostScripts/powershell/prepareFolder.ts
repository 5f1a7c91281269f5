import { rightsFunctions } from './rights';

export const prepareFolderScript = `param($root, $folder, $sha, $leftover)
${rightsFunctions}
function Remove-Tree($path) { if (Test-Path -LiteralPath $path) { Remove-Item -LiteralPath $path -Recurse -Force } }
try {
  if (-not [IO.Directory]::Exists($root)) { New-OwnFolder $root }
  if ($leftover -and -not (Test-Path -LiteralPath $folder)) {
    try {
      [IO.Directory]::Move($leftover, $folder)
      foreach ($name in 'run', 'silent.ini', 'result.log', 'wizard.log') { Remove-Tree "$folder\\$name" }
    } catch { }
  }
  if ((Test-Path -LiteralPath $folder) -and -not (Test-Own $folder)) { throw "$folder belongs to another user" }
  if ([IO.File]::Exists("$folder\\content") -and [IO.File]::ReadAllText("$folder\\content").Trim() -eq $sha) { Say 'present'; return }
  Remove-Tree $folder
  New-OwnFolder $folder
  [void][IO.Directory]::CreateDirectory("$folder\\package")
  [IO.File]::WriteAllText("$folder\\content", $sha + [char]10)
  Say 'new'
} catch { Say 'failed'; Say (Reason $_) }`;
