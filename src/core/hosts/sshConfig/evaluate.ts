import { matchesPatternList } from '../patterns';
import { isUnsupported, isUsedKeyword, type UsedKeyword } from './keywords';
import { readCriteria, readJumps, type ConfigFile, type ConfigLine, type ConfigPlace, type Criterion } from './parse';
import { expandTokens, type Tokens } from './tokens';

/** Whom a configuration is read for, and by whom. */
export interface ConfigQuery {
  /** As a person wrote it: an alias, a name or an address. */
  readonly host: string;
  /** What a person said beside it; wins over every file. */
  readonly user?: string;
  readonly port?: number;
  /** Hops that were said beside it, first one first. */
  readonly jumps?: readonly string[];
  readonly localUser: string;
  readonly homeFolder: string;
  readonly userId: string;
  readonly localHost: string;
  /** Makes `%C`, the SHA-1 of what it is given, in hexadecimal. */
  readonly hash: (text: string) => string;
}

/** A setting as a file gives it. */
export interface GivenSetting {
  readonly words: readonly string[];
  /** Absent: it was said beside the file. */
  readonly place?: ConfigPlace;
}

/** What a `Match exec` would run. */
export interface ExecRule extends ConfigPlace {
  /** As written: the same for each host. */
  readonly written: string;
  /** With its tokens replaced. */
  readonly command: string;
}

export interface Evaluation {
  readonly settings: ReadonlyMap<UsedKeyword, GivenSetting>;
  readonly identityFiles: readonly GivenSetting[];
  /** The host's name or address after `HostName`. */
  readonly hostName: string;
  /** Hops to go through, first one first. Undefined: none said anything of hops. */
  readonly jumps: readonly string[] | undefined;
  readonly proxyCommand: string | undefined;
  /** What holds for this host, would change how it is reached or trusted, and cannot be done here. */
  readonly unsupported: readonly (ConfigPlace & { readonly keyword: string; readonly value: string })[];
  /** Lines whose keyword is not known here. */
  readonly unknown: readonly (ConfigPlace & { readonly keyword: string })[];
  /** Rules that hold or not by what a command says, and nobody has answered for. They were taken as not holding. */
  readonly undecided: readonly ExecRule[];
  /** Conditions that cannot be decided here; taken as not holding. */
  readonly skipped: readonly (ConfigPlace & { readonly criterion: string })[];
}

/** What a person decided, and the command said, of each {@link ExecRule} by its command; `skip`: not run. */
export type ExecAnswers = ReadonlyMap<string, boolean | 'skip'>;

interface Pass {
  readonly query: ConfigQuery;
  readonly answers: ExecAnswers;
  readonly settings: Map<UsedKeyword, GivenSetting>;
  readonly identityFiles: GivenSetting[];
  readonly unsupported: Map<string, Evaluation['unsupported'][number]>;
  readonly unknown: Map<string, Evaluation['unknown'][number]>;
  readonly undecided: Map<string, ExecRule>;
  readonly skipped: Map<string, Evaluation['skipped'][number]>;
  /** What `Host` is compared with. */
  host: string;
  /** The name after `HostName`, once the first reading has ended. */
  finalName: string | undefined;
  wantsFinal: boolean;
}

/** Reads files as OpenSSH does for one host: the first value wins; `Match final` and `canonical` hold in a second reading. */
export function evaluateSshConfig(files: readonly ConfigFile[], query: ConfigQuery, answers: ExecAnswers): Evaluation {
  const pass: Pass = {
    query, answers, settings: new Map(), identityFiles: [], unsupported: new Map(), unknown: new Map(), undecided: new Map(), skipped: new Map(),
    host: query.host, finalName: undefined, wantsFinal: false,
  };
  if (query.user !== undefined) pass.settings.set('User', { words: [query.user] });
  if (query.port !== undefined) pass.settings.set('Port', { words: [String(query.port)] });
  if (query.jumps !== undefined) pass.settings.set('ProxyJump', { words: [query.jumps.join(',')] });
  for (const file of files) readFile(pass, file, true, false);
  const hostName = lowerName(nameOf(pass));
  if (pass.wantsFinal) {
    pass.host = hostName;
    pass.finalName = hostName;
    for (const file of files) readFile(pass, file, true, false);
  }
  const jumps = pass.settings.get('ProxyJump');
  const command = pass.settings.get('ProxyCommand')?.words[0];
  return {
    settings: pass.settings, identityFiles: pass.identityFiles, hostName,
    jumps: jumps && readJumps(jumps.words.join(' ')),
    proxyCommand: command?.toLowerCase() === 'none' ? undefined : command,
    unsupported: [...pass.unsupported.values()], unknown: [...pass.unknown.values()],
    undecided: [...pass.undecided.values()], skipped: [...pass.skipped.values()],
  };
}

/** @param never the file is read for its form only: an `Include` in a block that does not hold */
function readFile(pass: Pass, file: ConfigFile, activeAtStart: boolean, never: boolean): void {
  let active = activeAtStart;
  for (const line of file.lines) {
    switch (line.keyword) {
      case 'Host':
        active = !never && matchesHostLine(line.words, pass.host);
        break;
      case 'Match':
        // Read in any case: even a `Match final` that cannot hold asks for the second reading.
        active = matchesCriteria(pass, line, never) && !never;
        break;
      case 'Include':
        for (const included of line.included ?? []) readFile(pass, included, active, never || !active);
        break;
      default:
        if (active) take(pass, line);
    }
  }
}

function matchesHostLine(patterns: readonly string[], host: string): boolean {
  return matchesPatternList(patterns, host);
}

function take(pass: Pass, line: ConfigLine): void {
  const { keyword, words } = line;
  const { settings, identityFiles } = pass;
  const place: ConfigPlace = { file: line.file, line: line.line };
  const at = `${line.file}\n${line.line}`;
  if (!line.isKnown) {
    const ignored = settings.get('IgnoreUnknown')?.words[0]?.toLowerCase().split(',') ?? [];
    if (!matchesPatternList(ignored, keyword.toLowerCase())) pass.unknown.set(at, { ...place, keyword });
    return;
  }
  if (!isUsedKeyword(keyword)) {
    if (isUnsupported(keyword, words[0] ?? '')) pass.unsupported.set(at, { ...place, keyword, value: words.join(' ') });
    return;
  }
  const given: GivenSetting = { words: keyword === 'ProxyJump' ? [line.rest] : words, place };
  if (keyword === 'IdentityFile') {
    if (!identityFiles.some((other) => other.words[0] === words[0])) identityFiles.push(given);
    return;
  }
  // As OpenSSH: `none` for a time says nothing, so a later line may.
  if (settings.has(keyword) || (words[0] === 'none' && (keyword === 'ConnectTimeout' || keyword === 'ServerAliveInterval'))) return;
  // Of the two ways through other hosts the first that is said holds; `ProxyJump none` leaves room for a command.
  if (keyword === 'ProxyJump' && settings.has('ProxyCommand')) return;
  const jumps = settings.get('ProxyJump');
  if (keyword === 'ProxyCommand' && jumps && readJumps(jumps.words.join(' ')).length > 0) return;
  settings.set(keyword, given);
}

function matchesCriteria(pass: Pass, line: ConfigLine, never: boolean): boolean {
  let holds = true;
  for (const criterion of readCriteria(line.rest) ?? []) {
    if (criterion.name === 'final') pass.wantsFinal = true;
    const matched = matchesCriterion(pass, line, criterion, holds && !never);
    if (matched === criterion.negated) holds = false;
  }
  return holds;
}

/** @param isAsked false: an earlier condition has failed already, so no command is to be run */
function matchesCriterion(pass: Pass, line: ConfigLine, criterion: Criterion, isAsked: boolean): boolean {
  const { query } = pass;
  const list = criterion.argument.split(',');
  switch (criterion.name) {
    case 'all':
      return true;
    case 'canonical':
    case 'final':
      return pass.finalName !== undefined;
    case 'host':
      return matchesPatternList(list.map((pattern) => pattern.toLowerCase()), (pass.finalName ?? nameOf(pass)).toLowerCase());
    case 'originalhost':
      return matchesPatternList(list.map((pattern) => pattern.toLowerCase()), query.host.toLowerCase());
    case 'user':
      return matchesPatternList(list, pass.settings.get('User')?.words[0] ?? query.localUser);
    case 'localuser':
      return matchesPatternList(list, query.localUser);
    case 'exec':
      return isAsked ? runsWell(pass, line, criterion.argument) : criterion.negated;
    default:
      if (isAsked) pass.skipped.set(`${line.file}\n${line.line}`, { file: line.file, line: line.line, criterion: `${criterion.name} ${criterion.argument}` });
      return criterion.negated;
  }
}

function runsWell(pass: Pass, line: ConfigLine, written: string): boolean {
  const command = expandTokens(written, tokensOf(pass.query, pass.settings, pass.finalName ?? nameOf(pass))) ?? written;
  const answer = pass.answers.get(command);
  if (answer === undefined) pass.undecided.set(command, { file: line.file, line: line.line, written, command });
  return answer === true;
}

/** The name that is known by now. */
function nameOf({ query, settings }: Pass): string {
  const given = settings.get('HostName')?.words[0];
  return given === undefined ? query.host : (expandTokens(given, { h: query.host }) ?? given);
}

/** Names are compared in lower case, addresses stay as they are. */
function lowerName(name: string): string {
  return name.includes(':') ? name : name.toLowerCase();
}

/** The tokens of `Match exec`, `IdentityFile`, `IdentityAgent`, `UserKnownHostsFile` … */
export function tokensOf(query: ConfigQuery, settings: Evaluation['settings'], hostName: string): Tokens {
  const port = settings.get('Port')?.words[0] ?? '22';
  const user = settings.get('User')?.words[0] ?? query.localUser;
  const { localHost } = query;
  return {
    h: hostName, n: query.host, k: settings.get('HostKeyAlias')?.words[0] ?? query.host, p: port, r: user, u: query.localUser, d: query.homeFolder, i: query.userId,
    l: localHost, L: localHost.split('.')[0] ?? localHost, j: settings.get('ProxyJump')?.words[0] ?? '', C: query.hash(`${localHost}${hostName}${port}${user}`),
  };
}
