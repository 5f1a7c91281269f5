import { exec } from 'node:child_process';
import { createHash } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { ProductError } from '../../../core/errors';
import type { HostSettings } from '../../../core/hosts/model';
import { listAliases, type ConfigAlias } from '../../../core/hosts/sshConfig/aliases';
import { describeRoute, type ShownRoute } from '../../../core/hosts/sshConfig/describeRoute';
import type { ConfigQuery, ExecRule } from '../../../core/hosts/sshConfig/evaluate';
import { planRoute, type Route } from '../../../core/hosts/sshConfig/route';
import type { SshOptions } from '../../../protocol/service';
import type { ServiceLog } from '../../serviceLog';
import type { Questions } from '../../questions';
import { readSshConfig, type SshConfig } from './readSshConfig';
import { secretsOf } from './runSecrets';

/** Where this machine's SSH configuration lies, and who reads it. */
export interface RoutePlaces {
  readonly homeFolder: string;
  readonly systemFolder?: string;
  readonly log: ServiceLog;
}

/** Milliseconds a command of `Match exec` may take. */
const execLimit = 30_000;

/** Works out a way from the files as they are now. Runs no command and asks nobody. @throws ProductError `host/ssh-config-unreadable` */
export async function lookUpRoute(host: HostSettings, options: SshOptions | undefined, places: RoutePlaces): Promise<ShownRoute> {
  const config = await readConfig(options, places);
  return describeRoute(planRoute(config.files, queryOf(host, places), process.env, new Map()), config.problems, config.paths);
}

/** The names that a person could add as hosts. @throws ProductError `host/ssh-config-unreadable` */
export async function lookUpAliases(options: SshOptions | undefined, places: RoutePlaces): Promise<readonly ConfigAlias[]> {
  return listAliases((await readConfig(options, places)).files);
}

/**
 * Finds the way to a host: reads the SSH configuration, and asks before a command of it is run; a person is asked once per
 * run for each rule.
 * @throws ProductError `host/ssh-config-unreadable`, `host/ssh-config-wrong`, `host/ssh-config-unsafe`, `host/jump-loop`, `general/cancelled`
 */
export async function findRoute(host: HostSettings, questions: Questions, places: RoutePlaces, signal: AbortSignal): Promise<Route> {
  const config = await readConfig(questions.ssh, places);
  const [problem] = config.problems;
  if (problem?.kind === 'unsafe') throw new ProductError('host/ssh-config-unsafe', { host: host.name, file: problem.file });
  if (problem) throw wrong(host.name, problem.file, problem.line, problem.text, problem.kind);
  const answers = new Map<string, boolean | 'skip'>();
  for (;;) {
    const route = planRoute(config.files, queryOf(host, places), process.env, answers);
    const [rule] = route.undecided;
    if (rule === undefined) return checked(host.name, route);
    answers.set(rule.command, await decide(rule, host.name, questions, places, signal));
  }
}

function readConfig(options: SshOptions | undefined, { homeFolder, systemFolder }: RoutePlaces): Promise<SshConfig> {
  return readSshConfig({ configFile: options?.configFile ?? '', homeFolder, ...(systemFolder !== undefined && { systemFolder }) });
}

function queryOf({ address, port, user }: HostSettings, { homeFolder }: RoutePlaces): ConfigQuery {
  const { username, uid } = userInfo();
  return {
    host: address, homeFolder, localUser: username, userId: String(uid), localHost: hostname(),
    hash: (text) => createHash('sha1').update(text).digest('hex'), ...(port !== 0 && { port }), ...(user !== '' && { user }),
  };
}

function checked(hostName: string, route: Route): Route {
  if (route.loop !== undefined) throw new ProductError('host/jump-loop', { host: hostName, jump: route.loop });
  for (const { settings } of route.hops) {
    const [value] = settings.wrong;
    if (value) throw wrong(hostName, value.place?.file ?? '', value.place?.line ?? 0, `${value.keyword} ${value.value}`, 'token');
  }
  return route;
}

function wrong(host: string, file: string, line: number, text: string, kind: string): ProductError {
  return new ProductError('host/ssh-config-wrong', { host, file, line, text, kind });
}

async function decide(rule: ExecRule, hostName: string, questions: Questions, { log }: RoutePlaces, signal: AbortSignal): Promise<boolean | 'skip'> {
  const { commands } = secretsOf(questions);
  const place = `${rule.file}\n${rule.line}\n${rule.written}`;
  const asked = commands.get(place) ?? Promise.resolve(questions.confirmCommand?.({ hostName, command: rule.command, file: rule.file, line: rule.line }, signal) ?? 'skip');
  commands.set(place, asked);
  asked.catch(() => commands.delete(place));
  if ((await asked) === 'skip') {
    log.warn('ssh', `${hostName}: ${rule.file}, line ${rule.line}: its command was not run, so the rule counts as not holding`);
    return 'skip';
  }
  return await runsWell(rule.command, signal);
}

function runsWell(command: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = exec(command, { timeout: execLimit, signal, windowsHide: true }, (error) => {
      if (signal.aborted) reject(new ProductError('general/cancelled'));
      else resolve(error === null);
    });
    child.stdin?.end();
  });
}
