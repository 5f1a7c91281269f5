import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { utils, type ParsedKey } from 'ssh2';
import { ProductError } from '../../../core/errors';
import { reasonOf } from './reasons';

const sizeLimit = 1024 * 1024;

export type KeyFile =
  | { readonly kind: 'key'; readonly key: ParsedKey }
  /** A passphrase is needed, or the one given does not open it. */
  | { readonly kind: 'locked' };

/**
 * Reads a private key file (OpenSSH, PEM, PKCS #8, PuTTY 2).
 * @throws ProductError `host/key-file-unreadable`, `host/key-file-public`, `host/key-file-fido`, `host/key-file-unsupported`
 */
export async function readKeyFile(file: string, hostName: string, passphrase?: string): Promise<KeyFile> {
  const args = { host: hostName, file };
  const unsupported = (reason: string): ProductError => new ProductError('host/key-file-unsupported', { ...args, reason });
  const text = await readText(file, hostName);

  // The public part of an OpenSSH file is readable without the passphrase: nobody is asked for a key that cannot be used.
  const openSsh = readOpenSshHeader(text);
  if (openSsh?.type.startsWith('sk-')) throw new ProductError('host/key-file-fido', { ...args, type: openSsh.type });
  const encrypted = openSsh ? openSsh.encrypted : /^(Proc-Type: 4,ENCRYPTED|-----BEGIN ENCRYPTED |Encryption: (?!none))/m.test(text);
  if (encrypted && passphrase === undefined) return { kind: 'locked' };

  let key: ParsedKey | Error;
  try {
    key = utils.parseKey(/^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/m.test(text) ? rewritePkcs8(text, passphrase) : text, passphrase);
  } catch (error) {
    key = error instanceof Error ? error : new Error(String(error));
  }
  if (!(key instanceof Error)) {
    if (!key.isPrivateKey()) throw new ProductError('host/key-file-public', args);
    return { kind: 'key', key };
  }
  if (encrypted && !/unsupported|not supported/i.test(key.message)) return { kind: 'locked' };
  throw unsupported(reasonOf(key));
}

/**
 * Reads the public part of a key: from the file, which tells it without its passphrase or is a public key itself, else
 * from the one beside it (`.pub`). A key in an older form without one has to be opened to tell: not when it is encrypted.
 * @throws ProductError `host/key-file-unreadable`, `host/key-file-fido`, `host/key-file-unsupported`
 */
export async function readPublicPart(file: string, hostName: string): Promise<ParsedKey> {
  const text = await readText(file, hostName);
  const openSsh = readOpenSshHeader(text);
  if (openSsh?.type.startsWith('sk-')) throw new ProductError('host/key-file-fido', { host: hostName, file, type: openSsh.type });
  const beside = openSsh ? undefined : await readText(`${file}.pub`, hostName).catch(() => undefined);
  for (const source of [openSsh?.publicKey, text, beside]) {
    const key = source === undefined ? undefined : utils.parseKey(source);
    if (key !== undefined && !(key instanceof Error)) return key;
  }
  const opened = await readKeyFile(file, hostName);
  if (opened.kind === 'key') return opened.key;
  throw new ProductError('host/key-file-unsupported', { host: hostName, file, reason: 'it is encrypted in an old form, and its public key file is missing' });
}

async function readText(file: string, hostName: string): Promise<string> {
  let content: Buffer;
  try {
    content = await readFile(file);
  } catch (error) {
    throw new ProductError('host/key-file-unreadable', { host: hostName, file, reason: reasonOf(error) }, { cause: error });
  }
  if (content.length > sizeLimit) throw new ProductError('host/key-file-unsupported', { host: hostName, file, reason: 'the file is too large' });
  return content.toString('latin1');
}

/** What an OpenSSH private key file (PROTOCOL.key) tells without its passphrase; undefined for other files. */
function readOpenSshHeader(text: string): { readonly encrypted: boolean; readonly type: string; readonly publicKey: Buffer } | undefined {
  const base64 = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]*)-----END/.exec(text)?.[1];
  if (base64 === undefined) return undefined;
  const data = Buffer.from(base64, 'base64');
  let position = 'openssh-key-v1\0'.length;
  const readString = (): Buffer => {
    const start = position + 4;
    position = start + data.readUInt32BE(position);
    return data.subarray(start, position);
  };
  try {
    const cipher = readString().toString('latin1');
    readString(); // key derivation
    readString(); // its options
    position += 4; // number of keys, always 1
    const publicKey = readString();
    return { encrypted: cipher !== 'none', type: publicKey.toString('latin1', 4, 4 + publicKey.readUInt32BE(0)), publicKey: Buffer.from(publicKey) };
  } catch {
    return undefined; // cut off: the library says so
  }
}

/** The library does not read PKCS #8; the older PEM forms say the same for RSA and ECDSA keys. */
function rewritePkcs8(text: string, passphrase: string | undefined): string {
  const key = createPrivateKey({ key: text, format: 'pem', ...(passphrase !== undefined && { passphrase }) });
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return key.export({ type: 'pkcs1', format: 'pem' }).toString();
    case 'ec':
      return key.export({ type: 'sec1', format: 'pem' }).toString();
    default:
      throw new Error(`unsupported ${key.asymmetricKeyType ?? ''} key in PKCS #8; ssh-keygen -p rewrites it as an OpenSSH file`);
  }
}
