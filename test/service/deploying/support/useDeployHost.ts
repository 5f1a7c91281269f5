import type { PackageSummary } from '../../../../src/core/packages/model';
import { needsSshd, startSshd, type Sshd } from '../../../support/sshd';
import { addExamplePackage } from './examplePackage';
import { createDeployFixture, plainShell, type DeployFixture, type TestHost } from './fixture';

/** What each test of a `describe` starts from. */
export interface DeployHost {
  readonly sshd: Sshd;
  /** A repository and a manager of deployments of its own. */
  readonly fixture: DeployFixture;
  readonly host: TestHost;
}

/** Gives every test of the surrounding `describe` a fresh repository with one host, on one real sshd that they share. */
export function useDeployHost(folder: () => string, take: (parts: DeployHost) => void): void {
  let sshd: Sshd | undefined;
  let fixture: DeployFixture | undefined;
  before(async function () {
    needsSshd(this);
    sshd = await startSshd(plainShell);
  });
  after(() => sshd?.stop());
  beforeEach(async () => {
    if (sshd === undefined) throw new Error('sshd has not started');
    fixture = await createDeployFixture(folder());
    take({ sshd, fixture, host: await fixture.addHost('eu-sip-04', sshd) });
  });
  afterEach(() => fixture?.close());
}

/** The same, with the example package in the repository. */
export function useDeployHostWithPackage(folder: () => string, take: (parts: DeployHost & { readonly added: PackageSummary }) => void): void {
  let parts: DeployHost | undefined;
  useDeployHost(folder, (those) => {
    parts = those;
  });
  beforeEach(async () => {
    if (parts === undefined) throw new Error('no host');
    take({ ...parts, added: await addExamplePackage(parts.fixture.repository) });
  });
}
