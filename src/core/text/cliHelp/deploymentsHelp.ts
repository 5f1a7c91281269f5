import type { HelpPage } from './helpPage';

/** Help of `gaxpkg deployments`. */
export const deploymentsHelp: HelpPage = {
  en: `Usage: gaxpkg deployments [--json]
       gaxpkg deployments stop DEPLOYMENT
       gaxpkg deployments pause DEPLOYMENT
       gaxpkg deployments go-on|retry|resume DEPLOYMENT [--host H]… [--accept-new-host-key]
                                             [--take-over-locks] [--secrets-stdin] [--json]
       gaxpkg deployments clean-up DEPLOYMENT [--secrets-stdin] [--json]

Lists the deployments, newest first, with the state of each host. DEPLOYMENT is an id, its
beginning, or "last". The actions:

  stop                   stop the hosts at work and clean them up
  pause                  let the hosts at work go on, and no other begin
  go-on                  end the pause and run held hosts, in the deployment's order
  retry                  run the hosts again that failed or whose outcome is unknown; what is there
                         already is not sent again
  resume                 run all hosts again that are neither complete nor held
  clean-up               remove what a deployment that does not run left on its hosts, with the
                         package that failed hosts keep for the next attempt

  --host H               only this host; may be repeated, or be a list with commas. It begins now,
                         whatever order and pause say
  --dry-run              with retry or resume: ask the hosts, show what would be done with them as
                         they are now, change nothing
  --plan HASH            with retry or resume: run exactly the plan that --dry-run showed
  --accept-new-host-key  trust host keys that are not known yet; a changed key is always refused
  --take-over-locks      take over locks of other repositories' deployments (see gaxpkg deploy --help)
  --secrets-stdin        read secrets from standard input (see gaxpkg deploy --help)
  --json                 an array; of one deployment, its last state`,
  fr: `Usage : gaxpkg deployments [--json]
        gaxpkg deployments stop DÉPLOIEMENT
        gaxpkg deployments pause DÉPLOIEMENT
        gaxpkg deployments go-on|retry|resume DÉPLOIEMENT [--host H]… [--accept-new-host-key]
                                              [--take-over-locks] [--secrets-stdin] [--json]
        gaxpkg deployments clean-up DÉPLOIEMENT [--secrets-stdin] [--json]

Liste les déploiements, du plus récent au plus ancien, avec l’état de chaque hôte. DÉPLOIEMENT
est un identifiant, son début ou « last ». Les actions :

  stop                   arrêter les hôtes en cours et les nettoyer
  pause                  laisser continuer les hôtes en cours, sans qu’aucun autre commence
  go-on                  mettre fin à la pause et traiter les hôtes en suspens, dans l’ordre du déploiement
  retry                  relancer les hôtes en échec ou d’état inconnu ; ce qui est déjà là n’est pas renvoyé
  resume                 relancer tous les hôtes qui ne sont ni terminés ni en suspens
  clean-up               retirer des hôtes ce qu’un déploiement qui n’est pas en cours y a laissé, ainsi que le
                         package que les hôtes en échec conservent pour la prochaine tentative

  --host H               seulement cet hôte ; répétable, ou liste avec des virgules. Il commence tout de
                         suite, quels que soient l’ordre et la pause
  --dry-run              avec retry ou resume : interroger les hôtes, montrer ce qui en serait fait tels qu’ils
                         sont maintenant, ne rien modifier
  --plan HACHAGE         avec retry ou resume : exécuter exactement le plan que --dry-run a montré
  --accept-new-host-key  approuver les clés d’hôte encore inconnues ; une clé modifiée est toujours refusée
  --take-over-locks      reprendre les verrous de déploiements d’autres référentiels (voir gaxpkg deploy --help)
  --secrets-stdin        lire les secrets sur l’entrée standard (voir gaxpkg deploy --help)
  --json                 un tableau ; d’un seul déploiement, son dernier état`,
};
