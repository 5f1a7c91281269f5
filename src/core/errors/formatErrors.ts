import { defineMessages } from '../text/messages';

export const formatErrors = defineMessages(
  {
    'format/silent-ini-value':
      'The value of {key} in section {section} cannot be written to silent.ini: section, key and value must each be one line, and the key must hold no “=”. Correct it.',
  },
  {
    'format/silent-ini-value':
      'La valeur de {key} dans la section {section} ne peut pas être écrite dans silent.ini : section, clé et valeur doivent tenir chacune sur une ligne, et la clé ne doit pas contenir « = ». Corrigez-la.',
  },
);
