import type { AnyAuthMethod, ParsedKey, Prompt } from 'ssh2';
import { isCancelled, isProductError, ProductError } from '../../../core/errors';
import type { SecretQuestion } from '../../../protocol/service';
import type { Questions } from '../../questions';
import type { Redactor } from '../../redactor';
import { listAgentKeys, SingleKeyAgent } from './agent';
import type { ConnectedHop } from './hop';
import { fingerprintOf } from './hostKeys';
import { agentOf, findKeyCandidates, type KeyCandidates } from './keyCandidates';
import { readKeyFile } from './keyFile';
import type { AttemptControls } from './openConnection';
import { oneLine, reasonOf } from './reasons';
import type { RunSecrets } from './runSecrets';

/** How often a person is asked for the same secret. */
const usualTries = 3;

/** Signs in to one host. Lives over several connections: what a person answered while a host hung up is not lost. */
export interface Authentication {
  /** A new connection begins; it starts with asking the host what it accepts. */
  begin(): void;
  /**
   * The next thing to try. `offered`: the methods the host says can go on.
   * @throws ProductError when nothing is left to try
   */
  next(offered: readonly string[], partial: boolean): Promise<AnyAuthMethod>;
  /** The host let us in. */
  succeeded(): void;
  /** The error for a host that hung up because of too many failures. */
  tooManyFailures(): ProductError;
  /** The keys are shown to the library one by one through an agent of ours. */
  readonly usesAgent: boolean;
  /** How the sign-in was done, for the log. */
  readonly signedInWith: string;
  /** Forgets the secrets of this connection. */
  readonly release: () => void;
}

export interface AuthenticationOptions extends AttemptControls {
  readonly hop: ConnectedHop;
  readonly homeFolder: string;
  readonly questions: Questions;
  readonly secrets: RunSecrets;
  readonly redactor: Redactor;
  readonly signal: AbortSignal;
  /** Told of each key that was named and cannot be used. */
  readonly leftOut: (file: string, reason: string) => void;
}

type Method = 'none' | 'agent' | 'key' | 'password' | 'keyboardInteractive';

export function createAuthentication(options: AuthenticationOptions): Authentication {
  const { hop, questions, secrets, redactor, signal } = options;
  const { authentication, user, settings } = hop;
  const passwordKey = `${user}@${hop.address}:${hop.port}`;
  const maxTries = authentication.kind === 'sshConfig' ? settings.passwordPrompts : usualTries;
  const releases: (() => void)[] = [];
  const steps: string[] = [];
  let agentKeys: ParsedKey[] | undefined;
  let candidates: Promise<KeyCandidates> | undefined;
  let agentFailure: string | undefined;
  let last: { method: Method; text: string } | undefined;
  let triedKeys = 0;
  let passwords = 0;
  let conversations = 0;
  let password: string | undefined;

  async function ask(question: Omit<SecretQuestion, 'hostName' | 'user'>): Promise<string> {
    if (settings.batchMode && authentication.kind === 'sshConfig') throw new ProductError('host/batch-mode', { host: hop.name, user, kind: question.kind });
    const answer = await options.ask(questions.askSecret({ hostName: hop.hostName, user, ...question, ...(hop.isJump && { jumpHost: hop.name }) }, signal));
    if (answer === undefined) throw new ProductError('host/secret-declined', { host: hop.name, user, kind: question.kind, file: question.keyFile ?? '' });
    releases.push(redactor.add(answer));
    return answer;
  }

  function refused(offered: readonly string[]): ProductError {
    const args = { host: hop.name, user, file: authentication.kind === 'key' ? authentication.keyFile : '', offered: offered.join(', ') };
    if (conversations > 0) return new ProductError('host/login-refused', { ...args, tried: 'keyboardInteractive', n: conversations });
    if (passwords > 0) return new ProductError('host/login-refused', { ...args, tried: 'password', n: passwords });
    if (triedKeys > 0) return new ProductError('host/login-refused', { ...args, tried: authentication.kind === 'sshConfig' ? 'keys' : authentication.kind, n: triedKeys });
    return new ProductError('host/login-refused', { ...args, tried: 'other', n: 0 });
  }

  function signWith(signing: Promise<Buffer>, done: (error?: Error, signature?: Buffer) => void): void {
    options.wait(signing).then(
      (signature) => options.proceed(() => done(undefined, signature)),
      (error: unknown) => {
        // A person who gave no passphrase, or three wrong ones, has ended the attempt; an agent that refuses has not.
        if (isProductError(error)) return options.fail(error);
        agentFailure = reasonOf(error);
        options.proceed(() => done(error as Error));
      },
    ).catch(options.fail);
  }

  /** As OpenSSH goes: the ways in the order of the configuration, each with all it has before the next. */
  async function nextAsConfigured(offered: readonly string[], afterKey: boolean): Promise<AnyAuthMethod> {
    for (const method of settings.methods) {
      if (!offered.includes(method)) continue;
      if (method === 'publickey') {
        const key = await nextCandidate(afterKey);
        if (key) return key;
      } else if (method === 'password' ? passwords < maxTries : conversations < maxTries) {
        return method === 'password' ? await nextPassword(offered) : nextConversation(offered);
      }
    }
    throw agentFailure === undefined || passwords + conversations > 0 ? refused(offered) : new ProductError('host/agent-failed', { host: hop.name, reason: agentFailure });
  }

  async function nextCandidate(afterKey: boolean): Promise<AnyAuthMethod | undefined> {
    candidates ??= findKeyCandidates(hop, { agentSocket: questions.agentSocket, homeFolder: options.homeFolder, open: openKeyOnce }).then((found) => {
      for (const { file, reason } of found.leftOut) options.leftOut(file, reason);
      return found;
    });
    const { keys } = await candidates;
    const key = afterKey ? undefined : keys[triedKeys];
    if (!key) return undefined;
    triedKeys++;
    last = { method: 'agent', text: key.text };
    return { type: 'agent', username: user, agent: key.agentFor(signWith) };
  }

  async function nextAgentKey(offered: readonly string[]): Promise<AnyAuthMethod> {
    if (!offered.includes('publickey')) throw refused(offered);
    const socket = agentOf(hop, questions.agentSocket);
    if (!socket) throw new ProductError('host/agent-missing', { host: hop.name });
    if (!agentKeys) {
      const { keys, unsupported } = await listAgentKeys(socket, hop.name);
      if (keys.length === 0) throw new ProductError('host/agent-empty', { host: hop.name, unsupported });
      agentKeys = [...keys];
    }
    const key = agentKeys[triedKeys];
    if (!key) throw agentFailure === undefined ? refused(offered) : new ProductError('host/agent-failed', { host: hop.name, reason: agentFailure });
    triedKeys++;
    last = { method: 'agent', text: `agent key ${key.type} ${fingerprintOf(key.getPublicSSH())}` };
    return { type: 'agent', username: user, agent: new SingleKeyAgent(socket, key, signWith) };
  }

  async function nextKeyFile(keyFile: string, offered: readonly string[]): Promise<AnyAuthMethod> {
    if (!offered.includes('publickey') || triedKeys > 0) throw refused(offered);
    const key = await openKeyOnce(keyFile);
    triedKeys++;
    last = { method: 'key', text: `key ${keyFile}` };
    return { type: 'publickey', username: user, key };
  }

  /** One question per run for a key file, however many hosts want it at once. */
  async function openKeyOnce(keyFile: string): Promise<ParsedKey> {
    for (;;) {
      const others = secrets.keys.get(keyFile);
      const opening = others ?? openKey(keyFile);
      if (!others) {
        secrets.keys.set(keyFile, opening);
        opening.catch(() => secrets.keys.delete(keyFile));
      }
      try {
        return await (others ? options.ask(others) : opening);
      } catch (error) {
        // Another host of the run asked and was stopped: that is not our answer.
        if (others && isCancelled(error) && !signal.aborted) continue;
        throw isProductError(error) && !error.cancelled ? new ProductError(error.code, { ...error.args, host: hop.name }, { cause: error.cause }) : error;
      }
    }
  }

  async function openKey(keyFile: string): Promise<ParsedKey> {
    let file = await readKeyFile(keyFile, hop.name);
    for (let attempt = 1; file.kind === 'locked'; attempt++) {
      if (attempt > maxTries) throw new ProductError('host/passphrase-wrong', { host: hop.name, file: keyFile, attempts: maxTries });
      file = await readKeyFile(keyFile, hop.name, await ask({ kind: 'passphrase', keyFile, attempt, triesLeft: maxTries - attempt }));
    }
    return file.key;
  }

  async function nextPassword(offered: readonly string[]): Promise<AnyAuthMethod> {
    const known = secrets.passwords.get(passwordKey);
    if (last?.method === 'password') {
      if (password === known) secrets.passwords.delete(passwordKey);
      password = undefined;
    } else {
      password ??= known;
    }
    if (password === undefined) {
      if (passwords >= maxTries) throw refused(offered);
      password = await ask({ kind: 'password', attempt: passwords + 1, triesLeft: maxTries - passwords - 1 });
      passwords++;
    }
    last = { method: 'password', text: 'password' };
    return { type: 'password', username: user, password };
  }

  function nextConversation(offered: readonly string[]): AnyAuthMethod {
    if (conversations >= maxTries) throw refused(offered);
    const attempt = ++conversations;
    last = { method: 'keyboardInteractive', text: 'keyboard-interactive' };
    const answer = async (instructions: string, prompts: readonly Prompt[]): Promise<string[]> => {
      const answers: string[] = [];
      for (const { prompt, echo } of prompts) {
        const text = [instructions, prompt].map(oneLine).filter((part) => part !== '').join(' ');
        answers.push(await ask({ kind: 'keyboardInteractive', prompt: text, echo: echo ?? false, attempt }));
      }
      return answers;
    };
    return {
      type: 'keyboard-interactive',
      username: user,
      prompt: (_name, instructions, _language, prompts, finish) => {
        answer(instructions, prompts).then((answers) => options.proceed(() => finish(answers))).catch(options.fail);
      },
    };
  }

  function nextSecret(offered: readonly string[]): Promise<AnyAuthMethod> | AnyAuthMethod {
    if (offered.includes('password') && conversations === 0) return nextPassword(offered);
    if (offered.includes('keyboard-interactive')) return nextConversation(offered);
    throw refused(offered);
  }

  return {
    begin() {
      last = undefined;
      triedKeys = 0;
      steps.length = 0;
    },
    async next(offered, partial) {
      if (!last) {
        last = { method: 'none', text: 'no authentication' };
        return { type: 'none', username: user };
      }
      if (partial) steps.push(last.text);
      if (authentication.kind === 'sshConfig') return await nextAsConfigured(offered, steps.length > 0);
      // A host may want a second factor after the key; a person answers for it.
      if (steps.length > 0 || authentication.kind === 'password') return await nextSecret(offered);
      return authentication.kind === 'key' ? await nextKeyFile(authentication.keyFile, offered) : await nextAgentKey(offered);
    },
    succeeded() {
      if (last) steps.push(last.text);
      if (last?.method === 'password' && password !== undefined) secrets.passwords.set(passwordKey, password);
      password = undefined;
    },
    tooManyFailures: () => new ProductError('host/too-many-failures', {
      host: hop.name, user, tried: authentication.kind === 'agent' && steps.length === 0 ? 'agent' : 'other', n: triedKeys,
    }),
    usesAgent: authentication.kind === 'agent' || authentication.kind === 'sshConfig',
    get signedInWith() {
      return steps.join(' + ');
    },
    release() {
      for (const release of releases.splice(0)) release();
    },
  };
}
