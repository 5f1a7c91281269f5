import { access } from 'node:fs/promises';
import * as path from 'node:path';
import { BaseAgent, type IdentityCallback, type ParsedKey, type SignCallback, type SigningRequestOptions } from 'ssh2';
import { isProductError } from '../../../core/errors';
import { listAgentKeys, SingleKeyAgent, type SignWith } from './agent';
import { isKeyAccepted } from './algorithms';
import type { ConnectedHop } from './hop';
import { fingerprintOf } from './hostKeys';
import { readPublicPart } from './keyFile';

/** One key that can be offered to a machine. */
export interface KeyCandidate {
  /** For the log. */
  readonly text: string;
  /** Shows the library the public part, and signs only for a machine that would take it. */
  agentFor(signWith: SignWith): BaseAgent<ParsedKey>;
}

/** A key that was named and is left out, with the reason by its name. */
export interface LeftOutKey {
  readonly file: string;
  readonly reason: string;
}

export interface KeyCandidates {
  readonly keys: readonly KeyCandidate[];
  readonly leftOut: readonly LeftOutKey[];
}

export interface KeySources {
  /** The agent of the client that started the work. */
  readonly agentSocket: string | undefined;
  readonly homeFolder: string;
  /** Opens a key file, asking for its passphrase. */
  readonly open: (keyFile: string) => Promise<ParsedKey>;
}

const usualNames = ['id_rsa', 'id_ecdsa', 'id_ed25519'];

/**
 * The keys to try, in OpenSSH's order, which spends the few tries a server grants on the likeliest: keys of the agent that
 * the configuration names, the agent's other keys (not with IdentitiesOnly), then key files that the agent does not hold.
 */
export async function findKeyCandidates(hop: ConnectedHop, sources: KeySources): Promise<KeyCandidates> {
  const { settings } = hop;
  const leftOut: LeftOutKey[] = [];
  const socket = agentOf(hop, sources.agentSocket);
  const held = socket === undefined ? [] : await agentKeys(socket, hop, leftOut);
  const files = await namedFiles(hop, sources.homeFolder, leftOut);
  const accepted = (type: string): boolean => isKeyAccepted(settings.algorithms.PubkeyAcceptedAlgorithms, type);
  const isNamed = (key: ParsedKey): boolean => files.some(({ publicKey }) => publicKey !== undefined && publicKey.getPublicSSH().equals(key.getPublicSSH()));
  const fromAgent = [...held.filter(isNamed), ...(settings.identitiesOnly ? [] : held.filter((key) => !isNamed(key)))];
  const keys = fromAgent.filter(({ type }) => accepted(type)).map((key): KeyCandidate => ({
    text: `agent key ${key.type} ${fingerprintOf(key.getPublicSSH())}`,
    agentFor: (signWith) => new SingleKeyAgent(socket ?? '', key, signWith),
  }));
  for (const { file, publicKey } of files) {
    if (publicKey === undefined || !accepted(publicKey.type) || held.some((key) => key.getPublicSSH().equals(publicKey.getPublicSSH()))) continue;
    keys.push({ text: `key ${file}`, agentFor: (signWith) => new FileKeyAgent(publicKey, () => sources.open(file), signWith) });
  }
  return { keys, leftOut };
}

/** The agent to ask: the one the configuration names, else that of the client. */
export function agentOf({ settings }: ConnectedHop, clients: string | undefined): string | undefined {
  const { identityAgent } = settings;
  if (identityAgent === undefined || identityAgent === 'SSH_AUTH_SOCK') return clients;
  return identityAgent === 'none' || identityAgent === '' ? undefined : identityAgent;
}

/** As with OpenSSH, an agent that does not answer is no reason to stop: other keys may do. */
async function agentKeys(socket: string, hop: ConnectedHop, leftOut: LeftOutKey[]): Promise<readonly ParsedKey[]> {
  try {
    const { keys, unsupported } = await listAgentKeys(socket, hop.name);
    if (unsupported > 0) leftOut.push({ file: socket, reason: `${unsupported} keys of unsupported kinds (FIDO, certificates)` });
    return keys;
  } catch (error) {
    if (!isProductError(error)) throw error;
    leftOut.push({ file: socket, reason: String(error.args['reason']) });
    return [];
  }
}

interface NamedFile {
  readonly file: string;
  /** Undefined: it cannot be used. */
  readonly publicKey: ParsedKey | undefined;
}

async function namedFiles({ settings, name }: ConnectedHop, homeFolder: string, leftOut: LeftOutKey[]): Promise<readonly NamedFile[]> {
  const named = settings.identityFiles;
  const files = named ?? usualNames.map((usual) => path.join(homeFolder, '.ssh', usual));
  const read = files.map(async (file): Promise<NamedFile> => {
    try {
      return { file, publicKey: await readPublicPart(file, name) };
    } catch (error) {
      if (!isProductError(error)) throw error;
      // The usual places are looked at; only what somebody named is missed.
      const isThere = named !== undefined || await access(file).then(() => true, () => false);
      if (isThere) leftOut.push({ file, reason: error.code === 'host/key-file-fido' ? 'FIDO keys are not supported' : String(error.args['reason'] ?? error.code) });
      return { file, publicKey: undefined };
    }
  });
  return await Promise.all(read);
}

/** Signs with a key file that is opened only when the machine would take the key: nobody is asked for a passphrase in vain. */
class FileKeyAgent extends BaseAgent<ParsedKey> {
  constructor(private readonly publicKey: ParsedKey, private readonly open: () => Promise<ParsedKey>, private readonly signWith: SignWith) {
    super();
  }

  override getIdentities(callback: IdentityCallback<ParsedKey>): void {
    callback(null, [this.publicKey]);
  }

  override sign(_key: ParsedKey, data: Buffer, options: SigningRequestOptions | SignCallback, callback?: SignCallback): void {
    const done = typeof options === 'function' ? options : callback;
    const hash = typeof options === 'function' ? undefined : options.hash;
    const signing = this.open().then((key) => {
      const signature = key.sign(data, hash) as Buffer | Error;
      if (signature instanceof Error) throw signature;
      return signature;
    });
    this.signWith(signing, (error, signature) => done?.(error, signature));
  }
}

