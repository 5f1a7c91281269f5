import { defineMessages } from '../messages';

/** Words of the commands on the package service. */
export const serviceCommandText = defineMessages(
  {
    useCopyMessage: 'Go on with the copy that is left?',
    useCopyButton: 'Use This Copy',
    restartMessage: 'Restart the package service?',
    restartDetail: 'Running: {imports, plural, =0 {no import} one {# import} other {# imports}}, {deployments, plural, =0 {no deployment} one {# deployment} other {# deployments}}. Imports are undone; deployments are interrupted and can be resumed.',
    restartButton: 'Restart',
    noServiceLog: 'The package service has not written a log yet: {file}.',
  },
  {
    useCopyMessage: 'Continuer avec la copie restante ?',
    useCopyButton: 'Utiliser cette copie',
    restartMessage: 'Redémarrer le service de packages ?',
    restartDetail: 'En cours : {imports, plural, =0 {aucune importation} one {# importation} other {# importations}}, {deployments, plural, =0 {aucun déploiement} one {# déploiement} other {# déploiements}}. Les importations sont annulées ; les déploiements sont interrompus et peuvent être repris.',
    restartButton: 'Redémarrer',
    noServiceLog: 'Le service de packages n’a pas encore écrit de journal : {file}.',
  },
);
