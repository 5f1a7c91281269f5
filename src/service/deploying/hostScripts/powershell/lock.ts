/** A folder that is made beside the lock, with its owner in it, is moved to the lock's name: that decides who gets it. */
export const takeLockScript = `param($lock, $owner)
$new = $lock + '.' + [Guid]::NewGuid().ToString('N')
try {
  [void][IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($lock))
  [void][IO.Directory]::CreateDirectory($new)
  [IO.File]::WriteAllText("$new\\owner", $owner + [char]10, $utf8)
  [IO.Directory]::Move($new, $lock)
  Say 'taken'
} catch {
  if ([IO.Directory]::Exists($lock)) {
    Say 'held'
    try { Say ([IO.File]::ReadAllText("$lock\\owner", $utf8).Trim()) } catch { }
  } else { Say 'failed'; Say (Reason $_) }
} finally { if ([IO.Directory]::Exists($new)) { [IO.Directory]::Delete($new, $true) } }`;

export const takeOverLockScript = `param($lock, $owner)
try {
  [IO.File]::WriteAllText("$lock\\owner.new", $owner + [char]10, $utf8)
  if ([IO.File]::Exists("$lock\\owner")) { [IO.File]::Replace("$lock\\owner.new", "$lock\\owner", $null) } else { [IO.File]::Move("$lock\\owner.new", "$lock\\owner") }
  Say 'taken'
} catch { Say 'failed'; Say (Reason $_) }`;
