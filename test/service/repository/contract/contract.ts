import type { Repository } from '../../../../src/service/repository/repository';
import { describeAccess } from './access';
import { describeChanges } from './changes';
import { describeDeployments } from './deployments';
import { describeHosts } from './hosts';
import { describePackageChanges } from './packageChanges';
import { describePackages } from './packages';

/** A driver under test: `open` gives the same repository again after it was closed. */
export interface RepositoryDriver {
  open(): Promise<Repository>;
}

/**
 * What every driver of the repository does, in the words of the port. `useDriver` is called once inside the suite and
 * gives each test a repository of its own.
 */
export function describeRepositoryContract(name: string, useDriver: () => () => RepositoryDriver): void {
  describe(`repository contract: ${name}`, () => {
    const driver = useDriver();
    let repository: Repository;

    beforeEach(async () => {
      repository = await driver().open();
    });
    afterEach(() => repository.close());

    const session = {
      get repository() { return repository; },
      async reopen() {
        await repository.close();
        repository = await driver().open();
      },
    };
    describePackages(session);
    describePackageChanges(session);
    describeAccess(session);
    describeHosts(session);
    describeDeployments(session);
    describeChanges(session);
  });
}
