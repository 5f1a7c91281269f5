import type { ErrorData } from '../errors';

/** How to sign in. Secrets are never part of it: they are asked for, or come from the editor's secret store. */
export type Authentication =
  /** As OpenSSH does with the person's SSH configuration: agent, key files, then what a person answers. */
  | { readonly kind: 'sshConfig' }
  | { readonly kind: 'agent' }
  /** Absolute path of a private key file on the service's machine; its passphrase is asked for when it has one. */
  | { readonly kind: 'key'; readonly keyFile: string }
  | { readonly kind: 'password' };

/** Who runs the installer, and everything else of a deployment, on a host. */
export type InstallAs =
  | { readonly kind: 'loginUser' }
  /** With `sudo`: `sudo` is never given a password, `sudoPassword` is when it asks for the login user's. */
  | { readonly kind: 'sudo' | 'sudoPassword'; readonly user: string }
  /** With `su`, and the password of that user unless root signs in. */
  | { readonly kind: 'su'; readonly user: string };

export const installWays = ['loginUser', 'sudo', 'sudoPassword', 'su'] as const satisfies readonly InstallAs['kind'][];

/** What a user enters for a host. */
export interface HostSettings {
  /** The name deployments use; unique in any case. */
  readonly name: string;
  /** DNS name, IP address, or a name of the SSH configuration. */
  readonly address: string;
  /** TCP port, 1 to 65535; 0: as the SSH configuration says, else 22. */
  readonly port: number;
  /** Empty: as the SSH configuration says, else the name of the user whose service connects. */
  readonly user: string;
  readonly authentication: Authentication;
  /** Absent: as the person who deploys has set for all hosts. */
  readonly installAs?: InstallAs;
  /** Absolute path on the host (`isHostFolder`). Empty: the default of its system. */
  readonly stagingFolder: string;
  /** Absolute path on the host for the lock that keeps deployments apart. Empty: the default of its system. */
  readonly lockFolder: string;
  /** Words that hosts are told apart by; see `tags.ts`. Absent: none, and of a host that is edited: those it has. */
  readonly tags?: readonly string[];
}

/** Families of systems that a package can be deployed to, by how their paths and commands are written. */
export type HostFamily = 'posix' | 'windows';

export const defaultStagingFolders: Readonly<Record<HostFamily, string>> = { posix: '/var/tmp/gax-packages', windows: 'C:\\ProgramData\\gax-packages' };
export const defaultLockFolders: Readonly<Record<HostFamily, string>> = { posix: '/var/tmp/gax-packages-lock', windows: 'C:\\ProgramData\\gax-packages-lock' };

/** The family of an operating system in the vendor's words (`OSGroupName`). */
export function familyOf(osGroup: string): HostFamily {
  return osGroup.toLowerCase() === 'windows' ? 'windows' : 'posix';
}
export const defaultPort = 22;

/** What a host told about itself. */
export interface HostSystem {
  /** In the vendor's words: `linux`, `windows`, `aix` … */
  readonly osGroup: string;
  /** `uname -m`, e.g. `x86_64`; on Windows `AMD64`, `ARM64` or `x86`. */
  readonly architecture: string;
  readonly bits: 32 | 64;
  /** As the host's release file names it, e.g. `Red Hat Enterprise Linux 8.6`; on Windows in the words of packages: `Windows Server 2019`. */
  readonly release: string;
  /** The version that installers compare (`HostFacts`), once the host was asked for it by a plan or a deployment. */
  readonly releaseVersion?: string;
}

/** How the last contact with a host went. */
export interface HostContact {
  readonly state: 'reachable' | 'unreachable' | 'key-unknown' | 'key-changed' | 'login-refused';
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly error?: ErrorData;
}

export interface Host extends HostSettings {
  readonly id: string;
  /** Who may see this tenant or one below it sees the host and may deploy to it. */
  readonly tenantId: string;
  /** Without repeats in any case, in the order of their letters. */
  readonly tags: readonly string[];
  /** Those of `tags` that the repository protects: a deployment is confirmed by typing (`protection.ts`). */
  readonly protectedBy: readonly string[];
  readonly system?: HostSystem;
  readonly contact?: HostContact;
}

/** A host key that was offered or is known. */
export interface HostKey {
  /** e.g. `ssh-ed25519`. */
  readonly type: string;
  /** `SHA256:` and base64 without padding, as OpenSSH prints it. */
  readonly fingerprint: string;
}
