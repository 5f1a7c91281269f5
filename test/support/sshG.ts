import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { evaluateSshConfig, type ConfigQuery } from '../../src/core/hosts/sshConfig/evaluate';
import { readSshSettings } from '../../src/core/hosts/sshConfig/settings';
import { readSshConfig } from '../../src/service/deploying/ssh/readSshConfig';

/** The settings that both this product and OpenSSH tell, in the words of `ssh -G`; undefined: it refuses the configuration. */
export type ToldSettings = Readonly<Record<string, string>> | undefined;

/** What the real `ssh -G` says. */
export function askOpenSsh(file: string, host: string, options: readonly string[] = []): ToldSettings {
  let output: string;
  try {
    output = execFileSync('ssh', ['-G', '-F', file, ...options, '--', host], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
  const told: Record<string, string> = {};
  for (const line of output.split('\n')) {
    const [, keyword, value] = /^(\S+) (.*)$/.exec(line) ?? [];
    if (keyword === undefined || value === undefined || !compared.includes(keyword)) continue;
    told[keyword] = keyword === 'identityfile' && told[keyword] !== undefined ? `${told[keyword]} ${value}` : value;
  }
  // Debian's build keeps batch connections alive by itself.
  if (told['batchmode'] === 'yes' && told['serveraliveinterval'] === '300') told['serveraliveinterval'] = '0';
  return told;
}

const compared = [
  'hostname', 'port', 'user', 'identityfile', 'identitiesonly', 'identityagent', 'proxyjump', 'proxycommand', 'stricthostkeychecking', 'userknownhostsfile',
  'globalknownhostsfile', 'hostkeyalias', 'connecttimeout', 'serveraliveinterval', 'serveralivecountmax', 'preferredauthentications', 'pubkeyauthentication',
  'passwordauthentication', 'kbdinteractiveauthentication', 'addressfamily', 'bindaddress', 'numberofpasswordprompts', 'batchmode', 'hashknownhosts',
];

/** What this product reads of the same files, in the same words. */
export async function askProduct(file: string, query: ConfigQuery): Promise<ToldSettings> {
  const config = await readSshConfig({ configFile: file, homeFolder: query.homeFolder });
  if (config.problems.length > 0) return undefined;
  const evaluation = evaluateSshConfig(config.files, query, new Map());
  const read = readSshSettings(evaluation, query, process.env);
  const given = (keyword: Parameters<typeof evaluation.settings.get>[0]): string | undefined => evaluation.settings.get(keyword)?.words.join(' ');
  const yesNo = (value: boolean): string => (value ? 'yes' : 'no');
  const jumps = evaluation.jumps ?? [];
  const told: Record<string, string | undefined> = {
    hostname: read.hostName, port: String(read.port), user: read.user,
    identityfile: evaluation.identityFiles.map(({ words }) => words[0] ?? '').join(' ') || usualIdentities,
    identitiesonly: yesNo(read.identitiesOnly), identityagent: given('IdentityAgent'),
    proxyjump: jumps.length > 0 ? jumps.map((jump) => jump.replace(/^ssh:\/\//, '').replace(/\/$/, '')).join(',') : undefined,
    proxycommand: read.jumps.length > 0 || evaluation.proxyCommand === undefined ? undefined : evaluation.proxyCommand,
    stricthostkeychecking: { 'yes': 'true', 'off': 'false', 'ask': 'ask', 'accept-new': 'accept-new' }[read.hostKeyChecking ?? 'ask'],
    userknownhostsfile: (read.userKnownHosts ?? [`${query.homeFolder}/.ssh/known_hosts`, `${query.homeFolder}/.ssh/known_hosts2`]).join(' ') || 'none',
    globalknownhostsfile: (read.globalKnownHosts ?? ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2']).join(' ') || 'none',
    hostkeyalias: read.hostKeyAlias, connecttimeout: read.connectTimeout === undefined ? 'none' : String(read.connectTimeout),
    serveraliveinterval: String(read.aliveInterval ?? 0), serveralivecountmax: String(read.aliveCount), preferredauthentications: given('PreferredAuthentications'),
    pubkeyauthentication: read.methods.includes('publickey') || given('PreferredAuthentications') !== undefined ? undefined : 'false',
    addressfamily: read.family, bindaddress: read.bindAddress, numberofpasswordprompts: String(read.passwordPrompts), batchmode: yesNo(read.batchMode),
    hashknownhosts: yesNo(read.hashKnownHosts),
    ...switches(given),
  };
  return Object.fromEntries(Object.entries(told).flatMap(([keyword, value]) => (value === undefined ? [] : [[keyword, value]])));
}

function switches(given: (keyword: 'PubkeyAuthentication' | 'PasswordAuthentication' | 'KbdInteractiveAuthentication') => string | undefined): Record<string, string> {
  const on = (value: string | undefined, words: readonly [string, string]): string => (value !== undefined && /^(?:no|false)$/i.test(value) ? words[1] : words[0]);
  const pubkey = given('PubkeyAuthentication')?.toLowerCase();
  return {
    pubkeyauthentication: pubkey === 'unbound' || pubkey === 'host-bound' ? pubkey : on(pubkey, ['true', 'false']),
    passwordauthentication: on(given('PasswordAuthentication'), ['yes', 'no']), kbdinteractiveauthentication: on(given('KbdInteractiveAuthentication'), ['yes', 'no']),
  };
}

const usualIdentities = ['rsa', 'ecdsa', 'ecdsa_sk', 'ed25519', 'ed25519_sk', 'xmss', 'dsa'].map((kind) => `~/.ssh/id_${kind}`).join(' ');

/** A query as `ssh` would make it on this machine. */
export function queryFor(host: string, home: string, user: string, said: Pick<ConfigQuery, 'user' | 'port' | 'jumps'> = {}): ConfigQuery {
  return {
    host, homeFolder: home, localUser: user, userId: String(process.getuid?.() ?? 0), localHost: hostname(),
    hash: (text) => createHash('sha1').update(text).digest('hex'), ...said,
  };
}
