import type { HelpPage } from './helpPage';

/** Help of `gaxpkg log`. */
export const logHelp: HelpPage = {
  en: `Usage: gaxpkg log DEPLOYMENT [--host H] [--step S] [--grep TEXT] [--format text|json] [--output FILE]
       gaxpkg log --all --grep TEXT [--host H] [--step S] [--output FILE]

Prints the deployment action log, or what of it is looked for. DEPLOYMENT is an id, its beginning, or "last".

  --all               the logs of all deployments, newest first
  --step S            lines of one step: connect, check, lock, transfer, verify, object, silentIni, install …
  --grep TEXT         lines with this text, in any case; exit code 1 when there is none
  --format json       the stored events instead of lines; --json is the same
  --output FILE       into a file, which has its name only when it is whole`,
  fr: `Usage : gaxpkg log DÉPLOIEMENT [--host H] [--step É] [--grep TEXTE]
                   [--format text|json] [--output FICHIER]
        gaxpkg log --all --grep TEXTE [--host H] [--step É] [--output FICHIER]

Affiche le journal d’actions de déploiement, ou ce qui y est cherché. DÉPLOIEMENT est un identifiant, son début,
ou « last ».

  --all               les journaux de tous les déploiements, le plus récent d’abord
  --step É            les lignes d’une étape : connect, check, lock, transfer, verify, object, silentIni, install …
  --grep TEXTE        les lignes qui ont ce texte, quelle que soit la casse ; code de sortie 1 s’il n’y en a pas
  --format json       les événements enregistrés au lieu des lignes ; équivaut à --json
  --output FICHIER    dans un fichier, qui ne porte son nom que lorsqu’il est entier`,
};
