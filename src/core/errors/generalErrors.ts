import { defineMessages } from '../text/messages';

export const generalErrors = defineMessages(
  {
    'general/unexpected': 'Something went wrong that this version does not know: {message}. The service log has the details.',
    'general/cancelled': 'Stopped.',
    'general/bad-request': 'The request {method} was refused: {reason}.',
    'general/not-found':
      'There is no {kind, select, application {application object} content {stored content} deployed {deployed package} other {{kind}}} {name}. It may have been deleted in the meantime; refresh the list.',
    'general/ambiguous': '{name} stands for several {kind}: {candidates}. Name one of them exactly.',
  },
  {
    'general/unexpected': 'Une erreur inconnue de cette version est survenue : {message}. Le journal du service donne les détails.',
    'general/cancelled': 'Arrêté.',
    'general/bad-request': 'La demande {method} a été refusée : {reason}.',
    'general/not-found':
      '{kind, select, application {L’objet application} content {Le contenu stocké} deployed {Le package déployé} deployment {Le déploiement} download {Le téléchargement} file {Le fichier} group {Le groupe} host {L’hôte} import {L’importation} package {Le package} role {Le rôle} tenant {Le locataire} user {L’utilisateur} other {{kind}}} {name} est introuvable. L’objet a peut-être été supprimé entre-temps ; actualisez la liste.',
    'general/ambiguous': '{name} désigne plusieurs {kind} : {candidates}. Indiquez-en un exactement.',
  },
);
