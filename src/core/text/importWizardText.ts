import { describeError } from '../errors';
import type { ImportMethodGroup, ImportProblem } from '../packages/importDraft';
import type { ImportMethod } from '../packages/importSource';
import { bitWidths, describeIdentity, describeOperatingSystem, type PackageIdentity } from '../packages/identity';
import { createText, defineMessages, type Locale } from './messages';

/** Words of the import wizard. */
export const importWizardText = defineMessages(
  {
    title: 'Import packages',
    filesReadHere: 'Files are read on this computer, {machine}',
    filesReadThere: 'Files are read on {machine}',
    repository: 'Repository: {folder}',
    stepMethod: 'Method',
    stepProgress: 'Progress',
    methodHeading: 'Where do the packages come from?',
    archive: 'Package archive',
    archiveNumber: 'Package archive {n}',
    chooseFile: 'Choose file…',
    removeFile: 'Remove {file}',
    removeEmpty: 'Remove this empty field',
    anotherFile: 'Another archive',
    tenant: 'Tenant',
    group: 'Group',
    newGroup: 'New group “{name}”',
    groupHelp: 'Empty: Ungrouped. A name that is not there yet makes a new group.',
    dropHint: 'You can also drop archives here or on the Packages view.',
    dropWithoutPath: 'This drop carries no path. Use “Choose file…”, or drop on the Packages view.',
    dropHere: 'Drop the archives here.',
    tooManyFiles: 'At most {n} archives at a time. The others were left out.',

    // What a chosen file is
    reading: 'Reading {file}…',
    readingPercent: 'Reading {file}: {percent} %',
    stopReading: 'Stop reading',
    notRead: 'Not read to its end. The import checks it all the same.',
    readAgain: 'Read again',
    recognizedAs: 'What {file} is',
    templates: '{n, plural, =0 {No templates} one {# template: {names}} other {# templates: {names}}}',
    moreNames: '{names} and {n} more',
    newHere: 'New',
    alreadyThere: 'Already there',
    bit: '-bit',
    system: '{name} {bits}-bit',
    holds: '{file} holds {package}.',
    chosenArchives: '{n, plural, one {# archive} other {# archives}}',

    // What is wrong
    pathMissing: 'Choose the archive of the package, or type its path.',
    pathNotWhole: 'This is not a whole path. Write it from its beginning, for example {example}.',
    pathWrong: 'This cannot be the path of a file. Choose the archive with “Choose file…”.',
    pathTwice: '{file} is chosen twice. Remove one of the two.',
    present: '{package} is already in the repository for {tenant}. Choose another archive or tenant.',
    tenantMissing: 'Choose the tenant that the packages are for.',
    tenantUnknown: 'There is no tenant “{tenant}”. Choose one from the list.',
    groupTooLong: 'The name of a group has at most {limit} characters.',
    groupWrong: 'The name of a group holds no control characters.',

    // Before the start
    footerReady: '{n, plural, one {imports # package} other {imports # packages}} for {tenant}.',
    footerReadySize: '{n, plural, one {imports # package} other {imports # packages}} ({size}) for {tenant}.',
    footerChoose: 'Nothing is imported before you press Finish.',
    restricted: 'Restricted Mode: importing needs a trusted window.',
    restrictedFinish: 'Finish needs a trusted window.',
    manageTrust: 'Manage workspace trust',
    offline: 'The package service does not answer. Running imports go on; your input is kept.',
    connectAgain: 'Connect again',

    // Progress
    importing: '{n, plural, one {Importing # package} other {Importing # packages}}',
    imported: '{n, plural, one {Import of # package} other {Import of # packages}}',
    startedAt: 'Started: {time}. You can close this page: the import goes on in the background, also when the window closes.',
    endedAt: 'Started: {time}. Every import has ended.',
    overallComplete: '{done} of {n} complete',
    overallFailed: '{n} failed',
    overallStopped: '{n} stopped',
    overallRunning: '{n} running',
    overallWaiting: '{n} waiting',
    overallBar: 'All packages',
    sizeDone: '{done} of {total}',
    secondsLeft: '{n, plural, one {about # second left} other {about # seconds left}}',
    minutesLeft: '{n, plural, one {about # minute left} other {about # minutes left}}',
    hoursLeft: '{n, plural, one {about # hour left} other {about # hours left}}',
    laneComplete: 'Complete',
    laneRunning: 'Importing {percent} %',
    laneWaiting: 'Waiting',
    laneFailed: 'Failed: {step}',
    laneStopped: 'Stopped',
    laneStep: 'Step {position} of {count}, {step}',
    failure: 'Step {position} of {count}, {step}: {sentence}',
    nothingKept: 'Nothing of this package was kept.',
    chosenDone: '{n} done',
    chosenFailed: '{n} failed',
    stopImport: 'Stop import…',
    closing: 'Closing this page does not stop the import.',
    announceProgress: '{n} of {m} packages complete, {k} failed.',
    announceEnd: 'The import has ended. {n} of {m} packages complete, {k} failed.',
    valueToCorrect: '{n, plural, one {# value} other {# values}} to correct: {field}. {message}',
  },
  {
    title: 'Assistant d’importation de logiciel',
    filesReadHere: 'Fichiers lus sur cet ordinateur, {machine}',
    filesReadThere: 'Fichiers lus sur {machine}',
    repository: 'Référentiel : {folder}',
    stepMethod: 'Méthode',
    stepProgress: 'Progression',
    methodHeading: 'D’où viennent les packages ?',
    archive: 'Package',
    archiveNumber: 'Package {n}',
    chooseFile: 'Choisir un fichier…',
    removeFile: 'Retirer {file}',
    removeEmpty: 'Retirer ce champ vide',
    anotherFile: 'Autre package',
    tenant: 'Locataire',
    group: 'Groupe',
    newGroup: 'Nouveau groupe « {name} »',
    groupHelp: 'Vide : Sans groupe. Un nom encore absent crée un nouveau groupe.',
    dropHint: 'Vous pouvez aussi déposer des archives ici ou sur la vue Packages d’installation.',
    dropWithoutPath: 'Ce dépôt ne contient pas de chemin. Utilisez « Choisir un fichier… », ou déposez sur la vue Packages d’installation.',
    dropHere: 'Déposez les archives ici.',
    tooManyFiles: 'Au plus {n} archives à la fois. Les autres ont été laissées de côté.',

    reading: 'Lecture de {file}…',
    readingPercent: 'Lecture de {file} : {percent} %',
    stopReading: 'Arrêter la lecture',
    notRead: 'Non lu jusqu’au bout. L’importation le contrôle de toute façon.',
    readAgain: 'Relire',
    recognizedAs: 'Contenu de {file}',
    templates: '{n, plural, =0 {Aucun modèle} one {# modèle : {names}} other {# modèles : {names}}}',
    moreNames: '{names} et {n} de plus',
    newHere: 'Nouveau',
    alreadyThere: 'Déjà présent',
    bit: ' bits',
    system: '{name} {bits} bits',
    holds: '{file} contient {package}.',
    chosenArchives: '{n, plural, one {# archive} other {# archives}}',

    pathMissing: 'Choisissez l’archive du package, ou saisissez son chemin.',
    pathNotWhole: 'Ce chemin n’est pas complet. Saisissez-le depuis son début, par exemple {example}.',
    pathWrong: 'Ce ne peut être le chemin d’un fichier. Choisissez l’archive avec « Choisir un fichier… ».',
    pathTwice: '{file} est choisi deux fois. Retirez-en un.',
    present: '{package} est déjà dans le référentiel pour {tenant}. Choisissez une autre archive ou un autre locataire.',
    tenantMissing: 'Choisissez le locataire auquel les packages sont destinés.',
    tenantUnknown: 'Le locataire « {tenant} » n’existe pas. Choisissez-en un dans la liste.',
    groupTooLong: 'Le nom d’un groupe compte au plus {limit} caractères.',
    groupWrong: 'Le nom d’un groupe ne contient pas de caractères de contrôle.',

    footerReady: '{n, plural, one {importe # package} other {importe # packages}} pour {tenant}.',
    footerReadySize: '{n, plural, one {importe # package} other {importe # packages}} ({size}) pour {tenant}.',
    footerChoose: 'Rien n’est importé avant que vous n’appuyiez sur Terminer.',
    restricted: 'Mode restreint : l’importation demande une fenêtre approuvée.',
    restrictedFinish: 'Terminer demande une fenêtre approuvée.',
    manageTrust: 'Gérer l’approbation de l’espace de travail',
    offline: 'Le service de packages ne répond pas. Les importations en cours continuent ; votre saisie est conservée.',
    connectAgain: 'Reconnecter',

    importing: '{n, plural, one {Importation de # package} other {Importation de # packages}}',
    imported: '{n, plural, one {Importation de # package} other {Importation de # packages}}',
    startedAt: 'Début : {time}. Vous pouvez fermer cette page : l’importation continue en arrière-plan, même si la fenêtre se ferme.',
    endedAt: 'Début : {time}. Toutes les importations ont pris fin.',
    overallComplete: '{n, plural, one {{done} sur # terminé} other {{done} sur # terminés}}',
    overallFailed: '{n} en échec',
    overallStopped: '{n, plural, one {# arrêté} other {# arrêtés}}',
    overallRunning: '{n} en cours',
    overallWaiting: '{n} en attente',
    overallBar: 'Tous les packages',
    sizeDone: '{done} sur {total}',
    secondsLeft: '{n, plural, one {encore # seconde environ} other {encore # secondes environ}}',
    minutesLeft: '{n, plural, one {encore # minute environ} other {encore # minutes environ}}',
    hoursLeft: '{n, plural, one {encore # heure environ} other {encore # heures environ}}',
    laneComplete: 'Terminé',
    laneRunning: 'Importation {percent} %',
    laneWaiting: 'En attente',
    laneFailed: 'Échec : {step}',
    laneStopped: 'Arrêté',
    laneStep: 'Étape {position} sur {count}, {step}',
    failure: 'Étape {position} sur {count}, {step} : {sentence}',
    nothingKept: 'Rien de ce package n’a été conservé.',
    chosenDone: '{n, plural, one {# terminé} other {# terminés}}',
    chosenFailed: '{n} en échec',
    stopImport: 'Arrêter l’importation…',
    closing: 'La fermeture de cette page n’interrompt pas l’importation.',
    announceProgress: '{m, plural, one {{n} package sur # terminé} other {{n} packages sur # terminés}}, {k} en échec.',
    announceEnd: 'L’importation a pris fin. {m, plural, one {{n} package sur # terminé} other {{n} packages sur # terminés}}, {k} en échec.',
    valueToCorrect: '{n, plural, one {# valeur} other {# valeurs}} à corriger : {field}. {message}',
  },
);

/** The ways to bring packages in: a name, and one line below it. */
export const importMethodText = defineMessages<ImportMethod | `${ImportMethod}Line`>(
  {
    archive: 'Package archive with its templates',
    archiveLine: 'One .zip or .tar.gz file, usually from customer care. Required when the package has two or more templates.',
    parts: 'Package archive and separate templates',
    partsLine: 'Three files: the package, its XML template and its APD template, as the package description names them.',
    directory: 'Mounted CD or directory',
    directoryLine: 'A local path or a UNC path that holds unpacked packages.',
    repository: 'Existing Genesys Administrator repository',
    repositoryLine: 'The path of a repository that Genesys Administrator has filled.',
    'support-archives': 'Zipped packages from support',
    'support-archivesLine': 'A path with .zip files from customer care, each with a package and its templates.',
  },
  {
    archive: 'Téléchargement de package d’installation (inclut modèles)',
    archiveLine: 'Un fichier .zip ou .tar.gz, remis le plus souvent par le service client de Genesys. Obligatoire dès que le package a deux modèles ou plus.',
    parts: 'Téléchargement de package d’installation (modèle téléchargé séparément)',
    partsLine: 'Trois fichiers : le package, son modèle XML et son modèle APD, tels que la description du package les nomme.',
    directory: 'Chemin UNC d’accès à un CD monté ou un répertoire',
    directoryLine: 'Un chemin local ou UNC qui contient des packages extraits.',
    repository: 'Chemin UNC d’accès à un référentiel administrateur existant',
    repositoryLine: 'Le chemin d’un référentiel que Genesys Administrator a rempli.',
    'support-archives': 'Chemin UNC d’accès aux packages d’installation compressés du support',
    'support-archivesLine': 'Un chemin contenant des fichiers .zip du service client, chacun avec un package et ses modèles.',
  },
);

export const importMethodGroupText = defineMessages<ImportMethodGroup>(
  { onePackage: 'One package', severalPackages: 'Several packages at a path' },
  { onePackage: 'Un package', severalPackages: 'Plusieurs packages à un emplacement' },
);

/** The operating system of a package: `Linux 64-bit`. */
export function describePackageSystem(locale: Locale, identity: Pick<PackageIdentity, 'osGroup' | 'computerTypes'>): string {
  const name = describeOperatingSystem({ osGroup: identity.osGroup, computerTypes: [] }, '');
  const bits = bitWidths(identity).join('/');
  return bits === '' ? name : createText(locale, importWizardText)('system', { name, bits });
}

/** What is wrong with a field of the wizard, in one or two sentences. */
export function describeImportProblem(locale: Locale, problem: ImportProblem): string {
  if (problem.kind === 'refused') return describeError(locale, problem.error);
  const text = createText(locale, importWizardText);
  if (problem.kind === 'present') return text('present', { package: describeIdentity(problem.identity, text('bit')), tenant: problem.tenant });
  return text(problem.kind, problem.args);
}
