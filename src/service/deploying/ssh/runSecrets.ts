import type { ParsedKey } from 'ssh2';
import type { Questions } from '../../questions';

/** What a person answered during one run, so that nobody is asked twice. Lives in memory, as long as the run's questions do. */
export interface RunSecrets {
  /** Opened key files by path; the promise is there while the first host's question is open. */
  readonly keys: Map<string, Promise<ParsedKey>>;
  /** Passwords that a host accepted, by `user@address:port`. */
  readonly passwords: Map<string, string>;
  /** Passwords for sudo and su that were accepted, by program, user and host. */
  readonly installPasswords: Map<string, string>;
  /** Whether a command of the SSH configuration may be run, by its place; the promise is there while the question is open. */
  readonly commands: Map<string, Promise<'run' | 'skip'>>;
}

const runs = new WeakMap<Questions, RunSecrets>();

/** The secrets of the run that these questions belong to. */
export function secretsOf(questions: Questions): RunSecrets {
  let secrets = runs.get(questions);
  if (!secrets) {
    secrets = { keys: new Map(), passwords: new Map(), installPasswords: new Map(), commands: new Map() };
    runs.set(questions, secrets);
  }
  return secrets;
}
