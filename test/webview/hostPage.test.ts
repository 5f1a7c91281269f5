import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { ProductError } from '../../src/core/errors';
import type { Host } from '../../src/core/hosts/model';
import type { ShownRoute } from '../../src/core/hosts/sshConfig/describeRoute';
import { createDraftStore } from '../../src/extension/pages/drafts';
import { openHostPage } from '../../src/extension/pages/host/hostPage';
import type { PageReply, PageSubject } from '../../src/protocol/page/page';
import { hostDraft } from '../../src/protocol/page/host';
import { openPageBrowser, type OpenedPage, type OpenPageOptions, type PageBrowser } from '../support/page/openPage';
import { until, untilEqual } from '../support/until';
import { sampleHost } from '../unit/extension/sampleLists';
import { createScriptedRepository, createScriptedTab, createWorkspaceState, type ScriptedRepository, type ScriptedTab } from './support';

const subject: PageSubject = { id: 'host-1' };
const system = { osGroup: 'linux', architecture: 'x86_64', bits: 64, release: 'Red Hat Enterprise Linux 8.6' } as const;
const reachable = sampleHost({ id: 'host-1', name: 'eu-mcp-02', system, contact: { state: 'reachable', at: '2026-11-22T09:14:00.000Z' } });

const config = '/home/ana/.ssh/config';
/** What the SSH configuration says where it says nothing. */
const unconfigured: ShownRoute = { hops: [{ name: '10.20.4.31', hostName: '10.20.4.31', port: 22, user: 'genesys', settings: [] }], notes: [], problems: [], files: [config] };

/** A repository that takes edits and whose tests of a connection end as the test says. */
function repositoryOf(host: Host = reachable): ScriptedRepository {
  const repository = createScriptedRepository({ hosts: [host, sampleHost({ id: 'host-2', name: 'eu-mcp-01' })] });
  repository.service.answer('hosts/resolve', () => unconfigured);
  repository.service.answer('hosts/edit', ({ id, settings, tenantId }) => {
    const edited = { ...repository.lists.hosts.find((each) => each.id === id)!, ...settings, ...(tenantId !== undefined && { tenantId }) };
    repository.change({ hosts: repository.lists.hosts.map((each) => (each.id === id ? edited : each)) });
    return edited;
  });
  return repository;
}

function editElsewhere(repository: ScriptedRepository, change: Partial<Host>): void {
  repository.change({ hosts: repository.lists.hosts.map((each) => (each.id === 'host-1' ? { ...each, ...change } : each)) });
}

describe('the page of a host', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  let opened: OpenedPage;
  let tab: ScriptedTab;
  let trusted: boolean;
  let replies: PageReply[];
  let chosenFile: string | undefined;
  let fileListener: (() => void) | undefined;
  before(async () => {
    browser = await openPageBrowser();
  });
  beforeEach(() => {
    trusted = true;
    replies = [];
  });
  afterEach(async () => {
    deepEqual(opened.complaints, []);
    await opened.close();
  });
  after(() => browser.close());

  async function open(repository: ScriptedRepository, options: Partial<OpenPageOptions> = {}): Promise<void> {
    const drafts = createDraftStore(createWorkspaceState(), 'host', hostDraft);
    const testing = new Set<string>();
    const listeners = new Set<() => void>();
    const tell = (): void => listeners.forEach((listener) => listener());
    tab = createScriptedTab(subject, (given) => openHostPage({
      ...given,
      channel: { ...given.channel, post: (message) => {
        replies.push(message);
        given.channel.post(message);
      } },
    }, {
      locale: options.locale ?? 'en', service: repository.service, state: repository.state, drafts, isTrusted: () => trusted, onTrusted: () => () => undefined,
      ownProtectedTags: () => [], hasAgent: false, expandHome: (path) => path.replace(/^~(?=\/)/, '/home/ana'), chooseKeyFile: () => Promise.resolve(chosenFile),
      markTesting: (id) => {
        testing.add(id);
        tell();
        return () => {
          testing.delete(id);
          tell();
        };
      },
      watchFiles: (_files, listener) => {
        fileListener = listener;
        return () => undefined;
      },
      isTesting: (id) => testing.has(id),
      onTesting: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      report: () => undefined,
    }));
    opened = await browser.open({ kind: 'host', subject, ...options, serve: (channel) => tab.serve(channel) });
    await opened.page.locator('#connection').waitFor();
  }

  const box = (name: string) => opened.page.getByRole('textbox', { name, exact: true });
  const route = () => opened.page.getByRole('region', { name: 'SSH configuration' });
  const focused = () => opened.page.evaluate(() => document.activeElement?.id ?? '');
  const stored = (repository: ScriptedRepository) => repository.lists.hosts.find(({ id }) => id === 'host-1');
  const edits = (repository: ScriptedRepository) => repository.service.requests.filter((name) => name === 'hosts/edit').length;
  const check = (name: string) => opened.page.locator('.contact li', { hasText: name });

  it('shows the settings, what the last test found, and begins in the first field', async () => {
    await open(repositoryOf());
    await untilEqual(focused, 'name');
    deepEqual(await Promise.all(['Name', 'Address or SSH alias', 'Port', 'User', 'Staging folder', 'Lock folder'].map((name) => box(name).inputValue())), ['eu-mcp-02', '10.20.4.31', '22', 'genesys', '', '']);
    ok(await opened.page.getByRole('radio', { name: 'SSH agent' }).isChecked());
    match(await opened.page.locator('.contact').innerText(), /Reached\s+passed\s+Host key\s+passed\s+Login\s+passed\s+System\s+passed.*Linux 64-bit\s+Red Hat Enterprise Linux 8\.6/s);
    equal(tab.title, 'eu-mcp-02');
    await opened.screenshot('host-reachable');
  });

  for (const [state, failed, code] of [['unreachable', 'Reached', 'host/connection-refused'], ['key-changed', 'Host key', 'host/key-changed'], ['login-refused', 'Login', 'host/secret-declined']] as const) {
    it(`says where the last test ended: ${state}`, async () => {
      await open(repositoryOf(sampleHost({ id: 'host-1', name: 'eu-mcp-02', contact: {
        state, at: '2026-11-22T09:14:00.000Z',
        error: { code, args: { host: 'eu-mcp-02', address: '10.20.4.31', port: 22, known: 'SHA256:a', offered: 'SHA256:b', type: 'ED25519', knownType: 'RSA', line: 0, user: 'genesys', kind: 'password', file: '' } },
      } })));
      match(await check(failed).innerText(), /failed/);
      match(await opened.page.getByRole('alert').innerText(), new RegExp(code));
      if (state === 'key-changed') await opened.screenshot('host-key-changed');
    });
  }

  it('saves what was changed, by the keys alone, and says so', async () => {
    const repository = repositoryOf();
    await open(repository);
    const { page } = opened;
    ok(await page.locator('#save').evaluate((element) => element.hasAttribute('disabled')));
    await page.keyboard.press('Control+A');
    await page.keyboard.type('eu-mcp-03');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('10.20.4.77:2222');
    await page.keyboard.press('Tab');
    equal(await box('Port').inputValue(), '2222');
    for (let tabs = 0; tabs < 20 && (await focused()) !== 'save'; tabs++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Saved', { exact: true }).waitFor();
    deepEqual([stored(repository)?.name, stored(repository)?.address, stored(repository)?.port], ['eu-mcp-03', '10.20.4.77', 2222]);
    await page.getByRole('heading', { name: 'eu-mcp-03' }).waitFor();
    equal(edits(repository), 1);
  });

  it('gives the host to another tenant, of those that the person manages hosts of', async () => {
    const repository = repositoryOf();
    const tenants = [{ id: 'environment', name: 'Environment' }, { id: 'emea', name: 'EMEA', parentId: 'environment' }, { id: 'apac', name: 'APAC', parentId: 'environment' }];
    const held = ['environment', 'emea'].map((tenantId) => ({ tenantId, privileges: ['manageHosts'] as const }));
    repository.lists = { ...repository.lists, tenants, access: { ...repository.lists.access!, administrator: false, privileges: held } };
    await open(repository);
    const tenant = opened.page.getByRole('combobox', { name: 'Tenant' });
    deepEqual(await tenant.locator('option').allInnerTexts(), ['Environment', 'Environment / EMEA']);
    await opened.screenshot('host-tenant');
    await tenant.selectOption('Environment / EMEA');
    await opened.page.locator('#save').click();
    await opened.page.getByText('Saved', { exact: true }).waitFor();
    equal(stored(repository)?.tenantId, 'emea');
  });

  describe('a wrong value', () => {
    const cases: readonly (readonly [field: string, label: string, value: string, words: string])[] = [
      ['name', 'Name', 'two words', 'Enter a name without blanks and slashes.'],
      ['name', 'Name', 'EU-MCP-01', 'There is already a host of this name.'],
      ['address', 'Address or SSH alias', 'user@host', 'Enter a DNS name, an IP address or a name of the SSH configuration.'],
      ['port', 'Port', '70000', 'Enter a number from 1 to 65535, or nothing.'],
      ['user', 'User', 'a b', 'Enter a user name without blanks.'],
      ['stagingFolder', 'Staging folder', 'var/tmp', 'Enter an absolute path without blanks or special characters, or nothing.'],
      ['lockFolder', 'Lock folder', '/var/tmp with blank', 'Enter an absolute path without blanks or special characters, or nothing.'],
    ];
    it('is named under its field and takes the focus; nothing is sent before it is right', async () => {
      const repository = repositoryOf();
      await open(repository);
      for (const [field, label, value, words] of cases) {
        await box(label).fill(value);
        await opened.page.getByRole('button', { name: 'Save', exact: true }).click();
        await opened.page.locator(`#${field}-error`, { hasText: words }).waitFor();
        await untilEqual(focused, field);
        equal(await box(label).getAttribute('aria-invalid'), 'true');
        if (field === 'port') await opened.screenshot('host-wrong');
        await opened.page.getByRole('button', { name: 'Undo Changes' }).click();
      }
      await opened.page.getByRole('radio', { name: 'Key file' }).check();
      await box('Key file').fill('id_ed25519');
      await opened.page.getByRole('button', { name: 'Save and Test' }).click();
      await opened.page.locator('#keyFile-error').waitFor();
      await untilEqual(focused, 'keyFile');
      equal(edits(repository), 0);
      equal(repository.service.requests.includes('hosts/test'), false);
    });

    it('says nothing while it is being typed, and goes to the first of several', async () => {
      const repository = repositoryOf();
      await open(repository);
      await box('User').fill('a b');
      equal(await opened.page.locator('.field-error').count(), 0);
      await box('Port').fill('0');
      await opened.page.keyboard.press('Control+Enter');
      await opened.page.getByText('2 values to correct: Port').waitFor();
      await untilEqual(focused, 'port');
    });

    it('that only the service knows is named at its field too', async () => {
      const repository = repositoryOf();
      repository.service.answer('hosts/edit', () => {
        throw new ProductError('repository/name-taken', { kind: 'host', name: 'x' });
      });
      await open(repository);
      await box('Name').fill('eu-new');
      await opened.page.keyboard.press('Control+Enter');
      await opened.page.locator('#name-error', { hasText: 'There is already a host of this name.' }).waitFor();
    });
  });

  it('shows how the host is reached, each setting with its line, what is not supported by name, and follows the files', async () => {
    const repository = repositoryOf();
    let user = 'ops';
    repository.service.answer('hosts/resolve', () => ({
      hops: [
        { name: 'bastion', hostName: 'jump.example', port: 22, user, settings: [{ keyword: 'User', value: user, place: { file: config, line: 6 } }] },
        { name: '10.20.4.31', hostName: '10.20.4.31', port: 22, user: 'genesys', settings: [
          { keyword: 'ProxyJump', value: 'bastion', place: { file: config, line: 2 } }, { keyword: 'IdentityFile', value: '~/.ssh/keys/contact-centre-europe/id_ed25519_deployments', place: { file: config, line: 3 } }, { keyword: 'User', value: 'genesys' },
        ] },
      ],
      notes: [{ kind: 'unsupported', file: config, line: 9, text: 'GSSAPIAuthentication yes' }, { kind: 'undecided', file: config, line: 10, text: 'Match exec "test -e /tmp/vpn"' }], problems: [], files: [config],
    }));
    await open(repository);
    for (const words of ['Jump host bastion', 'ops@jump.example:22', `${config}:2`, 'the host’s own setting', `${config}:9: GSSAPIAuthentication yes is not supported.`]) await route().getByText(words, { exact: true }).waitFor();
    await opened.screenshot('host-route');
    user = 'admin';
    fileListener?.();
    await route().getByText('admin@jump.example:22').waitFor();
  });

  it('says why no connection would be made, and that the configuration cannot be read', async () => {
    const repository = repositoryOf();
    await open(repository);
    await route().getByText('The SSH configuration says nothing about this host.').waitFor();
    repository.service.answer('hosts/resolve', () => ({
      ...unconfigured, loop: 'bastion',
      problems: [{ kind: 'value', file: config, line: 4, text: 'Port x' }, { kind: 'token', file: config, line: 5, text: 'IdentityFile %z' }, { kind: 'unsafe', file: config, line: 0, text: config }],
    }));
    fileListener?.();
    for (const words of [
      `${config}:4: “Port x” has a value that OpenSSH does not take, so no connection is made.`, `${config}:5: “IdentityFile %z” has a token that means nothing there, so no connection is made.`,
      `${config} may be changed by others than you, so no connection is made.`, 'The way goes round in a circle at jump host bastion, so no connection is made.',
    ]) await route().getByText(words, { exact: true }).waitFor();
    await opened.screenshot('host-route-wrong');
    repository.service.answer('hosts/resolve', () => {
      throw new ProductError('host/ssh-config-unreadable', { file: config, reason: 'permission denied' });
    });
    fileListener?.();
    await route().getByText('host/ssh-config-unreadable').waitFor();
    await opened.screenshot('host-route-unreadable');
  });

  it('lets a host be reached as OpenSSH does and installed on as another user, whose name is then wanted', async () => {
    const repository = repositoryOf();
    await open(repository);
    await opened.page.getByRole('radio', { name: 'As OpenSSH does' }).check();
    await box('Port').fill('');
    await box('User').fill('');
    await opened.page.getByRole('radio', { name: 'Another user, with sudo without a password' }).check();
    await opened.page.keyboard.press('Control+Enter');
    await opened.page.locator('#installUser-error', { hasText: 'Enter a user name without blanks.' }).waitFor();
    await untilEqual(focused, 'installUser');
    await box('Install user').fill('genesys');
    await opened.screenshot('host-install-as');
    await opened.page.keyboard.press('Control+Enter');
    await until(() => edits(repository) === 1, 'the host to be saved');
    const { port, user, authentication, installAs } = stored(repository)!;
    deepEqual({ port, user, authentication, installAs }, { port: 0, user: '', authentication: { kind: 'sshConfig' }, installAs: { kind: 'sudo', user: 'genesys' } });
  });

  it('takes a key file from the dialog, and a path below the home folder', async () => {
    const repository = repositoryOf();
    await open(repository);
    await opened.page.getByRole('radio', { name: 'Key file' }).check();
    chosenFile = undefined;
    await opened.page.getByRole('button', { name: 'Choose File…' }).click();
    await until(() => replies.some((reply) => reply.type === 'answer' && reply.result === null), 'the dialog to be turned down');
    equal(await box('Key file').inputValue(), '');
    chosenFile = '/home/ana/.ssh/id_rsa';
    await opened.page.getByRole('button', { name: 'Choose File…' }).click();
    await until(async () => await box('Key file').inputValue() === '/home/ana/.ssh/id_rsa', 'the chosen file');
    await box('Key file').fill('~/.ssh/id_ed25519');
    await opened.screenshot('host-key-file');
    await opened.page.keyboard.press('Control+Enter');
    await until(() => edits(repository) === 1, 'the host to be saved');
    deepEqual(stored(repository)?.authentication, { kind: 'key', keyFile: '/home/ana/.ssh/id_ed25519' });
  });

  it('saves before it tests, shows the test running and how it ended', async () => {
    const repository = repositoryOf(sampleHost({ id: 'host-1', name: 'eu-mcp-02' }));
    let end: (() => void) | undefined;
    repository.service.answer('hosts/test', () => new Promise<Host>((resolve) => {
      end = () => {
        editElsewhere(repository, { system, contact: { state: 'reachable', at: '2026-11-22T10:00:00.000Z' } });
        resolve(stored(repository)!);
      };
    }));
    await open(repository);
    await opened.page.getByText('Not tested yet').waitFor();
    await box('User').fill('root');
    await opened.page.getByRole('button', { name: 'Save and Test' }).click();
    await check('Reached').getByText('testing…').waitFor();
    equal(stored(repository)?.user, 'root');
    ok(await opened.page.locator('#test').evaluate((element) => element.hasAttribute('disabled')));
    await opened.screenshot('host-testing');
    end?.();
    await check('System').getByText('passed').waitFor();
    await opened.page.getByText('eu-mcp-02 was reached: Linux 64-bit.').waitFor({ state: 'attached' });
    await opened.page.getByRole('button', { name: 'Test Connection' }).waitFor();
  });

  it('keeps what was entered through a reload and a restart of the extension host, and undoes it on request', async () => {
    const repository = repositoryOf();
    await open(repository);
    await box('User').fill('half');
    tab.restart();
    await opened.reload();
    await opened.page.getByText(/Your unsaved changes of .* are back\./).waitFor();
    equal(await box('User').inputValue(), 'half');
    await opened.screenshot('host-draft');
    await opened.page.getByRole('button', { name: 'Undo Changes' }).click();
    equal(await box('User').inputValue(), 'genesys');
    await opened.reload();
    await opened.page.locator('#connection').waitFor();
    equal(await box('User').inputValue(), 'genesys');
  });

  it('takes over changes from elsewhere, but overwrites none and drops no input', async () => {
    const repository = repositoryOf();
    await open(repository);
    editElsewhere(repository, { user: 'other' });
    await until(async () => await box('User').inputValue() === 'other', 'the change from elsewhere');
    await box('User').fill('mine');
    editElsewhere(repository, { user: 'theirs' });
    await opened.page.getByText('eu-mcp-02 was changed elsewhere while you were editing it.').waitFor();
    equal(await box('User').inputValue(), 'mine');
    await opened.page.keyboard.press('Control+Enter');
    equal(edits(repository), 0);
    await opened.screenshot('host-conflict');
    await opened.page.getByRole('button', { name: 'Keep Mine' }).click();
    await opened.page.getByRole('button', { name: 'Save', exact: true }).click();
    await until(() => stored(repository)?.user === 'mine', 'mine');
    await box('User').fill('mine again');
    editElsewhere(repository, { user: 'theirs-again' });
    await opened.page.getByRole('button', { name: 'Show Theirs' }).click();
    equal(await box('User').inputValue(), 'theirs-again');
    // A change that has not been heard of yet.
    await box('User').fill('late');
    repository.lists = { ...repository.lists, hosts: repository.lists.hosts.map((each) => ({ ...each, user: 'unheard' })) };
    await opened.page.keyboard.press('Control+Enter');
    await until(() => replies.some((reply) => reply.type === 'answer' && JSON.stringify(reply.result).includes('changedElsewhere')), 'the refusal');
    equal(stored(repository)?.user, 'unheard');
  });

  it('says that the host was removed while it is open', async () => {
    const repository = repositoryOf();
    await open(repository);
    repository.change({ hosts: [] });
    await opened.page.getByText('eu-mcp-02 is not in the repository any more.').waitFor();
    await opened.screenshot('host-removed');
  });

  it('is whole in French below 860 pixels, locked in a window that is not trusted, and shows markup as text', async () => {
    trusted = false;
    const evil = '<img/src=x onerror=alert(1)>';
    await open(repositoryOf({ ...reachable, name: '<b>x</b>', system: { ...system, release: evil }, contact: { state: 'reachable', at: '2026-11-22T09:14:00.000Z', error: { code: 'host/probe-failed', args: { host: evil, output: evil, user: evil } } } }), { locale: 'fr', size: { width: 700, height: 1100 } });
    const text = (await opened.page.locator('main').innerText()).replaceAll('\u00a0', ' ');
    for (const words of ['Adresse', 'Authentification', 'Dossier de transit', 'Mode restreint : modifier des hôtes demande une fenêtre approuvée.', 'Atteint', 'réussi', 'échec', evil]) ok(text.includes(words), words);
    equal(await opened.page.locator('main img, main b').count(), 0);
    ok(await box('Nom').isDisabled());
    await opened.screenshot('host-fr-700');
  });

  it('refuses requests that it does not know, wrong types, foreign fields and anything from a window that is not trusted', async () => {
    const repository = repositoryOf();
    await open(repository);
    const form = { name: 'a', address: 'b', port: '22', user: 'c', signIn: 'agent', keyFile: '', installAs: 'default', installUser: '', stagingFolder: '', lockFolder: '', tags: '', tenantId: '' };
    const ask = async (method: string, params: unknown): Promise<string> => {
      const id = 1000 + replies.length;
      await opened.page.evaluate((message) => (window as unknown as { fromPage(message: unknown): Promise<void> }).fromPage(message), { type: 'request', id, method, params });
      const find = () => replies.find((reply) => (reply.type === 'answer' || reply.type === 'refusal') && reply.id === id);
      await until(() => find() !== undefined, `an answer to ${method}`);
      const reply = find();
      return reply?.type === 'refusal' ? reply.error.code : JSON.stringify(reply?.type === 'answer' ? reply.result : undefined);
    };
    for (const [method, params] of [
      ['hosts/remove', {}], ['host/save', { form }], ['host/save', { form: { ...form, port: 22 }, base: form }], ['host/save', { form: { ...form, signIn: 'none' }, base: form }],
      ['host/save', { form: { ...form, id: 'host-2' }, base: form }], ['host/test', { id: 'host-2' }], ['draft/keep', { draft: 'x' }],
    ] as const) equal(await ask(method, params), 'general/bad-request', method);
    // A page that skipped its own checks.
    match(await ask('host/save', { form: { ...form, port: '0', name: 'a b' }, base: form }), /"outcome":"wrong".*nameWrong.*portWrong/);
    trusted = false;
    for (const [method, params] of [['host/save', { form, base: form }], ['host/test', {}], ['keyFile/choose', {}]] as const) equal(await ask(method, params), 'general/bad-request', method);
    equal(edits(repository), 0);
  });
});
