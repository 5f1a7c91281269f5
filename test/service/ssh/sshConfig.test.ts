import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { askOpenSsh, askProduct, queryFor } from '../../support/sshG';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { needsSshd } from '../../support/sshd';

const { homedir: home, username } = userInfo();

/** Whom each configuration is read for: `host` or `user@host:port`, as it is typed. */
interface Case {
  readonly config: string;
  readonly hosts: readonly string[];
  /** Further files, by their name beside the first; `DIR` in a text is their folder. */
  readonly files?: Readonly<Record<string, string>>;
}

const cases: Readonly<Record<string, Case>> = {
  'the first value wins': { config: 'Host a\nPort 1\nHost *\nPort 2\nUser u\nHost a\nUser v\n', hosts: ['a', 'b'] },
  'settings before the first Host hold for all': { config: 'User first\nHost a\nUser second\n', hosts: ['a'] },
  'patterns and negated patterns': { config: 'Host *.example !x.example\nUser in\nHost 10.0.?.1 web-*\nUser other\nHost !a\nUser never\n', hosts: ['y.example', 'x.example', '10.0.7.1', 'web-1', 'a', 'b'] },
  'a negated pattern counts wherever it stands': { config: 'Host !web-2 web-*\nUser one\nHost web-* !web-3\nUser two\n', hosts: ['web-1', 'web-2', 'web-3'] },
  'keywords in any case, with and without an equals sign': { config: 'hOsT=a\n  PORT =  77\n\tuser=  "x y"\nHostName= real.example\n', hosts: ['a'] },
  'quotes, backslashes and comments': { config: 'Host "a" b\n  IdentityFile "/k/with blank" # why\n  IdentityFile /k/with\\ blank2\n  IdentityFile \'/k/"q"\'\n#x\n  # indented\n', hosts: ['a', 'b'] },
  'a carriage return at the end': { config: 'Host a\r\nUser u\r\nPort 9\r\n', hosts: ['a'] },
  'several identity files, each once': { config: 'Host a\nIdentityFile ~/.ssh/one\nIdentityFile ~/.ssh/two\nHost *\nIdentityFile ~/.ssh/one\nIdentityFile none\n', hosts: ['a', 'b'] },
  'HostName with the token of the name that was typed': { config: 'Host web-*\nHostName %h.example.net\nHost odd\nHostName %%x\n', hosts: ['web-1', 'odd'] },
  'Match host sees the name after HostName, Host the one before': { config: 'Host a\nHostName real.example\nMatch host real.example\nUser m\nHost real.example\nPort 5\nMatch originalhost a\nIdentityAgent /x\n', hosts: ['a', 'real.example'] },
  'Match user sees who was said so far': { config: 'Match user root\nPort 1\nHost a\nUser deploy\nMatch user deploy\nPort 2\n', hosts: ['a', 'deploy@b', 'c'] },
  'Match localuser, lists and negation': { config: `Match localuser nobody,${username}\nUser mine\nMatch !localuser ${username}\nPort 3\nMatch host a,!b originalhost *\nPort 4\n`, hosts: ['a', 'b'] },
  'Match all alone and after others': { config: 'Match all\nUser u\nMatch host x all\nPort 8\nMatch final all\nPort 9\n', hosts: ['a', 'x'] },
  'Match final holds in the second reading, with the name after HostName': { config: 'Match final host real.example\nUser late\nHost real.example\nPort 44\nHost a\nHostName REAL.example\n', hosts: ['a', 'b'] },
  'Match canonical holds only then, too': { config: 'Match canonical\nUser c\nMatch final\nPort 6\n', hosts: ['a'] },
  'Match canonical alone asks for no second reading': { config: 'Match canonical\nUser c\n', hosts: ['a'] },
  'Match with quotes and equals signs': { config: 'Match host="a b" \nPort 1\nMatch host=c user="root"\nPort 2\n', hosts: ['c'] },
  'a jump over several hosts': { config: 'Host a\nProxyJump u@one:22,two,[fe80::1]:2222\nHost b\nProxyJump none\nHost c\nProxyJump ssh://u@x:9\nHost *\nProxyJump all\n', hosts: ['a', 'b', 'd'] },
  'of ProxyJump and ProxyCommand the first wins': { config: 'Host a\nProxyCommand nc %h %p # not a comment\nHost *\nProxyJump j\n', hosts: ['a', 'b'] },
  'ProxyJump before ProxyCommand': { config: 'Host a\nProxyJump j\nHost *\nProxyCommand x\n', hosts: ['a', 'b'] },
  'ProxyCommand none': { config: 'Host a\nProxyCommand none\nHost *\nProxyJump j\n', hosts: ['a', 'b'] },
  'each word of StrictHostKeyChecking': { config: ['yes', 'no', 'ask', 'off', 'accept-new', 'TRUE'].map((value) => `Host ${value}\nStrictHostKeyChecking ${value}\n`).join(''), hosts: ['yes', 'no', 'ask', 'off', 'accept-new', 'TRUE', 'x'] },
  'known_hosts files': { config: 'Host a\nUserKnownHostsFile ~/k1 "/k 2"\nGlobalKnownHostsFile none\nHost *\nUserKnownHostsFile none\nGlobalKnownHostsFile /g\nHostKeyAlias key.example\n', hosts: ['a', 'b'] },
  'times': { config: 'Host a\nConnectTimeout 1m30\nServerAliveInterval 2h\nHost b\nConnectTimeout none\nServerAliveInterval 0\nHost *\nConnectTimeout 7\nServerAliveInterval 15\nServerAliveCountMax 9\n', hosts: ['a', 'b', 'c'] },
  'ways to sign in': { config: 'Host a\nPubkeyAuthentication no\nChallengeResponseAuthentication no\nHost b\nPreferredAuthentications password,publickey\nPubkeyAuthentication unbound\nHost *\nPasswordAuthentication no\nIdentitiesOnly yes\nBatchMode yes\nNumberOfPasswordPrompts 1\n', hosts: ['a', 'b', 'c'] },
  'address family and own address': { config: 'Host a\nAddressFamily inet6\nHost *\nAddressFamily inet\nBindAddress 10.0.0.9\n', hosts: ['a', 'b'] },
  'what is said beside the file wins': { config: 'Host *\nUser u\nPort 99\n', hosts: ['root@a', 'a'] },
  'keywords that are to be ignored': { config: 'IgnoreUnknown Foo*,bar\nFooBar 1\nBar 2\nUser u\n', hosts: ['a'] },
  'a wrong value anywhere': { config: 'Host z\nPort none\nHost a\nUser u\n', hosts: ['a'] },
  'a port out of range': { config: 'Port 70000\n', hosts: ['a'] },
  'two values for one': { config: 'User a b\n', hosts: ['a'] },
  'a quote without an end': { config: 'IdentityFile "/x\n', hosts: ['a'] },
  'a keyword without a value': { config: 'Host a\nUser\n', hosts: ['a'] },
  'a condition that is none': { config: 'Match nohost x\nUser u\n', hosts: ['a'] },
  'all among other conditions': { config: 'Match host a user b all\nUser u\n', hosts: ['a'] },
  'a jump that is none': { config: 'ProxyJump u@,b\n', hosts: ['a'] },
  'files by pattern, in order, each with its own blocks': {
    config: 'Include DIR/conf.d/*.conf DIR/gone/*\nHost a\nUser last\nInclude DIR/inner\nPort 5\n', hosts: ['a', 'b'],
    files: { 'conf.d/20.conf': 'User twenty\n', 'conf.d/10.conf': 'Host a\nPort 10\n', 'conf.d/.hidden.conf': 'Port 1\n', 'conf.d/x.txt': 'Port 2\n', 'inner': 'HostKeyAlias in\nHost b\nHostKeyAlias never\n' },
  },
  'a file in a block that does not hold stays out, whatever it says': { config: 'Host x\nInclude DIR/one\nHost *\nUser u\n', hosts: ['a', 'x'], files: { one: 'Host *\nPort 4\nMatch all\nHostKeyAlias k\n' } },
  'patterns with a class': { config: 'Include DIR/c[0-2] DIR/c[!0-2]\n', hosts: ['a'], files: { c1: 'User one\n', c3: 'Port 3\n' } },
  'a condition on a name that is written in capitals': { config: 'HostName WEB-2\nMatch host web-2\n  Port 3\nMatch originalhost a.*\n  User u\nHost a.*\n  HostKeyAlias k\n', hosts: ['b', 'A.Example'] },
  'a file that includes itself': { config: 'Include DIR/self\n', hosts: ['a'], files: { self: 'Include DIR/self\n' } },
  'an included file that others may write': { config: 'Include DIR/open\n', hosts: ['a'], files: { open: 'User u\n' } },
};

describe('the SSH configuration is read as OpenSSH reads it', function () {
  this.timeout(120_000);
  before(function () {
    needsSshd(this);
  });
  const folder = useTemporaryFolder();

  async function same(file: string, typed: string): Promise<void> {
    const [, user, host = ''] = /^(?:(.*)@)?(.*)$/.exec(typed) ?? [];
    const query = queryFor(host, home, username, { ...(user !== undefined && { user }) });
    assert.deepEqual(await askProduct(file, query), askOpenSsh(file, typed), typed);
  }

  for (const [name, { config, hosts, files = {} }] of Object.entries(cases)) {
    it(name, async () => {
      for (const [path_, text] of Object.entries(files)) {
        const file = path.join(folder(), path_);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, text.replaceAll('DIR', folder()));
        await chmod(file, path_ === 'open' ? 0o622 : 0o600);
      }
      const file = path.join(folder(), 'config');
      await writeFile(file, config.replaceAll('DIR', folder()));
      for (const host of hosts) await same(file, host);
    });
  }

  it('any configuration of blocks, conditions and included files', async () => {
    const one = fc.constantFrom;
    const name = one('a', 'b', 'web-1', 'web-2', 'a.example', '10.0.0.1');
    const pattern = fc.oneof(name, one('*', 'web-*', '*.example', '?', '10.0.0.?', '!a', '!web-1', '!*.example', 'A'));
    const patterns = fc.array(pattern, { minLength: 1, maxLength: 3 });
    const setting = fc.oneof(
      fc.tuple(one('Port', 'port', 'PORT'), one('22', '2222', '65535')), fc.tuple(one('User'), one('root', 'u', '"x"', "'y z'")),
      fc.tuple(one('HostName'), one('a.example', '%h.example', 'WEB-2', '10.0.0.1', '%%h', 'fe80::1')), fc.tuple(one('HostKeyAlias'), one('k1', 'k2')),
      fc.tuple(one('IdentityFile'), one('~/.ssh/one', '/two', '"/th ree"', 'none', '%d/%r')), fc.tuple(one('IdentitiesOnly', 'BatchMode', 'HashKnownHosts', 'PasswordAuthentication'), one('yes', 'no', 'True')),
      fc.tuple(one('ProxyJump'), one('j', 'u@j:2', 'one,two', 'none', 'a,b,c # x')), fc.tuple(one('ProxyCommand'), one('none', 'nc %h %p', '"quoted" cmd # x')),
      fc.tuple(one('StrictHostKeyChecking'), one('yes', 'no', 'ask', 'accept-new', 'off')), fc.tuple(one('UserKnownHostsFile', 'GlobalKnownHostsFile'), one('/k', 'none', '~/a /b', '"/c d"')),
      fc.tuple(one('ConnectTimeout', 'ServerAliveInterval'), one('5', '1m', '1h30m')), fc.tuple(one('ServerAliveCountMax', 'NumberOfPasswordPrompts'), one('1', '5')),
      fc.tuple(one('PubkeyAuthentication'), one('yes', 'no', 'unbound')), fc.tuple(one('AddressFamily'), one('inet', 'any')), fc.tuple(one('SendEnv', 'ForwardAgent'), one('no', 'yes')),
    ).chain(([keyword, value]) => one(' ', '=', ' = ', '\t').map((between) => `${keyword}${between}${value}`));
    const condition = fc.oneof(
      fc.tuple(one('host', 'originalhost', 'Host'), patterns.map((list) => list.join(','))).map((parts) => parts.join(' ')),
      fc.tuple(one('user', 'localuser'), one('root', 'u', 'u,root', '*', '!u,*', username)).map((parts) => parts.join(' ')),
      one('final', 'canonical'),
    ).chain((text) => one('', '!').map((negation) => `${negation}${text}`));
    const head = fc.oneof(patterns.map((list) => `Host ${list.join(' ')}`), fc.array(condition, { minLength: 1, maxLength: 3 }).map((list) => `Match ${list.join(' ')}`), one('Match all', 'Match final all'));
    const block = (inner: fc.Arbitrary<string>): fc.Arbitrary<string> =>
      fc.tuple(head, fc.array(inner, { maxLength: 4 }), one('\n  ', '\n\t', '\n# note\n')).map(([first, lines, between]) => [first, ...lines].join(between));
    const text = (inner: fc.Arbitrary<string>): fc.Arbitrary<string> =>
      fc.tuple(fc.array(inner, { maxLength: 2 }), fc.array(block(inner), { maxLength: 4 })).map(([loose, blocks]) => [...loose, ...blocks, ''].join('\n'));
    const included = text(setting);
    const main = text(fc.oneof({ weight: 6, arbitrary: setting }, { weight: 1, arbitrary: one('Include DIR/one', 'Include DIR/*.inc', 'Include DIR/none-*') }));

    await fc.assert(
      fc.asyncProperty(main, included, included, name, one('', 'root@', 'u@'), async (config, first, second, host, user) => {
        const file = path.join(folder(), 'config');
        for (const [place, content] of [['one', first], ['two.inc', second], ['config', config]] as const) {
          await writeFile(path.join(folder(), place), content.replaceAll('DIR', folder()), { mode: 0o600 });
        }
        await same(file, `${user}${host}`);
      }),
      // The same ones each time; others on request.
      process.env['SSH_CONFIG_RUNS'] === undefined ? { numRuns: 150, seed: 7 } : { numRuns: Number(process.env['SSH_CONFIG_RUNS']) },
    );
  });
});
