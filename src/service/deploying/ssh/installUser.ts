import { isProductError, ProductError } from '../../../core/errors';
import type { InstallAs } from '../../../core/hosts/model';
import type { Questions } from '../../questions';
import type { Redactor } from '../../redactor';
import { createBecomeUser, type BecomeUser } from './becomeUser';
import type { ConnectedHop } from './hop';
import type { HostConnection } from './hostConnection';
import type { RunSecrets } from './runSecrets';

/** The user of a host who installs. All that a deployment does there is done as that user, so all of it belongs to them. */
export interface InstallUser {
  /** Undefined: the user who signed in. */
  readonly become: BecomeUser | undefined;
  /**
   * Makes sure that commands can be run as that user, and asks for the password when one is wanted.
   * @throws ProductError `host/install-user-refused`, `host/install-password-wanted`, `host/install-password-wrong`, and what the connection raises
   */
  check(connection: HostConnection): Promise<void>;
  /** Forgets the secrets of the connection. */
  readonly release: () => void;
}

export interface InstallUserOptions {
  readonly hop: ConnectedHop;
  /** Absent: the user who signs in. */
  readonly installAs: InstallAs | undefined;
  readonly questions: Questions;
  readonly secrets: RunSecrets;
  readonly redactor: Redactor;
  readonly signal: AbortSignal;
}

/** How often a person is asked for the same password. */
const maxTries = 3;
/** Milliseconds that becoming the user may take; the time a person takes does not count. */
const patience = 30_000;

export function createInstallUser({ hop, installAs, questions, secrets, redactor, signal }: InstallUserOptions): InstallUser {
  if (installAs === undefined || installAs.kind === 'loginUser' || installAs.user === hop.user) {
    return { become: undefined, check: () => Promise.resolve(), release: () => undefined };
  }
  const key = `${installAs.kind} ${installAs.user} ${hop.user}@${hop.address}:${hop.port}`;
  const releases: (() => void)[] = [];
  let password = secrets.installPasswords.get(key);
  const become = createBecomeUser({ hostName: hop.name, user: hop.user, installAs, password: () => password });

  async function ask(attempt: number): Promise<string> {
    const kind = installAs?.kind === 'su' ? 'su' : 'sudo';
    const { user } = hop;
    const installUser = installAs?.kind === 'loginUser' ? user : installAs?.user ?? user;
    const answer = await questions.askSecret({ kind, hostName: hop.hostName, user, installUser, attempt, triesLeft: maxTries - attempt }, signal);
    if (answer === undefined) throw new ProductError('host/secret-declined', { host: hop.name, user, kind, file: '' });
    releases.push(redactor.add(answer));
    return answer;
  }

  return {
    become,
    async check(connection) {
      for (let attempt = 1; ;) {
        try {
          await connection.exec('true', { timeout: patience, signal });
          if (password !== undefined) secrets.installPasswords.set(key, password);
          return;
        } catch (error) {
          const isWrong = isProductError(error, 'host/install-password-wrong');
          if (!isWrong && !isProductError(error, 'host/install-password-wanted')) throw error;
          if (isWrong) secrets.installPasswords.delete(key);
          if (attempt > maxTries) throw error;
          password = await ask(attempt++);
        }
      }
    },
    release() {
      for (const release of releases.splice(0)) release();
    },
  };
}
