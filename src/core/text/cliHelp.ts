import { cliAccessHelp } from './cliAccessHelp';
import { cliDeployHelp } from './cliDeployHelp';
import type { Locale } from './messages';

/** What can be asked for with `--help`; `general` without a verb. */
export type HelpTopic = 'general' | 'import' | 'replace' | 'list' | 'show' | 'edit' | 'copy' | 'delete' | 'host' | 'tenant' | 'user' | 'role' | 'audit' | 'deploy' | 'upgrade' | 'rollback' | 'plan' | 'deployments' | 'verify' | 'history' | 'log' | 'service' | 'lint' | 'apd' | 'download' | 'compare' | 'files' | 'cat' | 'repository';

/** Help pages are laid out by hand, so they are whole texts rather than messages. */
export const cliHelp: Readonly<Record<Locale, Readonly<Record<HelpTopic, string>>>> = {
  en: {
    ...cliAccessHelp.en,
    ...cliDeployHelp.en,
    general: `gaxpkg: import Genesys installation packages and deploy them over SSH

Usage: gaxpkg [--data DIR] [--locale en|fr] VERB [ARGUMENTS]

  import PATH…        import packages into the repository
  list                packages of the repository
  show NAME           all that is known of one package
  edit NAME           change group or description of a package
  copy NAME           copy a package to tenants
  replace FILE…       import packages in the place of those that are there
  delete NAME         delete a package
  download NAME…      save copies of packages
  files NAME          files inside a package; cat NAME PATH shows one
  compare A B         files in which two packages differ
  host …              add, list, test, edit, remove hosts
  plan NAME           what a deployment would do on hosts
  deploy NAME         install a package on hosts
  upgrade NAME        upgrade what hosts have of a package to a higher version
  rollback NAME       go back to the version that hosts had before
  deployments         deployments, newest first; stop, pause, resume, clean up one
  verify DEPLOYED     are the files on the host still those of the package?
  history DEPLOYED    every installation of an application object, with what was entered
  log DEPLOYMENT      the deployment action log
  tenant …            list, add, rename, remove tenants
  user …, role …      who may do what
  audit               who did what
  repository …        check, repair, export, restore the repository
  service …           status, stop, use a recovered copy
  lint PATH…          check packages, folders, files: silent.ini, templates, descriptions, SPD
  apd …               decode, encode, compare, make binary application templates

  --data DIR          data folder (default: that of the editor)
  --ssh-config FILE   SSH configuration to read (default: as ssh does; none: no file)
  --locale en|fr      language (default: from LC_ALL, LC_MESSAGES, LANG)
  --version           version of this program

A package's NAME is its nickname or full name in any case; NAME@VERSION names one version.
Exit codes: 0 done, 1 failed, 2 wrong command line or ambiguous name.`,
    import: `Usage: gaxpkg import PATH… [--method M] [--all | --only NAME[@VERSION]] [--dry-run] [OPTIONS]
       gaxpkg import PACKAGE --xml FILE --apd FILE [OPTIONS]

Imports packages from archives, folders, a mounted CD, a repository of Genesys Administrator, or archives
from support, and solution definitions (XML, or a zip that holds it); how a package comes is found out by
looking. PATH may be a network path (\\\\server\\share\\…, //server/share/…) or a file: address. The import
runs in the package service: it goes on when this command is ended, and begins anew when the service was ended.

  --method M          archive: one archive with the package and its templates; parts: the package and its
                      two templates as files of their own (--xml, --apd); directory: unpacked, e.g. a CD;
                      repository: packages at any depth; support-archives: from support, also nested
  --all               all packages found in a folder that are not in the repository yet
  --only NAME         those of this name among them; may be repeated
  --dry-run           show what is found and import nothing
  --mount SHARE=DIR   where a share (//server/share) is mounted; also in the variable GAXPKG_MOUNTS,
                      separated by ;
  --parallel N        imports at a time (1 to 16)
  --tenant T          tenant that gets the packages (default: Environment)
  --group G           group; made when it does not exist
  --json              print the ended imports as JSON; with --dry-run what was found`,
    list: `Usage: gaxpkg list [--tenant T] [--json]

Lists the packages, and the imports that run or failed.

  --json              an array; "status" is complete, importing, failed or cancelled`,
    show: `Usage: gaxpkg show NAME[@VERSION] [--tenant T] [--json]

Shows all that is known of one package; with --json also its files with their SHA-256.`,
    host: `Usage: gaxpkg host add NAME --address A [--port P] [--user U] [--openssh | --key FILE | --agent | --password]
                       [--install-as WAY] [--staging-folder DIR] [--lock-folder DIR]
                       [--tenant T] [--tag TAG…] [--json]
       gaxpkg host add --from-ssh-config [PATTERN] [--tenant T] [--json]
       gaxpkg host show NAME [--json]
       gaxpkg host edit NAME [--name NEW] [the options of add]
       gaxpkg host list [--json]
       gaxpkg host test NAME [--accept-new-host-key] [--secrets-stdin] [--json]
       gaxpkg host remove NAME
       gaxpkg host protect [TAG… | --none] [--json]

The address may be a name of your SSH configuration (~/.ssh/config): jump hosts, user, port, keys and the rest
hold as with ssh. Signs in as OpenSSH does (agent, key files, password) unless another way is given; passwords
and passphrases are asked for when they are needed and never stored. Folders on the host must have no blanks.

  --from-ssh-config      adds each name of your SSH configuration that PATTERN means (default: all)
  --install-as WAY       who installs: default, loginUser, sudo:USER (without a password), sudo-password:USER
                         or su:USER
  --tag TAG              a word to tell hosts apart by; may be repeated, or be a list with commas;
                         '' takes all away
  protect TAG…           hosts with one of these tags ask for typed words before every deployment (default:
                         production); needs the right to administer the environment
  --tenant T             tenant it belongs to: who may see that one sees the host (default: Environment)
  --accept-new-host-key  trust a host key that is not known yet; a changed key is always refused
  --secrets-stdin        read passwords and passphrases from standard input (see gaxpkg deploy --help)`,
    deployments: `Usage: gaxpkg deployments [--json]
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
  --accept-new-host-key  trust host keys that are not known yet; a changed key is always refused
  --take-over-locks      take over locks of other repositories' deployments (see gaxpkg deploy --help)
  --secrets-stdin        read secrets from standard input (see gaxpkg deploy --help)
  --json                 an array; of one deployment, its last state`,
    verify: `Usage: gaxpkg verify DEPLOYED [--host H] [--accept-new-host-key] [--secrets-stdin] [--json]

Compares the files on the host with those of the package, as far as its installer lays them down, and keeps the
result with the deployed package. Nothing is changed. DEPLOYED is the name of an application object, or of a
package that is deployed once. Files that the installer or the program made are listed as extra and count
as no difference.

  --host H            the host, where the same is on several

Exit code 0 only when no file is changed or missing.`,
    history: `Usage: gaxpkg history DEPLOYED [--host H] [--json]

Lists every installation of an application object, newest first: when, profile, version, by whom and from where,
plan, deployment and how it ended, and the values that were entered; secrets are only named.`,
    log: `Usage: gaxpkg log DEPLOYMENT [--host H] [--step S] [--grep TEXT] [--format text|json] [--output FILE]
       gaxpkg log --all --grep TEXT [--host H] [--step S] [--output FILE]

Prints the deployment action log, or what of it is looked for. DEPLOYMENT is an id, its beginning, or "last".

  --all               the logs of all deployments, newest first
  --step S            lines of one step: connect, check, lock, transfer, verify, object, silentIni, install …
  --grep TEXT         lines with this text, in any case; exit code 1 when there is none
  --format json       the stored events instead of lines; --json is the same
  --output FILE       into a file, which has its name only when it is whole`,
    download: `Usage: gaxpkg download NAME[@VERSION]… [--to PATH] [--overwrite] [--tenant T] [--json]

Saves copies of packages, byte for byte what was imported. A copy has its name only when it is whole;
a file that is there is left alone.

  --to PATH           a folder, or the new file for one package (default: this folder)
  --overwrite         replace files that are there`,
    compare: `Usage: gaxpkg compare A B [--tenant T] [--json]

Compares the files of two packages by their SHA-256: + only in B, - only in A, ~ in both and different.
Exit code 0 when they are equal, 1 when they differ.`,
    files: `Usage: gaxpkg files NAME[@VERSION] [--tenant T] [--json]

Lists the files inside a package; with --json with sizes, times and SHA-256.`,
    cat: `Usage: gaxpkg cat NAME[@VERSION] PATH [--tenant T]

Writes one file of a package to standard output, byte for byte.`,
    repository: `Usage: gaxpkg repository check [--json]
       gaxpkg repository repair [--json]
       gaxpkg repository export FILE [--overwrite] [--json]
       gaxpkg repository import FILE [--json]

check reads every file of the repository and names what is wrong; exit code 1 when there is something.
repair puts what is damaged, and what nobody needs, into a quarantine folder; packages whose content is
damaged leave the lists and can be imported again. Nothing is destroyed.
export writes the whole repository into one file; import restores it into an empty repository, after
every archive in it has been read as an import reads it. Passwords are in neither.`,
    service: `Usage: gaxpkg service status [--json]
       gaxpkg service stop [--force]
       gaxpkg service use-recovered-copy

The package service starts by itself when it is needed and ends when nobody needs it. A damaged repository
opens for reading only, at its newest state that is whole; “status” says what is missing, and
use-recovered-copy goes on from there.

  --force             stop although imports or deployments run: imports begin anew with the next
                      service, deployments are interrupted and can be resumed`,
    lint: `Usage: gaxpkg lint PATH… [--format text|json|sarif] [--locale en|fr] [--max-warnings N]

Checks genesys_silent.ini, ip_description.xml, metadata XML, application templates (.apd), plug-in
templates (.tpl) and solution package definitions. Folders are walked, packages (.zip, .tar.gz) looked
into; an .apd and the .xml of its name are compared. Needs no package service.

  --format text       one line for each problem (the default)
  --format json       an array
  --format sarif      SARIF 2.1.0, as code hosting services read it
  --max-warnings N    fail with more than N warnings, too

Exit code 1 when there is an error, or something that could not be checked.`,
    apd: `Usage: gaxpkg apd decode FILE
       gaxpkg apd encode JSON -o FILE
       gaxpkg apd diff XML APD
       gaxpkg apd from-xml XML -o APD
       gaxpkg apd to-xml APD -o XML

Writes a binary application template as JSON, or makes one of such JSON, byte for byte the same. Or
compares one with the metadata XML of the same application: options, defaults, type, version. Or makes
one of the two files of the other, and says what it cannot hold; the name of the new file is the name of
the template.

Exit code of diff: 0 when nothing differs but blanks at the ends of defaults, else 1.`,
  },
  fr: {
    ...cliAccessHelp.fr,
    ...cliDeployHelp.fr,
    general: `gaxpkg : importer des packages d’installation Genesys et les déployer par SSH

Usage : gaxpkg [--data DOSSIER] [--locale en|fr] VERBE [ARGUMENTS]

  import CHEMIN…      importer des packages dans le référentiel
  list                packages du référentiel
  show NOM            tout ce qui est connu d’un package
  edit NOM            modifier le groupe ou la description d’un package
  copy NOM            copier un package vers des locataires
  replace FICHIER…    importer des packages à la place de ceux qui existent
  delete NOM          supprimer un package
  download NOM…       enregistrer des copies de packages
  files NOM           fichiers d’un package ; cat NOM CHEMIN en montre un
  compare A B         fichiers par lesquels deux packages diffèrent
  host …              ajouter, lister, tester, modifier, retirer des hôtes
  plan NOM            ce qu’un déploiement ferait sur des hôtes
  deploy NOM          installer un package sur des hôtes
  upgrade NOM         mettre à niveau ce que des hôtes ont d’un package
  rollback NOM        revenir à la version que des hôtes avaient avant
  deployments         déploiements, du plus récent au plus ancien ; en arrêter, reprendre, nettoyer un
  verify DÉPLOYÉ      les fichiers de l’hôte sont-ils encore ceux du package ?
  history DÉPLOYÉ     chaque installation d’un objet Application, avec les saisies
  log DÉPLOIEMENT     le journal d’actions de déploiement
  tenant …            lister, ajouter, renommer, retirer des locataires
  user …, role …      qui peut faire quoi
  audit               qui a fait quoi
  repository …        vérifier, réparer, exporter, restaurer le référentiel
  service …           état, arrêt, utilisation d’une copie récupérée
  lint CHEMIN…        vérifier packages, dossiers, fichiers : silent.ini, modèles, descriptions, SPD
  apd …               décoder, encoder, comparer, créer des modèles d’application binaires

  --data DOSSIER      dossier de données (par défaut : celui de l’éditeur)
  --ssh-config FICHIER  configuration SSH à lire (par défaut : comme ssh ; none : aucun fichier)
  --locale en|fr      langue (par défaut : d’après LC_ALL, LC_MESSAGES, LANG)
  --version           version de ce programme

Le NOM d’un package est son surnom ou son nom complet, sans tenir compte de la casse ; NOM@VERSION
désigne une version.
Codes de sortie : 0 terminé, 1 échec, 2 ligne de commande erronée ou nom ambigu.`,
    import: `Usage : gaxpkg import CHEMIN… [--method M] [--all | --only NOM[@VERSION]] [--dry-run] [OPTIONS]
         gaxpkg import PACKAGE --xml FICHIER --apd FICHIER [OPTIONS]

Importe des packages depuis des archives, des dossiers, un CD monté, un référentiel de Genesys Administrator
ou des archives du support, et des définitions de solution (XML, ou un zip qui le contient) ; la façon dont
un package se présente est reconnue. CHEMIN peut être un chemin réseau (\\\\serveur\\partage\\…,
//serveur/partage/…) ou une adresse file:. L’importation se fait dans le service de packages : elle continue
quand cette commande est interrompue, et recommence si le service l’a été.

  --method M          archive : une archive avec le package et ses modèles ; parts : le package et ses deux
                      modèles en fichiers séparés (--xml, --apd) ; directory : extrait, par exemple un CD ;
                      repository : des packages à toute profondeur ; support-archives : du support, aussi
                      imbriqués
  --all               tous les packages d’un dossier qui ne sont pas encore dans le référentiel
  --only NOM          ceux de ce nom ; peut être répété
  --dry-run           montre ce qui est trouvé et n’importe rien
  --mount PARTAGE=DIR où un partage (//serveur/partage) est monté ; aussi dans la variable GAXPKG_MOUNTS,
                      séparés par « ; »
  --parallel N        importations simultanées (1 à 16)
  --tenant L          locataire qui reçoit les packages (par défaut : Environment)
  --group G           groupe ; créé s’il n’existe pas
  --json              affiche en JSON les importations terminées ; avec --dry-run ce qui est trouvé`,
    list: `Usage : gaxpkg list [--tenant L] [--json]

Liste les packages, et les importations en cours ou en échec.

  --json              un tableau ; « status » vaut complete, importing, failed ou cancelled`,
    show: `Usage : gaxpkg show NOM[@VERSION] [--tenant L] [--json]

Montre tout ce qui est connu d’un package ; avec --json, aussi ses fichiers et leur SHA-256.`,
    host: `Usage : gaxpkg host add NOM --address A [--port P] [--user U] [--openssh | --key FICHIER | --agent | --password]
                        [--install-as MODE] [--staging-folder DOSSIER] [--lock-folder DOSSIER]
                        [--tenant L] [--tag BALISE…] [--json]
        gaxpkg host add --from-ssh-config [MOTIF] [--tenant L] [--json]
        gaxpkg host show NOM [--json]
        gaxpkg host edit NOM [--name NOUVEAU] [les options de add]
        gaxpkg host list [--json]
        gaxpkg host test NOM [--accept-new-host-key] [--secrets-stdin] [--json]
        gaxpkg host remove NOM
        gaxpkg host protect [BALISE… | --none] [--json]

L’adresse peut être un nom de votre configuration SSH (~/.ssh/config) : hôtes de rebond, utilisateur, port, clés
et le reste valent comme avec ssh. La connexion se fait comme avec OpenSSH (agent, fichiers de clé, mot de passe)
sauf indication contraire ; mots de passe et phrases secrètes sont demandés quand il les faut et jamais
enregistrés. Les dossiers sur l’hôte ne doivent pas contenir d’espace.

  --from-ssh-config      ajoute chaque nom de votre configuration SSH que MOTIF désigne (par défaut : tous)
  --install-as MODE      qui installe : default, loginUser, sudo:UTILISATEUR (sans mot de passe),
                         sudo-password:UTILISATEUR ou su:UTILISATEUR
  --tag BALISE           un mot pour distinguer les hôtes ; répétable, ou liste avec des virgules ; '' les retire
  protect BALISE…        les hôtes portant une de ces balises demandent de saisir des mots avant chaque déploiement
                         (par défaut : production) ; demande le droit d’administrer l’environnement
  --tenant L             locataire auquel il appartient : qui peut voir ce locataire voit l’hôte
                         (par défaut : Environment)
  --accept-new-host-key  approuver une clé d’hôte encore inconnue ; une clé changée est toujours refusée
  --secrets-stdin        lire mots de passe et phrases secrètes sur l’entrée standard
                         (voir gaxpkg deploy --help)`,
    deployments: `Usage : gaxpkg deployments [--json]
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
  --accept-new-host-key  approuver les clés d’hôte encore inconnues ; une clé modifiée est toujours refusée
  --take-over-locks      reprendre les verrous de déploiements d’autres référentiels (voir gaxpkg deploy --help)
  --secrets-stdin        lire les secrets sur l’entrée standard (voir gaxpkg deploy --help)
  --json                 un tableau ; d’un seul déploiement, son dernier état`,
    verify: `Usage : gaxpkg verify DÉPLOYÉ [--host H] [--accept-new-host-key] [--secrets-stdin] [--json]

Compare les fichiers de l’hôte à ceux du package, pour autant que son programme d’installation les dépose, et
enregistre le résultat avec le package déployé. Rien n’est modifié. DÉPLOYÉ est le nom d’un objet Application,
ou d’un package déployé une seule fois. Les fichiers créés par l’installation ou par le programme sont donnés
comme supplémentaires et ne comptent pas comme différences.

  --host H            l’hôte, si le même se trouve sur plusieurs

Code de sortie 0 seulement si aucun fichier n’est modifié ni absent.`,
    history: `Usage : gaxpkg history DÉPLOYÉ [--host H] [--json]

Liste chaque installation d’un objet Application, la plus récente d’abord : date, profil, version, par qui et
d’où, plan, déploiement et son issue, et les valeurs saisies ; les secrets sont seulement nommés.`,
    log: `Usage : gaxpkg log DÉPLOIEMENT [--host H] [--step É] [--grep TEXTE]
                   [--format text|json] [--output FICHIER]
        gaxpkg log --all --grep TEXTE [--host H] [--step É] [--output FICHIER]

Affiche le journal d’actions de déploiement, ou ce qui y est cherché. DÉPLOIEMENT est un identifiant, son début,
ou « last ».

  --all               les journaux de tous les déploiements, le plus récent d’abord
  --step É            les lignes d’une étape : connect, check, lock, transfer, verify, object, silentIni, install …
  --grep TEXTE        les lignes qui ont ce texte, quelle que soit la casse ; code de sortie 1 s’il n’y en a pas
  --format json       les événements enregistrés au lieu des lignes ; équivaut à --json
  --output FICHIER    dans un fichier, qui ne porte son nom que lorsqu’il est entier`,
    download: `Syntaxe : gaxpkg download NOM[@VERSION]… [--to CHEMIN] [--overwrite] [--tenant L] [--json]

Enregistre des copies de packages, octet pour octet ce qui a été importé. Une copie ne porte son nom que
lorsqu’elle est entière ; un fichier présent n’est pas touché.

  --to CHEMIN         un dossier, ou le nouveau fichier pour un seul package (par défaut : ce dossier)
  --overwrite         remplacer les fichiers présents`,
    compare: `Syntaxe : gaxpkg compare A B [--tenant L] [--json]

Compare les fichiers de deux packages par leur SHA-256 : + dans B seulement, - dans A seulement,
~ dans les deux et différents. Code de sortie 0 s’ils sont identiques, 1 s’ils diffèrent.`,
    files: `Syntaxe : gaxpkg files NOM[@VERSION] [--tenant L] [--json]

Liste les fichiers d’un package ; avec --json, tailles, heures et SHA-256 aussi.`,
    cat: `Syntaxe : gaxpkg cat NOM[@VERSION] CHEMIN [--tenant L]

Écrit un fichier d’un package sur la sortie standard, octet pour octet.`,
    repository: `Syntaxe : gaxpkg repository check [--json]
          gaxpkg repository repair [--json]
          gaxpkg repository export FICHIER [--overwrite] [--json]
          gaxpkg repository import FICHIER [--json]

check lit chaque fichier du référentiel et nomme ce qui ne va pas ; code de sortie 1 dans ce cas.
repair place dans un dossier de quarantaine ce qui est endommagé et ce dont personne n’a besoin ; les
packages dont le contenu est endommagé quittent les listes et peuvent être réimportés. Rien n’est détruit.
export écrit tout le référentiel dans un fichier ; import le restaure dans un référentiel vide, après
avoir relu chaque archive comme une importation. Les mots de passe n’y figurent pas.`,
    service: `Usage : gaxpkg service status [--json]
        gaxpkg service stop [--force]
        gaxpkg service use-recovered-copy

Le service de packages démarre de lui-même quand il le faut et s’arrête quand plus personne n’en a besoin. Un
référentiel endommagé s’ouvre en lecture seule, dans son dernier état complet ; « status » dit ce qui
manque, et use-recovered-copy repart de là.

  --force             arrêter malgré des importations ou déploiements en cours : les importations
                      recommencent avec le service suivant, les déploiements peuvent être repris`,
    lint: `Usage : gaxpkg lint CHEMIN… [--format text|json|sarif] [--locale en|fr] [--max-warnings N]

Vérifie genesys_silent.ini, ip_description.xml, XML de métadonnées, modèles d’application (.apd), modèles
de plug-in (.tpl) et définitions de packages de solution. Les dossiers sont parcourus, les packages
(.zip, .tar.gz) examinés ; un .apd et le .xml du même nom sont comparés. Sans service de packages.

  --format text       une ligne par problème (par défaut)
  --format json       un tableau
  --format sarif      SARIF 2.1.0, tel que le lisent les services d’hébergement de code
  --max-warnings N    échouer aussi au-delà de N avertissements

Code de sortie 1 s’il y a une erreur, ou quelque chose qui n’a pas pu être vérifié.`,
    apd: `Usage : gaxpkg apd decode FICHIER
        gaxpkg apd encode JSON -o FICHIER
        gaxpkg apd diff XML APD
        gaxpkg apd from-xml XML -o APD
        gaxpkg apd to-xml APD -o XML

Écrit un modèle d’application binaire en JSON, ou en fait un à partir d’un tel JSON, identique à l’octet
près. Ou le compare au XML de métadonnées de la même application : options, valeurs par défaut, type,
version.

Code de sortie de diff : 0 si rien ne diffère, sauf des espaces à la fin de valeurs par défaut, sinon 1.`,
  },
};
