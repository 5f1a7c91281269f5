import { ProductError, type ErrorData } from '../../../../core/errors';
import type { PackageIdentity } from '../../../../core/packages/identity';
import type { ImportLimits } from '../../../../core/packages/importLimits';
import type { ImportSource } from '../../../../core/packages/importSource';
import type { ImportRecord } from '../../../../core/packages/model';
import type { Repository } from '../../repository';
import type { Reader, Row } from '../catalogue';
import { asJson, json, number, optionalJson, optionalText, text } from '../rows';
import type { RepositoryParts } from './parts';
import { requireTenant } from './tenants';

type ImportMethods = 'listImports' | 'addImport' | 'resumeImport' | 'endImport' | 'removeImport';

export function createImports({ store, newId, now }: RepositoryParts): Pick<Repository, ImportMethods> {
  return {
    listImports: () => store.read((reader) => reader.all('SELECT * FROM imports ORDER BY started_at, id').map(asImport)),
    addImport: ({ source, located, tenantId, group, replaceIn = [], limits }) => store.write((transaction) => {
      requireTenant(transaction, tenantId);
      const id = newId('import');
      transaction.run(
        'INSERT INTO imports (id, source, located, tenant_id, group_name, replace_in, limits, state, step, percent, started_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        id, JSON.stringify(source), asJson(located), tenantId, group, JSON.stringify(replaceIn), asJson(limits), 'running', 'open', 0, now().toISOString(),
      );
      transaction.changed('imports');
      return requireImport(transaction, id);
    }),
    resumeImport: (id) => store.write((transaction) => {
      const record = requireImport(transaction, id);
      transaction.run(`UPDATE imports SET resumed = resumed + 1, step = 'open', percent = 0 WHERE id = ?`, id);
      transaction.changed('imports');
      const row = transaction.first('SELECT replace_in, resumed FROM imports WHERE id = ?', id) ?? {};
      return { record: { ...record, step: 'open', percent: 0 }, replaceIn: json<string[]>(row, 'replace_in'), resumed: number(row, 'resumed') };
    }),
    endImport: (id, state, end) => store.write((transaction) => {
      requireImport(transaction, id);
      transaction.run(
        'UPDATE imports SET state = ?, step = ?, percent = ?, identity = ?, error = ?, ended_at = ? WHERE id = ?',
        state, end.step, end.percent, asJson(end.identity), asJson(end.error), now().toISOString(), id,
      );
      transaction.changed('imports');
      return requireImport(transaction, id);
    }),
    removeImport: (id) => store.write((transaction) => {
      requireImport(transaction, id);
      transaction.run('DELETE FROM imports WHERE id = ?', id);
      transaction.changed('imports');
    }),
  };
}

/** @throws ProductError `general/not-found` */
export function requireImport(reader: Reader, id: string): ImportRecord {
  const row = reader.first('SELECT * FROM imports WHERE id = ?', id);
  if (!row) throw new ProductError('general/not-found', { kind: 'import', name: id });
  return asImport(row);
}

function asImport(row: Row): ImportRecord {
  const identity = optionalJson<PackageIdentity>(row, 'identity');
  const located = optionalJson<ImportSource>(row, 'located');
  const limits = optionalJson<ImportLimits>(row, 'limits');
  const error = optionalJson<ErrorData>(row, 'error');
  const endedAt = optionalText(row, 'ended_at');
  return {
    id: text(row, 'id'),
    source: json<ImportSource>(row, 'source'),
    ...(located && { located }),
    ...(limits && { limits }),
    tenantId: text(row, 'tenant_id'),
    group: text(row, 'group_name'),
    state: text(row, 'state') as ImportRecord['state'],
    step: text(row, 'step') as ImportRecord['step'],
    percent: number(row, 'percent'),
    startedAt: text(row, 'started_at'),
    ...(identity && { identity }),
    ...(error && { error }),
    ...(endedAt !== undefined && { endedAt }),
  };
}
