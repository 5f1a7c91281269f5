import { defineMessages } from './messages';

/** What the editor says about the files of packages. */
export const languageText = defineMessages(
  {
    allowedValues: 'Allowed values: {values}',
    usualValues: 'Usual values: {values}',
    example: 'Example: {value}',
    tooLong: 'The file is longer than 20 MB: it is not checked, and nothing is suggested.',
  },
  {
    allowedValues: 'Valeurs permises : {values}',
    usualValues: 'Valeurs habituelles : {values}',
    example: 'Exemple : {value}',
    tooLong: 'Le fichier dépasse 20 Mo : il n’est pas vérifié, et rien n’est suggéré.',
  },
);
