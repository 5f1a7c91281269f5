import type { HelpPage } from './helpPage';

/** Help of `gaxpkg compare`. */
export const compareHelp: HelpPage = {
  en: `Usage: gaxpkg compare A B [--tenant T] [--json]

Compares the files of two packages by their SHA-256: + only in B, - only in A, ~ in both and different.
Exit code 0 when they are equal, 1 when they differ.`,
  fr: `Syntaxe : gaxpkg compare A B [--tenant L] [--json]

Compare les fichiers de deux packages par leur SHA-256 : + dans B seulement, - dans A seulement,
~ dans les deux et différents. Code de sortie 0 s’ils sont identiques, 1 s’ils diffèrent.`,
};
