import { ProductError } from '../../../../core/errors';
import type { RepositoryUpkeep } from '../../upkeep';
import { checkRepository } from './checkRepository';
import { exportRepository } from './exportRepository';
import { repairRepository } from './repairRepository';
import { restoreRepository } from './restoreRepository';
import type { UpkeepParts } from './upkeepParts';

/** Looks after the files of the embedded repository. What changes it goes one at a time. */
export function createUpkeep(parts: UpkeepParts): RepositoryUpkeep {
  let changing = false;
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    if (changing) throw new ProductError('repository/upkeep-runs');
    changing = true;
    try {
      return await work();
    } finally {
      changing = false;
    }
  };
  return {
    check: async (options) => (await checkRepository(parts, options)).report,
    repair: (options) => alone(() => repairRepository(parts, options)),
    exportTo: (take, options) => alone(async () => {
      const copy = await exportRepository(parts, options);
      try {
        return await take(copy);
      } finally {
        copy.close();
      }
    }),
    restore: (source, bytes, options) => alone(() => restoreRepository(parts, source, bytes, options)),
  };
}
