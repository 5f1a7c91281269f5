import { formatMessage, type Locale, type Messages } from '../text/messages';
import { ipDescriptionMessages } from './ipDescription/messages';
import type { Problem } from './problem';
import { silentIniMessages } from './silentIni/messages';
import { xmlMessages } from './xml/messages';

const catalogues: readonly Messages<string>[] = [xmlMessages, ipDescriptionMessages, silentIniMessages];

/** The sentence of a problem in the reader's language. */
export function describeProblem(locale: Locale, problem: Pick<Problem, 'code' | 'args'>): string {
  for (const catalogue of catalogues) {
    const template = catalogue[locale][problem.code];
    if (template !== undefined) return formatMessage(locale, template, problem.args);
  }
  return problem.code;
}

/** The sentences of every rule of every format, for the tests of the catalogue. */
export const allProblemMessages: readonly Messages<string>[] = catalogues;
