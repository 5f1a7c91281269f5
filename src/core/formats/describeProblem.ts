import { formatMessage, type Locale, type Messages } from '../text/messages';
import { apdMessages } from './apd/messages';
import { ipDescriptionMessages } from './ipDescription/messages';
import { metadataXmlMessages } from './metadataXml/messages';
import type { Problem } from './problem';
import { resultLogMessages } from './resultLog/messages';
import { silentIniMessages } from './silentIni/messages';
import { spdMessages } from './spd/messages';
import { templatePairMessages } from './templatePair/messages';
import { tplMessages } from './tpl/messages';
import { xmlMessages } from './xml/messages';

const catalogues: readonly Messages<string>[] = [
  xmlMessages, ipDescriptionMessages, silentIniMessages, resultLogMessages, apdMessages, metadataXmlMessages, spdMessages, templatePairMessages, tplMessages,
];

/** The sentence of a problem in the reader's language. */
export function describeProblem(locale: Locale, problem: Pick<Problem, 'code' | 'args'>): string {
  for (const catalogue of catalogues) {
    const template = catalogue[locale][problem.code];
    if (template !== undefined) return formatMessage(locale, template, problem.args);
  }
  return problem.code;
}
