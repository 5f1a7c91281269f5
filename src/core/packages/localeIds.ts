import type { Locale } from '../text/messages';

/**
 * The locale ids of packages are the three-letter language names of Windows (`LOCALE_SABBREVLANGNAME`); the third letter
 * tells the country. Those in which the vendor's products have come, and their like.
 */
const languages: Readonly<Record<string, string>> = {
  ENU: 'en-US', ENG: 'en-GB', ENA: 'en-AU', ENC: 'en-CA', ENZ: 'en-NZ', ENI: 'en-IE',
  FRA: 'fr-FR', FRB: 'fr-BE', FRC: 'fr-CA', FRS: 'fr-CH', DEU: 'de-DE', DES: 'de-CH', DEA: 'de-AT',
  ESP: 'es-ES', ESN: 'es-ES', ESM: 'es-MX', ESS: 'es-AR', ESO: 'es-CO', ESL: 'es-CL',
  PTB: 'pt-BR', PTG: 'pt-PT', ITA: 'it-IT', ITS: 'it-CH', NLD: 'nl-NL', NLB: 'nl-BE',
  JPN: 'ja-JP', KOR: 'ko-KR', CHS: 'zh-CN', CHT: 'zh-TW', ZHH: 'zh-HK', RUS: 'ru-RU', PLK: 'pl-PL', CSY: 'cs-CZ', HUN: 'hu-HU',
  TRK: 'tr-TR', SVE: 'sv-SE', DAN: 'da-DK', NOR: 'nb-NO', FIN: 'fi-FI', ELL: 'el-GR', HEB: 'he-IL', ARA: 'ar-SA', THA: 'th-TH', VIT: 'vi-VN',
};

/** A locale id with its language in the reader's words, e.g. `ENU, English (United States)`; an unknown id alone. */
export function describeLocaleId(locale: Locale, localeId: string): string {
  const tag = Object.hasOwn(languages, localeId.toUpperCase()) ? languages[localeId.toUpperCase()] : undefined;
  const name = tag === undefined ? undefined : new Intl.DisplayNames(locale, { type: 'language', languageDisplay: 'standard' }).of(tag);
  return name === undefined ? localeId : `${localeId}, ${name}`;
}
