import { defineMessages } from '../text/messages';

export const serviceErrors = defineMessages(
  {
    'service/not-running': 'No package service runs for {folder}. It starts by itself with the next command that needs it.',
    'service/not-answering':
      'The package service of {folder} (process {pid}) runs but does not answer. It was left alone; if it stays silent, end that process, then try again.',
    'service/other-machine':
      '{folder} is in use by the package service of the machine {machine} (process {pid}). Work there, or stop it there with “gaxpkg service stop”. If that machine is gone for good, delete {file}.',
    'service/proof-failed':
      'What answers for the package service of {folder} does not hold the key in {keyFile}, so nothing was sent to it. End process {pid}, then try again.',
    'service/start-failed': 'The package service for {folder} did not start: {reason}. The log {log} has the details.',
    'service/protocol-too-old':
      'The package service of {folder} is version {theirs} and at work; version {ours} cannot talk to it. Try again when its imports and deployments have ended.',
    'service/protocol-too-new':
      'The package service of {folder} is version {theirs} and no longer talks to version {ours}. Update this program.',
    'service/connection-lost':
      'The package service ended during {method}, so it is not known whether that took effect. Look at the list before you repeat it.',
    'service/closed': 'The connection to the package service is closed. Connect again, then repeat {method}.',
    'service/ending': 'The package service is ending and did not begin {method}. Try again in a moment.',
    'service/busy':
      'The package service is at work: {imports, plural, one {# import} other {# imports}}, {deployments, plural, one {# deployment} other {# deployments}}. Wait for their end, or stop it with force.',
    'service/ownership-lost': 'Another package service has taken over {folder}; this one ended without writing.',
    'service/folder-unusable': 'The data folder {folder} cannot be used: {reason}. Check the path and its permissions, or choose another folder.',
    'service/folder-on-network':
      'The data folder {folder} is on a network file system ({fileSystem}), where the repository could be damaged. Choose a folder on a disk of this machine.',
    'service/endpoint-unusable': 'The package service cannot be reached through {folder}: {reason}. Remove that folder or correct its permissions.',
    'service/key-unusable': 'The key of the package service in {file} cannot be used: {reason}. Stop the service, delete that file, then try again.',
    'service/files-missing': 'The files of the package service are not complete in {folder}: {reason}. Install this program again.',
  },
  {
    'service/not-running': 'Aucun service de packages n’est actif pour {folder}. Il démarre de lui-même avec la prochaine commande qui en a besoin.',
    'service/not-answering':
      'Le service de packages de {folder} (processus {pid}) est actif mais ne répond pas. Il n’a pas été remplacé ; s’il reste muet, arrêtez ce processus, puis réessayez.',
    'service/other-machine':
      '{folder} est utilisé par le service de packages de la machine {machine} (processus {pid}). Travaillez-y, ou arrêtez-le là-bas avec « gaxpkg service stop ». Si cette machine n’existe plus, supprimez {file}.',
    'service/proof-failed':
      'Ce qui répond à la place du service de packages de {folder} ne détient pas la clé de {keyFile} ; rien ne lui a été envoyé. Arrêtez le processus {pid}, puis réessayez.',
    'service/start-failed': 'Le service de packages de {folder} n’a pas démarré : {reason}. Le journal {log} donne les détails.',
    'service/protocol-too-old':
      'Le service de packages de {folder} est en version {theirs} et travaille ; la version {ours} ne peut pas lui parler. Réessayez à la fin de ses importations et déploiements.',
    'service/protocol-too-new':
      'Le service de packages de {folder} est en version {theirs} et ne parle plus à la version {ours}. Mettez ce programme à jour.',
    'service/connection-lost':
      'Le service de packages s’est arrêté pendant {method} ; on ne sait pas si l’opération a eu lieu. Vérifiez la liste avant de la répéter.',
    'service/closed': 'La connexion au service de packages est fermée. Reconnectez-vous, puis répétez {method}.',
    'service/ending': 'Le service de packages s’arrête et n’a pas commencé {method}. Réessayez dans un instant.',
    'service/busy':
      'Le service de packages travaille : {imports, plural, one {# importation} other {# importations}}, {deployments, plural, one {# déploiement} other {# déploiements}}. Attendez leur fin, ou forcez l’arrêt.',
    'service/ownership-lost': 'Un autre service de packages a pris en charge {folder} ; celui-ci s’est arrêté sans rien écrire.',
    'service/folder-unusable':
      'Le dossier de données {folder} est inutilisable : {reason}. Vérifiez le chemin et les droits, ou choisissez un autre dossier.',
    'service/folder-on-network':
      'Le dossier de données {folder} est sur un système de fichiers réseau ({fileSystem}), où le référentiel pourrait être endommagé. Choisissez un dossier sur un disque de cette machine.',
    'service/endpoint-unusable':
      'Le service de packages est inaccessible par {folder} : {reason}. Supprimez ce dossier ou corrigez ses droits.',
    'service/key-unusable':
      'La clé du service de packages dans {file} est inutilisable : {reason}. Arrêtez le service, supprimez ce fichier, puis réessayez.',
    'service/files-missing': 'Les fichiers du service de packages sont incomplets dans {folder} : {reason}. Réinstallez ce programme.',
  },
);
