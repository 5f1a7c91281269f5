import type { HelpPage } from './helpPage';

/** Help of `gaxpkg lint`. */
export const lintHelp: HelpPage = {
  en: `Usage: gaxpkg lint PATH… [--format text|json|sarif] [--locale en|fr] [--max-warnings N]

Checks genesys_silent.ini, ip_description.xml, metadata XML, application templates (.apd), plug-in
templates (.tpl) and solution package definitions. Folders are walked, packages (.zip, .tar.gz) looked
into; an .apd and the .xml of its name are compared. Needs no package service.

  --format text       one line for each problem (the default)
  --format json       an array
  --format sarif      SARIF 2.1.0, as code hosting services read it
  --max-warnings N    fail with more than N warnings, too

Exit code 1 when there is an error, or something that could not be checked.`,
  fr: `Usage : gaxpkg lint CHEMIN… [--format text|json|sarif] [--locale en|fr] [--max-warnings N]

Vérifie genesys_silent.ini, ip_description.xml, XML de métadonnées, modèles d’application (.apd), modèles
de plug-in (.tpl) et définitions de packages de solution. Les dossiers sont parcourus, les packages
(.zip, .tar.gz) examinés ; un .apd et le .xml du même nom sont comparés. Sans service de packages.

  --format text       une ligne par problème (par défaut)
  --format json       un tableau
  --format sarif      SARIF 2.1.0, tel que le lisent les services d’hébergement de code
  --max-warnings N    échouer aussi au-delà de N avertissements

Code de sortie 1 s’il y a une erreur, ou quelque chose qui n’a pas pu être vérifié.`,
};
