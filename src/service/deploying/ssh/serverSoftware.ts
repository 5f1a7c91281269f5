import type { HostShell } from './hostConnection';

/**
 * What commands of a host are written in, by how its server names itself (RFC 4253, 4.2): OpenSSH for Windows says so from the
 * first line on. Another server on Windows counts as POSIX here; the probe finds it out.
 */
export function shellOf(serverSoftware: string): HostShell {
  return /OpenSSH_for_Windows/i.test(serverSoftware) ? 'powershell' : 'posix';
}
