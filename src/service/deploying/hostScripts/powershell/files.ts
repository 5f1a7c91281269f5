/** Unpacks with the `tar.exe` of Windows. It gets its bytes from us: so it does not matter what else holds our input. */
export const unpackScript = `param($folder)
$start = New-Object Diagnostics.ProcessStartInfo 'tar.exe', '-xf -'
$start.WorkingDirectory = $folder; $start.UseShellExecute = $false; $start.RedirectStandardInput = $true; $start.RedirectStandardError = $true
$start.StandardErrorEncoding = [Text.Encoding]::GetEncoding([Globalization.CultureInfo]::CurrentCulture.TextInfo.OEMCodePage)
$tar = [Diagnostics.Process]::Start($start)
$words = $tar.StandardError.ReadToEndAsync()
# It may end before all has come, and tells why then.
try { $stdin.CopyTo($tar.StandardInput.BaseStream, 262144); $tar.StandardInput.BaseStream.Close() } catch { }
$tar.WaitForExit()
Send-Text $stderr $words.Result
$global:code = $tar.ExitCode`;

/** Compares as `sha256sum -c --quiet` does, also what a program that runs has open; the provider is the one that may be used under FIPS rules too. */
export const compareFilesScript = `param($folder)
$sha = New-Object Security.Cryptography.SHA256CryptoServiceProvider
$list = New-Object IO.StreamReader $stdin, $utf8
while ($null -ne ($line = $list.ReadLine())) {
  if (-not ($line -match '^(\\\\?)([0-9a-f]{64})  (.+)$')) { throw "no line of a list of hashes: $line" }
  $mark = $Matches[1]; $expected = $Matches[2]; $name = $Matches[3]
  try {
    $file = New-Object IO.FileStream (Join-Path $folder $name.Replace('/', '\\')), 'Open', 'Read', 'ReadWrite, Delete', 65536
    try { $found = [BitConverter]::ToString($sha.ComputeHash($file)).Replace('-', '').ToLowerInvariant() } finally { $file.Close() }
    if ($found -ne $expected) { Say ($mark + $name + ': FAILED'); $global:code = 1 }
  } catch { Say ($mark + $name + ': FAILED open or read'); $global:code = 1 }
}`;
