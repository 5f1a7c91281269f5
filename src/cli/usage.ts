import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { CliMessage } from '../core/text/cliText';
import type { MessageArguments } from '../core/text/messages';

/** The command line itself is wrong: exit code 2. */
export class UsageError extends Error {
  constructor(readonly messageKey: CliMessage, readonly args: MessageArguments = {}) {
    super(messageKey);
    this.name = 'UsageError';
  }
}

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true; strict: true }>>;

/** Reads the arguments of a verb. @throws UsageError that names the option at fault */
export function parseOptions<const O extends Options>(args: readonly string[], options: O): Parsed<O> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw asUsageError(error);
  }
}

/** The library's own messages are English, so only the option's name is taken from them. */
function asUsageError(error: unknown): UsageError {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const option = /'(-{1,2}[^\s'=<]+)/.exec(String(message))?.[1];
  if (option === undefined) return new UsageError('badOption', { reason: String(message).split('\n')[0] ?? '' });
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return new UsageError('unknownOption', { option });
  return new UsageError(/does not take/.test(String(message)) ? 'optionTakesNoValue' : 'optionNeedsValue', { option });
}

/** Refuses arguments beyond those a verb takes. */
export function takeNoMore(positionals: readonly string[], allowed: number): void {
  const extra = positionals[allowed];
  if (extra !== undefined) throw new UsageError('unexpectedArgument', { argument: extra });
}

/** The argument at `index`. @throws UsageError that names what is missing */
export function requireArgument(positionals: readonly string[], index: number, what: string): string {
  const value = positionals[index];
  if (value === undefined || value === '') throw new UsageError('missingArgument', { argument: what });
  return value;
}

/** The one argument of a verb that takes nothing else. @throws UsageError that names what is missing or too much */
export function onlyArgument(args: readonly string[], what: string): string {
  const { positionals } = parseOptions(args, {});
  takeNoMore(positionals, 1);
  return requireArgument(positionals, 0, what);
}
