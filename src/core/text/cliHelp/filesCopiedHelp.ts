import type { HelpPage } from './helpPage';

/** Help of `gaxpkg files-copied`. */
export const filesCopiedHelp: HelpPage = {
  en: `Usage: gaxpkg files-copied DEPLOYED [--host H] [--json]

Says that the files of a plug-in, which its installer did not copy into GAX, have been copied there by hand: it is
complete from now on. DEPLOYED is the name of the plug-in's package, or the id of the deployed package. Nothing is
done on the host.

  --host H            the host, where the same is on several

Exit code 1 when it did not wait for files to be copied.`,
  fr: `Usage : gaxpkg files-copied DÉPLOYÉ [--host H] [--json]

Dit que les fichiers d’un plug-in, que son programme d’installation n’a pas copiés dans GAX, y ont été copiés à la
main : il est désormais terminé. DÉPLOYÉ est le nom du package du plug-in, ou l’identifiant du package déployé.
Rien n’est fait sur l’hôte.

  --host H            l’hôte, si le même se trouve sur plusieurs

Code de sortie 1 s’il n’attendait aucune copie de fichiers.`,
};
