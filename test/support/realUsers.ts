import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';

/** Users of this machine that exist for one suite only. */
export interface RealUsers {
  /** The name of a user: the role with this process's number, so that runs beside each other do not meet. */
  readonly name: (role: string) => string;
  readonly id: (role: string) => number;
  /** The user's home folder, of which they are the owner. */
  readonly home: (role: string) => string;
  readonly setPassword: (role: string, password: string) => void;
  /** Replaces what sudo allows by this rule, until the test has ended. */
  readonly allow: (rule: string) => void;
  readonly forbid: () => void;
}

/**
 * Makes users before the surrounding suite and removes them after it, with sudo rules of their own. Skips the suite by name
 * where they cannot be had: users, sudo and su are the machine's own, and only root can lend them to a test.
 */
export function useRealUsers(...roles: readonly [string, ...string[]]): RealUsers {
  const name = (role: string): string => `gp${role}${process.pid % 100_000}`;
  const home = (role: string): string => `/tmp/${name(role)}`;
  const id = (role: string): number => Number(execFileSync('id', ['-u', name(role)], { encoding: 'utf8' }));
  const rules = `/etc/sudoers.d/${name(roles[0])}`;
  const forbid = (): void => rmSync(rules, { force: true });
  let made = false;
  before(function () {
    if (process.getuid?.() !== 0 || process.platform !== 'linux' || !existsSync('/usr/sbin/useradd') || !existsSync('/usr/bin/sudo')) this.skip();
    made = true;
    for (const role of roles) {
      execFileSync('useradd', ['--no-create-home', '--home-dir', home(role), '--shell', '/bin/sh', name(role)]);
      mkdirSync(home(role));
      chownSync(home(role), id(role), id(role));
    }
  });
  afterEach(forbid);
  after(() => {
    if (!made) return;
    for (const role of roles) {
      execFileSync('userdel', ['--force', name(role)], { stdio: 'ignore' });
      rmSync(home(role), { recursive: true, force: true });
    }
  });
  return {
    name, home, id, forbid,
    setPassword: (role, password) => void execFileSync('chpasswd', { input: `${name(role)}:${password}\n` }),
    allow: (rule) => writeFileSync(rules, `${rule}\n`, { mode: 0o440 }),
  };
}
