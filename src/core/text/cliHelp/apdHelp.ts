import type { HelpPage } from './helpPage';

/** Help of `gaxpkg apd`. */
export const apdHelp: HelpPage = {
  en: `Usage: gaxpkg apd decode FILE
       gaxpkg apd encode JSON -o FILE
       gaxpkg apd diff XML APD
       gaxpkg apd from-xml XML -o APD
       gaxpkg apd to-xml APD -o XML

Writes a binary application template as JSON, or makes one of such JSON, byte for byte the same. Or
compares one with the metadata XML of the same application: options, defaults, type, version. Or makes
one of the two files of the other, and says what it cannot hold; the name of the new file is the name of
the template.

Exit code of diff: 0 when nothing differs but blanks at the ends of defaults, else 1.`,
  fr: `Usage : gaxpkg apd decode FICHIER
        gaxpkg apd encode JSON -o FICHIER
        gaxpkg apd diff XML APD
        gaxpkg apd from-xml XML -o APD
        gaxpkg apd to-xml APD -o XML

Écrit un modèle d’application binaire en JSON, ou en fait un à partir d’un tel JSON, identique à l’octet
près. Ou le compare au XML de métadonnées de la même application : options, valeurs par défaut, type,
version.

Code de sortie de diff : 0 si rien ne diffère, sauf des espaces à la fin de valeurs par défaut, sinon 1.`,
};
