import { environmentTenant } from '../../src/core/packages/model';
import type { NewImport } from '../../src/service/repository/repository';

/** The import of one archive with its templates. */
export function archiveImport(path: string, tenantId: string = environmentTenant.id, group = ''): NewImport {
  return { source: { method: 'archive', path }, tenantId, group };
}
