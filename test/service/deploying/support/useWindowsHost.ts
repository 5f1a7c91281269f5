import assert from 'node:assert/strict';
import type { PackageSummary } from '../../../../src/core/packages/model';
import type { MachineTraits } from '../../../support/windows/machine';
import { startWindowsPeer, type WindowsPeer } from '../../../support/windows/windowsPeer';
import { addExamplePackage, type ExamplePackageOptions } from './examplePackage';
import { createDeployFixture, type DeployFixture, type TestHost } from './fixture';

/** What a test of a Windows host starts from. */
export interface WindowsHost {
  readonly peer: WindowsPeer;
  readonly fixture: DeployFixture;
  readonly host: TestHost;
  /** A package for Windows, stored. */
  addPackage(options?: ExamplePackageOptions): Promise<PackageSummary>;
}

const staging = 'C:\\ProgramData\\gax-packages';

/** Gives each test of the surrounding `describe` a fresh repository with one Windows host, played by a peer that must find no fault. */
export function useWindowsHost(folder: () => string, take: (parts: WindowsHost) => void, traits: Partial<MachineTraits> = {}): void {
  let peer: WindowsPeer | undefined;
  let fixture: DeployFixture | undefined;
  beforeEach(async () => {
    const started = peer = await startWindowsPeer(folder(), traits);
    const made = fixture = await createDeployFixture(folder());
    const host = await made.repository.addHost({
      name: 'eu-win-03', address: started.server.address, port: started.server.port, user: 'CORP\\operator', authentication: { kind: 'key', keyFile: started.clientKey }, stagingFolder: '', lockFolder: '',
    });
    take({
      peer: started, fixture: made, host: { host, staging: started.machine.real(staging), lock: started.machine.real(`${staging}-lock`), target: started.machine.real('C:\\GCTI\\Example') },
      addPackage: ({ files, changes, ...options } = {}) => addExamplePackage(made.repository, {
        osGroup: 'windows', format: 'zip', files: { 'ip/setup.exe': 'MZ', ...files }, changes: { supportedSystems: [{ name: 'Windows Server 2016' }], ...changes }, ...options,
      }),
    });
  });
  afterEach(async () => {
    await fixture?.close();
    await peer?.stop();
    assert.deepEqual(peer?.faults, []);
  });
}
