import type { AuditRecord } from '../../../../core/access/model';
import type { ErrorCode } from '../../../../core/errors';
import type { Repository } from '../../repository';
import type { Row } from '../catalogue';
import { number, optionalText, text } from '../rows';
import type { RepositoryParts } from './parts';

/** Records that are kept: years of work, and some 10 MB. The oldest go first. */
const mostRecords = 50_000;

export function createAudit({ store, now }: RepositoryParts): Pick<Repository, 'addAudit' | 'endAudit' | 'listAudit'> {
  return {
    addAudit: ({ user, machine, action, object, tenantId, outcome, code, planHash }) => store.write((transaction) => {
      transaction.run(
        'INSERT INTO audit (at, user_name, machine, action, object, tenant_id, outcome, code, plan_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        now().toISOString(), user, machine, action, object, tenantId ?? null, outcome, code ?? null, planHash ?? null,
      );
      const row = transaction.first('SELECT MAX(seq) AS seq FROM audit') ?? {};
      transaction.run('DELETE FROM audit WHERE seq <= ?', number(row, 'seq') - mostRecords);
      return number(row, 'seq');
    }),
    endAudit: (seq, outcome, code, planHash) => store.write((transaction) => {
      transaction.run('UPDATE audit SET outcome = ?, code = ?, plan_hash = COALESCE(?, plan_hash) WHERE seq = ?', outcome, code ?? null, planHash ?? null, seq);
    }),
    listAudit: (after, limit, tenantIds) => store.read((reader) => {
      const rows = tenantIds === undefined
        ? reader.all('SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?', after, limit)
        : reader.all('SELECT * FROM audit WHERE seq > ? AND tenant_id IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT ?', after, JSON.stringify(tenantIds), limit);
      return rows.map(asRecord);
    }),
  };
}

function asRecord(row: Row): AuditRecord {
  const [tenantId, code, planHash] = [optionalText(row, 'tenant_id'), optionalText(row, 'code'), optionalText(row, 'plan_hash')];
  return {
    seq: number(row, 'seq'),
    at: text(row, 'at'),
    user: text(row, 'user_name'),
    machine: text(row, 'machine'),
    action: text(row, 'action'),
    object: text(row, 'object'),
    outcome: text(row, 'outcome') as AuditRecord['outcome'],
    ...(tenantId !== undefined && { tenantId }),
    ...(code !== undefined && { code: code as ErrorCode }),
    ...(planHash !== undefined && { planHash }),
  };
}
