import { execFileSync, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { isProductError } from '../../../src/core/errors';
import { orderHostKeyAlgorithms, readKeyType, type PublicKey } from '../../../src/service/deploying/ssh/hostKeys';
import { decideHostKey, knownHostsName, knownKeyTypes, matchesKnownHosts, parseKnownHosts, type HostTrust } from '../../../src/service/deploying/ssh/knownHosts';
import { appendToKnownHosts, readKnownHostsFiles } from '../../../src/service/deploying/ssh/knownHostsFiles';
import { useTemporaryFolder } from '../../support/temporaryFolder';

/** A key blob of that type; only type and bytes matter here. */
function key(type: string, seed: number): PublicKey {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(type.length);
  const body = Buffer.alloc(36, seed);
  body.writeUInt32BE(32);
  return { type, blob: Buffer.concat([head, Buffer.from(type), body]) };
}
const text = ({ type, blob }: PublicKey): string => `${type} ${blob.toString('base64')}`;
const ours = key('ssh-ed25519', 1);
const other = key('ssh-ed25519', 2);
const rsa = key('ssh-rsa', 3);
const hashed = (name: string): string => {
  const salt = Buffer.from('0123456789abcdefghij');
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
};

function trustOf(address: string, port: number, lines: readonly string[], ownKeys: HostTrust['ownKeys'] = []): HostTrust {
  return { address, port, entries: parseKnownHosts(lines.join('\n'), 'known_hosts'), ownKeys };
}

describe('known_hosts: which lines stand for a host', () => {
  const cases: readonly (readonly [hosts: string, address: string, port: number, expected: boolean])[] = [
    ['eu-mcp-01', 'eu-mcp-01', 22, true],
    ['EU-MCP-01', 'eu-mcp-01', 22, true],
    ['eu-mcp-01', 'EU-MCP-01', 22, true],
    ['eu-mcp-01', 'eu-mcp-010', 22, false],
    ['a,eu-mcp-01,192.0.2.7', '192.0.2.7', 22, true],
    ['eu-mcp-01', 'eu-mcp-01', 2222, false],
    ['[eu-mcp-01]:2222', 'eu-mcp-01', 2222, true],
    ['[eu-mcp-01]:2222', 'eu-mcp-01', 22, false],
    ['[eu-mcp-01]:22', 'eu-mcp-01', 22, false],
    ['[2001:db8::7]:2222', '2001:DB8::7', 2222, true],
    ['2001:db8::7', '2001:db8::7', 22, true],
    ['*.example.com', 'a.b.example.com', 22, true],
    ['*.example.com', 'example.com', 22, false],
    ['eu-???-0*', 'eu-mcp-01', 22, true],
    ['eu-???-0*', 'eu-mc-01', 22, false],
    ['[*.example.com]:2222', 'a.example.com', 2222, true],
    ['*', 'a.example.com', 2222, true],
    ['*a*b*c', 'xxaxxbxxbc', 22, true],
    ['*a*b*c', 'xxaxxcxxb', 22, false],
    ['*.example.com,!secret.example.com', 'open.example.com', 22, true],
    ['*.example.com,!secret.example.com', 'secret.example.com', 22, false],
    ['!secret.example.com,*.example.com', 'secret.example.com', 22, false],
    ['!secret.example.com', 'open.example.com', 22, false],
    ['!*.example.com,a.example.com', 'a.example.com', 22, false],
    [hashed('eu-mcp-01'), 'eu-mcp-01', 22, true],
    [hashed('eu-mcp-01'), 'EU-MCP-01', 22, true],
    [hashed('eu-mcp-01'), 'eu-mcp-02', 22, false],
    [hashed('[eu-mcp-01]:2222'), 'eu-mcp-01', 2222, true],
    [hashed('eu-mcp-01'), 'eu-mcp-01', 2222, false],
    ['|1|broken', 'eu-mcp-01', 22, false],
  ];
  const folder = useTemporaryFolder();

  for (const [hosts, address, port, expected] of cases) {
    it(`${hosts} ${expected ? 'stands' : 'does not stand'} for ${address} port ${port}`, () => {
      assert.equal(matchesKnownHosts(hosts, knownHostsName(address, port)), expected);
    });
  }

  it('agrees with ssh-keygen on every one of them', function () {
    if (spawnSync('ssh-keygen', ['-?']).error) this.skip();
    const realKey = join(folder(), 'key');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', realKey]);
    const publicKey = readFileSync(`${realKey}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
    const file = join(folder(), 'known_hosts');
    for (const [hosts, address, port, expected] of cases) {
      writeFileSync(file, `${hosts} ${publicKey}\n`);
      const { status } = spawnSync('ssh-keygen', ['-F', knownHostsName(address, port), '-f', file]);
      assert.equal(status === 0, expected, `${hosts} for ${address} port ${port}`);
    }
  });
});

describe('known_hosts: reading lines', () => {
  it('skips what OpenSSH skips and counts every line', () => {
    const entries = parseKnownHosts([
      '# a comment', '', '   \t', `a ${text(ours)} a comment of three words`, `\t b \t${text(ours)}\r`,
      `@revoked c ${text(ours)}`, `@cert-authority d ${text(rsa)}`, `@unknown e ${text(ours)}`,
      'f 1024 35 1234567890', 'g ssh-ed25519', `h ssh-rsa ${ours.blob.toString('base64')}`, 'i ssh-ed25519 !!!!', `j ${text(other)}`,
    ].join('\n'), 'file');
    assert.deepEqual(entries.map(({ hosts, line, marker, type }) => [hosts, line, marker, type]), [
      ['a', 4, undefined, 'ssh-ed25519'], ['b', 5, undefined, 'ssh-ed25519'], ['c', 6, 'revoked', 'ssh-ed25519'],
      ['d', 7, 'cert-authority', 'ssh-rsa'], ['j', 13, undefined, 'ssh-ed25519'],
    ]);
  });

  it('takes no type from bytes that are no key', () => {
    for (const bytes of [[], [0, 0], [0, 0, 0, 0], [0, 0, 0, 9, 65], [255, 255, 255, 255, 65]]) assert.equal(readKeyType(Buffer.from(bytes)), undefined);
  });
});

describe('known_hosts: deciding about an offered key', () => {
  const own = (of: PublicKey): HostTrust['ownKeys'][number] => ({ address: 'eu-mcp-01', port: 22, type: of.type, key: of.blob.toString('base64') });
  const cases: readonly (readonly [name: string, trust: HostTrust, expected: string, line?: number])[] = [
    ['no line at all', trustOf('eu-mcp-01', 22, []), 'unknown'],
    ['only lines of other hosts', trustOf('eu-mcp-01', 22, [`eu-mcp-02 ${text(ours)}`]), 'unknown'],
    ['the same key', trustOf('eu-mcp-01', 22, [`eu-mcp-01 ${text(ours)}`]), 'known'],
    ['the same key under a hashed name', trustOf('eu-mcp-01', 22, [`${hashed('eu-mcp-01')} ${text(ours)}`]), 'known'],
    ['the same key as the last of several', trustOf('eu-mcp-01', 22, [`eu-mcp-01 ${text(rsa)}`, `eu-mcp-01 ${text(other)}`, `* ${text(ours)}`]), 'known'],
    ['another key', trustOf('eu-mcp-01', 22, ['# head', `eu-mcp-01 ${text(other)}`]), 'changed', 2],
    ['another key under a hashed name', trustOf('eu-mcp-01', 22, [`${hashed('eu-mcp-01')} ${text(other)}`]), 'changed', 1],
    ['another key under a wildcard', trustOf('eu-mcp-01', 22, [`eu-* ${text(other)}`]), 'changed', 1],
    ['keys of another type only, as with OpenSSH', trustOf('eu-mcp-01', 22, [`eu-mcp-01 ${text(rsa)}`]), 'changed', 1],
    ['keys of two types, the same type is named', trustOf('eu-mcp-01', 22, [`eu-mcp-01 ${text(rsa)}`, `eu-mcp-01 ${text(other)}`]), 'changed', 2],
    ['an excluded wildcard', trustOf('eu-mcp-01', 22, [`eu-*,!eu-mcp-01 ${text(other)}`]), 'unknown'],
    ['a revoked key', trustOf('eu-mcp-01', 22, [`@revoked * ${text(ours)}`]), 'revoked', 1],
    ['a key that is known and revoked', trustOf('eu-mcp-01', 22, [`eu-mcp-01 ${text(ours)}`, `@revoked eu-mcp-01 ${text(ours)}`]), 'revoked', 2],
    ['another revoked key', trustOf('eu-mcp-01', 22, [`@revoked * ${text(other)}`]), 'unknown'],
    ['a certificate authority', trustOf('eu-mcp-01', 22, [`@cert-authority eu-* ${text(other)}`]), 'unknown', 1],
    ['the offered key as a certificate authority', trustOf('eu-mcp-01', 22, [`@cert-authority eu-* ${text(ours)}`]), 'unknown', 1],
    ['a key trusted here', trustOf('eu-mcp-01', 22, [], [own(ours)]), 'known'],
    ['another key trusted here', trustOf('eu-mcp-01', 22, [], [own(other)]), 'changed', 0],
    ['another key trusted here, the offered one in a file', trustOf('eu-mcp-01', 22, [`eu-mcp-01 ${text(ours)}`], [own(other)]), 'known'],
    ['a key trusted here that a file revokes', trustOf('eu-mcp-01', 22, [`@revoked * ${text(ours)}`], [own(ours)]), 'revoked', 1],
    ['a port, the same key for the plain address', trustOf('eu-mcp-01', 2222, [`eu-mcp-01 ${text(ours)}`]), 'known'],
    ['a port, another key for the plain address', trustOf('eu-mcp-01', 2222, [`eu-mcp-01 ${text(other)}`]), 'unknown'],
    ['a port, the key is revoked for the plain address', trustOf('eu-mcp-01', 2222, [`@revoked eu-mcp-01 ${text(ours)}`]), 'revoked', 1],
    ['a port with another key, the same for the plain address', trustOf('eu-mcp-01', 2222, [`[eu-mcp-01]:2222 ${text(other)}`, `eu-mcp-01 ${text(ours)}`]), 'changed', 1],
  ];
  for (const [name, trust, expected, line] of cases) {
    it(`${name}: ${expected}`, () => {
      const decision = decideHostKey(ours, trust);
      assert.equal(decision.kind, expected);
      const place = decision.kind === 'changed' ? decision.known : decision.kind === 'revoked' ? decision.place : decision.kind === 'unknown' ? decision.authority : undefined;
      assert.equal(place?.line, line);
    });
  }

  it('asks first for the types it knows, so that a second key of the host is not taken for a changed one', () => {
    assert.deepEqual(orderHostKeyAlgorithms([]).slice(0, 2), ['ssh-ed25519', 'ecdsa-sha2-nistp256']);
    assert.deepEqual(orderHostKeyAlgorithms(knownKeyTypes(trustOf('eu-mcp-01', 22, [`eu-mcp-01 ${text(rsa)}`]))).slice(0, 4), ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa', 'ssh-ed25519']);
    assert.deepEqual(knownKeyTypes(trustOf('eu-mcp-01', 22, [`@revoked eu-mcp-01 ${text(rsa)}`, `@cert-authority * ${text(rsa)}`])), []);
    assert.deepEqual(knownKeyTypes(trustOf('eu-mcp-01', 2222, [`eu-mcp-01 ${text(rsa)}`])), ['ssh-rsa']);
    assert.equal(new Set(orderHostKeyAlgorithms(['ssh-rsa', 'ssh-dss'])).size, 7);
  });
});

describe('known_hosts: files', () => {
  const folder = useTemporaryFolder();

  it('reads the user’s and the global files, and takes a missing one for empty', async () => {
    const files = { user: [join(folder(), 'one'), join(folder(), 'none')] as const, global: [join(folder(), 'global'), join(folder(), 'one/none')] };
    writeFileSync(files.user[0], `a ${text(ours)}\n`);
    writeFileSync(files.global[0]!, `\nb ${text(other)}`);
    const entries = await readKnownHostsFiles(files, 'h');
    assert.deepEqual(entries.map(({ file, line, hosts }) => [file, line, hosts]), [[files.user[0], 1, 'a'], [files.global[0], 2, 'b']]);
  });

  it('refuses to go on when a file cannot be read, since it may revoke the key', async () => {
    mkdirSync(join(folder(), 'known_hosts'));
    await assert.rejects(readKnownHostsFiles({ user: [join(folder(), 'known_hosts')], global: [] }, 'h'), (error) => isProductError(error, 'host/known-hosts-unreadable'));
  });

  it('makes ~/.ssh and the file for this user alone', async () => {
    const file = join(folder(), 'home/.ssh/known_hosts');
    await appendToKnownHosts(file, { address: 'EU-MCP-01', port: 22 }, ours, 'h', false);
    assert.equal(readFileSync(file, 'utf8'), `eu-mcp-01 ${text(ours)}\n`);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(join(folder(), 'home/.ssh')).mode & 0o777, 0o700);
  });

  it('keeps what is there, also a last line without an end', async () => {
    const file = join(folder(), 'known_hosts');
    writeFileSync(file, `# mine\nold ${text(other)}`);
    chmodSync(file, 0o640);
    await appendToKnownHosts(file, { address: 'eu-mcp-01', port: 2222 }, ours, 'h', false);
    assert.equal(readFileSync(file, 'utf8'), `# mine\nold ${text(other)}\n[eu-mcp-01]:2222 ${text(ours)}\n`);
    assert.equal(statSync(file).mode & 0o777, 0o640);
  });

  it('hides the name when the file’s names are hidden', async () => {
    const file = join(folder(), 'known_hosts');
    writeFileSync(file, `${hashed('old')} ${text(other)}\n`);
    await appendToKnownHosts(file, { address: 'eu-mcp-01', port: 22 }, ours, 'h', false);
    const content = readFileSync(file, 'utf8');
    assert.ok(!content.includes('eu-mcp-01'));
    assert.equal(decideHostKey(ours, trustOf('eu-mcp-01', 22, content.split('\n'))).kind, 'known');
  });

  it('says so when the file cannot be written', async () => {
    symlinkSync(join(folder(), 'no/such/folder/file'), join(folder(), 'known_hosts'));
    await assert.rejects(appendToKnownHosts(join(folder(), 'known_hosts'), { address: 'a', port: 22 }, ours, 'h', false), (error) => isProductError(error, 'host/known-hosts-unwritable'));
  });
});
