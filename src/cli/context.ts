import type { CliMessage } from '../core/text/cliText';
import { cliMessage } from '../core/text/cliText';
import type { Locale, MessageArguments } from '../core/text/messages';
import type { ServiceClient } from '../service/client';
import type { Secrets } from './secrets';
import type { Terminal } from './terminal';

export const exitDone = 0;
export const exitFailed = 1;
export const exitUsage = 2;

/** What every verb works with. */
export interface CliContext {
  readonly terminal: Terminal;
  readonly locale: Locale;
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A sentence in the user's language. */
  text(key: CliMessage, args?: MessageArguments): string;
  /** Connects to the package service, starting one where `start` allows. The connection ends with the verb. */
  connect(options?: { secrets?: Secrets; start?: 'onDemand' | 'never' }): Promise<ServiceClient>;
}

/** A verb: reads its arguments, does its work, gives the exit code. */
export type Verb = (context: CliContext, args: readonly string[]) => Promise<number>;

/** Makes the sentence function of a language. */
export function textIn(locale: Locale): CliContext['text'] {
  return (key, args) => cliMessage(locale, key, args);
}
