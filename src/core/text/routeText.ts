import { defineMessages } from './messages';

/** How a host is reached by the SSH configuration: on its page and in the command line. */
export const routeText = defineMessages(
  {
    heading: 'SSH configuration',
    jumpHost: 'Jump host {name}',
    ownSetting: 'the host’s own setting',
    nothingSaid: 'The SSH configuration says nothing about this host.',
    note: '{place}: {text} {kind, select, unsupported {is not supported} unknown {is not known} skipped {cannot be decided here and counts as not holding} other {is decided when a connection is made, after you were asked; until then it counts as not holding}}.',
    problem:
      '{kind, select, unsafe {{file} may be changed by others than you} other {{place}: “{text}” {kind, select, missing {has no value} value {has a value that OpenSSH does not take} extra {has more values than one} quotes {has a quote without an end} criterion {has a condition that OpenSSH does not take} depth {includes itself} token {has a token that means nothing there} other {is not understood}}}}, so no connection is made.',
    loop: 'The way goes round in a circle at jump host {name}, so no connection is made.',
  },
  {
    heading: 'Configuration SSH',
    jumpHost: 'Hôte de rebond {name}',
    ownSetting: 'réglage de l’hôte',
    nothingSaid: 'La configuration SSH ne dit rien de cet hôte.',
    note: '{place} : {text} {kind, select, unsupported {n’est pas pris en charge} unknown {est inconnu} skipped {ne peut être décidé ici et ne vaut donc pas} other {est décidé à la connexion, après vous avoir interrogé ; jusque-là ne vaut pas}}.',
    problem:
      '{kind, select, unsafe {{file} peut être modifié par d’autres que vous} other {{place} : « {text} » {kind, select, missing {n’a pas de valeur} value {a une valeur qu’OpenSSH n’accepte pas} extra {a plus d’une valeur} quotes {a un guillemet sans fin} criterion {a une condition qu’OpenSSH n’accepte pas} depth {s’inclut lui-même} token {a un jeton sans signification ici} other {n’est pas compris}}}}, aucune connexion n’est donc établie.',
    loop: 'Le chemin tourne en rond à l’hôte de rebond {name}, aucune connexion n’est donc établie.',
  },
);
