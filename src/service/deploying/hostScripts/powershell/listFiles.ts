/**
 * `Get-FilesBelow ROOT ASIDE EVERYWHERE`: the files and links below a folder as paths parted by `/`. No link is followed: what
 * it leads to is another place. Folders whose name matches ASIDE are left out, in the root or, with EVERYWHERE, in each
 * folder. A folder that cannot be entered ends it with an error.
 */
export const filesBelowFunction = `function Get-FilesBelow($root, $aside, $everywhere) {
  $root = [IO.Path]::GetFullPath($root).TrimEnd([char]92)
  $todo = New-Object 'Collections.Generic.Stack[string]'
  $todo.Push($root)
  while ($todo.Count -gt 0) {
    $at = $todo.Pop()
    foreach ($item in (New-Object IO.DirectoryInfo ($at + [char]92)).GetFileSystemInfos()) {
      $isFolder = ($item.Attributes -band [IO.FileAttributes]::Directory) -and -not ($item.Attributes -band [IO.FileAttributes]::ReparsePoint)
      if (-not $isFolder) { $item.FullName.Substring($root.Length + 1).Replace('\\', '/') }
      elseif (-not ($item.Name -match $aside -and ($everywhere -or $at -eq $root))) { $todo.Push($item.FullName) }
    }
  }
}
`;

export const listFilesScript = `param($folder)
${filesBelowFunction}if ([IO.File]::Exists($folder)) { throw "$folder is a file" }
if (-not [IO.Directory]::Exists($folder)) { $global:code = 66; return }
Get-FilesBelow $folder '^backup_\\d{4}-\\d\\d-\\d\\d_' $false | ForEach-Object { Say $_ }`;
