/**
 * A folder that is made beside the lock, with its owner in it, is moved to the lock's name: that decides who gets it. One that
 * is older than a lock may take belongs to somebody who was killed in that moment.
 */
export const takeLockScript = `param($lock, $owner)
$parent = [IO.Path]::GetDirectoryName($lock)
if ([IO.Directory]::Exists($parent)) {
  foreach ($stray in [IO.Directory]::GetDirectories($parent, [IO.Path]::GetFileName($lock) + '.*')) {
    if ($stray.Substring($lock.Length) -notmatch '^\\.[0-9a-f]{32}$' -or [IO.Directory]::GetCreationTimeUtc($stray) -gt [DateTime]::UtcNow.AddMinutes(-10)) { continue }
    try { [IO.Directory]::Delete($stray, $true) } catch { }
  }
}
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

/** Only one holds the file `taking`, and with it may replace the owner that it was told of. */
export const takeOverLockScript = `param($lock, $owner, $before)
$taking = $null
try {
  try { $taking = [IO.File]::Open("$lock\\taking", 'CreateNew') } catch { if (-not [IO.File]::Exists("$lock\\taking")) { throw } }
  $now = try { [IO.File]::ReadAllText("$lock\\owner", $utf8).Trim() } catch { '' }
  if ($null -eq $taking -or $now -ne $before) { Say 'held'; Say $now }
  else {
    [IO.File]::WriteAllText("$lock\\owner.new", $owner + [char]10, $utf8)
    if ([IO.File]::Exists("$lock\\owner")) { [IO.File]::Replace("$lock\\owner.new", "$lock\\owner", $null) } else { [IO.File]::Move("$lock\\owner.new", "$lock\\owner") }
    Say 'taken'
  }
} catch { Say 'failed'; Say (Reason $_) } finally { if ($null -ne $taking) { $taking.Dispose(); [IO.File]::Delete("$lock\\taking") } }`;
