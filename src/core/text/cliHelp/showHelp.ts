import type { HelpPage } from './helpPage';

/** Help of `gaxpkg show`. */
export const showHelp: HelpPage = {
  en: `Usage: gaxpkg show NAME[@VERSION] [--tenant T] [--json]

Shows all that is known of one package; with --json also its files with their SHA-256.`,
  fr: `Usage : gaxpkg show NOM[@VERSION] [--tenant L] [--json]

Montre tout ce qui est connu d’un package ; avec --json, aussi ses fichiers et leur SHA-256.`,
};
