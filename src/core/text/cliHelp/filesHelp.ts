import type { HelpPage } from './helpPage';

/** Help of `gaxpkg files`. */
export const filesHelp: HelpPage = {
  en: `Usage: gaxpkg files NAME[@VERSION] [--tenant T] [--json]

Lists the files inside a package; with --json with sizes, times and SHA-256.`,
  fr: `Syntaxe : gaxpkg files NOM[@VERSION] [--tenant L] [--json]

Liste les fichiers d’un package ; avec --json, tailles, heures et SHA-256 aussi.`,
};
