import type { CommandQuestion, HostKeyAnswer, HostKeyQuestion, LockQuestion, SecretQuestion, SshOptions } from '../protocol/service';

/**
 * What needs a human, put to the client that started the work, else to another connected client of the same user.
 * With none connected a question waits until one comes; `signal` ends the wait with `general/cancelled`.
 */
export interface Questions {
  confirmHostKey(question: HostKeyQuestion, signal?: AbortSignal): Promise<HostKeyAnswer>;
  /** Undefined: the person declined. Each answer is known to the redactor before it is returned. */
  askSecret(question: SecretQuestion, signal?: AbortSignal): Promise<string | undefined>;
  /** Whether a command of an SSH configuration may be run. Absent: nobody can be asked, so it is not. */
  confirmCommand?(question: CommandQuestion, signal?: AbortSignal): Promise<'run' | 'skip'>;
  /** Whether the lock of another repository's deployment is taken over. Absent: nobody can be asked, so it is not. */
  confirmTakeOver?(question: LockQuestion, signal?: AbortSignal): Promise<'takeOver' | 'leave'>;
  /** What the person who started the work has set for connections. */
  readonly ssh?: SshOptions | undefined;
  /** Path of the SSH agent of the client that started the work. */
  readonly agentSocket: string | undefined;
}
