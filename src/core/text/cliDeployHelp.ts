import type { Locale } from './messages';

type DeployTopic = 'deploy' | 'upgrade' | 'rollback' | 'plan';

const optionsEnglish = `  --host H                 host; may be repeated, or be a list with commas
  --set section.key=value  a value of silent.ini; may be repeated
  --set-secret section.key a secret value of silent.ini: asked for, or read by --secrets-stdin
  --app NAME               application object; {host} stands for the host (default: NICKNAME_{host}, or the
                           name that it has)
  --app-tenant NAME        its tenant object
  --app-port PORT          its port
  --app-server NAME        its primary Configuration Server
  --app-backup-server NAME its backup Configuration Server; what is not given stays as it is
  --app-set NAME=VALUE     any value of it, as the plan names it: timeout, log/verbose,
                           connections/SERVER/mode, permissions/WHO/access; may be repeated
  --gax-application NAME   of a plug-in: the GAX application object that it goes into, where a host has
                           several; {host} stands for the host
  --gax-directory [H=]DIR  of a plug-in for Linux: the GAX directory, of all hosts or of one; may be repeated
                           (default: the working directory of the GAX application object)
  --tenant T               tenant whose package is meant
  --skip-reinstallation    leave out hosts that have the application object already
  --order ORDER            all (default): all hosts at once; canary: one host first, the others once it is
                           complete; batches:N: N hosts at a time, the next ones when all have ended
  --stop-after N           after N failed or unknown hosts no other begins: those are held, and gone on
                           with by gaxpkg deployments go-on (default 1; 0: never)
  --take-over-locks        take over the lock that another repository's deployment has on a host; without
                           it that is asked on a terminal, and elsewhere the host fails
  --dry-run                only make the plan, as gaxpkg plan
  --plan HASH              run exactly this plan: a host that has changed since fails at its check
  --confirm WORD           confirm a deployment to protected hosts: the host's name, of several hosts their
                           tag; without it you are asked; may be repeated
  --accept-new-host-key    trust host keys that are not known yet; a changed key is always refused
  --secrets-stdin          read secrets from standard input, as JSON:
                           {"silentIni": {"section.key": "…"}, "passwords": {"HOST": "…"},
                            "passphrases": {"KEY FILE": "…"}}
  --json                   print the ended deployment (or the plan) as JSON; the log goes to standard error`;

const optionsFrench = `  --host H                  hôte ; répétable, ou liste avec des virgules
  --set section.clé=valeur  une valeur de silent.ini ; répétable
  --set-secret section.clé  une valeur secrète de silent.ini : demandée, ou lue par --secrets-stdin
  --app NOM                 objet Application ; {host} représente l’hôte (par défaut : SURNOM_{host}, ou le
                            nom qu’il a)
  --app-tenant NOM          son objet locataire
  --app-port PORT           son port
  --app-server NOM          son Configuration Server principal
  --app-backup-server NOM   son Configuration Server de secours ; ce qui n’est pas donné reste tel quel
  --app-set NOM=VALEUR      toute valeur de cet objet, nommée comme dans le plan : timeout, log/verbose,
                            connections/SERVEUR/mode, permissions/QUI/access ; répétable
  --gax-application NOM     pour un plug-in : l’objet Application GAX qui le reçoit, si un hôte en a
                            plusieurs ; {host} représente l’hôte
  --gax-directory [H=]RÉP   pour un plug-in Linux : le répertoire GAX, de tous les hôtes ou d’un seul ;
                            répétable (par défaut : le répertoire de travail de l’objet Application GAX)
  --tenant L                locataire dont le package est visé
  --skip-reinstallation     ignorer les hôtes qui ont déjà l’objet Application
  --order ORDRE             all (par défaut) : tous les hôtes à la fois ; canary : un hôte d’abord, les autres
                            quand il est terminé ; batches:N : N hôtes à la fois, les suivants après leur fin
  --stop-after N            après N hôtes en échec ou d’état inconnu, aucun autre ne commence : ils restent en
                            suspens jusqu’à gaxpkg deployments go-on (par défaut 1 ; 0 : jamais)
  --take-over-locks         reprendre le verrou qu’un déploiement d’un autre référentiel a sur un hôte ; sinon la
                            question est posée sur un terminal, et ailleurs l’hôte échoue
  --dry-run                 établir seulement le plan, comme gaxpkg plan
  --plan EMPREINTE          exécuter exactement ce plan : un hôte qui a changé depuis échoue à son contrôle
  --confirm MOT             confirmer un déploiement vers des hôtes protégés : le nom de l’hôte, de plusieurs
                            leur balise ; sinon la question est posée ; répétable
  --accept-new-host-key     approuver les clés d’hôte encore inconnues ; une clé changée est toujours refusée
  --secrets-stdin           lire les secrets sur l’entrée standard, en JSON :
                            {"silentIni": {"section.clé": "…"}, "passwords": {"HÔTE": "…"},
                             "passphrases": {"FICHIER DE CLÉ": "…"}}
  --json                    afficher en JSON le déploiement terminé (ou le plan) ; le journal va sur la
                            sortie d’erreur`;

/** Help pages of the commands that deploy, laid out by hand. */
export const cliDeployHelp: Readonly<Record<Locale, Readonly<Record<DeployTopic, string>>>> = {
  en: {
    deploy: `Usage: gaxpkg deploy NAME[@VERSION] --host H… [OPTIONS]

Installs a package on one or several hosts and prints the deployment action log. The deployment runs in
the package service: it goes on when this command is ended otherwise than by Ctrl+C and yes.

  --profile P              install (default), upgrade or rollBack
${optionsEnglish}

Exit code 0 only when every host is complete.`,
    upgrade: `Usage: gaxpkg upgrade NAME[@VERSION] --host H… [OPTIONS]

Upgrades what hosts have of a package to a higher version of the repository (default: the highest). What
was entered for the present version is taken over; the options win over it. The application object keeps
what it says, its permissions and connections, and gets what it lacks from the new version.

${optionsEnglish}

Exit code 0 only when every host is complete.`,
    rollback: `Usage: gaxpkg rollback NAME[@VERSION] --host H… [OPTIONS]

Goes back to the version that hosts had of a package before the present one, with what was entered for it
then; the options win over that. Values of the application object that later versions replaced are entered
again, unless they were changed since.

${optionsEnglish}

Exit code 0 only when every host is complete.`,
    plan: `Usage: gaxpkg plan NAME[@VERSION] --host H… [--profile P] [OPTIONS]

Asks the hosts and says what a deployment would do on each: send, install, change, back up and keep, the disk
it takes, every value of the application object that changes with where it comes from, and how silent.ini
differs from that of the last deployment. Nothing is changed.

  --profile P              install (default), upgrade or rollBack
${optionsEnglish}

Exit code 0 only when nothing stands against it on any host.`,
  },
  fr: {
    deploy: `Usage : gaxpkg deploy NOM[@VERSION] --host H… [OPTIONS]

Installe un package sur un ou plusieurs hôtes et affiche le journal d’actions de déploiement. Le déploiement
se fait dans le service de packages : il continue quand cette commande s’arrête autrement que par Ctrl+C et oui.

  --profile P               install (par défaut), upgrade ou rollBack
${optionsFrench}

Code de sortie 0 seulement si tous les hôtes sont terminés.`,
    upgrade: `Usage : gaxpkg upgrade NOM[@VERSION] --host H… [OPTIONS]

Met à niveau ce que les hôtes ont d’un package vers une version supérieure du référentiel (par défaut : la plus
haute). Les saisies de la version présente sont reprises ; les options l’emportent. L’objet Application garde
ses valeurs, ses autorisations et ses connexions, et reçoit de la nouvelle version ce qui lui manque.

${optionsFrench}

Code de sortie 0 seulement si tous les hôtes sont terminés.`,
    rollback: `Usage : gaxpkg rollback NOM[@VERSION] --host H… [OPTIONS]

Restaure la version que les hôtes avaient d’un package avant la présente, avec les saisies d’alors ; les options
l’emportent. Les valeurs de l’objet Application que les versions suivantes ont remplacées sont saisies de
nouveau, sauf si elles ont changé depuis.

${optionsFrench}

Code de sortie 0 seulement si tous les hôtes sont terminés.`,
    plan: `Usage : gaxpkg plan NOM[@VERSION] --host H… [--profile P] [OPTIONS]

Interroge les hôtes et dit ce qu’un déploiement ferait sur chacun : envoyer, installer, modifier, sauvegarder et
conserver, la place prise, chaque valeur modifiée de l’objet Application avec son origine, et en quoi silent.ini
diffère de celui du dernier déploiement. Rien n’est modifié.

  --profile P               install (par défaut), upgrade ou rollBack
${optionsFrench}

Code de sortie 0 seulement si rien ne s’y oppose sur aucun hôte.`,
  },
};
