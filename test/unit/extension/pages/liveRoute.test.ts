import { deepEqual, equal } from 'node:assert/strict';
import type { ShownRoute } from '../../../../src/core/hosts/sshConfig/describeRoute';
import { ProductError } from '../../../../src/core/errors';
import { createLiveRoute, type LiveRoute } from '../../../../src/extension/pages/host/liveRoute';
import { until } from '../../../support/until';
import { createFakeService, type FakeService } from '../fakeService';
import { sampleHost } from '../sampleLists';

const host = sampleHost({ id: 'h1', name: 'eu-mcp-01' });
const routeOf = (user: string, files: readonly string[] = ['/c']): ShownRoute => ({ hops: [{ name: 'h', hostName: 'h', port: 22, user, settings: [] }], notes: [], problems: [], files });

describe('how a host is reached, while its page is open', () => {
  let service: FakeService;
  let route: LiveRoute;
  let changes: number;
  let watched: { readonly files: readonly string[]; readonly touch: () => void }[];
  beforeEach(() => {
    service = createFakeService();
    changes = 0;
    watched = [];
    route = createLiveRoute({
      locale: 'en', service, report: () => undefined,
      watchFiles: (files, listener) => {
        const watch = { files, touch: listener };
        watched.push(watch);
        return () => watched.splice(watched.indexOf(watch), 1);
      },
    }, 'h1', () => changes++);
  });
  const user = (): string | undefined => {
    const current = route.current();
    return current?.kind === 'read' ? current.route.hops[0]?.user : current?.kind;
  };
  const shows = (wanted: string): Promise<void> => until(() => user() === wanted, `${wanted} to be shown`);

  it('is read once for the same settings, and anew for others, for a changed file and after an outage', async () => {
    service.answer('hosts/resolve', () => routeOf('a'));
    route.follow(host);
    route.follow({ ...host });
    await shows('a');
    equal(service.requests.length, 1);
    service.answer('hosts/resolve', () => routeOf('b'));
    route.follow({ ...host, port: 2222 });
    await shows('b');
    service.answer('hosts/resolve', () => routeOf('c', ['/c', '/d']));
    watched[0]?.touch();
    await shows('c');
    deepEqual(watched.map(({ files }) => files), [['/c', '/d']]);
    service.answer('hosts/resolve', () => routeOf('d'));
    route.follow(undefined);
    watched[0]?.touch();
    equal(user(), 'c');
    route.follow(host);
    await shows('d');
    equal(changes, 4);
  });

  it('is the answer to the last question, however the answers come', async () => {
    const answers: ((route: ShownRoute) => void)[] = [];
    service.answer('hosts/resolve', () => new Promise((resolve) => answers.push(resolve)));
    route.follow(host);
    route.follow({ ...host, port: 2222 });
    answers[1]?.(routeOf('new'));
    await shows('new');
    answers[0]?.(routeOf('old'));
    await new Promise((resolve) => setImmediate(resolve));
    equal(user(), 'new');
  });

  it('says what is wrong with a file, watches that one, and ends with the page', async () => {
    service.answer('hosts/resolve', () => {
      throw new ProductError('host/ssh-config-unreadable', { file: '/gone', reason: 'no such file or directory' });
    });
    route.follow(host);
    await shows('failed');
    deepEqual(watched.map(({ files }) => files), [['/gone']]);
    service.answer('hosts/resolve', () => routeOf('a'));
    watched[0]?.touch();
    await shows('a');
    route.dispose();
    deepEqual(watched, []);
  });
});
