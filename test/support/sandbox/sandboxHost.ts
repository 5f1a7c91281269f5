import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { utils } from 'ssh2';
import { findSshd, startSshd } from '../sshd';
import { startNodeSshServer } from './nodeSshServer';

/** A host to deploy to that is this very machine, with all that is installed there below one folder. */
export interface SandboxHost {
  readonly server: 'openssh' | 'node';
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** Private key that signs in. */
  readonly keyFile: string;
  readonly stagingFolder: string;
  readonly lockFolder: string;
  /** Below it packages are installed. */
  readonly installRoot: string;
  stop(): Promise<void>;
}

/** Starts OpenSSH's server where there is one, else a server in this process. Loopback, free port, fresh keys. */
export async function startSandboxHost(folder: string, server: SandboxHost['server'] = findSshd() === undefined ? 'node' : 'openssh'): Promise<SandboxHost> {
  const inside = (name: string): string => {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  };
  const home = inside('home');
  // The lock is the folder's existence.
  const places = { stagingFolder: inside('staging'), lockFolder: join(folder, 'lock'), installRoot: inside('opt/genesys') };
  if (server === 'openssh') {
    // Names such as ~ lead into the sandbox too.
    const sshd = await startSshd({ extraConfig: `SetEnv HOME=${home}` });
    return { server, address: sshd.address, port: sshd.port, user: sshd.user, keyFile: sshd.clientKey, ...places, stop: () => sshd.stop() };
  }
  const key = utils.generateKeyPairSync('ed25519');
  const keyFile = join(folder, 'key');
  writeFileSync(keyFile, key.private, { mode: 0o600 });
  const user = userInfo().username;
  const node = await startNodeSshServer({ user, authorizedKey: key.public, home });
  return { server, address: '127.0.0.1', port: node.port, user, keyFile, ...places, stop: () => node.stop() };
}
