import { join } from 'node:path';
import type { ServiceLog } from '../../../src/service/serviceLog';
import { openSqlJsRepository, type SqlJsRepository, type SqlJsRepositoryOptions } from '../../../src/service/repository/sqljs/openRepository';
import { projectRoot } from '../../support/projectRoot';

/** Small volumes, so that small contents have several. */
export const smallVolumes = { volume: 64 * 1024, piece: 16 * 1024 };

/** A log that keeps its lines. */
export function createTestLog(): ServiceLog & { readonly lines: string[] } {
  const lines: string[] = [];
  const add = (level: string) => (area: string, message: string, error?: unknown) => {
    lines.push(`${level} ${area}: ${message}${error instanceof Error ? ` (${error.message})` : ''}`);
  };
  return { lines, info: add('info'), warn: add('warn'), error: add('error') };
}

let made = 0;

/** Opens the embedded repository for a test. Ids and times only grow. */
export function openTestRepository(folder: string, changes: Partial<SqlJsRepositoryOptions> = {}): Promise<SqlJsRepository> {
  const newId = (prefix: string) => `${prefix}-${++made}`;
  return openSqlJsRepository({
    folder,
    wasm: join(projectRoot, 'node_modules/sql.js/dist/sql-wasm.wasm'),
    now: () => new Date(Date.UTC(2024, 0, 1) + ++made * 1000),
    newId,
    log: createTestLog(),
    mayCommit: () => Promise.resolve(true),
    volumeSizes: smallVolumes,
    ...changes,
  });
}
