import type { RepositoryProblem } from '../repository/report';
import { createText, defineMessages, type Locale } from './messages';

/** What is wrong with a repository, problem by problem. */
export const repositoryText = defineMessages(
  {
    'volume-missing': '{file} is missing: {packages} cannot be used.',
    'volume-damaged': '{file} is damaged: {packages} cannot be used.',
    'content-damaged': 'The stored archive of {packages} is not complete.',
    'volume-orphaned': '{file} belongs to no package.',
    'file-unfinished': '{file} was never finished.',
    'file-foreign': '{file} does not belong here.',
    'image-damaged': '{file}, an image of the catalogue, is damaged.',
    'log-damaged': '{file}, a log of the catalogue, is damaged at byte {offset}.',
    'state-damaged': '{file} ends before the last change that was confirmed.',
    'catalogue-damaged': 'The table {subject} of the catalogue is damaged: {detail}.',
    'reference-broken': 'Row {subject} of the catalogue refers to a row of {detail} that is not there.',
    'journal-damaged': '{file}, the log of the deployment {subject}, is damaged at byte {offset}.',
    'journal-missing': '{file}, the log of the deployment {subject}, is missing.',
    'journal-orphaned': '{file} belongs to no deployment.',
    noPackage: 'no package',
  },
  {
    'volume-missing': '{file} manque : {packages} ne peut pas être utilisé.',
    'volume-damaged': '{file} est endommagé : {packages} ne peut pas être utilisé.',
    'content-damaged': 'L’archive stockée de {packages} est incomplète.',
    'volume-orphaned': '{file} n’appartient à aucun package.',
    'file-unfinished': '{file} n’a jamais été terminé.',
    'file-foreign': '{file} n’a pas sa place ici.',
    'image-damaged': '{file}, une image du catalogue, est endommagé.',
    'log-damaged': '{file}, un journal du catalogue, est endommagé à l’octet {offset}.',
    'state-damaged': '{file} se termine avant la dernière modification confirmée.',
    'catalogue-damaged': 'La table {subject} du catalogue est endommagée : {detail}.',
    'reference-broken': 'La ligne {subject} du catalogue renvoie à une ligne de {detail} qui n’existe pas.',
    'journal-damaged': '{file}, le journal du déploiement {subject}, est endommagé à l’octet {offset}.',
    'journal-missing': '{file}, le journal du déploiement {subject}, manque.',
    'journal-orphaned': '{file} n’appartient à aucun déploiement.',
    noPackage: 'aucun package',
  },
);

/** One problem of a repository in one sentence. */
export function describeRepositoryProblem(locale: Locale, { code, file = '', subject = '', detail = '', offset = 0, packages = [] }: RepositoryProblem): string {
  const text = createText(locale, repositoryText);
  return text(code, { file, subject, detail, offset, packages: packages.length === 0 ? text('noPackage') : packages.join(', ') });
}
