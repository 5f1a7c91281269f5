import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { createDraftStore } from '../../src/extension/pages/drafts';
import { openPackageDetails, type PackageDetailsPorts } from '../../src/extension/pages/packageDetails/packageDetailsPage';
import type { PageChannel } from '../../src/extension/pages/servePage';
import type { PageReply, PageSubject } from '../../src/protocol/page/page';
import { descriptionDraft } from '../../src/protocol/page/packageDetails';
import { ProductError } from '../../src/core/errors';
import { openPageBrowser, type OpenedPage, type OpenPageOptions, type PageBrowser } from '../support/page/openPage';
import { until } from '../support/until';
import { sampleDeployed, sampleDeployment, sampleImport, sampleRun } from '../unit/extension/sampleLists';
import { describeElsewhere, detailsOf, mcp, repositoryOf, sha256 } from './packageDetailsFixture';
import { createScriptedRepository, createScriptedTab, createWorkspaceState, type ScriptedRepository, type ScriptedTab } from './support';

const subject: PageSubject = { id: 'package-1', tenantId: 'environment' };
describe('the page of a package', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  let opened: OpenedPage;
  let tab: ScriptedTab;
  let calls: string[];
  let trusted: boolean;
  let replies: PageReply[];
  before(async () => {
    browser = await openPageBrowser();
  });
  afterEach(async () => {
    deepEqual(opened.complaints, []);
    await opened.close();
  });
  after(() => browser.close());

  async function open(repository: ScriptedRepository, options: Partial<OpenPageOptions> & { readonly subject?: PageSubject } = {}): Promise<void> {
    calls = [];
    replies = [];
    const about = options.subject ?? subject;
    const drafts = createDraftStore(createWorkspaceState(), 'packageDetails', descriptionDraft);
    const note = (name: string) => (...args: readonly unknown[]) => {
      calls.push([name, ...args.map((arg) => (typeof arg === 'object' && arg !== null && 'id' in arg ? String(arg.id) : String(arg)))].join(' '));
      return Promise.resolve();
    };
    const ports: PackageDetailsPorts = {
      locale: options.locale ?? 'en', service: repository.service, state: repository.state, drafts, isTrusted: () => trusted, onTrusted: () => () => undefined,
      install: note('install'), copyToTenants: note('copy'), download: note('download'), deletePackage: note('delete'), moreActions: note('more'), replaceByImport: note('replace'), stopImport: note('stop'), openPackage: (to) => void note('open')(to), openDeployed: (id) => void note('deployed')(id),
      showLog: note('log'), openFile: note('openFile'), copy: note('copy'), report: (method, error) => calls.push(`refused ${method} ${error instanceof ProductError ? error.code : String(error)}`),
    };
    tab = createScriptedTab(about, (given) => openPackageDetails({
      ...given,
      channel: { ...given.channel, post: (message) => {
        replies.push(message);
        // As when the lists are read while the page loads: it hears of them before its first request is answered.
        if (message.type === 'answer' && replies.filter(({ type }) => type === 'answer').length === 1) given.channel.post({ type: 'event', name: 'view', value: (message.result as { view: unknown }).view });
        given.channel.post(message);
      } },
    }, ports));
    opened = await browser.open({ kind: 'packageDetails', ...options, subject: about, serve: (channel: PageChannel) => tab.serve(channel) });
    await opened.page.locator('main.details:not(:has(> p[role=status]))').waitFor();
  }
  beforeEach(() => {
    trusted = true;
  });
  const description = () => opened.page.getByRole('textbox', { name: 'Description' });
  const stored = (repository: ScriptedRepository) => repository.lists.packages.find(({ id }) => id === 'package-1');

  it('shows every field, where it is installed and how its deployments went', async () => {
    const repository = repositoryOf();
    repository.lists = {
      ...repository.lists,
      deployedPackages: [
        sampleDeployed({ id: 'r1', packageId: 'package-1', hostName: 'eu-mcp-01', applicationId: 'application-1', applicationName: 'MCP_eu-mcp-01' }),
        sampleDeployed({ id: 'r2', packageId: 'package-1', hostName: 'eu-mcp-02', applicationId: 'application-2', applicationName: 'MCP_eu-mcp-02', status: 'unknown' }),
      ],
      deployments: [
        sampleDeployment({ id: 'd1', packageId: 'package-1', package: mcp, percent: 54, startedAt: '2026-11-22T09:00:00.000Z', hosts: [sampleRun({ hostId: 'h1', hostName: 'eu-mcp-01', state: 'running', step: 'transfer', stepPercent: 61 }), sampleRun({ hostId: 'h2', hostName: 'eu-mcp-02', state: 'queued' })] }),
        sampleDeployment({ id: 'd2', packageId: 'package-1', package: mcp, state: 'failed', startedAt: '2025-10-02T09:00:00.000Z', hosts: [sampleRun({ hostId: 'h1', hostName: 'eu-mcp-01', state: 'failed', step: 'install' })] }),
      ],
    };
    await open(repository);
    const { page } = opened;
    await page.getByRole('button', { name: 'Deployments' }).click();
    const text = (await page.locator('main').innerText()).replaceAll('\u00a0', ' ');
    for (const words of [
      'Media Control Platform', 'vpMediaControl', 'ENU, English (United States)', 'Linux 64-bit', 'Complete', 'Deploying 54 %', 'Environment', 'EMEA', sha256,
      'VP_MediaControl_90.apd', 'application type 103', 'MCP_eu-mcp-01', 'Unknown: connection lost', 'Transfer 61 %', 'Failed: Install', 'ana@desk',
    ]) ok(text.includes(words), words);
    match(text, /Nov 21, 8:55/);
    match(text, /Oct 2, 2025/);
    equal(tab.title, 'Media Control Platform 9.0.046.06');
    await opened.screenshot('details-package');
  });

  it('runs its actions on the package, and shows what was refused', async () => {
    const repository = repositoryOf();
    await open(repository);
    const { page } = opened;
    equal(await page.evaluate(() => document.activeElement?.id), 'install');
    await page.getByRole('button', { name: 'Install…' }).click();
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('button', { name: 'Copy SHA-256' }).click();
    await until(() => calls.length === 4, 'four actions');
    deepEqual(calls, ['install package-1', 'delete package-1', 'more package-1', `copy ${sha256}`]);
    repository.change({ packages: [] });
    await page.getByText('Media Control Platform 9.0.046.06 is not in the repository any more.').waitFor();
    await opened.screenshot('details-gone');
  });

  describe('the description', () => {
    it('is saved on leaving it, says so for a while, and restores with Escape', async () => {
      const repository = repositoryOf();
      await open(repository);
      await description().fill('Approved');
      await opened.page.keyboard.press('Tab');
      await opened.page.locator('gp-description-field').getByText('Saved', { exact: true }).waitFor();
      equal(stored(repository)?.description, 'Approved');
      await opened.screenshot('details-saved');
      await description().fill('Oops');
      await opened.page.keyboard.press('Escape');
      equal(await description().inputValue(), 'Approved');
      await opened.page.keyboard.press('Tab');
      equal(repository.service.requests.filter((name) => name === 'packages/edit').length, 1);
      await opened.page.locator('gp-description-field').getByText('Saved', { exact: true }).waitFor({ state: 'detached' });
    });

    it('is saved with Ctrl+Enter, by the keys alone', async () => {
      const repository = repositoryOf();
      await open(repository);
      await description().press('Control+End');
      await opened.page.keyboard.type('!');
      await opened.page.keyboard.press('Control+Enter');
      await opened.page.locator('gp-description-field').getByText('Saved', { exact: true }).waitFor();
      match(stored(repository)?.description ?? '', /21 Nov!$/);
    });

    it('shows what another window wrote, at once and without moving the focus', async () => {
      const repository = repositoryOf();
      await open(repository);
      await opened.page.getByRole('combobox', { name: 'Group' }).focus();
      describeElsewhere(repository, 'Written elsewhere');
      await until(async () => await description().inputValue() === 'Written elsewhere', 'the other description');
      equal(await opened.page.evaluate(() => document.activeElement?.id), 'group');
    });

    it('overwrites nothing that was changed meanwhile: theirs or mine is for the person to say', async () => {
      const repository = repositoryOf();
      await open(repository);
      await description().fill('Mine');
      describeElsewhere(repository, 'Theirs');
      await opened.page.getByText('The description was changed elsewhere').waitFor();
      equal(await description().inputValue(), 'Mine');
      await opened.page.keyboard.press('Tab');
      await opened.page.getByText('bruno changed the description at').waitFor();
      await opened.screenshot('details-conflict');
      equal(stored(repository)?.description, 'Theirs');
      await opened.page.getByRole('button', { name: 'Keep Mine' }).click();
      await until(() => stored(repository)?.description === 'Mine', 'mine to be saved');

      await description().fill('Mine again');
      describeElsewhere(repository, 'Theirs again');
      await opened.page.getByRole('button', { name: 'Show Theirs' }).click();
      equal(await description().inputValue(), 'Theirs again');
      equal(stored(repository)?.description, 'Theirs again');
    });

    it('is not overwritten either when the other change has not been heard of yet', async () => {
      const repository = repositoryOf();
      await open(repository);
      await description().fill('Mine');
      repository.lists = { ...repository.lists, packages: repository.lists.packages.map((each) => ({ ...each, description: 'Unheard of' })) };
      await opened.page.keyboard.press('Control+Enter');
      await until(() => replies.some((reply) => reply.type === 'answer' && JSON.stringify(reply.result).includes('changedElsewhere')), 'the refusal');
      equal(stored(repository)?.description, 'Unheard of');
    });

    it('keeps what was typed through a reload and a restart of the extension host', async () => {
      const repository = repositoryOf();
      repository.service.answer('packages/edit', () => {
        throw new ProductError('repository/disk-full', { path: '/data' });
      });
      await open(repository);
      await description().fill('Half a sentence');
      await opened.page.keyboard.press('Control+Enter');
      await opened.page.locator('gp-description-field [role=alert]').waitFor();
      await opened.screenshot('details-not-saved');
      tab.restart();
      replies = [];
      await opened.reload();
      await until(async () => await description().inputValue() === 'Half a sentence', 'the draft');
    });
  });

  describe('the group', () => {
    const group = () => opened.page.getByRole('combobox', { name: 'Group' });

    it('moves the package at once when one is chosen', async () => {
      const repository = repositoryOf();
      await open(repository);
      await group().fill('fra');
      await opened.page.getByRole('option', { name: 'Framework' }).waitFor();
      await opened.screenshot('details-group');
      await opened.page.keyboard.press('ArrowDown');
      await opened.page.keyboard.press('Enter');
      await until(() => stored(repository)?.group === 'Framework', 'the package to be moved');
      equal(await group().inputValue(), 'Framework');
    });

    it('makes a group of an unknown name, and takes the package out of all', async () => {
      const repository = repositoryOf();
      await open(repository);
      await group().fill('Digital');
      await opened.page.getByRole('option', { name: 'New group “Digital”' }).click();
      await until(() => stored(repository)?.group === 'Digital', 'the new group');
      await group().fill('Ungrouped');
      await opened.page.keyboard.press('Enter');
      await until(() => stored(repository)?.group === '', 'no group');
    });

    it('moves nothing when the field is only left', async () => {
      const repository = repositoryOf();
      await open(repository);
      await group().fill('Half a na');
      await opened.page.keyboard.press('Tab');
      await until(async () => await group().inputValue() === 'Voice platform', 'the present group');
      equal(repository.service.requests.includes('packages/edit'), false);
    });
  });

  it('lists twenty thousand files when asked, only those on the screen in the document, and finds any of them', async () => {
    const repository = repositoryOf();
    await open(repository);
    const { page } = opened;
    equal(repository.service.requests.includes('packages/files'), false);
    await page.getByRole('button', { name: /^Files/ }).click();
    await page.getByText('module-00000.so').waitFor();
    ok(await page.locator('.virtual-row').count() < 60);
    await page.locator('.virtual-rows').focus();
    await page.keyboard.press('End');
    await page.getByText('link to module-00001.so').waitFor();
    await page.getByRole('textbox', { name: 'Filter files' }).fill('MODULE-1999');
    await page.getByText('10 of 20,002').waitFor();
    await opened.screenshot('details-files');
    await page.getByRole('button', { name: 'module-19990.so' }).click();
    await until(() => calls.some((call) => /^openFile package-1 .*module-19990\.so$/.test(call)), 'the file to be opened');
    await page.getByRole('button', { name: 'VP_MediaControl_90.apd' }).click();
    await until(() => calls.includes('openFile package-1 templates/VP_MediaControl_90.apd'), 'the template to be opened');
    await page.getByRole('textbox', { name: 'Filter files' }).fill('nowhere');
    await page.getByText('Nothing contains “nowhere”.').waitFor();
  });

  it('remembers which sections are open', async () => {
    const repository = repositoryOf();
    await open(repository);
    const section = (name: string) => opened.page.getByRole('button', { name, exact: false });
    await section('Templates').click();
    await section('Deployments').click();
    await opened.reload();
    await opened.page.locator('.related').waitFor();
    equal(await section('Templates').getAttribute('aria-expanded'), 'false');
    equal(await section('Deployments').getAttribute('aria-expanded'), 'true');
  });

  it('opens deployed packages and logs that belong to it', async () => {
    const repository = repositoryOf();
    repository.lists = {
      ...repository.lists,
      deployedPackages: [sampleDeployed({ id: 'r1', packageId: 'package-1', applicationId: 'application-1' })],
      deployments: [sampleDeployment({ id: 'd1', packageId: 'package-1', state: 'failed', hosts: [sampleRun({ hostId: 'h1', hostName: 'eu-mcp-09', state: 'failed', step: 'check' })] })],
    };
    await open(repository);
    const { page } = opened;
    await page.getByRole('button', { name: 'eu-mcp-01' }).click();
    await page.getByRole('button', { name: 'Deployments' }).click();
    await page.getByRole('button', { name: /Install 8\.5\.100\.37/ }).click();
    await page.getByRole('button', { name: 'eu-mcp-09' }).click();
    await until(() => calls.length === 3, 'three pages');
    deepEqual(calls, ['deployed r1', 'log d1 undefined', 'log d1 h1']);
  });

  it('locks what changes anything in a window that is not trusted, and says why', async () => {
    trusted = false;
    await open(repositoryOf());
    const { page } = opened;
    await page.getByText('Restricted Mode: editing, deploying and deleting need a trusted window.').waitFor();
    ok(await page.locator('#install').evaluate((element) => element.hasAttribute('disabled')));
    ok(await page.getByRole('combobox', { name: 'Group' }).isDisabled());
    equal(await description().getAttribute('readonly'), '');
    await opened.screenshot('details-locked');
  });

  it('keeps what it shows while the service is away, and says so', async () => {
    const repository = repositoryOf();
    await open(repository);
    repository.service.become('offline');
    await opened.page.getByText('The package service does not answer.').waitFor();
    await opened.page.getByText('Media Control Platform').first().waitFor();
    await opened.screenshot('details-offline');
    repository.service.become('online');
    await opened.page.getByText('The package service does not answer.').waitFor({ state: 'detached' });
  });

  describe('of an import', () => {
    const failed = sampleImport({
      id: 'import-1', state: 'failed', step: 'templates', percent: 50, identity: mcp,
      error: { code: 'import/interrupted', args: { file: 'IP_MCP.tar.gz' } },
    });

    it('says which step failed and why, and begins it anew on a page of its own', async () => {
      const repository = createScriptedRepository({ imports: [failed] });
      repository.service.answer('imports/retry', () => ({ ...failed, id: 'import-2', state: 'running' }));
      await open(repository, { subject: { id: 'import-1' } });
      const { page } = opened;
      match(await page.getByRole('alert').innerText(), /Failed: Check templates.*import\/interrupted/s);
      await opened.screenshot('details-import-failed');
      await page.getByRole('button', { name: 'Copy Details' }).click();
      await page.getByRole('button', { name: 'Try Again' }).click();
      await until(() => tab.closed, 'the page of the failed import to close');
      match(calls.join('\n'), /copy \/media.*import\/interrupted/s);
      equal(calls.at(-1), 'open import-2');
    });

    it('shows it running, and the package once it is one', async () => {
      const repository = createScriptedRepository({ imports: [sampleImport({ id: 'import-1', identity: mcp })] });
      repository.service.answer('packages/get', () => detailsOf(mcp));
      repository.service.answer('imports/wait', () => sampleImport({ id: 'import-1', state: 'complete', packageId: 'package-1' }));
      await open(repository, { subject: { id: 'import-1' } });
      const { page } = opened;
      await page.getByText('Importing 42 % · Store content').waitFor();
      equal(await page.getByRole('progressbar').getAttribute('aria-valuenow'), '42');
      await opened.screenshot('details-importing');
      await page.getByRole('button', { name: 'Stop Import…' }).click();
      repository.change({ imports: [], packages: [mcp] });
      await page.getByRole('button', { name: 'Install…' }).waitFor();
      deepEqual(calls, ['stop import-1']);
    });
  });

  it('is whole in French, below 860 pixels', async () => {
    const repository = repositoryOf();
    repository.lists = { ...repository.lists, deployedPackages: [sampleDeployed({ id: 'r1', packageId: 'package-1', status: 'failed' })] };
    await open(repository, { locale: 'fr', size: { width: 700, height: 900 } });
    const text = (await opened.page.locator('main').innerText()).replaceAll('\u00a0', ' ');
    for (const words of ['Lié', 'Installer…', 'Surnom', 'ENU, anglais (États-Unis)', 'Linux 64 bits', 'Terminé', 'Heure de mise à jour', 'Échec du dernier déploiement']) ok(text.includes(words), words);
    await opened.screenshot('details-package-fr-700');
  });

  describe('against hostile text and messages', () => {
    it('shows markup in every string as text', async () => {
      const evil = '<img src=x onerror=alert(1)><script>window.pwned=1</script>"\'&${7*7}';
      const item = { ...mcp, name: evil, nickname: evil, version: evil, localeId: evil, osGroup: evil, group: evil, description: evil };
      const repository = repositoryOf(item);
      repository.service.answer('packages/get', () => ({ ...detailsOf(item), tenants: [evil], templates: [{ name: evil, path: evil, format: 'xml' }] }));
      repository.service.answer('packages/files', () => [{ path: evil, type: 'symlink', size: 1, target: evil }]);
      repository.lists = {
        ...repository.lists,
        deployedPackages: [sampleDeployed({ id: 'r1', packageId: 'package-1', hostName: evil, applicationName: evil })],
        deployments: [sampleDeployment({ id: 'd1', packageId: 'package-1', startedBy: evil, package: item, state: 'failed', hosts: [sampleRun({ hostId: 'h1', hostName: evil, state: 'failed' })] })],
      };
      await open(repository);
      const { page } = opened;
      await page.getByRole('button', { name: /^Files/ }).click();
      await page.getByRole('button', { name: /^Deployments/ }).click();
      await page.locator('.virtual-row').waitFor();
      equal(await page.locator('main img, main script').count(), 0);
      equal(await page.evaluate(() => 'pwned' in window), false);
      ok((await page.locator('main').innerText()).split('<img src=x').length > 10);
    });

    it('refuses requests that it does not know, wrong types and foreign ids', async () => {
      const repository = repositoryOf();
      repository.lists = { ...repository.lists, deployments: [sampleDeployment({ id: 'd9', packageId: 'package-2' })], deployedPackages: [sampleDeployed({ id: 'r9', packageId: 'package-2', applicationId: 'application-9' })] };
      await open(repository);
      const ask = async (method: string, params: unknown): Promise<string> => {
        const id = 1000 + replies.length;
        await opened.page.evaluate((message) => (window as unknown as { fromPage(message: unknown): Promise<void> }).fromPage(message), { type: 'request', id, method, params });
        const find = () => replies.find((reply) => (reply.type === 'answer' || reply.type === 'refusal') && reply.id === id);
        await until(() => find() !== undefined, `an answer to ${method}`);
        const reply = find();
        return reply?.type === 'refusal' ? reply.error.code : 'answered';
      };
      for (const [method, params] of [
        ['package/eval', {}], ['__proto__', {}], ['constructor', {}], ['package/describe', { text: 1, base: '' }], ['package/describe', { text: 'x', base: '', id: 'package-2' }],
        ['package/move', { group: 'x'.repeat(300) }], ['package/install', { id: 'package-2' }], ['draft/keep', { draft: { text: 'x' } }], ['deployed/open', { applicationId: '../x' }], ['package/files', null],
      ] as const) equal(await ask(method, params), 'general/bad-request', method);
      equal(await ask('deployment/log', { deploymentId: 'd9' }), 'general/not-found');
      equal(await ask('deployed/open', { applicationId: 'application-9' }), 'general/not-found');
      trusted = false;
      for (const method of ['package/install', 'package/delete', 'import/retry', 'import/stop']) equal(await ask(method, {}), 'general/bad-request', method);
      equal(await ask('package/describe', { text: 'x', base: mcp.description }), 'general/bad-request');
      equal(await ask('package/move', { group: 'x' }), 'general/bad-request');
      deepEqual(calls.filter((call) => !call.startsWith('refused')), []);
      equal(repository.service.requests.includes('packages/edit'), false);
    });
  });
});
