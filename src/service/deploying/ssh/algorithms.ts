import type { Algorithms } from 'ssh2';
import { ProductError } from '../../../core/errors';
import { matchesPattern } from '../../../core/hosts/patterns';
import { applyAlgorithms, type SshSettings } from '../../../core/hosts/sshConfig/settings';
import { orderHostKeyAlgorithms } from './hostKeys';

/** What the library speaks, best first; those after `|` only when a configuration asks for them. */
const spoken = {
  KexAlgorithms: 'curve25519-sha256@libssh.org curve25519-sha256 ecdh-sha2-nistp256 ecdh-sha2-nistp384 ecdh-sha2-nistp521 diffie-hellman-group-exchange-sha256 '
    + 'diffie-hellman-group14-sha256 diffie-hellman-group15-sha512 diffie-hellman-group16-sha512 diffie-hellman-group17-sha512 diffie-hellman-group18-sha512'
    + '|diffie-hellman-group-exchange-sha1 diffie-hellman-group14-sha1 diffie-hellman-group1-sha1',
  Ciphers: 'aes128-gcm@openssh.com aes256-gcm@openssh.com aes128-ctr aes192-ctr aes256-ctr chacha20-poly1305@openssh.com|aes256-cbc aes192-cbc aes128-cbc 3des-cbc',
  MACs: 'hmac-sha2-256-etm@openssh.com hmac-sha2-512-etm@openssh.com hmac-sha1-etm@openssh.com hmac-sha2-256 hmac-sha2-512 hmac-sha1|hmac-md5 hmac-sha1-96 hmac-md5-96',
  HostKeyAlgorithms: 'ssh-ed25519 ecdsa-sha2-nistp256 ecdsa-sha2-nistp384 ecdsa-sha2-nistp521 rsa-sha2-512 rsa-sha2-256 ssh-rsa|ssh-dss',
} as const;
type AlgorithmKeyword = keyof typeof spoken;

/**
 * The algorithms to offer, as the configuration says. What the library does not speak is left out of a list, as OpenSSH
 * leaves out what the other side does not offer.
 * @param knownTypes types of the keys that are known for the host; those come first unless the configuration gives a list of its own
 * @throws ProductError `host/algorithms-unsupported`
 */
export function chooseAlgorithms(hostName: string, asked: SshSettings['algorithms'], knownTypes: readonly string[]): Algorithms {
  const choose = (keyword: AlgorithmKeyword, usual: readonly string[]): readonly string[] | undefined => {
    const written = asked[keyword];
    if (written === undefined) return keyword === 'HostKeyAlgorithms' ? usual : undefined;
    const chosen = applyAlgorithms(written, usual, matchesPattern).filter((name) => all(keyword).includes(name));
    if (chosen.length === 0) throw new ProductError('host/algorithms-unsupported', { host: hostName, keyword, value: written, supported: all(keyword).join(', ') });
    return chosen;
  };
  const kex = choose('KexAlgorithms', usualOf('KexAlgorithms'));
  const cipher = choose('Ciphers', usualOf('Ciphers'));
  const hmac = choose('MACs', usualOf('MACs'));
  const serverHostKey = choose('HostKeyAlgorithms', orderHostKeyAlgorithms(knownTypes));
  // The names were looked up above; the library's types are lists of the same names.
  return { ...(kex && { kex }), ...(cipher && { cipher }), ...(hmac && { hmac }), ...(serverHostKey && { serverHostKey }) } as Algorithms;
}

/** Whether a key of that type may be offered for signing in. */
export function isKeyAccepted(asked: string | undefined, type: string): boolean {
  if (asked === undefined) return true;
  const usual = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'];
  const accepted = applyAlgorithms(asked, usual, matchesPattern);
  // One type of key, three ways to sign with it.
  return (type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'] : [type]).some((name) => accepted.some((pattern) => matchesPattern(pattern, name)));
}

function usualOf(keyword: AlgorithmKeyword): readonly string[] {
  return (spoken[keyword].split('|')[0] ?? '').split(' ');
}

function all(keyword: AlgorithmKeyword): readonly string[] {
  return spoken[keyword].split(/[| ]/);
}
