import { ownRightsFunctions } from '../../ssh/ownRights';

/**
 * Functions about who may do what. `Trusted`: the SIDs of the user, the system, the administrators, the installer of Windows
 * and of whoever owns a file. `New-OwnFolder`: makes a folder that only the user, the system and the administrators may
 * enter. `Test-Own`: whether one of them owns a folder that is no link.
 */
export const rightsFunctions = `${ownRightsFunctions}function Trusted { $user.Value; 'S-1-5-18'; 'S-1-5-32-544'; 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464'; 'S-1-3-0'; 'S-1-3-4' }
function New-OwnFolder($path) {
  $security = New-Object Security.AccessControl.DirectorySecurity
  Add-OwnRules $security 'ContainerInherit, ObjectInherit'
  [void][IO.Directory]::CreateDirectory($path, $security)
}
function Test-Own($path) {
  if ([IO.File]::GetAttributes($path) -band [IO.FileAttributes]::ReparsePoint) { return $false }
  (Trusted) -contains (Get-Acl -LiteralPath $path).GetOwner([Security.Principal.SecurityIdentifier]).Value
}
`;
