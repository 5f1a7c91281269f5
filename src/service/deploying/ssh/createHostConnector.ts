import { isCancelled, isProductError, toErrorData, type ErrorCode } from '../../../core/errors';
import type { Host, HostContact, HostSystem } from '../../../core/hosts/model';
import type { Redactor } from '../../redactor';
import type { Repository } from '../../repository/repository';
import type { ServiceLog } from '../../serviceLog';
import { createAuthentication } from './authentication';
import type { HostConnection } from './hostConnection';
import type { ConnectOptions, HostConnector } from './hostConnector';
import { createHostKeyVerifier } from './hostKeyVerifier';
import { defaultKnownHostsFiles, type KnownHostsFiles } from './knownHostsFiles';
import { createControls, openConnection } from './openConnection';
import { probeHost, type ProbeContext } from './probe';
import { secretsOf } from './runSecrets';
import { createSshConnection } from './sshConnection';

export interface HostConnectorOptions {
  readonly repository: Pick<Repository, 'listHostKeys' | 'addHostKey' | 'recordHostContact'>;
  /** Where `.ssh/known_hosts` is. */
  readonly homeFolder: string;
  readonly log: ServiceLog;
  readonly redactor: Redactor;
  /** Milliseconds. */
  readonly connectTimeout: number;
  /** Milliseconds; default 15 seconds, so that a host which fell silent is given up after a good minute. */
  readonly keepaliveInterval?: number;
  /** Default: those that OpenSSH reads. */
  readonly knownHostsFiles?: KnownHostsFiles;
  readonly now?: () => Date;
}

/** Makes the connector that the package service has one of. */
export function createHostConnector(options: HostConnectorOptions): HostConnector {
  const { repository, log, redactor, now = () => new Date() } = options;
  const files = options.knownHostsFiles ?? defaultKnownHostsFiles(options.homeFolder);
  const timings = { connectTimeout: options.connectTimeout, keepaliveInterval: options.keepaliveInterval ?? 15_000 };
  const probeContexts = new WeakMap<HostConnection, ProbeContext>();

  async function open(host: Host, { questions, acceptNewHostKey, signal = new AbortController().signal }: ConnectOptions): Promise<HostConnection> {
    const controls = createControls();
    const verifier = await createHostKeyVerifier({ host, files, repository, questions, acceptNewHostKey, ask: controls.ask, log });
    const authentication = createAuthentication({ host, questions, secrets: secretsOf(questions), redactor, signal, ...controls });
    try {
      const opened = await openConnection({ host, timings, signal, verifier, authentication }, controls);
      log.info('ssh', `${host.name}: signed in to ${host.user}@${host.address} port ${host.port} with ${opened.signedInWith} (${opened.serverSoftware})`);
      const { connection, probeContext } = createSshConnection(host, opened, authentication.release);
      probeContexts.set(connection, probeContext);
      return connection;
    } catch (error) {
      authentication.release();
      throw error;
    }
  }

  /** Opens a connection and records how that went; a host that was removed meanwhile has nothing to record. */
  async function connect(host: Host, connectOptions: ConnectOptions): Promise<HostConnection> {
    let connection: HostConnection;
    try {
      connection = await open(host, connectOptions);
    } catch (error) {
      log.warn('ssh', `${host.name}: ${error instanceof Error ? error.message : String(error)}`);
      if (!isCancelled(error)) await record(host, contactAfter(error));
      throw error;
    }
    await record(host, { state: 'reachable', at: now().toISOString() });
    return connection;
  }

  async function record(host: Host, contact: HostContact, system?: HostSystem): Promise<Host | undefined> {
    try {
      return await repository.recordHostContact(host.id, contact, system);
    } catch (error) {
      log.error('ssh', `${host.name}: its contact could not be recorded`, error);
      return undefined;
    }
  }

  function contactAfter(error: unknown): HostContact {
    return { state: isProductError(error) ? (contactStates[error.code] ?? 'unreachable') : 'unreachable', at: now().toISOString(), error: toErrorData(error) };
  }

  async function probe(connection: HostConnection, signal?: AbortSignal): Promise<HostSystem> {
    const context = probeContexts.get(connection);
    if (!context) throw new Error('this connection was not made by this connector');
    return await probeHost(context, signal);
  }

  async function test(host: Host, connectOptions: ConnectOptions): Promise<Host> {
    let connection: HostConnection | undefined;
    try {
      connection = await open(host, connectOptions);
      const system = await probe(connection, connectOptions.signal);
      return await repository.recordHostContact(host.id, { state: 'reachable', at: now().toISOString() }, system);
    } catch (error) {
      if (isCancelled(error)) throw error;
      // Signed in, but not a host one can deploy to: it can be reached all the same.
      const contact = contactAfter(error);
      return await repository.recordHostContact(host.id, connection && !connection.lost.aborted ? { ...contact, state: 'reachable' } : contact);
    } finally {
      await connection?.close();
    }
  }

  return { connect, probe, test };
}

const contactStates: Partial<Record<ErrorCode, HostContact['state']>> = {
  'host/key-unknown': 'key-unknown',
  'host/key-authority-only': 'key-unknown',
  'host/key-changed': 'key-changed',
  'host/key-revoked': 'key-changed',
  'host/agent-missing': 'login-refused',
  'host/agent-unreachable': 'login-refused',
  'host/agent-empty': 'login-refused',
  'host/agent-failed': 'login-refused',
  'host/key-file-unreadable': 'login-refused',
  'host/key-file-public': 'login-refused',
  'host/key-file-fido': 'login-refused',
  'host/key-file-unsupported': 'login-refused',
  'host/passphrase-wrong': 'login-refused',
  'host/secret-declined': 'login-refused',
  'host/login-refused': 'login-refused',
  'host/too-many-failures': 'login-refused',
  'host/password-expired': 'login-refused',
};
