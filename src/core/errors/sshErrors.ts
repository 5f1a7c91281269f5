import { defineMessages } from '../text/messages';

/** Errors of the SSH configuration, and of the way through other hosts. Words of hosts and programs come as `reason` and stand in quotes. */
export const sshErrors = defineMessages(
  {
    'host/ssh-config-unreadable': 'The SSH configuration {file} cannot be read: “{reason}”. Nothing was contacted; correct the path or the rights of the file.',
    'host/ssh-config-wrong':
      '{file}, line {line}, is wrong: “{text}” {kind, select, missing {has no value} value {has a value that OpenSSH does not take} extra {has more values than one} quotes {has a quote without an end} criterion {has a condition that OpenSSH does not take} depth {includes itself} token {has a token that means nothing there} other {is not understood}}. {host} was not contacted; correct the line.',
    'host/ssh-config-unsafe': 'The SSH configuration {file} may be changed by others than you. {host} was not contacted; take the right to write from group and others (chmod go-w).',
    'host/jump-loop': '{host} cannot be reached: its SSH configuration goes round in a circle at jump host {jump}. Give the jump host a ProxyJump of its own, e.g. none.',
    'host/jump-refused': 'Jump host {jump} does not connect to {host} ({address}, port {port}): “{reason}”. Check the address as the jump host sees it, and that it allows forwarding (AllowTcpForwarding).',
    'host/proxy-command-failed': '{host} cannot be reached: its ProxyCommand “{command}” ended: “{reason}”. Run the command in a terminal to see why.',
    'host/key-unknown-strict':
      '{host} ({address}) was not signed in to: its host key {fingerprint} ({type}) is in no known_hosts file, and StrictHostKeyChecking is yes. Compare it with the one its administrator gives you, then add it to known_hosts.',
    'host/algorithms-unsupported': 'No connection to {host}: none of {keyword} {value} of its SSH configuration can be used here. Supported are {supported}.',
    'host/batch-mode': 'No sign-in to {host}: no key was accepted for user {user}, and its SSH configuration says BatchMode yes, so nobody is asked for a password or passphrase.',
    'host/install-password-wanted': '{host} asks for a password before it lets {user} become {installUser} with {program}, and none was given. Nothing was changed on the host.',
    'host/install-password-wrong': '{host} refused the password for {program} (from {user} to {installUser}). Nothing was changed on the host; try again with the right one.',
    'host/install-user-refused':
      '{user} cannot become {installUser} on {host} with {program}: {why, select, wantsPassword {it asks for a password, and the host is set to give none} wantsTerminal {it wants a terminal (requiretty)} notAllowed {{user} may not} unknownUser {there is no such user} noShell {{installUser} has no shell} missing {it is not there} other {it refused}} (“{reason}”). Nothing was changed; correct the host’s settings, or choose another way under Install as.',
  },
  {
    'host/ssh-config-unreadable': 'La configuration SSH {file} est illisible : « {reason} ». Rien n’a été contacté ; corrigez le chemin ou les droits du fichier.',
    'host/ssh-config-wrong':
      '{file}, ligne {line}, est erroné : « {text} » {kind, select, missing {n’a pas de valeur} value {a une valeur qu’OpenSSH n’accepte pas} extra {a plus d’une valeur} quotes {a un guillemet sans fin} criterion {a une condition qu’OpenSSH n’accepte pas} depth {s’inclut lui-même} token {a un jeton sans signification ici} other {n’est pas compris}}. {host} n’a pas été contacté ; corrigez la ligne.',
    'host/ssh-config-unsafe': 'La configuration SSH {file} peut être modifiée par d’autres que vous. {host} n’a pas été contacté ; retirez le droit d’écriture au groupe et aux autres (chmod go-w).',
    'host/jump-loop': '{host} est injoignable : sa configuration SSH tourne en rond à l’hôte de rebond {jump}. Donnez à l’hôte de rebond son propre ProxyJump, par exemple none.',
    'host/jump-refused': 'L’hôte de rebond {jump} ne se connecte pas à {host} ({address}, port {port}) : « {reason} ». Vérifiez l’adresse vue de l’hôte de rebond, et qu’il autorise la redirection (AllowTcpForwarding).',
    'host/proxy-command-failed': '{host} est injoignable : son ProxyCommand « {command} » s’est terminé : « {reason} ». Exécutez la commande dans un terminal pour voir pourquoi.',
    'host/key-unknown-strict':
      'Aucune session ouverte sur {host} ({address}) : sa clé d’hôte {fingerprint} ({type}) n’est dans aucun fichier known_hosts, et StrictHostKeyChecking vaut yes. Comparez-la à celle que donne l’administrateur, puis ajoutez-la à known_hosts.',
    'host/algorithms-unsupported': 'Pas de connexion à {host} : aucun élément de {keyword} {value} de sa configuration SSH n’est utilisable ici. Sont acceptés {supported}.',
    'host/batch-mode': 'Pas de connexion à {host} : aucune clé n’a été acceptée pour l’utilisateur {user}, et sa configuration SSH contient BatchMode yes : personne n’est interrogé.',
    'host/install-password-wanted': '{host} demande un mot de passe avant de laisser {user} devenir {installUser} avec {program}, et aucun n’a été donné. Rien n’a été modifié sur l’hôte.',
    'host/install-password-wrong': '{host} a refusé le mot de passe pour {program} (de {user} à {installUser}). Rien n’a été modifié sur l’hôte ; réessayez avec le bon.',
    'host/install-user-refused':
      '{user} ne peut pas devenir {installUser} sur {host} avec {program} : {why, select, wantsPassword {un mot de passe est demandé, et l’hôte est réglé pour n’en donner aucun} wantsTerminal {un terminal est exigé (requiretty)} notAllowed {{user} n’en a pas le droit} unknownUser {cet utilisateur n’existe pas} noShell {{installUser} n’a pas de shell} missing {ce programme est absent} other {refus}} (« {reason} »). Rien n’a été modifié ; corrigez les réglages de l’hôte, ou choisissez une autre valeur sous Installer en tant que.',
  },
);
