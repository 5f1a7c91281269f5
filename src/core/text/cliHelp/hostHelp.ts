import type { HelpPage } from './helpPage';

/** Help of `gaxpkg host`. */
export const hostHelp: HelpPage = {
  en: `Usage: gaxpkg host add NAME --address A [--port P] [--user U] [--openssh | --key FILE | --agent | --password]
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
  fr: `Usage : gaxpkg host add NOM --address A [--port P] [--user U] [--openssh | --key FICHIER | --agent | --password]
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
};
