import { defineMessages } from '../../text/messages';

export const resultLogMessages = defineMessages(
  {
    'resultLog.no-result': 'The result log holds no result: the installer did not finish writing it.',
    'resultLog.bad-code': 'The result code {value} is neither 0 (success) nor 1 (error).',
  },
  {
    'resultLog.no-result': 'Le journal de résultat ne contient aucun résultat : le programme d’installation ne l’a pas terminé.',
    'resultLog.bad-code': 'Le code de résultat {value} n’est ni 0 (succès) ni 1 (erreur).',
  },
);
