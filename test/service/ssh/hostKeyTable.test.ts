import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isProductError, type ErrorCode } from '../../../src/core/errors';
import type { HostKeyAnswer } from '../../../src/protocol/service';
import { createTestConnector, createTestQuestions, hostFor } from '../../support/hosts';
import { matrixRows } from '../../support/matrix';
import { needsSshd, startSshd, type Sshd } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';

/** What is known of the key of the hop that is looked at; those of the others are known. */
const states = ['known', 'hashed', 'alias', 'unknown', 'otherName', 'authority', 'changed', 'revoked'] as const;
type KeyState = (typeof states)[number];

/** What `StrictHostKeyChecking` says, and what a person answers where one is asked. */
const checkings: readonly { readonly name: string; readonly value: string | undefined; readonly answer?: HostKeyAnswer }[] = [
  { name: 'yes', value: 'yes' }, { name: 'no', value: 'no' }, { name: 'off', value: 'off' }, { name: 'accept-new', value: 'accept-new' },
  { name: 'ask, and the person trusts', value: 'ask', answer: 'trust' }, { name: 'ask, and the person refuses', value: 'ask', answer: 'refuse' },
  { name: 'nothing, and the person refuses', value: undefined, answer: 'refuse' },
];

/** Undefined: the hop is signed in to. */
function expected(state: KeyState, { value, answer }: (typeof checkings)[number]): ErrorCode | undefined {
  switch (state) {
    case 'known':
    case 'hashed':
    case 'alias':
      return undefined;
    case 'changed':
      return 'host/key-changed';
    case 'revoked':
      return 'host/key-revoked';
    default:
      if (value === 'yes') return 'host/key-unknown-strict';
      if (answer !== 'refuse') return undefined;
      return state === 'authority' ? 'host/key-authority-only' : 'host/key-unknown';
  }
}

describe('host keys on the way to a host: what is known × StrictHostKeyChecking × each hop', function () {
  this.timeout(180_000);
  before(function () {
    needsSshd(this);
  });
  const folder = useTemporaryFolder();
  /** Two jump hosts and the host. */
  let servers: readonly Sshd[] = [];
  const closings = new Map<Sshd, number>();
  before(async () => {
    servers = await Promise.all([1, 2, 3].map((number) => startSshd({ address: `127.0.8.${number}`, logLevel: 'DEBUG1' })));
  });
  after(async () => {
    await Promise.all(servers.map((server) => server.stop()));
  });

  const count = (server: Sshd, pattern: RegExp): number => server.log().match(pattern)?.length ?? 0;
  const requests = (server: Sshd): number => count(server, /userauth-request for user/g);
  const arrivals = (server: Sshd): number => count(server, /^Connection from /gm);
  const nameOf = ({ address, port }: Sshd): string => `[${address}]:${port}`;

  function knownLines(server: Sshd, state: KeyState, another: string): string {
    const [key = ''] = server.hostKeys;
    const name = nameOf(server);
    switch (state) {
      case 'known':
        return `${name} ${key}`;
      case 'hashed': {
        const salt = randomBytes(20);
        return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')} ${key}`;
      }
      case 'alias':
        return `key.example ${key}`;
      case 'otherName':
        return `[127.0.8.99]:1 ${key}`;
      case 'unknown':
        return '';
      case 'authority':
        return `@cert-authority ${name} ${key}`;
      case 'changed':
        return `${name} ${another}`;
      case 'revoked':
        return `@revoked * ${key}\n${name} ${key}`;
    }
  }

  const names = ['the first jump host', 'the second jump host', 'the host'];
  const rows = matrixRows(
    names.flatMap((_, position) => checkings.flatMap((checking) => states.map((state) => ({ position, checking, state })))),
    ({ position, checking, state }) => [position, checking.name, state],
  );
  for (const [position, hopName] of names.entries()) {
    for (const checking of checkings) {
      it(`${hopName}, StrictHostKeyChecking ${checking.name}`, async () => {
        for (const { state } of rows.filter((row) => row.position === position && row.checking === checking)) {
          const [first, second, target] = servers as [Sshd, Sshd, Sshd];
          const looked = servers[position] as Sshd;
          const another = (servers[(position + 1) % 3] as Sshd).hostKeys[0] ?? '';
          const home = join(folder(), `${position}-${state}`);
          await mkdir(join(home, '.ssh'), { recursive: true, mode: 0o700 });
          await writeFile(join(home, '.ssh', 'known_hosts'), servers.map((server) => knownLines(server, server === looked ? state : 'known', another)).join('\n'));
          const block = (server: Sshd, alias: string): string => [
            `Host ${alias}`, `HostName ${server.address}`, `Port ${server.port}`, `User ${server.user}`, `IdentityFile ${server.clientKey}`, 'IdentitiesOnly yes',
            ...(server === looked ? [checking.value === undefined ? '' : `StrictHostKeyChecking ${checking.value}`, state === 'alias' ? 'HostKeyAlias key.example' : ''] : ['StrictHostKeyChecking yes']),
          ].join('\n  ');
          await writeFile(join(home, '.ssh', 'config'), [block(first, 'one'), block(second, 'two'), `${block(target, 'three')}\n  ProxyJump one,two`, ''].join('\n'), { mode: 0o600 });
          const before = servers.map((server) => ({ requests: requests(server), arrivals: arrivals(server) }));
          const connector = createTestConnector(home);
          const questions = createTestQuestions(checking.answer === undefined ? {} : { hostKey: checking.answer });
          const host = hostFor({ address: 'three', port: 0, user: '' }, { authentication: { kind: 'sshConfig' } });
          const code = expected(state, checking);
          const attempt = connector.connect(host, { questions, acceptNewHostKey: false });
          const isQuestion = checking.answer !== undefined && ['unknown', 'otherName', 'authority'].includes(state);
          if (code === undefined) {
            const connection = await attempt;
            assert.equal((await connection.exec('echo here')).stdout, 'here\n');
            await connection.close();
            // What was newly trusted is kept under the name that was verified.
            assert.deepEqual(connector.storedKeys.map(({ address, port }) => `${address}:${port}`), ['unknown', 'otherName', 'authority'].includes(state) ? [`${looked.address}:${looked.port}`] : [], state);
          } else {
            await assert.rejects(attempt, (error) => isProductError(error, code), state);
            const seen = (closings.get(looked) ?? 0) + 1;
            closings.set(looked, seen);
            await looked.waitForLog(/^(?:Connection (?:closed|reset) by|Disconnected from) .*\[preauth\]/gm, seen);
            assert.equal(requests(looked), before[position]?.requests, `${state}: an authentication request came before the key was accepted`);
            for (const [index, server] of servers.entries()) {
              if (index > position) assert.equal(arrivals(server), before[index]?.arrivals, `${state}: a later machine was contacted`);
            }
            assert.deepEqual(connector.storedKeys, []);
          }
          assert.deepEqual(questions.hostKeys.map(({ hostName, jumpHost, address, port }) => ({ hostName, jumpHost, place: `${address}:${port}` })), isQuestion
            ? [{ hostName: 'test-host', jumpHost: position === 2 ? undefined : position === 0 ? 'one' : 'two', place: `${looked.address}:${looked.port}` }] : [], state);
        }
      });
    }
  }
});
