import { defineMessages } from '../../text/messages';
import type { ProblemSeverity } from '../problem';

export const templatePairMessages = defineMessages(
  {
    'templatePair.not-in-apd': 'The option {option} of section {section} is missing in the APD file of the same name.',
    'templatePair.not-in-xml': 'The option {option} of section {section} is missing in the XML file of the same name.',
    'templatePair.default-differs': 'The default of {section} / {option} is “{xml}” in the XML file and “{apd}” in the APD file.',
    'templatePair.default-blank': 'The default of {section} / {option} has blanks at its end in one of the two files only.',
    'templatePair.type-differs': 'The application type is {xml} in the XML file and {apd} in the APD file.',
    'templatePair.version-differs': 'The version is {xml} in the XML file and {apd} in the APD file.',
  },
  {
    'templatePair.not-in-apd': 'L’option {option} de la section {section} manque dans le fichier APD du même nom.',
    'templatePair.not-in-xml': 'L’option {option} de la section {section} manque dans le fichier XML du même nom.',
    'templatePair.default-differs': 'La valeur par défaut de {section} / {option} est « {xml} » dans le fichier XML et « {apd} » dans le fichier APD.',
    'templatePair.default-blank': 'La valeur par défaut de {section} / {option} finit par des espaces dans un seul des deux fichiers.',
    'templatePair.type-differs': 'Le type d’application est {xml} dans le fichier XML et {apd} dans le fichier APD.',
    'templatePair.version-differs': 'La version est {xml} dans le fichier XML et {apd} dans le fichier APD.',
  },
);

export type TemplatePairProblemCode = keyof typeof templatePairMessages.en;

export const templatePairSeverities: Readonly<Record<TemplatePairProblemCode, ProblemSeverity>> = {
  'templatePair.not-in-apd': 'warning',
  'templatePair.not-in-xml': 'warning',
  'templatePair.default-differs': 'warning',
  // The vendor's own APD files lose blanks at the ends of defaults.
  'templatePair.default-blank': 'hint',
  'templatePair.type-differs': 'warning',
  'templatePair.version-differs': 'warning',
};
