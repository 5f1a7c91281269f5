import { ProductError } from '../../../core/errors';
import type { Host } from '../../../core/hosts/model';
import type { Questions } from '../../questions';
import type { Repository } from '../../repository/repository';
import type { ServiceLog } from '../../serviceLog';
import { describeKey, orderHostKeyAlgorithms, readKeyType, type HostKeyAlgorithm, type PublicKey } from './hostKeys';
import { decideHostKey, knownKeyTypes, type HostTrust, type KnownKeyPlace } from './knownHosts';
import type { AttemptControls } from './openConnection';
import { appendToKnownHosts, readKnownHostsFiles, type KnownHostsFiles } from './knownHostsFiles';

/** Decides whether the key that one host offers may be trusted; made anew for each {@link HostConnector.connect}. */
export interface HostKeyVerifier {
  /** Algorithms for the key exchange, those of known keys first. */
  readonly algorithms: HostKeyAlgorithm[];
  /**
   * Returns when the key may be trusted. Nothing has been proved or sent by then: the host still has to sign with it.
   * @throws ProductError `host/key-unknown`, `host/key-authority-only`, `host/key-changed`, `host/key-revoked`
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
  readonly host: Host;
  readonly files: KnownHostsFiles;
  readonly repository: Pick<Repository, 'listHostKeys' | 'addHostKey'>;
  readonly questions: Questions;
  readonly acceptNewHostKey: boolean;
  readonly ask: AttemptControls['ask'];
  readonly log: ServiceLog;
}

/** Reads what is known of the host. @throws ProductError `host/known-hosts-unreadable` */
export async function createHostKeyVerifier(options: HostKeyVerifierOptions): Promise<HostKeyVerifier> {
  const { host, files, repository, questions, log } = options;
  const address = host.address.toLowerCase();
  const trust: HostTrust = {
    address,
    port: host.port,
    entries: await readKnownHostsFiles(files, host.name),
    ownKeys: await repository.listHostKeys(address, host.port),
  };
  let accepted: { key: PublicKey; addToKnownHosts: boolean; stored: boolean } | undefined;

  async function askAboutUnknown(key: PublicKey, authority: KnownKeyPlace | undefined, signal: AbortSignal): Promise<void> {
    const shown = describeKey(key);
    if (authority) {
      log.warn('ssh', `${host.name}: ${authority.file}, line ${authority.line} trusts a certificate authority for ${address}; host certificates cannot be checked, the plain key counts`);
    }
    let answer: 'trust' | 'trustAndAddToKnownHosts' | 'refuse' = 'trust';
    if (!options.acceptNewHostKey) {
      answer = await options.ask(questions.confirmHostKey({ hostName: host.name, address, port: host.port, key: shown }, signal));
    }
    if (answer === 'refuse') {
      const args = { host: host.name, address, type: shown.type, fingerprint: shown.fingerprint };
      throw authority ? new ProductError('host/key-authority-only', { ...args, ...authority }) : new ProductError('host/key-unknown', args);
    }
    accepted = { key, addToKnownHosts: answer === 'trustAndAddToKnownHosts', stored: false };
  }

  return {
    algorithms: orderHostKeyAlgorithms(knownKeyTypes(trust)),
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
          throw new ProductError('host/key-revoked', { host: host.name, ...describeKey(key), ...decision.place });
        case 'changed': {
          const { known } = decision;
          throw new ProductError('host/key-changed', {
            host: host.name, file: known.file, line: known.line, known: known.fingerprint, knownType: known.type,
            offered: describeKey(key).fingerprint, type: key.type,
          });
        }
      }
    },
    async remember() {
      if (!accepted || accepted.stored) return;
      accepted.stored = true;
      const { key, addToKnownHosts } = accepted;
      await repository.addHostKey({ address, port: host.port, type: key.type, key: key.blob.toString('base64') });
      log.info('ssh', `${host.name}: trusted host key ${describeKey(key).fingerprint} (${key.type}) of ${address} port ${host.port}`);
      if (addToKnownHosts) await appendToKnownHosts(files.user[0], address, host.port, key, host.name);
    },
  };
}
