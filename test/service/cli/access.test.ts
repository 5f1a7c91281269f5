import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/runCommandLine';
import { connectToService, type ServiceClient } from '../../../src/service/client';
import { createFakeTerminal, type FakeTerminalOptions } from '../../support/fakeTerminal';
import { projectRoot } from '../../support/projectRoot';
import { samples } from '../../support/samplePackages/samples';
import { writeSample } from '../../support/samplePackages/writeSample';
import { connectOptions, endService } from '../../support/serviceProcess';

/** The commands in the order a person uses them, on one repository: what a test leaves is there for the next one. */
describe('gaxpkg for tenants, users and stored packages', function () {
  this.timeout(60_000);
  let folder = '';
  let client: ServiceClient;
  let archive = '';
  const me = userInfo().username;

  before('write a package and start a service that ends with the tests', async () => {
    folder = mkdtempSync(join(tmpdir(), 'gp-'));
    archive = await writeSample(samples.lca, join(folder, 'archives'));
    client = await connectToService(connectOptions(join(folder, 'data')));
  });
  after(async () => {
    client.close();
    await endService(join(folder, 'data'));
    rmSync(folder, { recursive: true, force: true });
  });

  async function run(args: readonly string[], options: FakeTerminalOptions = {}) {
    const terminal = createFakeTerminal(options);
    const code = await runCommandLine(['--data', join(folder, 'data'), ...args], { terminal, environment: {}, serviceFiles: join(projectRoot, 'dist'), runtime: process.execPath });
    return { code, out: terminal.outText, notes: terminal.noteText };
  }
  async function succeed(...args: string[]) {
    const ended = await run(args);
    assert.equal(ended.code, 0, `${args.join(' ')}\n${ended.out}\n${ended.notes}`);
    return ended;
  }
  const fail = async (code: string, ...args: string[]) => {
    const ended = await run(args);
    assert.equal(ended.code, 1, `${args.join(' ')}\n${ended.out}`);
    assert.match(ended.notes, new RegExp(code));
  };
  const json = async <T>(...args: string[]): Promise<T> => JSON.parse((await succeed(...args, '--json')).out) as T;

  interface Listed { readonly id: string; readonly tenant: string; readonly group: string; readonly description: string; readonly sha256: string; readonly status: string }
  const packages = async (): Promise<Listed[]> => (await json<Listed[]>('list')).filter(({ status }) => status === 'complete');

  it('makes a tree of tenants', async () => {
    await succeed('tenant', 'add', 'North');
    await succeed('tenant', 'add', 'Branch', '--parent', 'north');
    await succeed('tenant', 'add', 'Sooth');
    await succeed('tenant', 'rename', 'Sooth', 'South');
    await fail('repository/name-taken', 'tenant', 'rename', 'South', 'NORTH');
    await fail('access/environment-stays', 'tenant', 'rename', 'Environment', 'Root');
    assert.equal((await succeed('tenant', 'list')).out, 'Environment\n  North\n    Branch\n  South');
    await fail('access/tenant-in-use', 'tenant', 'remove', 'North');
  });

  it('lets one who starts with an empty repository administer it, and gives others roles', async () => {
    assert.match((await succeed('user', 'list')).out, new RegExp(`^${me} +Administrator in Environment$`, 'm'));
    await succeed('role', 'add', 'Curator', '--privilege', 'replace,delete', '--privilege', 'Copy');
    await fail('There is no privilege fly', 'role', 'add', 'Pilot', '--privilege', 'fly');
    await succeed('user', 'add', 'olga', '--role', 'reader', '--role', 'Curator@North');
    await succeed('--locale', 'fr', 'user', 'edit', 'OLGA', '--role', 'Lecteur@South', '--role', 'Curator@North');
    assert.deepEqual((await json<{ name: string; roles: object[] }[]>('user', 'list')).find(({ name }) => name === 'olga')?.roles.length, 2);
    await fail('access/role-in-use', 'role', 'remove', 'Curator');
    await fail('access/built-in-role', 'role', 'edit', 'Reader', '--privilege', 'deploy');
    await fail('access/own-administrator', 'user', 'edit', me, '--role', 'Reader');
    await fail('access/own-administrator', 'user', 'remove', me);
    await fail('access/user-known', 'user', 'claim');
    await succeed('user', 'remove', 'olga');
    await succeed('role', 'remove', 'Curator');
  });

  it('gives a host to a tenant, and to another one', async () => {
    const tenantOf = async () => (await json<{ name: string; tenant: string }[]>('host', 'list')).map(({ name, tenant }) => `${name} ${tenant}`);
    await succeed('host', 'add', 'eu-lca-01', '--address', '127.0.0.1');
    await succeed('host', 'add', 'eu-lca-02', '--address', '127.0.0.1', '--tenant', 'north');
    assert.deepEqual(await tenantOf(), ['eu-lca-01 Environment', 'eu-lca-02 North']);
    await succeed('host', 'edit', 'eu-lca-02', '--tenant', 'South');
    await succeed('host', 'edit', 'eu-lca-02', '--port', '2222');
    assert.deepEqual(await tenantOf(), ['eu-lca-01 Environment', 'eu-lca-02 South']);
    assert.match((await succeed('host', 'list')).out, /^eu-lca-02 .* South .*not tested$/m);
    assert.equal((await run(['host', 'edit', 'eu-lca-02', '--tenant', 'Nowhere'])).code, 1);
    for (const name of ['eu-lca-01', 'eu-lca-02']) await succeed('host', 'remove', name);
  });

  it('edits a package, and copies it to tenants', async () => {
    await succeed('import', archive, '--group', 'Framework');
    await succeed('edit', 'LCA', '--group', 'Agents', '--description', 'For all hosts');
    const copied = await run(['copy', 'LCA', '--to', 'North,Branch', '--to', 'South', '--json']);
    assert.deepEqual((JSON.parse(copied.out) as { tenant: string; outcome: string }[]).map(({ tenant, outcome }) => `${tenant} ${outcome}`), ['North copied', 'Branch copied', 'South copied']);
    assert.match((await succeed('copy', 'LCA', '--tenant', 'Environment', '--to', 'South')).notes, /already in South/);
    const list = await packages();
    assert.deepEqual(list.map(({ tenant, group, description }) => [tenant, group, description]), ['Branch', 'Environment', 'North', 'South'].map((tenant) => [tenant, 'Agents', 'For all hosts']));
    assert.equal(new Set(list.map(({ id }) => id)).size, 1, 'the content is shared');
    assert.equal((await run(['edit', 'LCA', '--tenant', 'South'])).code, 2, 'nothing to change');
  });

  it('replaces a package in all its tenants, and keeps group and description', async () => {
    const newer = await writeSample({ ...samples.lca, entries: async () => [...await samples.lca.entries(), { path: 'ip/fixed.txt', content: 'fixed' }] }, join(folder, 'fixed'));
    await fail('import/already-present', 'import', newer);
    const [before] = await packages();
    await succeed('replace', newer, '--tenant', 'North');
    const after = await packages();
    assert.deepEqual(after.map(({ id, group, description }) => [id, group, description]), after.map(() => [before?.id, 'Agents', 'For all hosts']));
    assert.equal(new Set(after.map(({ sha256 }) => sha256)).size, 1);
    assert.notEqual(after[0]?.sha256, before?.sha256);
  });

  it('deletes a package from one tenant after asking, and from all', async () => {
    const question = ['delete', 'LCA', '--tenant', 'South'];
    assert.equal((await run(question)).code, 1, 'nobody there to ask');
    assert.equal((await run(question, { answers: ['n'] })).code, 1);
    assert.equal((await run(question, { answers: ['y'] })).code, 0);
    assert.equal((await packages()).length, 3);
    assert.match((await succeed('delete', 'LCA', '--tenant', 'North', '--all-tenants', '--yes')).notes, /from .*Environment/);
    assert.deepEqual(await packages(), []);
    await succeed('tenant', 'remove', 'Branch');
  });

  it('tells who did all this', async () => {
    const records = await json<{ user: string; action: string; object: string; outcome: string; at: string; tenant?: string; code?: string }[]>('audit');
    assert.ok(records.every(({ user, at }) => user === me && /Z$/.test(at)));
    const told = records.map(({ action, outcome, object }) => `${action} ${outcome} ${object}`);
    for (const line of ['tenants/add done North', 'roles/save done Curator', 'packages/delete done Local Control Agent 8.5.100.37 (ENU, Linux 64-bit)']) assert.ok(told.includes(line), `${line}\n${told.join('\n')}`);
    assert.ok(records.some(({ action, outcome, code }) => action === 'users/remove' && outcome === 'failed' && code === 'access/own-administrator'));
    const { out } = await succeed('audit', '--csv');
    const [header = '', first = ''] = out.split('\n');
    assert.equal(header, 'seq,at,user,machine,action,object,tenant,outcome,code,planHash');
    assert.match(first, /^1,\d{4}-.*,tenants\/add,North,Environment,done,,$/);
    assert.match(out, /,"Local Control Agent 8\.5\.100\.37 \(ENU, Linux 64-bit\)",/);
  });
});
