import type { RepositoryProgress } from '../../core/repository/report';
import type { upkeepMethods } from '../../protocol/service/upkeep';
import type { UpkeepOptions } from '../repository/upkeep';
import type { GuardedHandlers, RequestContext } from './handlers';
import type { ServiceParts } from './serviceParts';

/** The requests about the repository as a whole. */
export function createUpkeepHandlers({ upkeep, copies }: Pick<ServiceParts, 'upkeep' | 'copies'>, stop: () => void): Pick<GuardedHandlers, keyof typeof upkeepMethods> {
  const telling = (work: RepositoryProgress['work'], { client, signal }: RequestContext): UpkeepOptions => ({
    signal, report: (percent) => client.notify('repositoryProgress', { work, percent }),
  });
  return {
    'repository/check': (_, context) => upkeep.check(telling('check', context)),
    'repository/repair': (_, context) => upkeep.repair(telling('repair', context)),
    'repository/export': ({ target, overwrite = false }, context) => copies.write(target, overwrite, telling('export', context)),
    'repository/import': async ({ source }, context) => {
      const restored = await copies.restore(source, telling('import', context));
      // What this service keeps in memory is of the repository before.
      stop();
      return restored;
    },
  };
}
