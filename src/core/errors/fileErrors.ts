import { defineMessages } from '../text/messages';

export const fileErrors = defineMessages(
  {
    'file/not-absolute': '{file} is no absolute path. Name the whole path of the file.',
    'file/no-folder': 'There is no folder {folder}. Make it, or choose another one.',
    'file/exists': '{file} is there already and was left as it is. Choose another name, or say that it may be replaced.',
    'file/not-a-file': '{file} is there and is no file. Choose another name.',
    'file/no-room': '{needed} MB do not fit into {folder}: {free} MB are free. Nothing was written. Free some space there, or choose another disk.',
    'file/disk-full': 'The disk that holds {folder} is full. Nothing was left there. Free some space, or choose another disk.',
    'file/write-failed':
      '{file} cannot be written: {reason, select, EACCES {this user may not write there} EPERM {this user may not write there} EROFS {the disk is read-only} EIO {the disk reports an error} ENAMETOOLONG {the name is too long} other {{reason}}}. Nothing was left there. Choose another place.',
  },
  {
    'file/not-absolute': '{file} n’est pas un chemin absolu. Indiquez le chemin complet du fichier.',
    'file/no-folder': 'Le dossier {folder} n’existe pas. Créez-le ou choisissez-en un autre.',
    'file/exists': '{file} existe déjà et n’a pas été touché. Choisissez un autre nom, ou indiquez qu’il peut être remplacé.',
    'file/not-a-file': '{file} existe et n’est pas un fichier. Choisissez un autre nom.',
    'file/no-room': '{needed} Mo ne tiennent pas dans {folder} : {free} Mo sont libres. Rien n’a été écrit. Libérez de l’espace ou choisissez un autre disque.',
    'file/disk-full': 'Le disque qui contient {folder} est plein. Rien n’y a été laissé. Libérez de l’espace ou choisissez un autre disque.',
    'file/write-failed':
      '{file} ne peut pas être écrit : {reason, select, EACCES {cet utilisateur n’a pas le droit d’y écrire} EPERM {cet utilisateur n’a pas le droit d’y écrire} EROFS {le disque est en lecture seule} EIO {le disque signale une erreur} ENAMETOOLONG {le nom est trop long} other {{reason}}}. Rien n’y a été laissé. Choisissez un autre emplacement.',
  },
);
