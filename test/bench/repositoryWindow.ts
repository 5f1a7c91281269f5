import assert from 'node:assert/strict';
import { environmentTenant } from '../../src/core/packages/model';
import { openPackageList } from '../../src/extension/pages/packageList/packageListPage';
import type { PageChannel } from '../../src/extension/pages/servePage';
import type { PackageService } from '../../src/extension/packageService';
import { createRepositoryState, type RepositoryState } from '../../src/extension/repositoryState';
import { createNodeContext } from '../../src/extension/views/nodes/nodeContext';
import { countMatches, packageNodes } from '../../src/extension/views/nodes/packageNodes';
import { changedRows, indexTree, type TreeIndex } from '../../src/extension/views/nodes/treeIndex';
import { createPackageFilters } from '../../src/extension/views/packageFilters';
import type { ListState, RowBatch } from '../../src/protocol/page/packageList';
import type { PageReply } from '../../src/protocol/page/page';
import type { ChangedArea } from '../../src/protocol/service';
import type { ServiceClient } from '../../src/service/client';
import { createMemento } from '../unit/extension/memento';

const areas: readonly ChangedArea[] = ['tenants', 'packages', 'imports', 'deployments', 'access'];
const filterKeys = [...prefixes('package 12'), ...prefixes('pkg4'), ...prefixes('no such')];

/** Takes a measurement: its name and the times of all its repetitions in milliseconds. */
export type Report = (name: string, times: readonly number[]) => void;

/** Times what a window shows of a large repository, with the very code of the extension; what the page makes of its rows is in the benchmark `webview`. */
export async function timeWindow(client: ServiceClient, report: Report, times: number): Promise<void> {
  const service = asPackageService(client);
  report('first page of the tree, from the asking', await repeat(times, async () => {
    const state = watched(service);
    await state.ready(areas, 'begun');
    drawTree(state);
    return state;
  }, (state) => leave(client, state)));
  report('first page of the list, to the rows at the page', await repeat(times, async () => {
    const list = openList(service);
    const { rows } = await list.opened;
    assert.ok(rows.shared.length > 0);
    return list;
  }, (list) => leave(client, list)));
  const state = watched(service);
  report('all packages of all tenants in a window', await repeat(1, () => state.ready(areas)));
  timeTreeKeys(state, report);
  report('all rows at the page of the list', await repeat(1, async () => {
    const list = openList(service);
    await list.opened;
    await list.whole;
    list.dispose();
  }));
  await timeEdits(client, state, report);
}

/** Each key makes the tree anew and compares it with the one before. */
function timeTreeKeys(state: RepositoryState, report: Report): void {
  let before: TreeIndex | undefined;
  const keys: number[] = [];
  for (const text of filterKeys) {
    const began = performance.now();
    const after = indexTree(packageNodes(state.snapshot, context, { text, tenantIds: undefined }));
    if (before !== undefined) changedRows(before, after);
    countMatches(state.snapshot, { text, tenantIds: undefined });
    keys.push(performance.now() - began);
    before = after;
  }
  report(`a key in the filter of the tree (${filterKeys.length} keys)`, keys);
}

/** Edits while a window watches: what the person waits for who edits, and when the other window shows it. */
async function timeEdits(client: ServiceClient, state: RepositoryState, report: Report): Promise<void> {
  const items = state.snapshot.packages.of(environmentTenant.id);
  const [acknowledged, shown]: [number[], number[]] = [[], []];
  for (let number = 0; number < 200; number++) {
    const { id, tenantId } = items[(number * 37) % items.length] ?? assert.fail('no package');
    const description = `edit ${number}`;
    const began = performance.now();
    const seen = new Promise<void>((resolve) => {
      const stop = state.onChanged(() => {
        if (state.snapshot.packages.find(id, tenantId)?.description !== description) return;
        stop();
        resolve();
      });
    });
    await client.request('packages/edit', { id, tenantId, description });
    acknowledged.push(performance.now() - began);
    await seen;
    drawTree(state);
    shown.push(performance.now() - began);
  }
  report('edit acknowledged (200 edits, a window watching)', acknowledged);
  report('edit shown in another window (told five times a second)', shown);
}

const context = createNodeContext('en', () => undefined, 'UTC');

function drawTree(state: RepositoryState): void {
  const tree = indexTree(packageNodes(state.snapshot, context));
  for (const node of [...tree.roots, ...tree.roots.flatMap(({ children }) => children)].slice(0, 50)) assert.ok(node.label + node.description + node.accessibilityLabel());
}

function watched(service: PackageService): RepositoryState {
  const state = createRepositoryState(service, (error) => assert.fail(String(error)));
  state.watch(areas);
  return state;
}

interface OpenedList {
  readonly opened: Promise<{ readonly state: ListState; readonly rows: RowBatch }>;
  /** Resolves when the page has all rows. */
  readonly whole: Promise<void>;
  dispose(): void;
}

/** The host's end of the list, with a page that takes what it says. */
function openList(service: PackageService): OpenedList {
  let hear: (message: unknown) => void = () => undefined;
  let answer: (value: unknown) => void = () => undefined;
  let end: () => void = () => undefined;
  const whole = new Promise<void>((resolve) => {
    end = resolve;
  });
  const channel: PageChannel = {
    // What the page gets has crossed a border as text.
    post: (reply) => {
      const message = JSON.parse(JSON.stringify(reply)) as PageReply;
      if (message.type === 'answer') answer(message.result);
      else if (message.type === 'event' && message.name === 'state' && (message.value as ListState).expected === undefined) end();
    },
    onMessage: (listener) => {
      hear = listener;
      return () => undefined;
    },
  };
  const none = (): Promise<void> => Promise.resolve();
  const state = createRepositoryState(service, (error) => assert.fail(String(error)));
  const page = openPackageList({ subject: {}, visible: true, channel, setTitle: () => undefined, close: () => undefined }, {
    locale: 'en', state, filters: createPackageFilters(createMemento()), isTrusted: () => true, onTrusted: () => () => undefined,
    chooseTenants: none, importPackages: none, act: none, openDetails: () => assert.fail('no details'), report: (method, error) => assert.fail(`${method} ${String(error)}`),
  });
  const opened = new Promise<unknown>((resolve) => {
    answer = resolve;
  }) as OpenedList['opened'];
  hear({ type: 'request', id: 1, method: 'list/open', params: {} });
  return {
    opened, whole,
    dispose: () => {
      page.dispose();
      state.dispose();
    },
  };
}

function asPackageService(client: ServiceClient): PackageService {
  return {
    state: 'online', problem: undefined, onStateChanged: () => () => undefined, connect: () => Promise.resolve(),
    onEvent: (name, listener) => client.on(name, listener), request: (name, params) => client.request(name, params),
  };
}

/** @param after follows each work and is not measured */
async function repeat<T>(times: number, work: () => Promise<T>, after: (result: T) => Promise<void> = () => Promise.resolve()): Promise<readonly number[]> {
  const measured: number[] = [];
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    const result = await work();
    measured.push(performance.now() - began);
    await after(result);
  }
  return measured;
}

/** Closes a window, and waits until the service has answered what it had asked: the next one is measured alone. */
async function leave(client: ServiceClient, window: { dispose(): void }): Promise<void> {
  window.dispose();
  await client.request('service/status', {});
}

/** A text key by key, and taken back. */
function prefixes(text: string): readonly string[] {
  const typed = Array.from({ length: text.length }, (_, end) => text.slice(0, end + 1));
  return [...typed, ...[...typed].reverse().slice(1), ''];
}
