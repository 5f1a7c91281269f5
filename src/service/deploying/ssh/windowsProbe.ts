import { windowsReleaseOf } from '../../../core/deployment/windowsReleases';
import type { HostSystem } from '../../../core/hosts/model';
import { callScript } from './powershell';

/** Asks a Windows host what it is, in one round trip. A 32-bit PowerShell on a 64-bit system is told the system's own processor. */
export const windowsProbe = callScript(`# gax-packages: probe
$system = Get-CimInstance Win32_OperatingSystem
Say ('version=' + $system.Version)
Say ('server=' + ($system.ProductType -ne 1))
Say ('architecture=' + $(if ($env:PROCESSOR_ARCHITEW6432) { $env:PROCESSOR_ARCHITEW6432 } else { $env:PROCESSOR_ARCHITECTURE }))
Say ('bits=' + $(if ([Environment]::Is64BitOperatingSystem) { 64 } else { 32 }))`, []);

/** Reads what the probe printed; undefined when that is not all there. */
export function parseWindowsProbe(output: string): HostSystem | undefined {
  const facts = new Map([...output.matchAll(/^(\w+)=(.*?)\r?$/gm)].map(([, name = '', value = '']) => [name, value]));
  const version = facts.get('version') ?? '';
  const architecture = facts.get('architecture') ?? '';
  const bits = facts.get('bits');
  if (version === '' || architecture === '' || (bits !== '32' && bits !== '64')) return undefined;
  return {
    osGroup: 'windows', architecture, bits: bits === '64' ? 64 : 32,
    release: windowsReleaseOf(version, facts.get('server')?.toLowerCase() === 'true'), releaseVersion: version,
  };
}
