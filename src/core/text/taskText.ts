import { defineMessages } from './messages';

/** Words of the task that runs a deployment and of its terminal. */
export const taskText = defineMessages(
  {
    taskName: '{profile} {package} on {hosts}',
    notRun: 'Not run.',
    starting: 'Starting {title}…',
    askStop: 'Stop the deployment? [y/N] ',
    stopping: 'Stopping: running hosts are stopped and cleaned up…',
    goesOn: 'The deployment goes on.',
    reconnecting: 'The package service does not answer; connecting again…',
    reconnected: 'Connected again.',
    interrupted: 'Interrupted. Resume it in the view “Deployed Packages”.',
    detached: 'Detached. The deployment goes on: view “Deployed Packages”.',
    moreHosts: '+{n}',
    overall: '{percent} %',
    allComplete: '{n, plural, one {# host complete.} other {# hosts complete.}}',
    someFailed: '{done} of {all} hosts complete.',

    confirmMessage: 'Run the deployment of {file}?',
    confirmRun: 'Run',
    confirmRemember: 'Run and Remember This File',

    finished: '{profile, select, install {Installed} upgrade {Upgraded to} other {Rolled back to}} {package} {version} on {n, plural, one {# host} other {# hosts}}.',
    failed: '{package} {version}: {failed} of {all, plural, one {# host} other {# hosts}} failed.',
    interruptedNotice: '{n, plural, one {# deployment was} other {# deployments were}} interrupted.',

    wrongProfile: '“profile” must be “install”, “upgrade” or “rollBack”',
    wrongPackage: '“package” must be the name of a package, as name or name@version',
    wrongHosts: '“hosts” must be a list of at least one host name',
    wrongValues: '“values” must be an object with one line of text for each key',
    wrongKey: 'the keys of “values” must be written as section.key',
    wrongApplication: '“application” must be text',
    wrongTenant: '“tenant” must be the name of a tenant',
  },
  {
    taskName: '{profile} {package} sur {hosts}',
    notRun: 'Non exécuté.',
    starting: 'Démarrage : {title}…',
    askStop: 'Arrêter le déploiement ? [o/N] ',
    stopping: 'Arrêt : les hôtes en cours sont arrêtés et nettoyés…',
    goesOn: 'Le déploiement continue.',
    reconnecting: 'Le service de packages ne répond pas ; reconnexion…',
    reconnected: 'Reconnecté.',
    interrupted: 'Interrompu. Reprenez-le dans la vue « Packages d’installation déployés ».',
    detached: 'Détaché. Le déploiement continue : vue « Packages d’installation déployés ».',
    moreHosts: '+{n}',
    overall: '{percent} %',
    allComplete: '{n, plural, one {# hôte terminé.} other {# hôtes terminés.}}',
    someFailed: '{done} hôtes terminés sur {all}.',

    confirmMessage: 'Exécuter le déploiement de {file} ?',
    confirmRun: 'Exécuter',
    confirmRemember: 'Exécuter et mémoriser ce fichier',

    finished: '{package} {version} {profile, select, install {installé} upgrade {mis à niveau} other {restauré}} sur {n, plural, one {# hôte} other {# hôtes}}.',
    failed: '{package} {version} : échec sur {failed, plural, one {# hôte} other {# hôtes}} sur {all}.',
    interruptedNotice: '{n, plural, one {# déploiement a été interrompu} other {# déploiements ont été interrompus}}.',

    wrongProfile: '« profile » doit être « install », « upgrade » ou « rollBack »',
    wrongPackage: '« package » doit être le nom d’un package, sous la forme nom ou nom@version',
    wrongHosts: '« hosts » doit être une liste d’au moins un nom d’hôte',
    wrongValues: '« values » doit être un objet avec une ligne de texte par clé',
    wrongKey: 'les clés de « values » doivent s’écrire section.clé',
    wrongApplication: '« application » doit être un texte',
    wrongTenant: '« tenant » doit être le nom d’un locataire',
  },
);

export type TaskTextKey = keyof (typeof taskText)['en'];
