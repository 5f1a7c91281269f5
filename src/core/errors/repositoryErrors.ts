import { defineMessages } from '../text/messages';

export const repositoryErrors = defineMessages(
  {
    'repository/disk-full':
      'The disk that holds {folder} is full. Nothing of this change was kept. Free some space there, then try again.',
    'repository/no-room':
      'Storing {needed} MB needs more than the {free} MB that are free on the disk that holds {folder}. Nothing was written. Free some space there, then try again.',
    'repository/write-failed':
      '{file} could not be written ({reason}). Nothing of this change was kept. Check the disk and its permissions, then try again.',
    'repository/read-failed':
      '{file} could not be read ({reason}). Check the disk and its permissions, then try again.',
    'repository/closed': 'The package service is ending, so this change was not made. Try again: a new service starts by itself.',
    'repository/not-owner':
      'Another package service has taken over {folder}, so this change was not acknowledged. Look at the list, then try again if it is missing there.',
    'repository/read-only':
      'The repository is open for reading only, because {file} is damaged. Use the recovered copy or restore {folder} from a backup; then changes are possible again.',
    'repository/damaged':
      '{reason, select, missing {{file} is missing} unreadable {{file} cannot be read} other {{file} is damaged: its checksum differs at byte {offset}}}. The state of {time, date, medium}, {time, time, short} is open for reading only; {n, plural, =0 {no later change is missing} one {# later change is missing} other {# later changes are missing}}. Check the disk, look at what is there, then use this copy or restore {folder} from a backup.',
    'repository/beyond-recovery':
      'The repository in {folder} cannot be opened: {file} is damaged and no older copy is left that could be read. Nothing was changed. Restore the folder from a backup.',
    'repository/catalogue-missing':
      'The repository in {folder} cannot be opened: its catalogue is missing, but stored packages are there. Nothing was changed. Restore the folder {catalogue} from a backup.',
    'repository/newer-schema':
      'This repository has format {found}, made by a newer version of this extension. This version reads formats up to {known}. Nothing was changed. Update the extension.',
    'repository/content-damaged':
      'The stored content of {package} is damaged: {volume} {reason, select, missing {is missing} other {does not match its checksum}}. Delete the package, then import it again from its archive.',
    'repository/file-damaged':
      'The stored content of {package} is damaged: {file} does not match its checksum. Check the repository with “gaxpkg repository check”.',
    'repository/upkeep-runs': 'The repository is being repaired, exported or restored already. Wait until that has ended, then try again.',
    'repository/deployments-run': 'The repository was not exported: deployments are running. Wait until they have ended, or stop them; then try again.',
    'repository/not-empty':
      'Nothing was restored: this repository is not empty. Restore into a new data folder, e.g. with “gaxpkg --data FOLDER repository import FILE”.',
    'repository/export-damaged':
      '{file} cannot be restored: {reason, select, truncated {it ends early} checksum {its checksum differs} other {it is damaged at byte {offset}}}. Nothing was restored. Copy the file again, or export anew.',
    'repository/export-refused': '{file} cannot be restored: {reason}. Nothing was restored. Take a file that “gaxpkg repository export” has written.',
    'repository/journal-damaged':
      'The log of this deployment is damaged: {file}, byte {offset}. What came before is intact; what came after cannot be read. The deployment cannot be resumed; start a new one.',
    'repository/name-taken':
      'There is already a {kind, select, host {host} tenant {tenant} other {{kind}}} named {name}. Choose another name.',
    'repository/other-content':
      '{package} is there already, with other content. Delete it there first, or replace it by an import.',
    'repository/package-in-use':
      '{package} is being deployed to {hosts}. Wait until the deployment has ended, or stop it; then try again.',
    'repository/host-in-use':
      'A deployment of {package} to {host} is running. Wait until it has ended, or stop it; then remove the host.',
    'repository/host-busy':
      'A deployment of {package} to {host} is running already. Wait until it has ended, or stop it; then try again.',
  },
  {
    'repository/disk-full':
      'Le disque qui contient {folder} est plein. Rien de cette modification n’a été conservé. Libérez de l’espace, puis réessayez.',
    'repository/no-room':
      'Stocker {needed} Mo demande plus que les {free} Mo libres sur le disque qui contient {folder}. Rien n’a été écrit. Libérez de l’espace, puis réessayez.',
    'repository/write-failed':
      '{file} n’a pas pu être écrit ({reason}). Rien de cette modification n’a été conservé. Vérifiez le disque et ses droits, puis réessayez.',
    'repository/read-failed':
      '{file} n’a pas pu être lu ({reason}). Vérifiez le disque et ses droits, puis réessayez.',
    'repository/closed': 'Le service de packages se termine : cette modification n’a pas été faite. Réessayez ; un nouveau service démarre de lui-même.',
    'repository/not-owner':
      'Un autre service de packages a pris possession de {folder} : cette modification n’a pas été confirmée. Regardez la liste, puis réessayez si elle y manque.',
    'repository/read-only':
      'Le référentiel est ouvert en lecture seule, car {file} est endommagé. Utilisez la copie récupérée ou restaurez {folder} depuis une sauvegarde ; les modifications seront de nouveau possibles.',
    'repository/damaged':
      '{reason, select, missing {{file} manque} unreadable {{file} est illisible} other {{file} est endommagé : sa somme de contrôle diffère à l’octet {offset}}}. L’état du {time, date, medium}, {time, time, short} est ouvert en lecture seule ; {n, plural, =0 {aucune modification plus récente ne manque} one {# modification plus récente manque} other {# modifications plus récentes manquent}}. Vérifiez le disque, regardez ce qui est là, puis utilisez cette copie ou restaurez {folder} depuis une sauvegarde.',
    'repository/beyond-recovery':
      'Le référentiel de {folder} ne peut pas être ouvert : {file} est endommagé et aucune copie plus ancienne n’est lisible. Rien n’a été modifié. Restaurez le dossier depuis une sauvegarde.',
    'repository/catalogue-missing':
      'Le référentiel de {folder} ne peut pas être ouvert : son catalogue manque alors que des packages y sont stockés. Rien n’a été modifié. Restaurez le dossier {catalogue} depuis une sauvegarde.',
    'repository/newer-schema':
      'Ce référentiel a le format {found}, d’une version plus récente de l’extension. Celle-ci lit jusqu’au format {known}. Rien n’a été modifié. Mettez l’extension à jour.',
    'repository/content-damaged':
      'Le contenu stocké de {package} est endommagé : {volume} {reason, select, missing {manque} other {ne correspond pas à sa somme de contrôle}}. Supprimez le package, puis importez-le de nouveau depuis son archive.',
    'repository/file-damaged':
      'Le contenu stocké de {package} est endommagé : {file} ne correspond pas à sa somme de contrôle. Vérifiez le référentiel avec « gaxpkg repository check ».',
    'repository/upkeep-runs': 'Une réparation, une exportation ou une restauration du référentiel est déjà en cours. Attendez sa fin, puis réessayez.',
    'repository/deployments-run': 'Le référentiel n’a pas été exporté : des déploiements sont en cours. Attendez leur fin ou arrêtez-les, puis réessayez.',
    'repository/not-empty':
      'Rien n’a été restauré : ce référentiel n’est pas vide. Restaurez dans un nouveau dossier de données, p. ex. avec « gaxpkg --data DOSSIER repository import FICHIER ».',
    'repository/export-damaged':
      '{file} ne peut pas être restauré : {reason, select, truncated {il est incomplet} checksum {sa somme de contrôle diffère} other {il est endommagé à l’octet {offset}}}. Rien n’a été restauré. Copiez de nouveau le fichier, ou refaites l’exportation.',
    'repository/export-refused': '{file} ne peut pas être restauré : {reason}. Rien n’a été restauré. Prenez un fichier écrit par « gaxpkg repository export ».',
    'repository/journal-damaged':
      'Le journal de ce déploiement est endommagé : {file}, octet {offset}. Ce qui précède est intact ; la suite est illisible. Le déploiement ne peut pas reprendre ; lancez-en un nouveau.',
    'repository/name-taken':
      'Il existe déjà un {kind, select, host {hôte} role {rôle} tenant {locataire} user {utilisateur} other {{kind}}} nommé {name}. Choisissez un autre nom.',
    'repository/other-content':
      '{package} s’y trouve déjà, avec un autre contenu. Supprimez-le d’abord à cet endroit, ou remplacez-le par une importation.',
    'repository/package-in-use':
      '{package} est en cours de déploiement vers {hosts}. Attendez la fin du déploiement ou arrêtez-le, puis réessayez.',
    'repository/host-in-use':
      'Un déploiement de {package} vers {host} est en cours. Attendez sa fin ou arrêtez-le, puis retirez l’hôte.',
    'repository/host-busy':
      'Un déploiement de {package} vers {host} est déjà en cours. Attendez sa fin ou arrêtez-le, puis réessayez.',
  },
);
