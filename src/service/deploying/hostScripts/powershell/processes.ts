/**
 * Functions about the processes of an installer. `Get-Wrapper RUN`: the number of the process that waits for it, while that
 * lives; the time of its start is compared, since numbers are used again. `Get-Installer RUN ID`: that process, what it has
 * started, and whatever names the deployment's folder on its command line (an installer may start itself anew and end).
 */
export const processFunctions = `function Get-Wrapper($run) {
  try {
    $number, $began = [IO.File]::ReadAllText("$run\\pid").Trim() -split ' '
    if ((Get-Process -Id ([int]$number)).StartTime.ToFileTimeUtc() -eq [long]$began) { [int]$number }
  } catch { }
}
function Get-Installer($run, $id) {
  $all = @(Get-CimInstance Win32_Process | Where-Object { $_.ProcessId -ne $PID })
  $wrapper = Get-Wrapper $run
  $found = @($all | Where-Object { ($wrapper -and $_.ProcessId -eq $wrapper) -or ($_.CommandLine -and $_.CommandLine.IndexOf("\\$id\\", [StringComparison]::OrdinalIgnoreCase) -ge 0) })
  for ($i = 0; $i -lt $found.Count; $i++) {
    $parent = $found[$i]
    $found += @($all | Where-Object { $_.ParentProcessId -eq $parent.ProcessId -and $_.CreationDate -ge $parent.CreationDate -and $found.ProcessId -notcontains $_.ProcessId })
  }
  $found
}
`;
