import { defineMessages } from '../../text/messages';
import type { ProblemSeverity } from '../problem';

export const apdMessages = defineMessages(
  {
    'apd.too-short': 'The file ends after {size} bytes; the header alone has 276.',
    'apd.wrong-mark': 'The file does not begin like an application template.',
    'apd.text-after-end': 'The field {field} holds something behind the end of its text.',
    'apd.wrong-length': 'A length of {said} bytes does not fit: {there} bytes are there.',
    'apd.wrong-count': 'The list says {said} pairs, but holds {there}.',
    'apd.truncated-pair': 'The list ends in the middle of a pair.',
    'apd.trailing-bytes': '{n, plural, one {# byte} other {# bytes}} behind the end of the list.',
    'apd.unknown-type': 'The type code {type} of {key} is not known; 0 (text) and 3 (list) are.',
    'apd.too-deep': 'Lists are nested deeper than section and option.',
    'apd.repeated-name': 'The name {key} stands twice in one list.',
    'apd.not-text': 'The value of {key} is no UTF-8 text.',
    'apd.too-long': '{key} has {size} bytes; an APD file can hold 65535 in one list or value.',
    'apd.field-too-long': 'The {field} has {size} bytes; 128 are possible.',
    'apd.not-encodable': '{key} cannot be written: its encoding or its nesting does not allow it.',
    'apd.text-not-json': 'This is no JSON.',
    'apd.text-repeated': '{key} stands twice in one object; only one of the two could be kept.',
    'apd.text-wrong-form': 'This is not as an application template is written: see {place}.',
    'apd.text-exact-differs': '“exact” and the rest do not say the same. Change both, or take “exact” out.',
  },
  {
    'apd.too-short': 'Le fichier s’arrête après {size} octets ; l’en-tête seul en compte 276.',
    'apd.wrong-mark': 'Le fichier ne commence pas comme un modèle d’application.',
    'apd.text-after-end': 'Le champ {field} contient quelque chose après la fin de son texte.',
    'apd.wrong-length': 'Une longueur de {said} octets ne convient pas : il y en a {there}.',
    'apd.wrong-count': 'La liste annonce {said} paires, mais en contient {there}.',
    'apd.truncated-pair': 'La liste s’arrête au milieu d’une paire.',
    'apd.trailing-bytes': '{n, plural, one {# octet} other {# octets}} après la fin de la liste.',
    'apd.unknown-type': 'Le code de type {type} de {key} est inconnu ; 0 (texte) et 3 (liste) sont connus.',
    'apd.too-deep': 'Des listes sont imbriquées plus profondément que section et option.',
    'apd.repeated-name': 'Le nom {key} figure deux fois dans une liste.',
    'apd.not-text': 'La valeur de {key} n’est pas un texte UTF-8.',
    'apd.too-long': '{key} compte {size} octets ; un fichier APD peut en contenir 65535 par liste ou valeur.',
    'apd.field-too-long': 'Le champ {field} compte {size} octets ; 128 sont possibles.',
    'apd.not-encodable': '{key} ne peut pas être écrit : son encodage ou son imbrication ne le permet pas.',
    'apd.text-not-json': 'Ceci n’est pas du JSON.',
    'apd.text-repeated': '{key} figure deux fois dans un objet ; un seul des deux pourrait être conservé.',
    'apd.text-wrong-form': 'Un modèle d’application ne s’écrit pas ainsi : voir {place}.',
    'apd.text-exact-differs': '« exact » et le reste ne disent pas la même chose. Modifiez les deux, ou retirez « exact ».',
  },
);

export type ApdProblemCode = keyof typeof apdMessages.en;

/** An error means that something of the file could not be read, or not be written. */
export const apdSeverities: Readonly<Record<ApdProblemCode, ProblemSeverity>> = {
  'apd.too-short': 'error',
  'apd.wrong-mark': 'error',
  'apd.text-after-end': 'hint',
  'apd.wrong-length': 'error',
  'apd.wrong-count': 'error',
  'apd.truncated-pair': 'error',
  'apd.trailing-bytes': 'warning',
  'apd.unknown-type': 'warning',
  'apd.too-deep': 'warning',
  'apd.repeated-name': 'warning',
  'apd.not-text': 'warning',
  'apd.too-long': 'error',
  'apd.field-too-long': 'error',
  'apd.not-encodable': 'error',
  'apd.text-not-json': 'error',
  'apd.text-repeated': 'error',
  'apd.text-wrong-form': 'error',
  'apd.text-exact-differs': 'error',
};
