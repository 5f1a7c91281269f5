import { defineMessages } from './messages';

/** Words about plug-ins of GAX: in the deploy wizard, on pages, in the tree and on the command line. */
export const plugInText = defineMessages(
  {
    // Frame and hosts
    plugInFact: 'GAX plug-in, {locale}, {system}, {size}',
    hostsText: 'Hosts must run {system} and have a GAX application that the plug-in goes into.',
    noGaxOnHost: 'No GAX application on this host',
    hostsWithGax: '{n, plural, =0 {none chosen} one {# host with GAX} other {# hosts with GAX}}',
    gaxFound: '{n, plural, one {# GAX object found} other {# GAX objects found}}',
    warnings: '{n, plural, one {# warning} other {# warnings}}',
    warningsOf: '{n, plural, one {# warning} other {# warnings}} for {hosts}. You can go on.',

    // Application parameters
    applicationText: 'The plug-in lives inside GAX: its options are added to the GAX application object of each host. Nothing else of it changes.',
    gaxObjects: 'GAX application object for the host',
    gaxObjectOf: 'GAX application object for the host {host}',
    chooseGax: 'Choose…',
    foundByItself: 'Found by itself',
    severalFound: '{n} found: choose one',

    // silent.ini
    silentIniText: 'The plug-in is installed into its own path; its files are then copied into the GAX directory of each host.',
    silentIniTextWindows: 'The plug-in is installed into its own path; its installer finds GAX by itself.',
    plugInPath: 'Plug-in path',
    gaxDirectory: 'GAX directory',
    gaxDirectoryOf: 'GAX directory on {host}',
    columnCheck: 'Check',
    asking: 'Asking the host…',
    found: 'GAX {version} found',
    foundAny: 'GAX found',
    notGax: 'Not a GAX directory',
    notAsked: 'Not checked',
    correctOrCopy: 'Correct the path, or copy the files yourself afterwards.',
    useDirectory: 'Use {path}',
    checkAgain: 'Check again',

    // Summary
    optionsAdded: '{n, plural, =0 {No new option is added} one {# new option is added} other {# new options are added}}, {m, plural, =0 {no existing key-value pair stays} one {# existing key-value pair stays} other {# existing key-value pairs stay}}.',
    gaxEffect: 'GAX application object {name}',
    filesEffect: 'Files of the plug-in, copied by its installer',
    filesNotEffect: 'Not copied: it is not a GAX directory',

    // Afterwards
    copyFiles: 'Copy {n, plural, =0 {the files of the plug-in} one {# file} other {# files}} from {from} to {to} on {host}, then restart GAX.',
    someGax: '<GAX directory>',
    copyCommands: 'Copy commands',
    markCopied: 'Mark as done',
    markCopiedTitle: 'Mark Plug-in Files as Copied',
    chooseToMark: 'Plug-in whose files have been copied into GAX',
    nothingToCopy: 'No plug-in waits for its files to be copied into GAX.',
    markedCopied: '{package} on {host}: its files count as copied into GAX.',
    notWaiting: '{package} on {host} does not wait for files to be copied.',
    endFilesNotCopied: '{n, plural, one {Its files are not in GAX on # host: copy them there.} other {Its files are not in GAX on # hosts: copy them there.}}',
  },
  {
    // Frame and hosts
    plugInFact: 'Plug-in GAX, {locale}, {system}, {size}',
    hostsText: 'Les hôtes doivent utiliser {system} et avoir une application GAX qui reçoit le plug-in.',
    noGaxOnHost: 'Aucune application GAX sur cet hôte',
    hostsWithGax: '{n, plural, =0 {aucun choisi} one {# hôte avec GAX} other {# hôtes avec GAX}}',
    gaxFound: '{n, plural, one {# objet GAX trouvé} other {# objets GAX trouvés}}',
    warnings: '{n, plural, one {# avertissement} other {# avertissements}}',
    warningsOf: '{n, plural, one {# avertissement} other {# avertissements}} pour {hosts}. Vous pouvez continuer.',

    // Application parameters
    applicationText: 'Le plug-in vit dans GAX : ses options sont ajoutées à l’objet Application GAX de chaque hôte. Rien d’autre n’y change.',
    gaxObjects: 'Objet Application GAX pour l’hôte',
    gaxObjectOf: 'Objet Application GAX pour l’hôte {host}',
    chooseGax: 'Choisir…',
    foundByItself: 'Trouvé automatiquement',
    severalFound: '{n} trouvés : choisissez-en un',

    // silent.ini
    silentIniText: 'Le plug-in est installé dans son propre chemin ; ses fichiers sont ensuite copiés dans le répertoire GAX de chaque hôte.',
    silentIniTextWindows: 'Le plug-in est installé dans son propre chemin ; son programme d’installation trouve lui-même GAX.',
    plugInPath: 'Chemin d’installation du plug-in',
    gaxDirectory: 'Chemin du répertoire GAX',
    gaxDirectoryOf: 'Chemin du répertoire GAX sur {host}',
    columnCheck: 'Contrôle',
    asking: 'Interrogation de l’hôte…',
    found: 'GAX {version} trouvé',
    foundAny: 'GAX trouvé',
    notGax: 'N’est pas un répertoire GAX',
    notAsked: 'Non contrôlé',
    correctOrCopy: 'Corrigez le chemin, ou copiez vous-même les fichiers ensuite.',
    useDirectory: 'Utiliser {path}',
    checkAgain: 'Vérifier de nouveau',

    // Summary
    optionsAdded: '{n, plural, =0 {Aucune option ajoutée} one {# option ajoutée} other {# options ajoutées}}, {m, plural, =0 {aucune paire clé-valeur existante} one {# paire clé-valeur existante conservée} other {# paires clé-valeur existantes conservées}}.',
    gaxEffect: 'Objet Application GAX {name}',
    filesEffect: 'Fichiers du plug-in, copiés par son programme d’installation',
    filesNotEffect: 'Non copiés : ce n’est pas un répertoire GAX',

    // Afterwards
    copyFiles: 'Copiez {n, plural, =0 {les fichiers du plug-in} one {# fichier} other {# fichiers}} de {from} vers {to} sur {host}, puis redémarrez GAX.',
    someGax: '<répertoire GAX>',
    copyCommands: 'Copier les commandes',
    markCopied: 'Marquer comme fait',
    markCopiedTitle: 'Marquer les fichiers du plug-in comme copiés',
    chooseToMark: 'Plug-in dont les fichiers ont été copiés dans GAX',
    nothingToCopy: 'Aucun plug-in n’attend la copie de ses fichiers dans GAX.',
    markedCopied: '{package} sur {host} : ses fichiers sont considérés comme copiés dans GAX.',
    notWaiting: '{package} sur {host} n’attend aucune copie de fichiers.',
    endFilesNotCopied: '{n, plural, one {Ses fichiers ne sont pas dans GAX sur # hôte : copiez-les.} other {Ses fichiers ne sont pas dans GAX sur # hôtes : copiez-les.}}',
  },
);
