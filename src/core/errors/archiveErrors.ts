import { defineMessages } from '../text/messages';

/**
 * Why an archive was refused. Arguments of all: `archive` (file name), `entry` (printable; empty when the fault belongs to
 * no entry) and `offset` (in bytes; zip: in the file, tar.gz: in the unpacked tar, or in the file where the compression
 * itself is at fault).
 */
export const archiveErrors = defineMessages(
  {
    // The archive as a whole
    'archive/empty': '{archive} is empty (0 bytes). Copy or download it again.',
    'archive/no-entries': '{archive} is an archive with nothing in it. Ask the sender for the complete package.',
    'archive/not-an-archive': '{archive} is neither a zip nor a tar.gz archive. Import the package as it came from Genesys.',
    'archive/unsupported-format': '{archive} is a {format} archive; only zip and tar.gz can be imported. Pack its content again as one of them.',
    'archive/not-a-tar': '{archive} is compressed with gzip, but what it holds is no tar archive. Import the package as it came from Genesys.',
    'archive/truncated': '{archive} ends too early, at byte {offset}. Copy or download it again.',
    'archive/damaged': '{archive} is damaged near byte {offset}: its structure cannot be read. Copy or download it again.',
    'archive/trailing-data': '{archive} holds foreign data after its end, near byte {offset}, which programs read differently. Ask the sender for a clean archive.',
    'archive/hidden-data': '{archive} holds data that belongs to no entry, at byte {offset}. Ask the sender for a clean archive.',
    'archive/split': '{archive} is one part of an archive split into several files. Join the parts and import the whole.',
    'archive/encrypted': '{archive}: {entry} is encrypted (byte {offset}). Unpack it with its password and pack it again without one.',

    // Headers and content of an entry
    'archive/damaged-header': '{archive}: the header of {entry} is damaged (byte {offset}). Copy or download the archive again.',
    'archive/damaged-content': '{archive}: the content of {entry} is damaged (byte {offset}): it does not match its checksum. Copy or download the archive again.',
    'archive/wrong-size': '{archive}: {entry} does not have the size that the archive states (byte {offset}). Copy or download the archive again.',
    'archive/ambiguous': '{archive} says two different things about {entry} (byte {offset}), so programs would unpack it differently. Ask the sender for a clean archive.',
    'archive/nested-out-of-order': '{archive}: the files of the archive {entry} in it are not in the order of its directory (byte {offset}). Unpack it and import {entry} itself.',
    'archive/overlapping-entries': '{archive}: {entry} shares its bytes with another entry (byte {offset}). This is how archive bombs are made; ask the sender for a clean archive.',
    'archive/unsupported-compression': '{archive}: {entry} is compressed by a method that cannot be read here ({method}, byte {offset}). Pack the content again with Deflate.',
    'archive/unsupported-entry': '{archive}: {entry} is of a kind that cannot be read here ({kind}, byte {offset}). Pack the content again as plain files, folders and links.',
    'archive/sparse-file': '{archive}: {entry} is stored as a sparse file (byte {offset}), which many tar programs cannot unpack. Pack the content again without that option.',
    'archive/special-file': '{archive}: {entry} is a device, pipe or socket (byte {offset}). A package has no use for one; ask the sender for a clean archive.',
    'archive/header-too-large': '{archive}: the description of {entry} is larger than {limit} bytes (byte {offset}). This is how archive bombs are made; ask the sender for a clean archive.',

    // Names
    'archive/name-empty': '{archive} holds an entry without a name (byte {offset}). Ask the sender for a clean archive.',
    'archive/name-traversal': '{archive}: the name {entry} leads out of the package’s folder (byte {offset}). Do not trust this archive.',
    'archive/name-absolute': '{archive}: the name {entry} is an absolute path (byte {offset}). Do not trust this archive.',
    'archive/name-drive': '{archive}: the name {entry} begins with a drive letter (byte {offset}). Do not trust this archive.',
    'archive/name-network-path': '{archive}: the name {entry} is a network path (byte {offset}). Do not trust this archive.',
    'archive/name-backslash': '{archive}: the name {entry} holds a backslash (byte {offset}), which is a separator on some systems only. Pack the content again with a current program.',
    'archive/name-control-character': '{archive}: the name {entry} holds a control character (byte {offset}). Do not trust this archive.',
    'archive/name-reserved': '{archive}: the name {entry} stands for a device on Windows (byte {offset}). Ask the sender for an archive without it.',
    'archive/name-stream': '{archive}: the name {entry} holds a colon (byte {offset}): on Windows it would hide its content in another file. Do not trust this archive.',
    'archive/name-trailing': '{archive}: the name {entry} ends in a dot or a blank (byte {offset}), which Windows leaves out. Pack the content again with another name.',
    'archive/name-too-long': '{archive}: the name {entry} is too long (byte {offset}): at most {limit} bytes for a path and 255 for each part. Pack the content again with shorter names.',
    'archive/name-encoding': '{archive}: the name {entry} is not valid UTF-8 (byte {offset}). Pack the content again on a system that uses UTF-8.',
    'archive/too-deep': '{archive}: {entry} lies more than {limit} folders deep (byte {offset}). Ask the sender for a clean archive.',
    'archive/duplicate-name': '{archive} holds {entry} twice (the second at byte {offset}), so programs would unpack it differently. Ask the sender for a clean archive.',
    'archive/name-case-collision': '{archive}: the names {entry} and {other} differ in case or accents alone (byte {offset}) and are one file on some systems. Ask the sender for a clean archive.',
    'archive/name-conflict': '{archive}: {entry} and {other} cannot both exist: the same name is a folder and no folder (byte {offset}). Ask the sender for a clean archive.',

    // Links
    'archive/link-absolute': '{archive}: the link {entry} points to the absolute path {target} (byte {offset}). Do not trust this archive.',
    'archive/link-out-of-tree': '{archive}: the link {entry} points out of the package’s folder, to {target} (byte {offset}). Do not trust this archive.',
    'archive/link-invalid': '{archive}: the link {entry} has a target that is no path: {target} (byte {offset}). Ask the sender for a clean archive.',
    'archive/through-link': '{archive}: {entry} would be written through the link {other} (byte {offset}). Do not trust this archive.',
    'archive/hard-link-missing': '{archive}: the hard link {entry} points to {target}, which is no earlier file of the archive (byte {offset}). Ask the sender for a clean archive.',

    // Archives made to exhaust
    'archive/too-many-entries': '{archive} holds more than {limit, number} entries (byte {offset}). If this is no mistake, split the package.',
    'archive/too-large': '{archive} would unpack to more than {limit, number} bytes: {entry} (byte {offset}) goes over it. If this is no mistake, split the package.',
    'archive/ratio': '{archive}: {entry} unpacks to more than {limit} times its packed size (byte {offset}). This is how archive bombs are made; ask the sender for a clean archive.',
    'archive/entry-too-large': '{archive}: {entry} has {size, number} bytes; a file of this kind has at most {limit, number} (byte {offset}). Ask the sender for the original package.',
  },
  {
    'archive/empty': '{archive} est vide (0 octet). Copiez ou téléchargez le fichier à nouveau.',
    'archive/no-entries': '{archive} est une archive sans contenu. Demandez le package complet à l’expéditeur.',
    'archive/not-an-archive': '{archive} n’est ni une archive zip ni une archive tar.gz. Importez le package tel que fourni par Genesys.',
    'archive/unsupported-format': '{archive} est une archive {format} ; seuls zip et tar.gz peuvent être importés. Refaites l’archive dans l’un de ces formats.',
    'archive/not-a-tar': '{archive} est compressé par gzip, mais son contenu n’est pas une archive tar. Importez le package tel que fourni par Genesys.',
    'archive/truncated': '{archive} se termine trop tôt, à l’octet {offset}. Copiez ou téléchargez le fichier à nouveau.',
    'archive/damaged': '{archive} est endommagé vers l’octet {offset} : sa structure est illisible. Copiez ou téléchargez le fichier à nouveau.',
    'archive/trailing-data': '{archive} contient des données étrangères après sa fin, vers l’octet {offset} ; les programmes les lisent différemment. Demandez une archive propre à l’expéditeur.',
    'archive/hidden-data': '{archive} contient des données qui n’appartiennent à aucune entrée, à l’octet {offset}. Demandez une archive propre à l’expéditeur.',
    'archive/split': '{archive} est une partie d’une archive répartie sur plusieurs fichiers. Réunissez les parties et importez le tout.',
    'archive/encrypted': '{archive} : {entry} est chiffré (octet {offset}). Extrayez le contenu avec son mot de passe et refaites l’archive sans chiffrement.',

    'archive/damaged-header': '{archive} : l’en-tête de {entry} est endommagé (octet {offset}). Copiez ou téléchargez l’archive à nouveau.',
    'archive/damaged-content': '{archive} : le contenu de {entry} est endommagé (octet {offset}) : il ne correspond pas à sa somme de contrôle. Copiez ou téléchargez l’archive à nouveau.',
    'archive/wrong-size': '{archive} : {entry} n’a pas la taille indiquée par l’archive (octet {offset}). Copiez ou téléchargez l’archive à nouveau.',
    'archive/ambiguous': '{archive} se contredit au sujet de {entry} (octet {offset}) ; les programmes l’extrairaient différemment. Demandez une archive propre à l’expéditeur.',
    'archive/nested-out-of-order': '{archive} : les fichiers de l’archive {entry} qu’elle contient ne sont pas dans l’ordre de son répertoire (octet {offset}). Décompressez-la et importez {entry} elle-même.',
    'archive/overlapping-entries': '{archive} : {entry} partage ses octets avec une autre entrée (octet {offset}). C’est ainsi que sont faites les bombes de décompression ; demandez une archive propre à l’expéditeur.',
    'archive/unsupported-compression': '{archive} : {entry} est compressé par une méthode illisible ici ({method}, octet {offset}). Refaites l’archive avec Deflate.',
    'archive/unsupported-entry': '{archive} : {entry} est d’un type illisible ici ({kind}, octet {offset}). Refaites l’archive avec de simples fichiers, dossiers et liens.',
    'archive/sparse-file': '{archive} : {entry} est enregistré comme fichier creux (octet {offset}), ce que beaucoup de programmes tar ne savent pas extraire. Refaites l’archive sans cette option.',
    'archive/special-file': '{archive} : {entry} est un périphérique, un tube ou une socket (octet {offset}). Un package n’en a pas besoin ; demandez une archive propre à l’expéditeur.',
    'archive/header-too-large': '{archive} : la description de {entry} dépasse {limit} octets (octet {offset}). C’est ainsi que sont faites les bombes de décompression ; demandez une archive propre à l’expéditeur.',

    'archive/name-empty': '{archive} contient une entrée sans nom (octet {offset}). Demandez une archive propre à l’expéditeur.',
    'archive/name-traversal': '{archive} : le nom {entry} mène hors du dossier du package (octet {offset}). Ne faites pas confiance à cette archive.',
    'archive/name-absolute': '{archive} : le nom {entry} est un chemin absolu (octet {offset}). Ne faites pas confiance à cette archive.',
    'archive/name-drive': '{archive} : le nom {entry} commence par une lettre de lecteur (octet {offset}). Ne faites pas confiance à cette archive.',
    'archive/name-network-path': '{archive} : le nom {entry} est un chemin réseau (octet {offset}). Ne faites pas confiance à cette archive.',
    'archive/name-backslash': '{archive} : le nom {entry} contient une barre oblique inverse (octet {offset}), qui n’est un séparateur que sur certains systèmes. Refaites l’archive avec un programme actuel.',
    'archive/name-control-character': '{archive} : le nom {entry} contient un caractère de contrôle (octet {offset}). Ne faites pas confiance à cette archive.',
    'archive/name-reserved': '{archive} : le nom {entry} désigne un périphérique sous Windows (octet {offset}). Demandez à l’expéditeur une archive sans ce nom.',
    'archive/name-stream': '{archive} : le nom {entry} contient un deux-points (octet {offset}) : sous Windows, son contenu serait caché dans un autre fichier. Ne faites pas confiance à cette archive.',
    'archive/name-trailing': '{archive} : le nom {entry} se termine par un point ou une espace (octet {offset}), que Windows supprime. Refaites l’archive avec un autre nom.',
    'archive/name-too-long': '{archive} : le nom {entry} est trop long (octet {offset}) : au plus {limit} octets pour un chemin et 255 pour chaque partie. Refaites l’archive avec des noms plus courts.',
    'archive/name-encoding': '{archive} : le nom {entry} n’est pas de l’UTF-8 valide (octet {offset}). Refaites l’archive sur un système en UTF-8.',
    'archive/too-deep': '{archive} : {entry} se trouve à plus de {limit} dossiers de profondeur (octet {offset}). Demandez une archive propre à l’expéditeur.',
    'archive/duplicate-name': '{archive} contient {entry} deux fois (la seconde à l’octet {offset}) ; les programmes l’extrairaient différemment. Demandez une archive propre à l’expéditeur.',
    'archive/name-case-collision': '{archive} : les noms {entry} et {other} ne diffèrent que par la casse ou les accents (octet {offset}) et désignent un même fichier sur certains systèmes. Demandez une archive propre à l’expéditeur.',
    'archive/name-conflict': '{archive} : {entry} et {other} ne peuvent coexister : le même nom est un dossier et n’en est pas un (octet {offset}). Demandez une archive propre à l’expéditeur.',

    'archive/link-absolute': '{archive} : le lien {entry} pointe vers le chemin absolu {target} (octet {offset}). Ne faites pas confiance à cette archive.',
    'archive/link-out-of-tree': '{archive} : le lien {entry} pointe hors du dossier du package, vers {target} (octet {offset}). Ne faites pas confiance à cette archive.',
    'archive/link-invalid': '{archive} : la cible du lien {entry} n’est pas un chemin : {target} (octet {offset}). Demandez une archive propre à l’expéditeur.',
    'archive/through-link': '{archive} : {entry} serait écrit à travers le lien {other} (octet {offset}). Ne faites pas confiance à cette archive.',
    'archive/hard-link-missing': '{archive} : le lien physique {entry} pointe vers {target}, qui n’est pas un fichier précédent de l’archive (octet {offset}). Demandez une archive propre à l’expéditeur.',

    'archive/too-many-entries': '{archive} contient plus de {limit, number} entrées (octet {offset}). Si ce n’est pas une erreur, scindez le package.',
    'archive/too-large': '{archive} dépasserait {limit, number} octets une fois extrait : {entry} (octet {offset}) franchit la limite. Si ce n’est pas une erreur, scindez le package.',
    'archive/ratio': '{archive} : {entry} occupe, une fois extrait, plus de {limit} fois sa taille compressée (octet {offset}). C’est ainsi que sont faites les bombes de décompression ; demandez une archive propre à l’expéditeur.',
    'archive/entry-too-large': '{archive} : {entry} compte {size, number} octets ; un fichier de ce type en compte au plus {limit, number} (octet {offset}). Demandez le package d’origine à l’expéditeur.',
  },
);
