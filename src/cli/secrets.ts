import type { SecretQuestion } from '../protocol/service';
import type { CliContext } from './context';
import { UsageError } from './usage';

/** Where secrets come from: the document of `--secrets-stdin`, else a person at the terminal. */
export interface Secrets {
  /** Whether any question can be answered at all. */
  readonly available: boolean;
  /** The value of a silent.ini key; undefined when it cannot be had. */
  silentIni(key: string): Promise<string | undefined>;
  answer(question: SecretQuestion): Promise<string | undefined>;
}

interface SecretsDocument {
  /** By `section.key`. */
  readonly silentIni: Readonly<Record<string, string>>;
  /** By the host's name. */
  readonly passwords: Readonly<Record<string, string>>;
  /** By the path of the key file. */
  readonly passphrases: Readonly<Record<string, string>>;
}

/**
 * Reads the document of `--secrets-stdin` from standard input when asked to.
 * Its form: `{"silentIni": {"section.key": "…"}, "passwords": {"HOST": "…"}, "passphrases": {"KEY FILE": "…"}}`, each part optional.
 * @throws UsageError that says what is wrong, without any of the document's text
 */
export async function openSecrets(context: CliContext, fromStdin: boolean): Promise<Secrets> {
  const document = fromStdin ? parseSecrets(await context.terminal.readAll()) : undefined;
  const ask = async (prompt: string, hidden: boolean): Promise<string | undefined> =>
    context.terminal.interactive && document === undefined ? context.terminal.ask(prompt, { hidden }) : undefined;
  return {
    available: document !== undefined || context.terminal.interactive,
    silentIni: async (key) => own(document?.silentIni, key) ?? ask(context.text('askSilentIni', { key }), true),
    answer: async (question) => {
      if (document !== undefined) return question.attempt > 1 ? undefined : fromDocument(document, question);
      if (question.attempt > 1) context.terminal.note(context.text('tryAgain', { n: question.attempt }));
      return ask(promptFor(context, question), question.echo !== true);
    },
  };
}

function fromDocument(document: SecretsDocument, question: SecretQuestion): string | undefined {
  switch (question.kind) {
    case 'passphrase':
      return own(document.passphrases, question.keyFile ?? '');
    case 'silentIni':
      return own(document.silentIni, question.prompt ?? '');
    case 'password':
    case 'keyboardInteractive':
      return own(document.passwords, question.hostName);
  }
}

function promptFor(context: CliContext, question: SecretQuestion): string {
  switch (question.kind) {
    case 'passphrase':
      return context.text('askPassphrase', { file: question.keyFile ?? '' });
    case 'silentIni':
      return context.text('askSilentIni', { key: question.prompt ?? '' });
    case 'password':
      return context.text('askPassword', { user: question.user, host: question.hostName });
    case 'keyboardInteractive':
      return context.text('askHost', { host: question.hostName, prompt: question.prompt ?? '' });
  }
}

function parseSecrets(text: string): SecretsDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    throw new UsageError('badSecrets', { reason: 'it is not JSON' });
  }
  if (!isRecord(value)) throw new UsageError('badSecrets', { reason: 'it is not a JSON object' });
  const unknown = Object.keys(value).find((key) => !['silentIni', 'passwords', 'passphrases'].includes(key));
  if (unknown !== undefined) throw new UsageError('badSecrets', { reason: 'it may have silentIni, passwords and passphrases only' });
  return { silentIni: textsOf(value, 'silentIni'), passwords: textsOf(value, 'passwords'), passphrases: textsOf(value, 'passphrases') };
}

function textsOf(value: Readonly<Record<string, unknown>>, part: string): Readonly<Record<string, string>> {
  const texts = value[part] ?? {};
  if (!isRecord(texts) || Object.values(texts).some((one) => typeof one !== 'string')) {
    throw new UsageError('badSecrets', { reason: `${part} must map names to texts` });
  }
  return texts as Readonly<Record<string, string>>;
}

function own(record: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
