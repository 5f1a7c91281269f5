import type { Algorithms } from 'ssh2';
import { ProductError } from '../../../core/errors';
import type { Questions } from '../../questions';
import type { Repository } from '../../repository/repository';
import type { ServiceLog } from '../../serviceLog';
import { chooseAlgorithms } from './algorithms';
import { keyNameOf, type ConnectedHop } from './hop';
import { describeKey, readKeyType, type PublicKey } from './hostKeys';
import { decideHostKey, knownKeyTypes, type HostTrust, type KnownKeyPlace } from './knownHosts';
import type { AttemptControls } from './openConnection';
import { appendToKnownHosts, readKnownHostsFiles, type KnownHostsFiles } from './knownHostsFiles';

/** Decides whether the key that one machine offers may be trusted; made anew for each {@link HostConnector.connect}. */
export interface HostKeyVerifier {
  /** Algorithms for the key exchange, those of known keys first. */
  readonly algorithms: Algorithms;
  /**
   * Returns when the key may be trusted. Nothing has been proved or sent by then: the host still has to sign with it.
   * @throws ProductError `host/key-unknown`, `host/key-unknown-strict`, `host/key-authority-only`, `host/key-changed`, `host/key-revoked`
   */
  verify(blob: Buffer, signal: AbortSignal): Promise<PublicKey>;
  /**
   * Stores a key that was newly trusted. To be called once the host has proved that it holds the key, and before any
   * credential: a key that somebody merely showed must never become a known one.
   * @throws ProductError `host/known-hosts-unwritable`, and what the repository raises
   */
  remember(): Promise<void>;
}

export interface HostKeyVerifierOptions {
  readonly hop: ConnectedHop;
  readonly files: KnownHostsFiles;
  readonly repository: Pick<Repository, 'listHostKeys' | 'addHostKey'>;
  readonly questions: Questions;
  readonly acceptNewHostKey: boolean;
  readonly ask: AttemptControls['ask'];
  readonly log: ServiceLog;
}

/** Reads what is known of the machine. @throws ProductError `host/known-hosts-unreadable`, `host/algorithms-unsupported` */
export async function createHostKeyVerifier(options: HostKeyVerifierOptions): Promise<HostKeyVerifier> {
  const { hop, files: usual, repository, questions, log } = options;
  const { settings } = hop;
  const files: KnownHostsFiles = { user: settings.userKnownHosts ?? usual.user, global: settings.globalKnownHosts ?? usual.global };
  const known = keyNameOf(hop);
  const { address, port } = known;
  const trust: HostTrust = { ...known, entries: await readKnownHostsFiles(files, hop.name), ownKeys: await repository.listHostKeys(address, port) };
  let accepted: { key: PublicKey; addToKnownHosts: boolean; stored: boolean } | undefined;

  async function askAboutUnknown(key: PublicKey, authority: KnownKeyPlace | undefined, signal: AbortSignal): Promise<void> {
    const shown = describeKey(key);
    const args = { host: hop.name, address, type: shown.type, fingerprint: shown.fingerprint };
    if (authority) {
      log.warn('ssh', `${hop.name}: ${authority.file}, line ${authority.line} trusts a certificate authority for ${address}; host certificates cannot be checked, the plain key counts`);
    }
    let answer: 'trust' | 'trustAndAddToKnownHosts' | 'refuse' = 'trust';
    const { hostKeyChecking } = hop;
    // What a person said for this very run wins over what a file says for all.
    if (!options.acceptNewHostKey && hostKeyChecking === 'yes') throw new ProductError('host/key-unknown-strict', args);
    if (!options.acceptNewHostKey && hostKeyChecking === 'ask') {
      const question = { hostName: hop.hostName, address, port, key: shown, ...(hop.isJump && { jumpHost: hop.name }) };
      answer = settings.batchMode ? 'refuse' : await options.ask(questions.confirmHostKey(question, signal));
    }
    if (answer === 'refuse') {
      throw authority ? new ProductError('host/key-authority-only', { ...args, ...authority }) : new ProductError('host/key-unknown', args);
    }
    accepted = { key, addToKnownHosts: answer === 'trustAndAddToKnownHosts', stored: false };
  }

  return {
    algorithms: chooseAlgorithms(hop.name, settings.algorithms, knownKeyTypes(trust)),
    async verify(blob, signal) {
      const key: PublicKey = { type: readKeyType(blob) ?? 'unknown', blob };
      if (accepted?.key.blob.equals(blob)) return key;
      const decision = decideHostKey(key, trust);
      switch (decision.kind) {
        case 'known':
          return key;
        case 'unknown':
          await askAboutUnknown(key, decision.authority, signal);
          return key;
        case 'revoked':
          throw new ProductError('host/key-revoked', { host: hop.name, ...describeKey(key), ...decision.place });
        case 'changed': {
          const { known: other } = decision;
          throw new ProductError('host/key-changed', {
            host: hop.name, file: other.file, line: other.line, known: other.fingerprint, knownType: other.type,
            offered: describeKey(key).fingerprint, type: key.type,
          });
        }
      }
    },
    async remember() {
      if (!accepted || accepted.stored) return;
      accepted.stored = true;
      const { key, addToKnownHosts } = accepted;
      await repository.addHostKey({ address, port, type: key.type, key: key.blob.toString('base64') });
      log.info('ssh', `${hop.name}: trusted host key ${describeKey(key).fingerprint} (${key.type}) of ${address} port ${port}`);
      const [file] = files.user;
      if (addToKnownHosts && file !== undefined) await appendToKnownHosts(file, known, key, hop.name, settings.hashKnownHosts);
    },
  };
}
