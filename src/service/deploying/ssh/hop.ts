import type { Authentication, Host } from '../../../core/hosts/model';
import type { HostKeyChecking, SshSettings } from '../../../core/hosts/sshConfig/settings';

/** One machine that is connected to: a host, or one on the way to it. */
export interface ConnectedHop {
  /** How messages name it: the host's name in this product, or the jump host as the configuration names it. */
  readonly name: string;
  /** The host that all this is for. */
  readonly hostName: string;
  /** On the way to the host. */
  readonly isJump: boolean;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly authentication: Authentication;
  readonly settings: SshSettings;
  readonly hostKeyChecking: HostKeyChecking;
  /** Milliseconds. */
  readonly connectTimeout: number;
  /** Milliseconds between two signs of life that are asked of a silent host; 0: none. */
  readonly keepaliveInterval: number;
  readonly keepaliveCount: number;
}

/** What the person's own settings say beside the SSH configuration. */
export interface HopDefaults {
  /** Wins over the configuration. */
  readonly hostKeyChecking: HostKeyChecking | undefined;
  /** Milliseconds, where the configuration says nothing. */
  readonly connectTimeout: number;
  readonly keepaliveInterval: number;
}

/** Makes a hop of what the configuration says for it. @param host set for the last one */
export function makeHop(name: string, settings: SshSettings, forHost: Host, isJump: boolean, defaults: HopDefaults): ConnectedHop {
  const { aliveInterval, connectTimeout } = settings;
  return {
    name, hostName: forHost.name, isJump, settings,
    address: settings.hostName, port: settings.port, user: settings.user,
    authentication: isJump ? { kind: 'sshConfig' } : forHost.authentication,
    hostKeyChecking: defaults.hostKeyChecking ?? settings.hostKeyChecking ?? 'ask',
    connectTimeout: connectTimeout === undefined ? defaults.connectTimeout : connectTimeout * 1000,
    keepaliveInterval: aliveInterval === undefined ? defaults.keepaliveInterval : aliveInterval * 1000,
    keepaliveCount: aliveInterval === undefined ? 4 : settings.aliveCount,
  };
}

/** The name and port under which a hop's key is known: an alias stands for the machine, whatever its port. */
export function keyNameOf({ settings, address, port }: ConnectedHop): { readonly address: string; readonly port: number } {
  return settings.hostKeyAlias === undefined ? { address: address.toLowerCase(), port } : { address: settings.hostKeyAlias.toLowerCase(), port: 22 };
}
