import type { HelpPage } from './helpPage';

/** Help of `gaxpkg cat`. */
export const catHelp: HelpPage = {
  en: `Usage: gaxpkg cat NAME[@VERSION] PATH [--tenant T]

Writes one file of a package to standard output, byte for byte.`,
  fr: `Syntaxe : gaxpkg cat NOM[@VERSION] CHEMIN [--tenant L]

Écrit un fichier d’un package sur la sortie standard, octet pour octet.`,
};
