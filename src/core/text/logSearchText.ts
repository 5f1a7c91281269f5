import { defineMessages } from './messages';

/** Words of the search in all deployment action logs. */
export const logSearchText = defineMessages(
  {
    title: 'Search Deployment Action Logs',
    prompt: 'Part of a line, in any case: a host, an error code, a path',
    placeholder: '{n, plural, =0 {No line found yet} one {# line} other {# lines}} with “{text}”',
    searching: '{done} of {all} logs read',
    ended: '{n, plural, one {# log} other {# logs}} read',
    nothing: 'No deployment action log has a line with “{text}”.',
    searchAgain: 'Search Again',
    unreadable: '{title}: the log could not be read. {reason}',
  },
  {
    title: 'Rechercher dans les journaux d’actions de déploiement',
    prompt: 'Partie d’une ligne, sans égard à la casse : un hôte, un code d’erreur, un chemin',
    placeholder: '{n, plural, =0 {Aucune ligne trouvée pour l’instant} one {# ligne} other {# lignes}} avec « {text} »',
    searching: '{done} journaux lus sur {all}',
    ended: '{n, plural, one {# journal lu} other {# journaux lus}}',
    nothing: 'Aucun journal d’actions de déploiement n’a de ligne avec « {text} ».',
    searchAgain: 'Nouvelle recherche',
    unreadable: '{title} : le journal n’a pas pu être lu. {reason}',
  },
);
