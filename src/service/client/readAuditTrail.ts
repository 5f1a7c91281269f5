import type { AuditRecord } from '../../core/access/model';
import type { ServiceClient } from './serviceClient';

/** The whole audit trail up to now, oldest first. @throws ProductError `access/…` for who may not see it, and what the connection throws */
export async function readAuditTrail(client: Pick<ServiceClient, 'request'>): Promise<readonly AuditRecord[]> {
  const all: AuditRecord[] = [];
  for (;;) {
    const page = await client.request('audit/list', { after: all.at(-1)?.seq ?? 0 });
    if (page.length === 0) return all;
    all.push(...page);
  }
}
