import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { connectToService, type ServiceClient } from '../../../src/service/client';
import { samples } from '../../support/samplePackages/samples';
import { writeSample } from '../../support/samplePackages/writeSample';
import { connectOptions } from '../../support/serviceProcess';
import { until } from '../../support/until';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[]; readonly views: Readonly<Record<string, readonly { readonly id: string }[]>> };
}

describe('the extension inside VS Code', () => {
  const extension = vscode.extensions.getExtension('gax-packages.gax-packages');
  const dataFolder = process.env['GAXPKG_DATA'] ?? '';
  let folder: string;
  let client: ServiceClient | undefined;

  before(() => {
    ok(dataFolder !== '', 'GAXPKG_DATA names a folder of this run');
    folder = mkdtempSync(join(tmpdir(), 'gxi-'));
  });

  after(async () => {
    await client?.request('service/stop', { force: true }).catch(() => undefined);
    client?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function present(): vscode.Extension<unknown> {
    if (extension === undefined) throw new Error('the extension is not there');
    return extension;
  }

  async function connect(): Promise<ServiceClient> {
    client ??= await connectToService(connectOptions(dataFolder, { start: 'never' }));
    return client;
  }

  it('is there and active only when it is needed; being active starts nothing', async () => {
    equal(present().isActive, false);
    await present().activate();
    equal(existsSync(join(dataFolder, 'service')), false);
  });

  it('registers the commands it declares, and no others', async () => {
    const manifest = present().packageJSON as Manifest;
    const declared = manifest.contributes.commands.map(({ command }) => command).sort();
    const views = Object.values(manifest.contributes.views).flat().map(({ id }) => id);
    // VS Code makes some for each view by itself.
    const own = (await vscode.commands.getCommands(true)).filter((command) => command.startsWith('gaxPackages.') && !views.some((view) => command.startsWith(`${view}.`) && !declared.includes(command)));
    deepEqual(own.sort(), declared);
  });

  it('imports files that the explorer hands over', async () => {
    const archives = await Promise.all([samples.lca, samples.lcaNewer].map((sample) => writeSample(sample, folder)));
    const uris = archives.map((path) => vscode.Uri.file(path));
    await vscode.commands.executeCommand('gaxPackages.packages.importFile', uris[0], uris);
    const service = await connect();
    await until(async () => (await service.request('packages/list', {})).length === 2, 'both packages to be there');
    deepEqual((await service.request('packages/list', {})).map((item) => item.version).sort(), ['8.5.100.37', '8.5.100.40']);
  });

  it('opens the one import wizard with files that are dropped on the Packages view, and imports nothing yet', async () => {
    const archive = await writeSample(samples.mediaControl, folder);
    const wizards = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('gaxPackages.importWizard'));
    for (let times = 0; times < 2; times++) {
      await vscode.commands.executeCommand('gaxPackages.packages.import', undefined, [vscode.Uri.file(archive)]);
      await until(() => wizards().length === 1 && wizards()[0]?.isActive === true, 'the wizard');
    }
    const service = await connect();
    deepEqual([await service.request('imports/list', {}), (await service.request('packages/list', {})).length], [[], 2]);
    await vscode.window.tabGroups.close(wizards());
  });

  it('moves packages to a group that they are dropped on', async () => {
    const service = await connect();
    const packages = await service.request('packages/list', {});
    const [first, second] = packages;
    ok(first !== undefined && second !== undefined);
    await service.request('packages/edit', { id: first.id, tenantId: first.tenantId, group: 'Framework' });
    await vscode.commands.executeCommand('gaxPackages.packages.focus');
    await until(async () => {
      // While the tree does not show the rows yet, the command asks for them instead.
      void vscode.commands.executeCommand('gaxPackages.packages.moveToGroup', 'group:environment:Framework', [`package:environment:${second.id}`]);
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return (await service.request('packages/list', {})).every((item) => item.group === 'Framework');
    }, 'the package to be in its new group');
  });

  it('offers no task before something was deployed, and refuses what is no deployment', async () => {
    deepEqual(await vscode.tasks.fetchTasks({ type: 'gaxPackages' }), []);
  });

  it('shows the log of a deployment as a read-only file, and none for one that is not there', async () => {
    const uri = vscode.Uri.from({ scheme: 'gaxpackages-log', path: '/gax-deployment-log/deployment-unknown/x' });
    await rejects(Promise.resolve(vscode.workspace.fs.readFile(uri)));
    equal(vscode.workspace.fs.isWritableFileSystem('gaxpackages-log'), false);
  });
});
