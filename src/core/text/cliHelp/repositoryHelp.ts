import type { HelpPage } from './helpPage';

/** Help of `gaxpkg repository`. */
export const repositoryHelp: HelpPage = {
  en: `Usage: gaxpkg repository check [--json]
       gaxpkg repository repair [--json]
       gaxpkg repository export FILE [--overwrite] [--json]
       gaxpkg repository import FILE [--json]

check reads every file of the repository and names what is wrong; exit code 1 when there is something.
repair puts what is damaged, and what nobody needs, into a quarantine folder; packages whose content is
damaged leave the lists and can be imported again. Nothing is destroyed.
export writes the whole repository into one file; import restores it into an empty repository, after
every archive in it has been read as an import reads it. Passwords are in neither.`,
  fr: `Syntaxe : gaxpkg repository check [--json]
          gaxpkg repository repair [--json]
          gaxpkg repository export FICHIER [--overwrite] [--json]
          gaxpkg repository import FICHIER [--json]

check lit chaque fichier du référentiel et nomme ce qui ne va pas ; code de sortie 1 dans ce cas.
repair place dans un dossier de quarantaine ce qui est endommagé et ce dont personne n’a besoin ; les
packages dont le contenu est endommagé quittent les listes et peuvent être réimportés. Rien n’est détruit.
export écrit tout le référentiel dans un fichier ; import le restaure dans un référentiel vide, après
avoir relu chaque archive comme une importation. Les mots de passe n’y figurent pas.`,
};
