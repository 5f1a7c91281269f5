import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isProductError, ProductError } from '../../../src/core/errors';
import { serviceMethods, type ServiceParams } from '../../../src/protocol/service';
import type { HandlerOptions } from '../../../src/service/dispatch/handlers';
import type { Repository } from '../../../src/service/repository/repository';
import { projectRoot } from '../../support/projectRoot';
import { openTestRepository } from '../repository/sqljs';
import { calls, nowhere, type Place } from './calls';
import { createGuardedParts, type GuardedMethod, type GuardedParts } from './guardedService';
import { people, setScene, type Person, type Scene } from './people';

const rows = readTable(join(projectRoot, 'test/service/access/table.txt'));
const methods = Object.keys(serviceMethods).filter((name) => name !== 'client/hello') as GuardedMethod[];
/** Answered by what they find rather than by whether they may be asked. */
const lists: readonly GuardedMethod[] = [
  'tenants/list', 'packages/groups', 'packages/list', 'templates/list', 'downloads/list', 'imports/list', 'hosts/list', 'applications/list', 'deployments/list', 'deployedPackages/list', 'audit/list',
];
/** Read something, so their real handlers answer; of all others it only counts whether they are reached. */
const reading: readonly GuardedMethod[] = [
  ...lists, 'access/me', 'service/status', 'users/list', 'roles/list', 'roles/tasks', 'packages/held', 'packages/shared', 'packages/changes', 'packages/get', 'packages/files', 'packages/fileContent', 'packages/compare',
  'packages/uses', 'downloads/wait', 'imports/wait', 'deployments/form', 'deployments/check', 'deployments/questions', 'deployments/remembered', 'deployments/get',
  'deployments/inputs', 'deployments/events',
];

describe('who may make which request', function () {
  this.timeout(60_000);
  let folder: string;
  let repository: Repository;
  let scene: Scene;
  let service: GuardedParts;
  let recorded: string[];

  // One scene for all rows: nothing of it is changed, since what changes is not reached with its real handler.
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gp-access-'));
    repository = await openTestRepository(folder);
    scene = await setScene(repository);
    recorded = [];
    const downloads = scene.places.map(({ downloadId, tenantId }) => ({ id: downloadId, tenantId, identity: { name: 'x', version: '1', localeId: 'ENU', osGroup: 'linux', computerTypes: [] } }));
    service = createGuardedParts(
      { ...repository, readOnly: undefined, addAudit: ({ action, outcome }) => Promise.resolve(recorded.push(`${action} ${outcome}`)), endAudit: () => Promise.resolve() },
      { downloads: { list: () => downloads, wait: (id: string) => downloads.some((one) => one.id === id) ? Promise.resolve({}) : Promise.reject(new ProductError('general/not-found', { kind: 'download', name: id })) } as unknown as HandlerOptions['parts']['downloads'] },
    );
  });
  after(async () => {
    await repository.close();
    rmSync(folder, { recursive: true });
  });

  it('is said of every request, and of nothing else', () => {
    assert.deepEqual([...rows.keys()].sort(), [...methods].sort());
  });

  for (const method of methods) {
    it(`${method} is answered to each person as the table says`, async () => {
      const expected = rows.get(method);
      assert.ok(expected, 'a row of the table');
      const found = await Promise.all(people.map(async (person) => [person, await marksOf(method, person, expected[person])] as const));
      assert.deepEqual(Object.fromEntries(found), expected);
    });
  }

  it('leaves a record of each change that is made or refused', () => {
    const changing = ['packages/edit', 'packages/delete', 'packages/copyToTenants', 'imports/start', 'hosts/edit', 'deployments/start', 'tenants/remove', 'users/save'];
    for (const method of changing) for (const outcome of ['begun', 'refused']) assert.ok(recorded.includes(`${method} ${outcome}`), `${method} ${outcome}`);
  });

  /** The marks of one cell, as many as are expected. */
  async function marksOf(method: GuardedMethod, person: Person, expected: string): Promise<string> {
    if (lists.includes(method)) return listMarks(method, person);
    if (expected.length === 1) return outcome(method, person, scene.places[0] ?? nowhere);
    const marks: string[] = [];
    for (const place of scene.places) marks.push(await outcome(method, person, place));
    return marks.join('');
  }

  async function outcome(method: GuardedMethod, person: Person, place: Place): Promise<string> {
    const reached = { handler: false };
    const answer = await ask(method, person, place, reached).then(() => undefined, (error: unknown) => error);
    if (reached.handler) return 'y';
    if (isProductError(answer, 'access/unknown-user')) return '?';
    if (isProductError(answer, 'access/not-allowed')) return 'n';
    const nothing = await ask(method, person, nowhere, reached).then(() => undefined, (error: unknown) => error);
    assert.deepEqual(withoutIds(answer, place), withoutIds(nothing, nowhere), `${method}: what may not be seen is told like what does not exist`);
    return '-';
  }

  async function listMarks(method: GuardedMethod, person: Person): Promise<string> {
    const reached = { handler: false };
    const answer = await ask(method, person, nowhere, reached).catch((error: unknown) => error);
    if (isProductError(answer, 'access/unknown-user')) return '?';
    if (isProductError(answer, 'access/not-allowed')) return 'n';
    const list: unknown = method === 'packages/groups' ? (answer as { readonly groups: unknown }).groups : answer;
    assert.ok(Array.isArray(list), `${method} gives a list`);
    const ids = new Set(list.flatMap((item: { tenantId?: string; tenantIds?: readonly string[]; id: string }) => (method === 'tenants/list' ? item.id : (item.tenantIds ?? item.tenantId))));
    return scene.places.map(({ tenantId }) => (ids.has(tenantId) ? 'y' : '-')).join('');
  }

  function ask(method: GuardedMethod, person: Person, place: Place, reached: { handler: boolean }): Promise<unknown> {
    const params = calls[method](place) as ServiceParams<GuardedMethod>;
    const stub = () => {
      reached.handler = true;
      return Promise.resolve(null);
    };
    if (!reading.includes(method)) return service.as(person, { [method]: stub }).request(method, params);
    // Whatever a reading handler itself says of the sample, it was reached; but it must not itself tell what the check would hide.
    return service.as(person).request(method, params as never).then((value: unknown) => {
      reached.handler = true;
      return value;
    }, (error: unknown) => {
      reached.handler = !isProductError(error) || error.args['kind'] === 'file' || !(error.code === 'general/not-found' || error.code.startsWith('access/'));
      throw error;
    });
  }
});

function withoutIds(error: unknown, place: Place): string {
  assert.ok(isProductError(error), String(error));
  return Object.values<string>({ ...place }).reduce((text, id) => text.replaceAll(JSON.stringify(id), '"…"'), JSON.stringify([error.code, error.args]));
}

/** The rows by request: the marks of each person. */
function readTable(file: string): ReadonlyMap<string, Readonly<Record<Person, string>>> {
  const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#')).map((line) => line.trim().split(/\s+/));
  const [header, ...body] = lines;
  assert.deepEqual(header, ['request', ...people]);
  return new Map(body.map(([method = '', ...cells]) => {
    assert.equal(cells.length, people.length, `${method}: a cell for each person`);
    return [method, Object.fromEntries(people.map((person, column) => [person, cells[column] ?? ''])) as Record<Person, string>];
  }));
}
