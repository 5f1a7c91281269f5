import type { DeploymentStep } from '../deployment/model';
import { defineMessages, formatMessage, type Locale, type MessageArguments } from './messages';

/** What a step sets out to do, as its first line in the deployment action log says it. */
const stepBeginnings = defineMessages<DeploymentStep>(
  {
    connect: 'Connect, check the host key, sign in',
    check: 'Ask the host for its system, space, rights and tools',
    lock: 'Lock the host for this deployment',
    transfer: 'Send the package',
    verify: 'Compare the files on the host with the package',
    object: 'Create or merge the application object',
    silentIni: 'Write silent.ini',
    install: 'Run the installer',
    result: 'Read the result of the installer',
    plugIn: 'Check that the files of the plug-in are in GAX',
    values: 'Complete the application object',
    record: 'Record the deployed package',
    cleanUp: 'Remove what was needed only for this deployment',
  },
  {
    connect: 'Se connecter, contrôler la clé d’hôte, s’authentifier',
    check: 'Demander à l’hôte son système, sa place, ses droits et ses outils',
    lock: 'Verrouiller l’hôte pour ce déploiement',
    transfer: 'Envoyer le package',
    verify: 'Comparer les fichiers de l’hôte au package',
    object: 'Créer ou fusionner l’objet Application',
    silentIni: 'Écrire silent.ini',
    install: 'Exécuter le programme d’installation',
    result: 'Lire le résultat du programme d’installation',
    plugIn: 'Contrôler que les fichiers du plug-in sont dans GAX',
    values: 'Compléter l’objet Application',
    record: 'Inscrire le package déployé',
    cleanUp: 'Retirer ce qui ne servait qu’à ce déploiement',
  },
);

/** What was learned on a host. Sizes come in megabytes. */
const facts = defineMessages(
  {
    hostKey: 'Host key {type} {value}',
    signedIn: 'Signed in as {user} with: {value}',
    system: '{value}, {architecture}, {bits}-bit',
    space: '{value}: {free, number} MB free on {mount}, {needed, number} MB needed',
    installed: '{folder} holds {value}; the installer will move it into a backup folder',
    notEmpty: '{value} is not empty; the installer will move its files into a backup folder',
    installPathOpen: 'silent.ini names no installation path: the installer takes the one of the application object',
    leftover: 'An earlier deployment left this package in {value}; it is used',
    ownFolder: 'This deployment keeps its things in {value}',
    locked: 'Locked by {value}',
    lockTakenOver: 'The lock of deployment {value}, which is over, was taken over',
    sending: '{files, plural, one {# file} other {# files}}, {size, number} MB, as {value, select, archive {the original archive} tar {tar, made on the way} other {the files that are missing}}',
    sent: '{size, number} MB sent in {seconds, number} s',
    present: '{value} of {total, number} files were there already',
    verified: '{value} files are equal to those of the package',
    applicationCreated: 'Application object {value} created{type, plural, =0 {} other {, type {type}}}, {options, plural, =0 {no options} one {# option} other {# options}}',
    applicationMerged: 'Application object {value} exists: {kept, plural, one {# value stays} other {# values stay}}, {added, plural, =0 {none is added} one {# is added} other {# are added}}',
    plugInMerged: 'GAX application object {value}: {added, plural, =0 {no new option is added} one {# new option is added} other {# new options are added}}, {stay, plural, =0 {no existing key-value pair stays} one {# existing key-value pair stays} other {# existing key-value pairs stay}}',
    plugInByInstaller: 'The installer finds the GAX of {value} by itself',
    plugInCopied: '{n, plural, =0 {The plug-in has no Java archive to be copied into {value}} one {The file of the plug-in is in {value}/webapp/WEB-INF/lib} other {The # files of the plug-in are in {value}/webapp/WEB-INF/lib}}',
    gaxDirectory: '{value} is a GAX directory{version, select, none {} other {, of version {version}}}',
    notGaxDirectory: '{value} is not a GAX directory: webapp/WEB-INF/lib is missing',
    filesNotCopied: 'Installed, but its files are not in GAX: copy {n, plural, =0 {the files} one {# file} other {# files}} from {value} to {gax, select, none {the GAX directory} other {{gax}}}/webapp/WEB-INF/lib, then restart GAX',
    fileToCopy: 'To be copied: {value}',
    applicationMoves: 'It is to be called {to}; permissions and connections move with it',
    applicationMoved: 'Application object {value} is called {to} now{n, plural, =0 {} one {; one other object that named it follows} other {; # other objects that named it follow}}',
    applicationAsBefore: 'Application object {value} is as it was before',
    silentIni: '{value} written, for nobody else to read, {n, plural, =0 {the package’s own values} one {# value set} other {# values set}}',
    installerStarted: 'The installer runs as process {value}',
    installerFollowed: 'The installer of the earlier attempt (process {value}) still runs; it is followed',
    installerStopped: 'The installer and all its processes were ended',
    exitCode: 'Exit code {value}',
    restartWanted: 'Installed; {value} must be restarted before the program can be used',
    outputLeftOut: '{value} bytes of output were left out here',
    resultCode: 'ResultCode={value}',
    resultMissing: 'The installer left no result log; its exit code decides',
    backup: 'The files that were there before are in {value}',
    version: 'Version {value}',
    workingDirectory: 'Working directory {value}',
    commandLine: 'Command line {value}',
    recorded: '{value} is recorded as deployed for {application}',
    removed: 'Removed: {value}',
    left: 'Still on the host: {value}',
    applicationRemoved: 'The planned application object {value} was removed again',
    reconnected: 'Connected again to clean up',
  },
  {
    hostKey: 'Clé d’hôte {type} {value}',
    signedIn: 'Authentifié comme {user} avec : {value}',
    system: '{value}, {architecture}, {bits} bits',
    space: '{value} : {free, number} Mo libres sur {mount}, {needed, number} Mo nécessaires',
    installed: '{folder} contient {value} ; le programme d’installation le déplacera dans un dossier de sauvegarde',
    notEmpty: '{value} n’est pas vide ; le programme d’installation déplacera ses fichiers dans un dossier de sauvegarde',
    installPathOpen: 'silent.ini ne nomme aucun chemin d’installation : le programme d’installation prend celui de l’objet Application',
    leftover: 'Un déploiement antérieur a laissé ce package dans {value} ; il est utilisé',
    ownFolder: 'Ce déploiement garde ses affaires dans {value}',
    locked: 'Verrouillé par {value}',
    lockTakenOver: 'Le verrou du déploiement {value}, qui est fini, a été repris',
    sending: '{files, plural, one {# fichier} other {# fichiers}}, {size, number} Mo, sous forme {value, select, archive {de l’archive d’origine} tar {de tar, produit au passage} other {des fichiers manquants}}',
    sent: '{size, number} Mo envoyés en {seconds, number} s',
    present: '{value} fichiers sur {total, number} étaient déjà là',
    verified: '{value} fichiers sont identiques à ceux du package',
    applicationCreated: 'Objet Application {value} créé{type, plural, =0 {} other {, type {type}}}, {options, plural, =0 {sans option} one {# option} other {# options}}',
    applicationMerged: 'L’objet Application {value} existe : {kept, plural, one {# valeur conservée} other {# valeurs conservées}}, {added, plural, =0 {aucune ajoutée} one {# ajoutée} other {# ajoutées}}',
    plugInMerged: 'Objet Application GAX {value} : {added, plural, =0 {aucune option ajoutée} one {# option ajoutée} other {# options ajoutées}}, {stay, plural, =0 {aucune paire clé-valeur existante} one {# paire clé-valeur existante conservée} other {# paires clé-valeur existantes conservées}}',
    plugInByInstaller: 'Le programme d’installation trouve lui-même le GAX de {value}',
    plugInCopied: '{n, plural, =0 {Le plug-in n’a aucune archive Java à copier dans {value}} one {Le fichier du plug-in est dans {value}/webapp/WEB-INF/lib} other {Les # fichiers du plug-in sont dans {value}/webapp/WEB-INF/lib}}',
    gaxDirectory: '{value} est un répertoire GAX{version, select, none {} other {, de version {version}}}',
    notGaxDirectory: '{value} n’est pas un répertoire GAX : webapp/WEB-INF/lib est absent',
    filesNotCopied: 'Installé, mais ses fichiers ne sont pas dans GAX : copiez {n, plural, =0 {les fichiers} one {# fichier} other {# fichiers}} de {value} vers {gax, select, none {le répertoire GAX} other {{gax}}}/webapp/WEB-INF/lib, puis redémarrez GAX',
    fileToCopy: 'À copier : {value}',
    applicationMoves: 'Il s’appellera {to} ; autorisations et connexions le suivent',
    applicationMoved: 'L’objet Application {value} s’appelle désormais {to}{n, plural, =0 {} one { ; un autre objet qui le nommait est mis à jour} other { ; # autres objets qui le nommaient sont mis à jour}}',
    applicationAsBefore: 'L’objet Application {value} est resté comme avant',
    silentIni: '{value} écrit, illisible pour les autres, {n, plural, =0 {valeurs propres au package} one {# valeur définie} other {# valeurs définies}}',
    installerStarted: 'Le programme d’installation est le processus {value}',
    installerFollowed: 'Le programme d’installation de la tentative précédente (processus {value}) s’exécute encore ; il est suivi',
    installerStopped: 'Le programme d’installation et tous ses processus ont été arrêtés',
    exitCode: 'Code de sortie {value}',
    restartWanted: 'Installé ; {value} doit être redémarré avant que le programme puisse servir',
    outputLeftOut: '{value} octets de sortie ont été omis ici',
    resultCode: 'ResultCode={value}',
    resultMissing: 'Le programme d’installation n’a pas laissé de journal de résultat ; son code de sortie décide',
    backup: 'Les fichiers antérieurs sont dans {value}',
    version: 'Version {value}',
    workingDirectory: 'Répertoire de travail {value}',
    commandLine: 'Ligne de commande {value}',
    recorded: '{value} est inscrit comme déployé pour {application}',
    removed: 'Retiré : {value}',
    left: 'Toujours sur l’hôte : {value}',
    applicationRemoved: 'L’objet Application prévu {value} a été retiré',
    reconnected: 'Reconnecté pour nettoyer',
  },
);

/** Keys that the engine may give a `fact` event as its name. */
export type FactName = keyof (typeof facts)['en'];

const log = defineMessages(
  {
    title: 'Deployment action log: {profile} {package}, {date}',
    package: 'Package',
    deployment: 'Deployment',
    startedBy: 'Started by',
    plan: 'Plan',
    hosts: 'Hosts',
    times: 'Times',
    done: 'Done in {seconds, number} s',
    skipped: 'Left out: {reason}',
    waiting: 'Waits for you: {question}',
    answered: 'Answered',
    resumed: 'Resumed by {by}',
    paused: 'Paused by {by}: no other host begins',
    wentOn: 'Gone on with by {by}',
    left: 'Still on the host: {path}',
  },
  {
    title: 'Journal d’actions de déploiement : {profile} {package}, {date}',
    package: 'Package',
    deployment: 'Déploiement',
    startedBy: 'Lancé par',
    plan: 'Plan',
    hosts: 'Hôtes',
    times: 'Heures',
    done: 'Terminé en {seconds, number} s',
    skipped: 'Omis : {reason}',
    waiting: 'Attend votre réponse : {question}',
    answered: 'Réponse reçue',
    resumed: 'Repris par {by}',
    paused: 'Mis en pause par {by} : aucun autre hôte ne commence',
    wentOn: 'Poursuivi par {by}',
    left: 'Toujours sur l’hôte : {path}',
  },
);

/** A line of the deployment action log that belongs to no fact. */
export function logText(locale: Locale, key: keyof (typeof log)['en'], args: MessageArguments = {}): string {
  return formatMessage(locale, log[locale][key], args);
}

/** What a step sets out to do. */
export function describeStepBeginning(locale: Locale, step: DeploymentStep): string {
  return stepBeginnings[locale][step];
}

/** The sentence of a fact. One that this version does not know is shown as `name: value`. */
export function describeFact(locale: Locale, name: string, value: string, args: MessageArguments = {}): string {
  return Object.hasOwn(facts[locale], name) ? formatMessage(locale, facts[locale][name as FactName], { ...args, value }) : `${name}: ${value}`;
}
