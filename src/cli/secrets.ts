import { homedir } from 'node:os';
import * as path from 'node:path';
import type { SilentIniKey, SilentIniValue } from '../core/deployment/model';
import type { SecretQuestion } from '../protocol/service';
import type { CliContext } from './context';
import { CliFailure } from './failure';
import { UsageError } from './usage';

/** Where secrets come from: the document of `--secrets-stdin`, else a person at the terminal. */
export interface Secrets {
  /** Whether any question can be answered at all. */
  readonly available: boolean;
  /** Names of silent.ini keys, `section.key`, that the document has a value for. */
  readonly silentIniKeys: readonly string[];
  /** The value of a silent.ini key; undefined when it cannot be had. */
  silentIni(key: string): Promise<string | undefined>;
  answer(question: SecretQuestion): Promise<string | undefined>;
}

interface SecretsDocument {
  /** By `section.key`. */
  readonly silentIni: Readonly<Record<string, string>>;
  /** By the host's name, in any case; of a jump host, as the SSH configuration names it. */
  readonly passwords: Readonly<Record<string, string>>;
  /** For sudo, and for su: by the host's name, in any case. */
  readonly sudoPasswords: Readonly<Record<string, string>>;
  readonly suPasswords: Readonly<Record<string, string>>;
  /** By the path of the key file; `~/` stands for the home folder. */
  readonly passphrases: Readonly<Record<string, string>>;
}

/**
 * Reads the document of `--secrets-stdin` from standard input when asked to.
 * Its form: `{"silentIni": {"section.key": "…"}, "passwords": {"HOST": "…"}, "passphrases": {"KEY FILE": "…"}, "sudoPasswords": {"HOST": "…"}, "suPasswords": {"HOST": "…"}}`, each part optional.
 * @throws UsageError that says what is wrong, without any of the document's text
 */
export async function openSecrets(context: CliContext, fromStdin: boolean): Promise<Secrets> {
  const document = fromStdin ? parseSecrets(await context.terminal.readAll()) : undefined;
  const ask = async (prompt: string, hidden: boolean): Promise<string | undefined> =>
    context.terminal.interactive && document === undefined ? context.terminal.ask(prompt, { hidden }) : undefined;
  return {
    available: document !== undefined || context.terminal.interactive,
    silentIniKeys: Object.keys(document?.silentIni ?? {}),
    silentIni: async (key) => (document && findText(document.silentIni, key)) ?? ask(context.text('askSilentIni', { key }), true),
    answer: async (question) => {
      if (document !== undefined) return question.attempt > 1 ? undefined : fromDocument(document, question);
      if (question.attempt > 1) context.terminal.note(question.triesLeft === undefined ? context.text('tryAgain', { n: question.attempt }) : context.text('triesLeft', { n: question.triesLeft + 1 }));
      return ask(promptFor(context, question), question.echo !== true);
    },
  };
}

/** The values of silent.ini keys. @throws CliFailure that names the first key without one */
export async function secretValues(context: CliContext, secrets: Secrets, keys: readonly SilentIniKey[]): Promise<SilentIniValue[]> {
  const values: SilentIniValue[] = [];
  for (const { section, key } of keys) {
    const name = `${section}.${key}`;
    const value = await secrets.silentIni(name);
    if (value === undefined) throw new CliFailure(context.text(secrets.available ? 'secretDeclined' : 'missingSecret', { key: name }));
    values.push({ section, key, value });
  }
  return values;
}

function fromDocument(document: SecretsDocument, question: SecretQuestion): string | undefined {
  switch (question.kind) {
    case 'passphrase':
      return findText(document.passphrases, question.keyFile ?? '', (file) => path.resolve(file.replace(/^~(?=[\\/])/, homedir())));
    case 'silentIni':
      return findText(document.silentIni, question.prompt ?? '');
    case 'sudo':
      return findText(document.sudoPasswords, question.hostName, (name) => name.toLowerCase());
    case 'su':
      return findText(document.suPasswords, question.hostName, (name) => name.toLowerCase());
    case 'password':
    case 'keyboardInteractive':
      return findText(document.passwords, question.jumpHost ?? question.hostName, (name) => name.toLowerCase());
  }
}

function promptFor(context: CliContext, question: SecretQuestion): string {
  switch (question.kind) {
    case 'passphrase':
      return context.text('askPassphrase', { file: question.keyFile ?? '' });
    case 'silentIni':
      return context.text('askSilentIni', { key: question.prompt ?? '' });
    case 'password':
      return context.text('askPassword', { user: question.user, host: question.jumpHost ?? question.hostName });
    case 'sudo':
      return context.text('askSudo', { user: question.user, host: question.hostName });
    case 'su':
      return context.text('askPassword', { user: question.installUser ?? '', host: question.hostName });
    case 'keyboardInteractive':
      return context.text('askHost', { host: question.jumpHost ?? question.hostName, prompt: question.prompt ?? '' });
  }
}

const secretParts: readonly string[] = ['silentIni', 'passwords', 'passphrases', 'sudoPasswords', 'suPasswords'];

function parseSecrets(text: string): SecretsDocument {
  let value: unknown;
  try {
    // Some shells begin what they pipe with a byte order mark.
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    // The parser's own message quotes the text.
    throw new UsageError('secretsNotJson');
  }
  if (!isRecord(value)) throw new UsageError('secretsNotObject');
  const unknown = Object.keys(value).find((key) => !secretParts.includes(key));
  if (unknown !== undefined) throw new UsageError('secretsUnknownPart');
  return {
    silentIni: textsOf(value, 'silentIni'), passwords: textsOf(value, 'passwords'), passphrases: textsOf(value, 'passphrases'),
    sudoPasswords: textsOf(value, 'sudoPasswords'), suPasswords: textsOf(value, 'suPasswords'),
  };
}

function textsOf(value: Readonly<Record<string, unknown>>, part: string): Readonly<Record<string, string>> {
  const texts = value[part] ?? {};
  if (!isRecord(texts) || Object.values(texts).some((one) => typeof one !== 'string')) {
    throw new UsageError('secretsNotTexts', { part });
  }
  return texts as Readonly<Record<string, string>>;
}

/** The text of a name, where two spellings that `unify` makes equal are the same name. */
function findText(texts: Readonly<Record<string, string>>, name: string, unify: (name: string) => string = (same) => same): string | undefined {
  return Object.entries(texts).find(([key]) => unify(key) === unify(name))?.[1];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
