import * as path from 'node:path';
import { describeError, isProductError } from '../core/errors';
import { cliHelp, type HelpTopic } from '../core/text/cliHelp';
import { asLocale, type Locale } from '../core/text/messages';
import { connectToService, defaultDataFolder, productVersion, type ServiceClient } from '../service/client';
import { exitDone, exitFailed, exitUsage, textIn, type CliContext, type Verb } from './context';
import { CliFailure } from './failure';
import type { Secrets } from './secrets';
import type { Terminal } from './terminal';
import { UsageError } from './usage';
import { apd } from './verbs/apd';
import { cat, files } from './verbs/cat';
import { compare } from './verbs/compare';
import { download } from './verbs/download';
import { repository } from './verbs/repository';
import { audit } from './verbs/audit';
import { copy } from './verbs/copy';
import { deletePackage } from './verbs/delete';
import { deploy, plan, rollBack, upgrade } from './verbs/deploy';
import { deployments } from './verbs/deployments';
import { edit } from './verbs/edit';
import { filesCopied } from './verbs/filesCopied';
import { history } from './verbs/history';
import { host } from './verbs/host';
import { importPackages, replacePackages } from './verbs/import';
import { lint } from './verbs/lint';
import { list } from './verbs/list';
import { log } from './verbs/log';
import { role } from './verbs/role';
import { service } from './verbs/service';
import { show } from './verbs/show';
import { tenant } from './verbs/tenant';
import { user } from './verbs/user';
import { verify } from './verbs/verify';

const verbs: Readonly<Record<Exclude<HelpTopic, 'general'>, Verb>> = {
  import: importPackages, replace: replacePackages, list, show, edit, copy, delete: deletePackage, host, tenant, user, role, audit,
  deploy, upgrade, rollback: rollBack, plan, deployments, verify, 'files-copied': filesCopied, history, log, service, lint, apd, download, compare, files, cat, repository,
};

export interface CommandLineParts {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder with `service.js` and `sql-wasm.wasm`. */
  readonly serviceFiles: string;
  /** The Node program that runs the service. */
  readonly runtime: string;
}

interface GlobalOptions {
  readonly data: string | undefined;
  readonly sshConfig: string | undefined;
  readonly locale: Locale;
  readonly help: boolean;
  readonly version: boolean;
  readonly verb: string | undefined;
  readonly rest: readonly string[];
}

/**
 * Runs `gaxpkg` with these arguments.
 * @returns the exit code: 0 done, 1 failed, 2 usage. Never rejects.
 */
export async function runCommandLine(args: readonly string[], parts: CommandLineParts): Promise<number> {
  const { terminal, environment } = parts;
  // A variable that is set to nothing counts as not set.
  let locale = asLocale([environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].find((name) => name !== undefined && name !== ''));
  const clients: ServiceClient[] = [];
  try {
    const options = readGlobalOptions(args, locale);
    locale = options.locale;
    if (options.version) {
      terminal.out(productVersion);
      return exitDone;
    }
    if (options.verb === undefined) {
      if (!options.help) throw new UsageError('missingVerb');
      terminal.out(cliHelp[locale].general);
      return exitDone;
    }
    if (!isVerb(options.verb)) throw new UsageError('unknownVerb', { verb: options.verb });
    if (options.help || options.rest.includes('--help') || options.rest.includes('-h')) {
      terminal.out(cliHelp[locale][options.verb]);
      return exitDone;
    }
    return await verbs[options.verb](createContext(options, parts, clients), options.rest);
  } catch (error) {
    return report(error, locale, terminal);
  } finally {
    terminal.close();
    for (const client of clients) client.close();
  }
}

function createContext(options: GlobalOptions, parts: CommandLineParts, clients: ServiceClient[]): CliContext {
  const { terminal, environment } = parts;
  const dataFolder = path.resolve(options.data ?? environment['GAXPKG_DATA'] ?? defaultDataFolder());
  const text = textIn(options.locale);
  return {
    terminal, text, dataFolder, environment, locale: options.locale,
    connect: async ({ secrets, start } = {}) => {
      const agentSocket = environment['SSH_AUTH_SOCK'];
      const client = await connectToService({
        dataFolder, kind: 'cli', locale: options.locale, serviceFiles: parts.serviceFiles, runtime: parts.runtime,
        interactive: secrets?.available ?? false,
        ...(agentSocket !== undefined && agentSocket !== '' && { agentSocket }),
        ...(options.sshConfig !== undefined && { ssh: { configFile: options.sshConfig === 'none' ? 'none' : path.resolve(options.sshConfig) } }),
        ...(start !== undefined && { start }),
        handlers: createHandlers(secrets, terminal, text),
      });
      clients.push(client);
      return client;
    },
  };
}

function createHandlers(secrets: Secrets | undefined, terminal: Terminal, text: CliContext['text']): Parameters<typeof connectToService>[0]['handlers'] {
  return {
    // The command line never asks: --accept-new-host-key is the answer, given beforehand.
    confirmHostKey: ({ hostName, jumpHost, address, port, key }) => {
      terminal.note(text('unknownHostKey', { host: jumpHost ?? hostName, address, port: String(port), type: key.type, fingerprint: key.fingerprint }));
      return Promise.resolve('refuse');
    },
    confirmCommand: ({ hostName, file, line }) => {
      terminal.note(text('commandSkipped', { host: hostName, file, line: String(line) }));
      return Promise.resolve('skip');
    },
    confirmTakeOver: async ({ hostName, user, machine, since, deployment }) => {
      if (!terminal.interactive) return 'leave';
      const answer = await terminal.ask(text('askTakeOver', { host: hostName, user, machine, since: Date.parse(since), deployment }));
      return answer?.trim().toLowerCase().startsWith(text('yes')) === true ? 'takeOver' : 'leave';
    },
    askSecret: (question) => secrets?.answer(question) ?? Promise.resolve(undefined),
  };
}

function readGlobalOptions(args: readonly string[], environmentLocale: Locale): GlobalOptions {
  let data: string | undefined;
  let sshConfig: string | undefined;
  let locale = environmentLocale;
  let help = false;
  let version = false;
  let index = 0;
  const valueOf = (option: string, argument: string): string => {
    const equals = argument.indexOf('=');
    const value = equals >= 0 ? argument.slice(equals + 1) : args[(index += 1)];
    if (value === undefined || value === '') throw new UsageError('missingArgument', { argument: option });
    return value;
  };
  for (; index < args.length; index++) {
    const argument = args[index] ?? '';
    if (!argument.startsWith('-')) break;
    if (argument === '--data' || argument.startsWith('--data=')) data = valueOf('--data DIR', argument);
    else if (argument === '--ssh-config' || argument.startsWith('--ssh-config=')) sshConfig = valueOf('--ssh-config FILE', argument);
    else if (argument === '--locale' || argument.startsWith('--locale=')) {
      const value = valueOf('--locale', argument);
      if (value !== 'en' && value !== 'fr') throw new UsageError('badValue', { option: '--locale', value, what: 'en, fr' });
      locale = value;
    } else if (argument === '--help' || argument === '-h') help = true;
    else if (argument === '--version') version = true;
    else throw new UsageError('unknownOption', { option: argument.split('=')[0] ?? argument });
  }
  return { data, sshConfig, locale, help, version, verb: args[index], rest: args.slice(index + 1) };
}

function report(error: unknown, locale: Locale, terminal: Terminal): number {
  const text = textIn(locale);
  if (error instanceof UsageError) {
    terminal.note(text('usageError', { message: text(error.messageKey, error.args) }));
    return exitUsage;
  }
  if (error instanceof CliFailure) {
    terminal.note(error.message);
    return error.exitCode;
  }
  const code = isProductError(error) ? error.code : 'general/unexpected';
  terminal.note(`${describeError(locale, error)}${text('errorCode', { code })}`);
  return exitFailed;
}

function isVerb(name: string): name is keyof typeof verbs {
  return Object.hasOwn(verbs, name);
}
