import { ProductError } from '../../../core/errors';
import type { InstallAs } from '../../../core/hosts/model';
import { quoteShell } from './hostConnection';
import { oneLine } from './reasons';

/** Another user of the host than the one who signed in. */
export type OtherUser = Exclude<InstallAs, { readonly kind: 'loginUser' }>;

/** Makes commands run as another user of the host. */
export interface BecomeUser {
  /** The command line that has `shellCommand` run with `sh` as that user. */
  readonly wrap: (shellCommand: string) => string;
  /**
   * Follows what is said before the command begins, and answers one question for the password.
   * @param say writes a line to the program's input
   * @param refuse called once, when the password is not accepted or nobody has one
   */
  readonly converse: (say: (line: string) => void, refuse: (error: ProductError) => void) => (heard: string) => void;
  /** The error for a program that ended without having begun the command. */
  readonly refusal: (heard: string, code: number | undefined) => ProductError;
}

/** What `sudo` shows when it wants the password; the words of another language or policy do not matter then. */
const sudoPrompt = 'gax-packages-password:';

export interface BecomeOptions {
  readonly hostName: string;
  /** Who signed in. */
  readonly user: string;
  readonly installAs: OtherUser;
  /** The password that is known by now. It goes through the program's input only. */
  readonly password: () => string | undefined;
}

/** Makes the way to another user. */
export function createBecomeUser({ hostName, user, installAs, password }: BecomeOptions): BecomeUser {
  const { kind, user: installUser } = installAs;
  const program = kind === 'su' ? 'su' : 'sudo';
  const args = { host: hostName, user, installUser, program };
  const wanted = new ProductError('host/install-password-wanted', args);
  const wrong = new ProductError('host/install-password-wrong', args);
  return {
    wrap: (shellCommand) => {
      // In English, so that a refusal can be told apart; the command itself gets its own language back. The question for a
      // password ends without a new line, and what follows must begin one.
      const inner = `exec sh -c ${quoteShell(`unset LC_ALL; echo >&2; ${shellCommand}`)}`;
      const words = kind === 'su' ? ['su', installUser, '-c', inner]
        : ['sudo', ...(kind === 'sudo' ? ['-n'] : ['-S', '-p', sudoPrompt]), '-H', '-u', installUser, '--', 'sh', '-c', inner];
      return `exec env LC_ALL=C ${words.map(quoteShell).join(' ')}`;
    },
    converse: (say, refuse) => {
      let answered = false;
      let over = false;
      const end = (error: ProductError): void => {
        over = true;
        refuse(error);
      };
      return (heard) => {
        if (over) return;
        const prompts = kind === 'sudoPassword' ? heard.split(sudoPrompt).length - 1 : kind === 'su' && /password[^\n]*: ?$/i.test(heard) ? 1 : 0;
        if (prompts > 1) return end(wrong);
        if (prompts === 0 || answered) return;
        answered = true;
        const known = password();
        if (known === undefined) end(wanted);
        else say(`${known}\n`);
      };
    },
    refusal: (heard, code) => {
      const text = heard.replaceAll(sudoPrompt, '').replace(/password[^\n]*: ?/gi, '');
      if (kind !== 'sudo' && /authentication failure|incorrect password|^su: sorry|try again/im.test(text)) return wrong;
      return new ProductError('host/install-user-refused', { ...args, why: reasonWhy(text, code), reason: oneLine(text) || `exit status ${code ?? 'unknown'}` });
    },
  };
}

const reasons: readonly (readonly [RegExp, string])[] = [
  [/password is required/i, 'wantsPassword'],
  [/must have a tty|terminal is required|must be run from a terminal|no tty present/i, 'wantsTerminal'],
  [/not in the sudoers file|may not run sudo|is not allowed to/i, 'notAllowed'],
  [/unknown user|does not exist|unknown id|no passwd entry/i, 'unknownUser'],
  [/currently not available|nologin|cannot run \/|no shell/i, 'noShell'],
  [/permission denied/i, 'notAllowed'],
];

function reasonWhy(text: string, code: number | undefined): string {
  const found = reasons.find(([pattern]) => pattern.test(text))?.[1];
  return found ?? (code === 127 || /not found|no such file/i.test(text) ? 'missing' : 'other');
}
