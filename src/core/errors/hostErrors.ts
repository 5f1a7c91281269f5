import { defineMessages } from '../text/messages';

/**
 * Errors of the way to a host: address, host key, login, commands. Words of a host or of the operating system come as
 * `reason` and stand in quotes. `line` is 0 for a key that was trusted in this product and not in a file.
 */
export const hostErrors = defineMessages(
  {
    'host/address-not-found': '{host} cannot be reached: the address {address} is not known ({reason}). Check the address, or the network and its name service.',
    'host/connection-refused': '{host} refuses connections at {address}, port {port}. Check the port, and that the SSH server runs there.',
    'host/unreachable': '{host} cannot be reached at {address}, port {port}: “{reason}”. Check the network, the VPN and the firewall.',
    'host/connect-timeout': '{host} did not answer at {address}, port {port}, within {seconds, plural, one {# second} other {# seconds}}. Check the address, the network and the firewall.',
    'host/no-ssh': '{address}, port {port}, does not answer like an SSH server: “{reason}”. Check the port of {host}, and whether the server limits who may connect.',
    'host/no-common-algorithm':
      '{host} and this version know no common {kind, select, kex {key exchange} hostKey {kind of host key} cipher {cipher} mac {message check} other {compression}}: the host offers only {offered}. Allow a newer one in the SSH server’s settings.',
    'host/handshake-failed': 'No secure connection to {host}: “{reason}”. Nothing secret was sent. Try again; if it stays, look into the SSH server’s log.',
    'host/key-unknown':
      '{host} ({address}) was not signed in to: nobody has vouched for its host key {fingerprint} ({type}). Compare it with the one its administrator gives you, then trust it.',
    'host/key-authority-only':
      '{host} ({address}) was not signed in to: {file}, line {line}, trusts a certificate authority for it, but host certificates cannot be checked here, and nobody has vouched for its host key {fingerprint} ({type}). Compare the key with the one its administrator gives you, then trust it.',
    'host/key-changed':
      '{host} was refused: its host key has changed. Known: {known} ({knownType}, {line, plural, =0 {trusted in this product} other {{file}, line {line}}}); offered now: {offered} ({type}). The host was reinstalled, or someone is in between; nothing was sent. Find out why before you accept the new key.',
    'host/key-revoked':
      '{host} was refused: its host key {fingerprint} ({type}) is revoked in {file}, line {line}. Nothing was sent. Give the host a new key; if the revocation is a mistake, remove that line first.',
    'host/known-hosts-unreadable': 'Host keys cannot be checked: {file} cannot be read (“{reason}”). Nothing was sent to {host}. Correct the rights of the file, then try again.',
    'host/known-hosts-unwritable':
      'The host key of {host} is trusted now, but could not be added to {file} (“{reason}”). Nothing else was done. Correct the rights of the file or add the key yourself, then try again.',
    'host/agent-missing': 'No sign-in to {host}: it is set to use the SSH agent, but this session has none (SSH_AUTH_SOCK is not set). Start an agent, or choose a key file for the host.',
    'host/agent-unreachable': 'No sign-in to {host}: the SSH agent at {socket} does not answer (“{reason}”). Start the agent again, or choose a key file for the host.',
    'host/agent-empty':
      'No sign-in to {host}: the SSH agent holds no key{unsupported, plural, =0 {} one { that can be used here, only # of a kind that needs OpenSSH (FIDO or certificate)} other { that can be used here, only # of kinds that need OpenSSH (FIDO or certificate)}}. Add a key with ssh-add; a locked agent shows none.',
    'host/agent-failed': 'No sign-in to {host}: the SSH agent did not sign with a key that the host accepts (“{reason}”). Confirm the use of the key in the agent, or choose a key file for the host.',
    'host/key-file-unreadable': 'No sign-in to {host}: the key file {file} cannot be read (“{reason}”). Check the path and the rights of the file.',
    'host/key-file-public': 'No sign-in to {host}: {file} is a public key. Choose the private key file, usually the same name without .pub.',
    'host/key-file-fido': 'No sign-in to {host}: {file} is a key of a FIDO security key ({type}), which this version cannot use. Choose another key file or a password.',
    'host/key-file-unsupported': 'No sign-in to {host}: {file} is not a private key that can be used here (“{reason}”). Supported are OpenSSH and PEM files with RSA, ECDSA or Ed25519 keys; PuTTYgen exports its keys as OpenSSH files.',
    'host/passphrase-wrong': 'No sign-in to {host}: {attempts} passphrases did not open the key file {file}. Try again with the right one.',
    'host/secret-declined':
      'No sign-in to {host} as {user}: {kind, select, passphrase {the passphrase of {file}} password {the password} other {the answer the host asked for}} was not given. Try again.',
    'host/login-refused':
      '{host} refused user {user}: {tried, select, agent {tried {n, plural, one {# key} other {# keys}} of the agent} keys {tried {n, plural, one {# key} other {# keys}} of agent and key files} key {tried the key file {file}} password {tried {n, plural, one {# password} other {# passwords}}} keyboardInteractive {its questions were answered {n, plural, one {once} other {# times}}} other {tried nothing, since the host accepts only {offered}}}. {tried, select, agent {Check the user, or add a key on the host} key {Check the user, or add the key on the host} other {Check the user, and how the host lets it sign in}}.',
    'host/too-many-failures':
      '{host} ended the sign-in of user {user} after too many failures{tried, select, agent {: {n, plural, one {# key} other {# keys}} of the agent were tried. Choose the right key file for this host instead} other {. Check the user and how the host is set to sign in}}.',
    'host/password-expired': '{host} wants a new password for user {user} (“{reason}”), which cannot be set from here. Change it on the host, then try again.',
    'host/connection-lost': 'The connection to {host} is lost: “{reason}”. What ran there may still run; try again once the host can be reached.',
    'host/command-timeout': 'A command on {host} did not end within {seconds, plural, one {# second} other {# seconds}}. It may still run there; look at the host before you try again.',
    'host/channel-refused': '{host} opens no further session: “{reason}”. Raise MaxSessions in its SSH server’s settings, or check whether the user may run commands.',
    'host/write-failed': '{path} on {host} was not written: “{reason}”. What was there before is unchanged.',
    'host/read-failed': '{path} on {host} cannot be read: “{reason}”. Check the rights of user {user}.',
    'host/windows-not-supported': '{host} runs Windows with the SSH server {server}. This version deploys to Windows through OpenSSH for Windows alone; install that there, or take the host out.',
    'host/probe-failed-windows': '{host} did not tell what system it is: “{output}”. Check that user {user} can run powershell.exe there, and that no policy holds it to constrained language.',
    'host/no-other-user': '{host} runs Windows, where nobody can be become with {program}. Let the user who signs in install, or sign in as the one who is to.',
    'host/probe-failed': '{host} did not tell what system it is: “{output}”. Check that user {user} can run a POSIX shell there.',
  },
  {
    'host/address-not-found': '{host} est injoignable : l’adresse {address} est inconnue ({reason}). Vérifiez l’adresse, ou le réseau et son service de noms.',
    'host/connection-refused': '{host} refuse les connexions sur {address}, port {port}. Vérifiez le port et que le serveur SSH y fonctionne.',
    'host/unreachable': '{host} est injoignable sur {address}, port {port} : « {reason} ». Vérifiez le réseau, le VPN et le pare-feu.',
    'host/connect-timeout': '{host} n’a pas répondu sur {address}, port {port}, en {seconds, plural, one {# seconde} other {# secondes}}. Vérifiez l’adresse, le réseau et le pare-feu.',
    'host/no-ssh': '{address}, port {port}, ne répond pas comme un serveur SSH : « {reason} ». Vérifiez le port de {host}, et si le serveur limite les connexions.',
    'host/no-common-algorithm':
      '{host} et cette version n’ont en commun {kind, select, kex {aucun échange de clés} hostKey {aucun type de clé d’hôte} cipher {aucun chiffrement} mac {aucun contrôle de message} other {aucune compression}} : l’hôte ne propose que {offered}. Autorisez-en un plus récent dans les réglages du serveur SSH.',
    'host/handshake-failed': 'Pas de connexion sûre à {host} : « {reason} ». Rien de secret n’a été envoyé. Réessayez ; si cela persiste, consultez le journal du serveur SSH.',
    'host/key-unknown':
      'Aucune session ouverte sur {host} ({address}) : personne n’a approuvé sa clé d’hôte {fingerprint} ({type}). Comparez-la à celle que donne l’administrateur, puis approuvez-la.',
    'host/key-authority-only':
      'Aucune session ouverte sur {host} ({address}) : {file}, ligne {line}, fait confiance à une autorité de certification pour cet hôte, mais les certificats d’hôte ne peuvent pas être contrôlés ici, et personne n’a approuvé sa clé d’hôte {fingerprint} ({type}). Comparez la clé à celle que donne l’administrateur, puis approuvez-la.',
    'host/key-changed':
      '{host} a été refusé : sa clé d’hôte a changé. Connue : {known} ({knownType}, {line, plural, =0 {approuvée dans ce produit} other {{file}, ligne {line}}}) ; présentée : {offered} ({type}). L’hôte a été réinstallé, ou quelqu’un s’est interposé ; rien n’a été envoyé. Cherchez-en la raison avant d’accepter la nouvelle clé.',
    'host/key-revoked':
      '{host} a été refusé : sa clé d’hôte {fingerprint} ({type}) est révoquée dans {file}, ligne {line}. Rien n’a été envoyé. Donnez une nouvelle clé à l’hôte ; si la révocation est une erreur, retirez d’abord cette ligne.',
    'host/known-hosts-unreadable': 'Les clés d’hôte ne peuvent pas être contrôlées : {file} est illisible (« {reason} »). Rien n’a été envoyé à {host}. Corrigez les droits du fichier, puis réessayez.',
    'host/known-hosts-unwritable':
      'La clé d’hôte de {host} est maintenant approuvée, mais n’a pas pu être ajoutée à {file} (« {reason} »). Rien d’autre n’a été fait. Corrigez les droits du fichier ou ajoutez la clé vous-même, puis réessayez.',
    'host/agent-missing': 'Pas de connexion à {host} : l’agent SSH est demandé, mais cette session n’en a pas (SSH_AUTH_SOCK n’est pas défini). Démarrez un agent, ou choisissez un fichier de clé pour l’hôte.',
    'host/agent-unreachable': 'Pas de connexion à {host} : l’agent SSH sur {socket} ne répond pas (« {reason} »). Redémarrez l’agent, ou choisissez un fichier de clé pour l’hôte.',
    'host/agent-empty':
      'Pas de connexion à {host} : l’agent SSH ne contient aucune clé{unsupported, plural, =0 {} one { utilisable ici, seulement # d’un type qui demande OpenSSH (FIDO ou certificat)} other { utilisable ici, seulement # de types qui demandent OpenSSH (FIDO ou certificat)}}. Ajoutez une clé avec ssh-add ; un agent verrouillé n’en montre aucune.',
    'host/agent-failed': 'Pas de connexion à {host} : l’agent SSH n’a pas signé avec une clé que l’hôte accepte (« {reason} »). Confirmez l’usage de la clé dans l’agent, ou choisissez un fichier de clé pour l’hôte.',
    'host/key-file-unreadable': 'Pas de connexion à {host} : le fichier de clé {file} est illisible (« {reason} »). Vérifiez le chemin et les droits du fichier.',
    'host/key-file-public': 'Pas de connexion à {host} : {file} est une clé publique. Choisissez le fichier de clé privée, en général le même nom sans .pub.',
    'host/key-file-fido': 'Pas de connexion à {host} : {file} est la clé d’une clé de sécurité FIDO ({type}), que cette version ne peut pas utiliser. Choisissez un autre fichier de clé ou un mot de passe.',
    'host/key-file-unsupported': 'Pas de connexion à {host} : {file} n’est pas une clé privée utilisable ici (« {reason} »). Sont acceptés les fichiers OpenSSH et PEM avec des clés RSA, ECDSA ou Ed25519 ; PuTTYgen exporte ses clés en fichiers OpenSSH.',
    'host/passphrase-wrong': 'Pas de connexion à {host} : {attempts} phrases secrètes n’ont pas ouvert le fichier de clé {file}. Réessayez avec la bonne.',
    'host/secret-declined':
      'Pas de connexion à {host} comme {user} : {kind, select, passphrase {la phrase secrète de {file} n’a pas été donnée} password {le mot de passe n’a pas été donné} other {la réponse demandée par l’hôte n’a pas été donnée}}. Réessayez.',
    'host/login-refused':
      '{host} a refusé l’utilisateur {user} : {tried, select, agent {{n, plural, one {# clé de l’agent essayée} other {# clés de l’agent essayées}}} keys {{n, plural, one {# clé} other {# clés}} d’agent et de fichiers essayées} key {fichier de clé {file} essayé} password {{n, plural, one {# mot de passe essayé} other {# mots de passe essayés}}} keyboardInteractive {ses questions ont reçu une réponse {n, plural, one {une fois} other {# fois}}} other {rien n’a été essayé, car l’hôte n’accepte que {offered}}}. {tried, select, agent {Vérifiez l’utilisateur, ou ajoutez une clé sur l’hôte} key {Vérifiez l’utilisateur, ou ajoutez la clé sur l’hôte} other {Vérifiez l’utilisateur, et comment l’hôte lui permet de se connecter}}.',
    'host/too-many-failures':
      '{host} a mis fin à la connexion de l’utilisateur {user} après trop d’échecs{tried, select, agent { : {n, plural, one {# clé de l’agent a été essayée} other {# clés de l’agent ont été essayées}}. Choisissez plutôt le bon fichier de clé pour cet hôte} other {. Vérifiez l’utilisateur et les méthodes de connexion de l’hôte}}.',
    'host/password-expired': '{host} demande un nouveau mot de passe pour l’utilisateur {user} (« {reason} »), ce qui est impossible d’ici. Changez-le sur l’hôte, puis réessayez.',
    'host/connection-lost': 'La connexion à {host} est perdue : « {reason} ». Ce qui s’y exécutait s’exécute peut-être encore ; réessayez dès que l’hôte est joignable.',
    'host/command-timeout': 'Une commande sur {host} ne s’est pas terminée en {seconds, plural, one {# seconde} other {# secondes}}. Elle s’exécute peut-être encore ; regardez l’hôte avant de réessayer.',
    'host/channel-refused': '{host} n’ouvre pas d’autre session : « {reason} ». Augmentez MaxSessions dans les réglages de son serveur SSH, ou vérifiez que l’utilisateur peut exécuter des commandes.',
    'host/write-failed': '{path} sur {host} n’a pas été écrit : « {reason} ». Ce qui s’y trouvait est inchangé.',
    'host/read-failed': '{path} sur {host} est illisible : « {reason} ». Vérifiez les droits de l’utilisateur {user}.',
    'host/windows-not-supported': '{host} fonctionne sous Windows avec le serveur SSH {server}. Cette version ne déploie vers Windows que par OpenSSH pour Windows ; installez-le ou retirez cet hôte.',
    'host/probe-failed-windows': '{host} n’a pas indiqué son système : « {output} ». Vérifiez que l’utilisateur {user} peut y exécuter powershell.exe et qu’aucune stratégie ne le limite au langage contraint.',
    'host/no-other-user': '{host} fonctionne sous Windows, où {program} n’existe pas pour changer d’utilisateur. Laissez installer celui qui s’authentifie, ou authentifiez-vous comme celui qui doit le faire.',
    'host/probe-failed': '{host} n’a pas indiqué son système : « {output} ». Vérifiez que l’utilisateur {user} peut y exécuter un shell POSIX.',
  },
);
