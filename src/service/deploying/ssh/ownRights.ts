/**
 * `Add-OwnRules SECURITY INHERITANCE`: gives a file or folder that is about to be made to the user (`$user`, a SID), the system and
 * the administrators, and to nobody else. Uses .NET Framework, which Windows PowerShell runs on.
 */
export const ownRightsFunctions = `$user = [Security.Principal.WindowsIdentity]::GetCurrent().User
function Add-OwnRules($security, $inherit) {
  $security.SetAccessRuleProtection($true, $false)
  foreach ($sid in $user.Value, 'S-1-5-18', 'S-1-5-32-544') {
    $who = New-Object Security.Principal.SecurityIdentifier $sid
    $security.AddAccessRule((New-Object Security.AccessControl.FileSystemAccessRule $who, 'FullControl', $inherit, 'None', 'Allow'))
  }
}
`;
