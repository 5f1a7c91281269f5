import type { ConfigQuery, Evaluation, GivenSetting } from './evaluate';
import { tokensOf } from './evaluate';
import { readSeconds, type UsedKeyword } from './keywords';
import type { ConfigPlace } from './parse';
import { expandHome, expandTokens, expandVariables, type Tokens } from './tokens';

/** What a key that nobody has vouched for may do (a changed or revoked one never may). */
export type HostKeyChecking = 'yes' | 'ask' | 'accept-new' | 'off';

export type SignInMethod = 'publickey' | 'keyboard-interactive' | 'password';

/** How one host is reached, as its SSH configuration says. */
export interface SshSettings {
  readonly hostName: string;
  readonly port: number;
  readonly user: string;
  /** The name its key is known by, when it is another than its own. */
  readonly hostKeyAlias: string | undefined;
  readonly family: 'any' | 'inet' | 'inet6';
  readonly bindAddress: string | undefined;
  /** Hops to go through, first one first, as written. */
  readonly jumps: readonly string[];
  readonly proxyCommand: string | undefined;
  /** Seconds; undefined: not said. */
  readonly connectTimeout: number | undefined;
  /** Seconds; undefined: not said; 0: never. */
  readonly aliveInterval: number | undefined;
  readonly aliveCount: number;
  readonly hostKeyChecking: HostKeyChecking | undefined;
  /** Undefined: OpenSSH's own places. */
  readonly userKnownHosts: readonly string[] | undefined;
  readonly globalKnownHosts: readonly string[] | undefined;
  readonly hashKnownHosts: boolean;
  /** Undefined: none is named, so OpenSSH's usual ones are looked for. */
  readonly identityFiles: readonly string[] | undefined;
  readonly identitiesOnly: boolean;
  /** `none`, `SSH_AUTH_SOCK` or a path; undefined: not said. */
  readonly identityAgent: string | undefined;
  readonly methods: readonly SignInMethod[];
  readonly passwordPrompts: number;
  /** Nobody is to be asked. */
  readonly batchMode: boolean;
  /** As written, perhaps with `+`, `-` or `^` before the list. */
  readonly algorithms: Readonly<Partial<Record<'HostKeyAlgorithms' | 'KexAlgorithms' | 'Ciphers' | 'MACs' | 'PubkeyAcceptedAlgorithms', string>>>;
  /** What was said, with its place. */
  readonly given: readonly ShownSetting[];
  /** Values with a token or variable that means nothing there; OpenSSH would end with them. */
  readonly wrong: readonly ShownSetting[];
}

/** One setting as a person is shown it. */
export interface ShownSetting {
  readonly keyword: UsedKeyword;
  readonly value: string;
  readonly place?: ConfigPlace;
}

const usualOrder: readonly SignInMethod[] = ['publickey', 'keyboard-interactive', 'password'];

/** Makes of what the files say what a connection needs. */
export function readSshSettings(evaluation: Evaluation, query: ConfigQuery, environment: Readonly<Record<string, string | undefined>>): SshSettings {
  const { settings, identityFiles, hostName } = evaluation;
  const wrong: ShownSetting[] = [];
  const textOf = (keyword: UsedKeyword): string | undefined => settings.get(keyword)?.words[0];
  const flag = (keyword: UsedKeyword, byDefault: boolean): boolean => {
    const value = textOf(keyword)?.toLowerCase();
    return value === undefined ? byDefault : value !== 'no' && value !== 'false';
  };
  const tokens = tokensOf(query, settings, hostName);
  const expand = (keyword: UsedKeyword, given: GivenSetting, text: string, known: Tokens): string => {
    const value = expandTokens(expandVariables(text, environment) ?? '%', known);
    if (value === undefined) wrong.push(shown(keyword, { ...given, words: [text] }));
    return value ?? text;
  };
  const path = (keyword: UsedKeyword, given: GivenSetting, text: string): string => expandHome(expand(keyword, given, text, tokens), query.homeFolder);
  const paths = (keyword: UsedKeyword): readonly string[] | undefined => {
    const given = settings.get(keyword);
    if (given === undefined) return undefined;
    return given.words.length === 1 && given.words[0]?.toLowerCase() === 'none' ? [] : given.words.map((text) => path(keyword, given, text));
  };
  const seconds = (keyword: UsedKeyword): number | undefined => {
    const value = textOf(keyword);
    return value === undefined || value === 'none' ? undefined : readSeconds(value);
  };
  const count = (keyword: UsedKeyword, byDefault: number): number => Number(textOf(keyword) ?? byDefault);
  const globals = settings.get('GlobalKnownHostsFile')?.words;
  const agent = settings.get('IdentityAgent');
  const agentText = agent?.words[0];
  const command = settings.get('ProxyCommand');
  const commandTokens: Tokens = pick(tokens, ['h', 'n', 'p', 'r']);

  return {
    hostName,
    port: count('Port', 22),
    user: textOf('User') ?? query.localUser,
    hostKeyAlias: textOf('HostKeyAlias'),
    family: (textOf('AddressFamily')?.toLowerCase() ?? 'any') as SshSettings['family'],
    bindAddress: textOf('BindAddress'),
    jumps: (evaluation.jumps ?? []).map((jump) => expand('ProxyJump', settings.get('ProxyJump') ?? { words: [] }, jump, commandTokens)),
    proxyCommand: evaluation.proxyCommand === undefined || command === undefined ? undefined : expand('ProxyCommand', command, evaluation.proxyCommand, commandTokens),
    connectTimeout: seconds('ConnectTimeout'),
    aliveInterval: seconds('ServerAliveInterval'),
    aliveCount: count('ServerAliveCountMax', 3),
    hostKeyChecking: readChecking(textOf('StrictHostKeyChecking')),
    userKnownHosts: paths('UserKnownHostsFile'),
    // OpenSSH replaces nothing in these.
    globalKnownHosts: globals === undefined || globals[0]?.toLowerCase() === 'none' ? globals?.slice(1) : globals,
    hashKnownHosts: flag('HashKnownHosts', false),
    identityFiles: identityFiles.length === 0 ? undefined : identityFiles.flatMap((given) => (given.words[0]?.toLowerCase() === 'none' ? [] : [path('IdentityFile', given, given.words[0] ?? '')])),
    identitiesOnly: flag('IdentitiesOnly', false),
    identityAgent: agent === undefined || agentText === undefined || agentText === 'none' || agentText === 'SSH_AUTH_SOCK' ? agentText : agentVariable(agentText, environment) ?? path('IdentityAgent', agent, agentText),
    methods: readMethods(textOf('PreferredAuthentications'), {
      'publickey': flag('PubkeyAuthentication', true), 'keyboard-interactive': flag('KbdInteractiveAuthentication', true), 'password': flag('PasswordAuthentication', true),
    }),
    passwordPrompts: count('NumberOfPasswordPrompts', 3),
    batchMode: flag('BatchMode', false),
    algorithms: Object.fromEntries((['HostKeyAlgorithms', 'KexAlgorithms', 'Ciphers', 'MACs', 'PubkeyAcceptedAlgorithms'] as const)
      .flatMap((keyword) => { const value = textOf(keyword); return value === undefined ? [] : [[keyword, value]]; })),
    given: [...[...settings].map(([keyword, given]) => shown(keyword, given)), ...identityFiles.map((given) => shown('IdentityFile', given))],
    wrong,
  };
}

/** `$NAME` stands for a variable as a whole. */
function agentVariable(text: string, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  return text.startsWith('$') && !text.startsWith('${') ? (environment[text.slice(1)] ?? '') : undefined;
}

function shown(keyword: UsedKeyword, { words, place }: GivenSetting): ShownSetting {
  return { keyword, value: words.join(' '), ...(place && { place }) };
}

function pick(tokens: Tokens, letters: readonly string[]): Tokens {
  return Object.fromEntries(letters.map((letter) => [letter, tokens[letter] ?? '']));
}

function readChecking(value: string | undefined): HostKeyChecking | undefined {
  switch (value?.toLowerCase()) {
    case undefined:
      return undefined;
    case 'yes':
    case 'true':
      return 'yes';
    case 'accept-new':
      return 'accept-new';
    case 'ask':
      return 'ask';
    default:
      return 'off';
  }
}

function readMethods(preferred: string | undefined, allowed: Readonly<Record<SignInMethod, boolean>>): readonly SignInMethod[] {
  const wanted = preferred?.split(',').map((name) => name.trim());
  const order = wanted === undefined ? usualOrder : usualOrder.filter((name) => wanted.includes(name)).sort((a, b) => wanted.indexOf(a) - wanted.indexOf(b));
  return order.filter((method) => allowed[method]);
}

/** A list of algorithms as written: the list itself, or `+` added to, `-` taken from, `^` put before those that are usual. Names may have wildcards after `-`. */
export function applyAlgorithms(written: string | undefined, usual: readonly string[], matches: (pattern: string, name: string) => boolean): readonly string[] {
  if (written === undefined) return usual;
  const names = written.replace(/^[+^-]/, '').split(',').filter((name) => name !== '');
  switch (written[0]) {
    case '+':
      return [...usual, ...names.filter((name) => !usual.includes(name))];
    case '-':
      return usual.filter((name) => !names.some((pattern) => matches(pattern, name)));
    case '^':
      return [...names, ...usual.filter((name) => !names.includes(name))];
    default:
      return names;
  }
}
