import type { HostFamily } from '../../../core/hosts/model';
import type { HostConnection, HostShell } from '../ssh/hostConnection';
import type { HostDialect } from './hostDialect';
import { posixDialect } from './posix/posixDialect';
import { powershellDialect } from './powershell/powershellDialect';

const dialects: Readonly<Record<HostShell, HostDialect>> = { posix: posixDialect, powershell: powershellDialect };

/** The language of the host at the other end. */
export function dialectOf({ shell }: Pick<HostConnection, 'shell'>): HostDialect {
  return dialects[shell];
}

/** The family of systems whose hosts speak a language. */
export function familyOfShell(shell: HostShell): HostFamily {
  return shell === 'powershell' ? 'windows' : 'posix';
}
