import type { Host, HostSettings, HostSystem } from '../../../core/hosts/model';
import type { ConfigAlias } from '../../../core/hosts/sshConfig/aliases';
import type { ShownRoute } from '../../../core/hosts/sshConfig/describeRoute';
import type { SshOptions } from '../../../protocol/service';
import type { Questions } from '../../questions';
import type { HostConnection } from './hostConnection';

export interface ConnectOptions {
  /** One object per run: what a person answers (passphrases, passwords that worked) is kept for it and not asked again. */
  readonly questions: Questions;
  /** Trusts a host key nobody has vouched for, without a question. A changed or revoked key is refused all the same. */
  readonly acceptNewHostKey: boolean;
  readonly signal?: AbortSignal;
}

/** Opens connections to hosts. */
export interface HostConnector {
  /**
   * Connects, verifies the host key, then signs in. How it went is recorded as the host's last contact.
   * @throws ProductError `host/…`, `general/cancelled`
   */
  connect(host: Host, options: ConnectOptions): Promise<HostConnection>;
  /**
   * Asks a host what it is, in one round trip.
   * @throws ProductError `host/windows-not-supported`, `host/probe-failed`, `host/probe-failed-windows`, `host/connection-lost`, `general/cancelled`
   */
  probe(connection: HostConnection, signal?: AbortSignal): Promise<HostSystem>;
  /**
   * Connects, probes, and records the contact and the system. A host that cannot be used is an answer, not an exception:
   * its contact holds the error.
   * @throws ProductError `general/cancelled`, and what the repository raises
   */
  test(host: Host, options: ConnectOptions): Promise<Host>;
  /** How a host would be reached, by the SSH configuration as it is now. Contacts nobody and runs nothing. @throws ProductError `host/ssh-config-unreadable` */
  resolve(host: HostSettings, options: SshOptions | undefined): Promise<ShownRoute>;
  /** The names of the SSH configuration. @throws ProductError `host/ssh-config-unreadable` */
  aliases(options: SshOptions | undefined): Promise<readonly ConfigAlias[]>;
}
