import type { HelpPage } from './helpPage';

/** Help of `gaxpkg verify`. */
export const verifyHelp: HelpPage = {
  en: `Usage: gaxpkg verify DEPLOYED [--host H] [--accept-new-host-key] [--secrets-stdin] [--json]

Compares the files on the host with those of the package, as far as its installer lays them down, and keeps the
result with the deployed package. Nothing is changed. DEPLOYED is the name of an application object, or of a
package that is deployed once. Files that the installer or the program made are listed as extra and count
as no difference.

  --host H            the host, where the same is on several

Exit code 0 only when no file is changed or missing.`,
  fr: `Usage : gaxpkg verify DÉPLOYÉ [--host H] [--accept-new-host-key] [--secrets-stdin] [--json]

Compare les fichiers de l’hôte à ceux du package, pour autant que son programme d’installation les dépose, et
enregistre le résultat avec le package déployé. Rien n’est modifié. DÉPLOYÉ est le nom d’un objet Application,
ou d’un package déployé une seule fois. Les fichiers créés par l’installation ou par le programme sont donnés
comme supplémentaires et ne comptent pas comme différences.

  --host H            l’hôte, si le même se trouve sur plusieurs

Code de sortie 0 seulement si aucun fichier n’est modifié ni absent.`,
};
