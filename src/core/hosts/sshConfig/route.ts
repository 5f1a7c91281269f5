import { evaluateSshConfig, type ConfigQuery, type Evaluation, type ExecAnswers, type ExecRule } from './evaluate';
import { parseJump, type ConfigFile } from './parse';
import { readSshSettings, type SshSettings } from './settings';

/** One machine on the way to a host, the host itself being the last. */
export interface Hop {
  /** As it was written: an alias, a name or an address. */
  readonly name: string;
  readonly settings: SshSettings;
  readonly evaluation: Evaluation;
}

export interface Route {
  /** In the order in which they are connected. */
  readonly hops: readonly Hop[];
  /** Rules that wait for an answer; the route is as if they did not hold. */
  readonly undecided: readonly ExecRule[];
  /** The jump host at which the way goes round in a circle; the hops end there. */
  readonly loop?: string;
}

/** More hops than that are a circle whose names change. */
const mostHops = 16;

/**
 * Works out the way to a host as OpenSSH goes it: each jump host is reached as the configuration says for it; of several
 * jump hosts in one line the last connects to the host, through those before it.
 */
export function planRoute(
  files: readonly ConfigFile[], query: ConfigQuery, environment: Readonly<Record<string, string | undefined>>, answers: ExecAnswers,
): Route {
  const undecided = new Map<string, ExecRule>();
  const hops: Hop[] = [];
  const seen = new Set<string>();
  let loop: string | undefined;
  for (let next: ConfigQuery | undefined = query; next !== undefined;) {
    const evaluation = evaluateSshConfig(files, next, answers);
    for (const rule of evaluation.undecided) undecided.set(rule.command, rule);
    const settings = readSshSettings(evaluation, next, environment);
    const place = `${settings.user}@${settings.hostName}:${settings.port}`;
    if (seen.has(place) || hops.length === mostHops) {
      loop = next.host;
      break;
    }
    seen.add(place);
    hops.unshift({ name: next.host, settings, evaluation });
    next = nextQuery(query, settings.jumps);
  }
  return { hops, undecided: [...undecided.values()], ...(loop !== undefined && { loop }) };
}

function nextQuery(query: ConfigQuery, jumps: readonly string[]): ConfigQuery | undefined {
  const jump = parseJump(jumps.at(-1) ?? '');
  if (jump === undefined) return undefined;
  const before = jumps.slice(0, -1);
  const { localUser, homeFolder, userId, localHost, hash } = query;
  return { ...jump, localUser, homeFolder, userId, localHost, hash, ...(before.length > 0 && { jumps: before }) };
}
