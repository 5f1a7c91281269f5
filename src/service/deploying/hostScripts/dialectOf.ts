import type { HostConnection, HostShell } from '../ssh/hostConnection';
import type { HostDialect } from './hostDialect';
import { posixDialect } from './posix/posixDialect';

const dialects: Readonly<Record<HostShell, HostDialect>> = { posix: posixDialect };

/** The language of the host at the other end. */
export function dialectOf({ shell }: Pick<HostConnection, 'shell'>): HostDialect {
  return dialects[shell];
}
