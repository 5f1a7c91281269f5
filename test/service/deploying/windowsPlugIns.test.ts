import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { copyCommands } from '../../../src/core/deployment/filesToCopy';
import { nothingSaid } from '../../../src/core/deployment/model';
import { isProductError } from '../../../src/core/errors';
import { environmentTenant } from '../../../src/core/packages/model';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { noQuestions } from './support/fixture';
import { useWindowsHost, type WindowsHost } from './support/useWindowsHost';

const gax = 'C:\\GCTI\\GAX';
const plugInPath = 'C:\\GCTI\\plug in';
const files = ['lib/gax-sample-export.jar', 'lib/gax-sample-reporting.jar'];
const trusting = { ...noQuestions, confirmHostKey: () => Promise.resolve('trust' as const) };

describe('a plug-in of GAX on a Windows host', () => {
  const folder = useTemporaryFolder();
  let parts: WindowsHost;
  useWindowsHost(folder, (given) => { parts = given; });

  const library = (): string => parts.peer.machine.real(`${gax}\\webapp\\WEB-INF\\lib`);
  /** The inputs of a plug-in for the host, whose GAX application object names a working directory. */
  async function plugIn(workingDirectory: string) {
    mkdirSync(library(), { recursive: true });
    await parts.fixture.repository.saveApplication({
      ...nothingSaid, id: 'a-gax', name: 'GAX_one', tenantId: environmentTenant.id, hostId: parts.host.host.id, type: 184, version: '9.0.000.15', workingDirectory,
      commandLine: 'gax.exe', commandLineArguments: '', tenantObject: 'Environment', port: '8080', primaryServer: '', backupServer: '', state: 'enabled', options: { reporting: { own: 'x' } },
    });
    const template = '[reporting]\r\nrefresh-interval = 60\r\nown = y\r\n';
    const added = await parts.addPackage({
      files: { 'templates/gax_sample.tpl': template, ...Object.fromEntries(files.map((path) => [`ip/${path}`, `A stand-in: ${path}`])) },
      changes: { kind: 'plug-in', templates: [{ name: 'gax_sample', path: 'templates/gax_sample.tpl', format: 'tpl' }] },
    });
    return parts.fixture.inputs(added, [parts.host], { values: [{ section: 'IPCommon', key: 'InstallPath', value: plugInPath }, { section: 'Example', key: 'Behaviour', value: 'plugIn' }] });
  }
  const plan = async (inputs: Awaited<ReturnType<typeof plugIn>>) => (await parts.fixture.manager.plan(inputs, trusting, new AbortController().signal)).hosts[0];
  const run = async (inputs: Awaited<ReturnType<typeof plugIn>>) => {
    const deployment = await (await parts.fixture.start(inputs)).ended;
    assert.equal(deployment.state, 'complete', parts.fixture.log.join('\n') + JSON.stringify(deployment.hosts));
    return deployment.hosts[0];
  };

  it('is in the GAX that its installer has found: nothing is left to do, only new options are added', async () => {
    parts.peer.machine.traits.gaxFound = gax;
    const inputs = await plugIn(gax);
    const planned = await plan(inputs);
    assert.deepEqual([planned?.problems, planned?.warnings, planned?.plugIn], [[], [], { added: 1, stay: 1, gax: { directory: gax, hasLibrary: true } }]);
    assert.equal((await run(inputs))?.filesToCopy, undefined);
    assert.deepEqual(readdirSync(library()).sort(), ['gax-sample-export.jar', 'gax-sample-reporting.jar']);
    const [application] = await parts.fixture.repository.listApplications();
    assert.deepEqual([application?.options, application?.workingDirectory], [{ reporting: { own: 'x', 'refresh-interval': '60' } }, gax]);
  });

  it('is complete with files to copy where its installer found no GAX, with commands for PowerShell', async () => {
    const expected = { from: plugInPath, files, gaxDirectory: gax };
    assert.deepEqual((await run(await plugIn(gax)))?.filesToCopy, expected);
    assert.deepEqual((await parts.fixture.repository.listDeployedPackages()).map(({ status, filesToCopy }) => [status, filesToCopy]), [['complete', expected]]);
    assert.equal(copyCommands('en', expected), files.map((path) =>
      `Copy-Item -LiteralPath '${plugInPath}\\${path.replace('/', '\\')}' -Destination '${gax}\\webapp\\WEB-INF\\lib'\n`).join(''));
  });

  it('is warned of before the start where the application object names another folder than GAX, and told afterwards', async () => {
    const wrong = 'C:\\GCTI\\Elsewhere';
    const inputs = await plugIn(wrong);
    assert.deepEqual((await plan(inputs))?.warnings, [{ code: 'plugIn/gax-elsewhere', args: { host: 'eu-win-03', path: wrong } }]);
    const left = (await run(inputs))?.filesToCopy;
    assert.deepEqual(left, { from: plugInPath, files });
    assert.match(copyCommands('en', left), /^Copy-Item .* -Destination '<GAX directory>\\webapp\\WEB-INF\\lib'$/m);
  });

  it('is not planned over GAX itself, which its installer would move away', async () => {
    const { values, ...inputs } = await plugIn(gax);
    const over = { ...inputs, values: [...values, { section: 'IPCommon', key: 'InstallPath', value: gax.toLowerCase() }] };
    assert.equal((await plan(over))?.error?.code, 'plugIn/path-is-gax');
    await assert.rejects(run(over), (error: unknown) => isProductError(error, 'deploy/inputs') && error.message.includes('plugIn/path-is-gax'));
  });
});
