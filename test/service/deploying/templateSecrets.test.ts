import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { DeploymentInputs } from '../../../src/core/deployment/model';
import type { PackageSummary } from '../../../src/core/packages/model';
import { describeFact } from '../../../src/core/text/deploymentText';
import { mask } from '../../../src/core/text/mask';
import { createSecretSearch } from '../../support/secretSearch';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { noQuestions, type DeployFixture, type TestHost } from './support/fixture';
import { addExamplePackage } from './support/examplePackage';
import { useDeployHost } from './support/useDeployHost';

const secret = 'Default-of-a-template-4711';

const template = (verbose: string): string => `<metaData><cfgApplication type="107"><configuration><options><section name="db"><parameter name="password"><format default="${secret}"/></parameter></section>`
  + `<section name="log"><parameter name="verbose"><format default="${verbose}"/></parameter></section></options></configuration></cfgApplication></metaData>`;

describe('a default password of a template', function () {
  this.timeout(120_000);
  const folder = useTemporaryFolder();
  let fixture: DeployFixture;
  let host: TestHost;
  let versions: readonly PackageSummary[];
  const search = createSecretSearch([secret]);

  useDeployHost(folder, (parts) => {
    ({ fixture, host } = parts);
  });
  beforeEach(async () => {
    versions = await Promise.all(['9.0.001.02', '9.0.010.00'].map((version, i) =>
      addExamplePackage(fixture.repository, {
        version, files: { 'templates/Example_900.xml': template(i === 0 ? 'none' : 'all') },
        changes: { templateOptions: [{ path: 'templates/Example_900.tpl', options: [{ section: 'db', option: 'password', defaultValue: secret }] }] },
      })));
  });

  const deployed = async (): Promise<string> => (await fixture.repository.listDeployedPackages())[0]!.id;
  const password = async () => (await fixture.repository.listApplications())[0]?.options['db']?.['password'];
  const complete = async (inputs: DeploymentInputs): Promise<string> => {
    const run = await fixture.start(inputs);
    assert.equal((await run.ended).state, 'complete', fixture.log.join('\n'));
    return run.id;
  };

  it('is nowhere in the data folder after an installation, an upgrade and a roll back; the roll back says which one is missing', async () => {
    await complete(fixture.inputs(versions[0]!, [host]));
    assert.equal(await password(), mask);

    const upgrade = await fixture.manager.prefill('upgrade', versions[1]!.id, [await deployed()]);
    await complete({ ...upgrade, options: [{ section: 'db', key: 'password', value: '' }, { section: 'log', key: 'verbose', value: 'all' }] });
    assert.equal(await password(), '');

    const back = await fixture.manager.prefill('rollBack', versions[0]!.id, [await deployed()]);
    assert.deepEqual(back.applicationEdits?.map(({ section, key, value }) => [section, key, value]), [['log', 'verbose', 'none']]);
    const plan = await fixture.manager.plan(back, noQuestions, new AbortController().signal);
    assert.deepEqual(plan.hosts[0]?.warnings.filter(({ code }) => code === 'deploy/secrets-lost').map(({ args }) => args['options']), ['db/password']);
    assert.ok(!JSON.stringify(plan).includes(secret));
    const events = await fixture.events(await complete(back));
    const told = events.flatMap((event) => (event.type === 'fact' && event.name === 'secretsLost' ? [describeFact('en', event.name, event.value, event.args)] : []));
    assert.deepEqual(told, ['Secrets are not kept: the option db/password of Example_eu-sip-04 stays empty; enter it in Configuration Server']);

    await fixture.repository.close();
    assert.deepEqual(search.files(join(folder(), 'data')), []);
    assert.ok(!fixture.log.join('\n').includes(secret));
  });
});
