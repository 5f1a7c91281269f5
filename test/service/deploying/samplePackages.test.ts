import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { defaultArchiveLimits } from '../../../src/service/archive/archive';
import { createImportManager } from '../../../src/service/importing/importManager';
import { samples, type SampleName } from '../../support/samplePackages/samples';
import { writeSample } from '../../support/samplePackages/writeSample';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { assertNothingLeft, type DeployFixture, type TestHost } from './support/fixture';
import { useDeployHost } from './support/useDeployHost';
import { archiveImport } from '../../support/archiveImport';

describe('sample packages, from the archive to the host', () => {
  const folder = useTemporaryFolder();
  let fixture: DeployFixture;
  let host: TestHost;

  useDeployHost(folder, (parts) => {
    ({ fixture, host } = parts);
  });

  for (const name of ['lca', 'lcaZip'] as const) {
    it(`installs ${name}: modes, record and application object as the package has them`, async () => {
      const added = await importSample(name);
      const deployment = await (await fixture.start(fixture.inputs(added, [host]))).ended;
      assert.equal(deployment.state, 'complete', fixture.log.join('\n'));
      assert.match(readFileSync(join(host.target, 'installed.txt'), 'utf8'), /^Name=Local Control Agent$/m);
      assert.equal(statSync(join(host.target, 'run.sh')).mode & 0o777, 0o750);
      const [application] = await fixture.repository.listApplications();
      assert.deepEqual([application?.name, application?.type, application?.version, application?.commandLine], ['LCA_eu-sip-04', 107, added.version, './product']);
      assert.ok(Object.keys(application?.options ?? {}).includes('general'));
      assertNothingLeft(host);
    });
  }

  it('hands a package for Configuration Server its password, and the application’s name', async () => {
    const added = await importSample('mediaControl');
    const inputs = fixture.inputs(added, [host], { values: [{ section: 'ConfigServer', key: 'Host', value: 'cs.example.com' }], secretKeys: [{ section: 'ConfigServer', key: 'Password' }] });
    const deployment = await (await fixture.start(inputs, { secrets: [{ section: 'ConfigServer', key: 'Password', value: 'twelve chars' }] })).ended;
    assert.equal(deployment.state, 'complete', fixture.log.join('\n'));
    assert.match(readFileSync(join(host.target, 'installed.txt'), 'utf8'), /^PasswordLength=12$/m);
    const [application] = await fixture.repository.listApplications();
    assert.equal(application?.commandLineArguments, '-host cs.example.com -port 2020 -app "vpMediaControl_eu-sip-04"');
  });

  it('keeps a package for Windows off a Linux host', async () => {
    const added = await importSample('windows');
    const [ended] = (await (await fixture.start(fixture.inputs(added, [host], { values: [{ section: 'IPCommon', key: 'InstallPath', value: 'C:\\GCTI\\ChatServer' }] }))).ended).hosts;
    assert.deepEqual([ended?.step, ended?.error?.code], ['check', 'deploy/wrong-system']);
    assert.ok(!existsSync(host.staging) && !existsSync(host.lock));
  });

  async function importSample(name: SampleName) {
    const imports = createImportManager({ repository: fixture.repository, limits: defaultArchiveLimits, log: fixture.parts.log });
    const record = await imports.wait((await imports.start(archiveImport(await writeSample(samples[name], join(folder(), 'media'))))).id);
    assert.equal(record.state, 'complete', JSON.stringify(record.error));
    const summary = (await fixture.repository.listPackages()).find((each) => each.id === record.packageId);
    assert.ok(summary);
    return summary;
  }
});
