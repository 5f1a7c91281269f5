import type { HelpPage } from './helpPage';

/** Help of `gaxpkg download`. */
export const downloadHelp: HelpPage = {
  en: `Usage: gaxpkg download NAME[@VERSION]… [--to PATH] [--overwrite] [--tenant T] [--json]

Saves copies of packages, byte for byte what was imported. A copy has its name only when it is whole;
a file that is there is left alone.

  --to PATH           a folder, or the new file for one package (default: this folder)
  --overwrite         replace files that are there`,
  fr: `Syntaxe : gaxpkg download NOM[@VERSION]… [--to CHEMIN] [--overwrite] [--tenant L] [--json]

Enregistre des copies de packages, octet pour octet ce qui a été importé. Une copie ne porte son nom que
lorsqu’elle est entière ; un fichier présent n’est pas touché.

  --to CHEMIN         un dossier, ou le nouveau fichier pour un seul package (par défaut : ce dossier)
  --overwrite         remplacer les fichiers présents`,
};
