import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { connectToService, dataFolderAt, readAuditTrail, type ConnectOptions } from '../../../src/service/client';
import { openSqlJsRepository } from '../../../src/service/repository/sqljs/openRepository';
import { projectRoot } from '../../support/projectRoot';
import { connectOptions, ownerPid } from '../../support/serviceProcess';
import { until } from '../../support/until';
import type { Expected, Held } from './expected';

/** Where the service under test has its data, and how it is started and reached. */
export interface Service {
  readonly dataFolder: string;
  readonly connection: Partial<ConnectOptions>;
}

/** What must hold after a kill. */
export interface Promised {
  readonly expected: readonly Expected[];
  readonly second: string;
  readonly acknowledged: readonly string[];
}

/** A third client reads everything back; then the folder itself is looked at. */
export async function checkAll({ dataFolder, connection }: Service, { expected, second, acknowledged }: Promised, content: boolean): Promise<void> {
  const client = await connectToService(connectOptions(dataFolder, connection));
  // What a killed service was importing begins anew with this one.
  for (const { id, state } of await client.request('imports/list', {})) if (state === 'running') await client.request('imports/wait', { id });
  const found = await client.request('packages/list', {});
  for (const one of expected) {
    const present = found.filter((item) => item.version === one.version);
    const [own, ...more] = present.filter((item) => item.tenantId !== second);
    const copies = present.filter((item) => item.tenantId === second);
    assert.ok(more.length === 0 && copies.length <= 1 && copies.every((item) => item.id === own?.id), `${one.version} is there ${present.length} times`);
    const state = own && stateOf(one, own, copies.length > 0);
    assert.ok(one.states.some((each) => isDeepStrictEqual(each, state)), `${one.version}: ${JSON.stringify(state)} was read back, ${JSON.stringify(one.states)} was acknowledged`);
    one.states = [state];
    if (own) assert.ok((await client.request('packages/files', { id: own.id })).some((file) => file.path === one.file));
  }
  assert.deepEqual(found.filter((item) => !expected.some((one) => one.version === item.version)), []);
  assert.deepEqual((await client.request('repository/check', {})).problems, []);
  const records = await readAuditTrail(client);
  for (const action of new Set(acknowledged)) {
    const [told, done] = [acknowledged.filter((each) => each === action).length, records.filter((each) => each.action === action && each.outcome === 'done').length];
    assert.ok(done >= told, `${told} × ${action} were acknowledged, ${done} are in the audit trail`);
  }
  for (const { id, state } of await client.request('imports/list', {})) {
    assert.notEqual(state, 'running', `import ${id} runs although it has ended`);
    await client.request('imports/dismiss', { id });
  }
  const closed = new Promise<void>((resolve) => {
    client.onClosed(() => resolve());
  });
  await client.request('service/stop', {});
  await closed;
  await until(() => ownerPid(dataFolder) === undefined, 'the stopped service to be gone');
  await checkFolder(dataFolderAt(dataFolder).repository, expected, content);
}

function stateOf({ archives }: Expected, { sha256, description }: { readonly sha256: string; readonly description: string }, copied: boolean): Held {
  const content = archives.findIndex((archive) => archive.sha256 === sha256);
  assert.ok(content === 0 || content === 1, `the content ${sha256} was never stored as a whole`);
  return { description, content, copied };
}

/** Opens a copy of the repository: it must find nothing to collect, and give back the very bytes that were imported. */
async function checkFolder(repositoryFolder: string, expected: readonly Expected[], content: boolean): Promise<void> {
  const copy = `${repositoryFolder}-copy`;
  mkdirSync(join(copy, 'volumes'), { recursive: true });
  try {
    for (const part of ['catalogue', 'journals']) cpSync(join(repositoryFolder, part), join(copy, part), { recursive: true });
    // Volumes never change, so a second name for each does.
    for (const name of readdirSync(join(repositoryFolder, 'volumes'))) linkSync(join(repositoryFolder, 'volumes', name), join(copy, 'volumes', name));
    const volumes = (): string[] => readdirSync(join(copy, 'volumes')).sort();
    const before = volumes();
    const repository = await openSqlJsRepository({
      folder: copy, wasm: join(projectRoot, 'node_modules/sql.js/dist/sql-wasm.wasm'), now: () => new Date(), newId: (prefix) => `${prefix}-check`,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined }, mayCommit: () => Promise.resolve(true),
    });
    try {
      assert.equal(repository.readOnly, undefined);
      assert.deepEqual(volumes(), before, 'volumes that nothing refers to were left');
      if (!content) return;
      for (const { version, archives, states: [state] } of expected) {
        if (state === undefined) continue;
        const { sha256 } = archives[state.content];
        const hash = createHash('sha256');
        for await (const bytes of repository.readContent(sha256)) hash.update(bytes);
        assert.equal(hash.digest('hex'), sha256, `the content of ${version}`);
      }
    } finally {
      await repository.close();
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
