import { isCancelled, isProductError, ProductError, toErrorData, type ErrorCode } from '../../../core/errors';
import type { Host, HostContact, HostSystem, InstallAs } from '../../../core/hosts/model';
import type { Evaluation } from '../../../core/hosts/sshConfig/evaluate';
import type { Redactor } from '../../redactor';
import type { Repository } from '../../repository/repository';
import type { ServiceLog } from '../../serviceLog';
import { createAuthentication } from './authentication';
import type { HostConnection, HostShell } from './hostConnection';
import type { ConnectOptions, HostConnector } from './hostConnector';
import { createHostKeyVerifier } from './hostKeyVerifier';
import { findRoute, lookUpAliases, lookUpRoute } from './findRoute';
import { makeHop, type ConnectedHop } from './hop';
import { defaultKnownHostsFiles, type KnownHostsFiles } from './knownHostsFiles';
import { createControls, openConnection, type OpenConnection } from './openConnection';
import { probeHost, type ProbeContext } from './probe';
import { secretsOf } from './runSecrets';
import { createInstallUser } from './installUser';
import { shellOf } from './serverSoftware';
import { createSshConnection } from './sshConnection';
import { overNetwork, throughCommand, throughJump, type OpenWay } from './ways';

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
  /** OpenSSH's folder of settings for the whole machine. Default: OpenSSH's own. */
  readonly systemSshFolder?: string;
  /** Default: those that OpenSSH reads. */
  readonly knownHostsFiles?: KnownHostsFiles;
  readonly now?: () => Date;
}

/** Makes the connector that the package service has one of. */
export function createHostConnector(options: HostConnectorOptions): HostConnector {
  const { repository, log, redactor, now = () => new Date() } = options;
  const files = options.knownHostsFiles ?? defaultKnownHostsFiles(options.homeFolder);
  const places = { homeFolder: options.homeFolder, log, ...(options.systemSshFolder !== undefined && { systemFolder: options.systemSshFolder }) };
  const probeContexts = new WeakMap<HostConnection, ProbeContext>();

  async function open(host: Host, { questions, acceptNewHostKey, signal = new AbortController().signal }: ConnectOptions): Promise<HostConnection> {
    const route = await findRoute(host, questions, places, signal);
    const { ssh } = questions;
    const defaults = {
      hostKeyChecking: ssh?.hostKeyChecking, keepaliveInterval: options.keepaliveInterval ?? 15_000,
      connectTimeout: ssh?.connectTimeout === undefined ? options.connectTimeout : ssh.connectTimeout * 1000,
    };
    const last = route.hops.length - 1;
    const hops = route.hops.map(({ name, settings }, index) => makeHop(index === last ? host.name : name, settings, host, index !== last, defaults));
    for (const { evaluation } of route.hops) tellUnsupported(log, host.name, evaluation);
    const opened: Opened[] = [];
    try {
      for (const hop of hops) opened.push(await openHop(hop, opened.at(-1), { questions, acceptNewHostKey, signal }));
    } catch (error) {
      await closeAll(opened);
      throw error;
    }
    const target = opened.pop();
    if (target === undefined) throw new Error('a route ends at its host');
    let installAs: InstallAs | undefined;
    try {
      installAs = installAsOn(host, shellOf(target.connection.serverSoftware), ssh?.installAs);
    } catch (error) {
      await closeAll([...opened, target]);
      throw error;
    }
    const installUser = createInstallUser({ hop: target.hop, installAs, questions, secrets: secretsOf(questions), redactor, signal });
    const { connection, probeContext } = createSshConnection(target.hop, target.connection, installUser.become, () => {
      target.release();
      installUser.release();
      void closeAll(opened);
    });
    probeContexts.set(connection, probeContext);
    try {
      await installUser.check(connection);
    } catch (error) {
      await connection.close();
      throw error;
    }
    return connection;
  }

  /** Opens one machine on the way, through the one before it. Its key is verified before anything is told to it. */
  async function openHop(hop: ConnectedHop, before: Opened | undefined, { questions, acceptNewHostKey, signal }: Required<ConnectOptions>): Promise<Opened> {
    const controls = createControls();
    const verifier = await createHostKeyVerifier({ hop, files, repository, questions, acceptNewHostKey, ask: controls.ask, log });
    const authentication = createAuthentication({
      hop, homeFolder: options.homeFolder, questions, secrets: secretsOf(questions), redactor, signal, ...controls,
      leftOut: (file, reason) => log.warn('ssh', `${hop.name}: ${file} was left out: ${reason}`),
    });
    try {
      const connection = await openConnection({ hop, openWay: wayTo(hop, before), signal, verifier, authentication }, controls);
      log.info('ssh', `${hop.name}: signed in to ${hop.user}@${hop.address} port ${hop.port} with ${connection.signedInWith} (${connection.serverSoftware})`);
      return { hop, connection, release: authentication.release };
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

  return { connect, probe, test, resolve: (host, ssh) => lookUpRoute(host, ssh, places), aliases: (ssh) => lookUpAliases(ssh, places) };
}

/**
 * Who installs on a host. Windows knows no way to become another user; what a person has set for all hosts is meant for the
 * others then.
 * @throws ProductError `host/no-other-user` where the host itself wants it
 */
function installAsOn({ name, installAs }: Host, shell: HostShell, ofAll: InstallAs | undefined): InstallAs | undefined {
  if (shell !== 'powershell') return installAs ?? ofAll;
  if (installAs !== undefined && installAs.kind !== 'loginUser') throw new ProductError('host/no-other-user', { host: name, program: installAs.kind === 'su' ? 'su' : 'sudo' });
  return undefined;
}

interface Opened {
  readonly hop: ConnectedHop;
  readonly connection: OpenConnection;
  /** Forgets the secrets of the connection. */
  readonly release: () => void;
}

function wayTo(hop: ConnectedHop, before: Opened | undefined): OpenWay {
  if (before) return throughJump(hop, before.hop, before.connection.client, before.connection.lost);
  return hop.settings.proxyCommand === undefined ? overNetwork(hop) : throughCommand(hop, hop.settings.proxyCommand);
}

/** From the host back to us. */
async function closeAll(opened: Opened[]): Promise<void> {
  for (const { connection, release } of opened.splice(0).reverse()) {
    await connection.end();
    release();
  }
}

/** What would change how a host is reached and cannot be done here is never passed over in silence. */
function tellUnsupported(log: ServiceLog, hostName: string, { unsupported, unknown, skipped }: Evaluation): void {
  const tell = (file: string, line: number, what: string): void => log.warn('ssh', `${hostName}: ${file}, line ${line}: ${what}`);
  for (const { file, line, keyword, value } of unsupported) tell(file, line, `${keyword} ${value} is not supported`);
  for (const { file, line, keyword } of unknown) tell(file, line, `${keyword} is not known`);
  for (const { file, line, criterion } of skipped) tell(file, line, `Match ${criterion} is not supported and counts as not holding`);
}

const contactStates: Partial<Record<ErrorCode, HostContact['state']>> = {
  'host/key-unknown': 'key-unknown',
  'host/key-unknown-strict': 'key-unknown',
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
  'host/batch-mode': 'login-refused',
  'host/install-password-wanted': 'login-refused',
  'host/install-password-wrong': 'login-refused',
  'host/install-user-refused': 'login-refused',
  'host/no-other-user': 'login-refused',
  'host/login-refused': 'login-refused',
  'host/too-many-failures': 'login-refused',
  'host/password-expired': 'login-refused',
};
