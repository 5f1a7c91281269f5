import type { HelpPage } from './helpPage';

/** Help of `gaxpkg import`. */
export const importHelp: HelpPage = {
  en: `Usage: gaxpkg import PATH… [--method M] [--all | --only NAME[@VERSION]] [--dry-run] [OPTIONS]
       gaxpkg import PACKAGE --xml FILE --apd FILE [OPTIONS]

Imports packages from archives, folders, a mounted CD, a repository of Genesys Administrator, or archives
from support, and solution definitions (XML, or a zip that holds it); how a package comes is found out by
looking. PATH may be a network path (\\\\server\\share\\…, //server/share/…) or a file: address. The import
runs in the package service: it goes on when this command is ended, and begins anew when the service was ended.

  --method M          archive: one archive with the package and its templates; parts: the package and its
                      two templates as files of their own (--xml, --apd); directory: unpacked, e.g. a CD;
                      repository: packages at any depth; support-archives: from support, also nested
  --all               all packages found in a folder that are not in the repository yet
  --only NAME         those of this name among them; may be repeated
  --dry-run           show what is found and import nothing
  --mount SHARE=DIR   where a share (//server/share) is mounted; also in the variable GAXPKG_MOUNTS,
                      separated by ;
  --parallel N        imports at a time (1 to 16)
  --tenant T          tenant that gets the packages (default: Environment)
  --group G           group; made when it does not exist
  --json              print the ended imports as JSON; with --dry-run what was found`,
  fr: `Usage : gaxpkg import CHEMIN… [--method M] [--all | --only NOM[@VERSION]] [--dry-run] [OPTIONS]
         gaxpkg import PACKAGE --xml FICHIER --apd FICHIER [OPTIONS]

Importe des packages depuis des archives, des dossiers, un CD monté, un référentiel de Genesys Administrator
ou des archives du support, et des définitions de solution (XML, ou un zip qui le contient) ; la façon dont
un package se présente est reconnue. CHEMIN peut être un chemin réseau (\\\\serveur\\partage\\…,
//serveur/partage/…) ou une adresse file:. L’importation se fait dans le service de packages : elle continue
quand cette commande est interrompue, et recommence si le service l’a été.

  --method M          archive : une archive avec le package et ses modèles ; parts : le package et ses deux
                      modèles en fichiers séparés (--xml, --apd) ; directory : extrait, par exemple un CD ;
                      repository : des packages à toute profondeur ; support-archives : du support, aussi
                      imbriqués
  --all               tous les packages d’un dossier qui ne sont pas encore dans le référentiel
  --only NOM          ceux de ce nom ; peut être répété
  --dry-run           montre ce qui est trouvé et n’importe rien
  --mount PARTAGE=DIR où un partage (//serveur/partage) est monté ; aussi dans la variable GAXPKG_MOUNTS,
                      séparés par « ; »
  --parallel N        importations simultanées (1 à 16)
  --tenant L          locataire qui reçoit les packages (par défaut : Environment)
  --group G           groupe ; créé s’il n’existe pas
  --json              affiche en JSON les importations terminées ; avec --dry-run ce qui est trouvé`,
};
