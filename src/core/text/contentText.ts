import { describeProblem } from '../formats/describeProblem';
import type { InstallationWay } from '../packages/model';
import { filesNotUnderstood, type PackageNote } from '../packages/notes';
import { createText, defineMessages, type Locale } from './messages';

/** Words for what was found inside a package or solution definition; pages, trees and the command line share them. */
export const contentText = defineMessages(
  {
    complete: 'Complete',
    completeNotUnderstood: 'Complete, {files} not understood',
    templateNotUnderstood: '{file}{line, plural, =0 {} other {, line {line}}} is not understood: {reason} Its default options are not known; everything else of the package is there.',
    templatePartlyUnderstood: '{file}, line {line}: {reason} The other options are known.',
    templateVersion: 'The template {file} is of version {found}, the package of version {expected}.',
    templateDefaults: '{file} and the APD template have different defaults for {n, plural, one {# option} other {# options}}, the first being {option}.',
    templateNotInPackage: 'The package holds no template named {file}: whether the separate ones are unchanged cannot be checked.',
    solutionDefinition: 'Solution definition',
    deploy: 'Deploy…',
    cannotRunYet: 'Solution definitions are stored and shown; this version cannot run them yet.',
    fieldDeploymentKey: 'Deployment key',
    fieldSchemaVersion: 'Schema version',
    fieldDefinition: 'Definition',
    fieldInstallation: 'Installation',
    installedSilently: 'by the installer with its silent.ini ({type})',
    installedBy: '{name} ({type})',
    sectionSummary: 'Summary',
    sectionProfiles: 'Profiles',
    sectionPackages: 'Packages',
    sectionUnsupported: 'Commands not supported yet',
    sectionOptions: 'Default options',
    pageNumber: 'Page {n}',
    required: 'required',
    defaultValue: 'default {value}',
    noDialogs: 'This profile asks for nothing.',
    noPackages: 'No package is installed.',
    inRepository: 'in the repository',
    notInRepository: 'not in the repository',
    knownAtRun: 'computed when it runs',
    nothingUnsupported: 'None.',
    onLines: '{n, plural, one {line} other {lines}} {lines}',
    optionCount: '{n, plural, one {# default option} other {# default options}}',
    notUnderstood: 'not understood',
  },
  {
    complete: 'Terminé',
    completeNotUnderstood: 'Terminé, {files} non compris',
    templateNotUnderstood: '{file}{line, plural, =0 {} other {, ligne {line},}} n’est pas compris : {reason} Ses options par défaut sont inconnues ; tout le reste du package est là.',
    templatePartlyUnderstood: '{file}, ligne {line} : {reason} Les autres options sont connues.',
    templateVersion: 'Le modèle {file} est de version {found}, le package de version {expected}.',
    templateDefaults: '{file} et le modèle APD ont des valeurs par défaut différentes pour {n, plural, one {# option} other {# options}}, à commencer par {option}.',
    templateNotInPackage: 'Le package ne contient aucun modèle nommé {file} : rien ne permet de vérifier que les modèles séparés sont inchangés.',
    solutionDefinition: 'Définition de solution',
    deploy: 'Déployer…',
    cannotRunYet: 'Les définitions de solution sont stockées et affichées ; cette version ne peut pas encore les exécuter.',
    fieldDeploymentKey: 'Clé de déploiement',
    fieldSchemaVersion: 'Version du schéma',
    fieldDefinition: 'Définition',
    fieldInstallation: 'Installation',
    installedSilently: 'par le programme d’installation avec son silent.ini ({type})',
    installedBy: '{name} ({type})',
    sectionSummary: 'Résumé',
    sectionProfiles: 'Profils',
    sectionPackages: 'Packages',
    sectionUnsupported: 'Commandes pas encore prises en charge',
    sectionOptions: 'Options par défaut',
    pageNumber: 'Page {n}',
    required: 'obligatoire',
    defaultValue: 'par défaut {value}',
    noDialogs: 'Ce profil ne demande rien.',
    noPackages: 'Aucun package n’est installé.',
    inRepository: 'dans le référentiel',
    notInRepository: 'absent du référentiel',
    knownAtRun: 'calculé à l’exécution',
    nothingUnsupported: 'Aucune.',
    onLines: '{n, plural, one {ligne} other {lignes}} {lines}',
    optionCount: '{n, plural, one {# option par défaut} other {# options par défaut}}',
    notUnderstood: 'non compris',
  },
);

/** The state of a package that is whole: `Complete`, or `Complete, x.tpl not understood`. */
export function describeComplete(locale: Locale, notes: readonly PackageNote[] | undefined): string {
  const files = filesNotUnderstood(notes);
  const text = createText(locale, contentText);
  return files.length === 0 ? text('complete') : text('completeNotUnderstood', { files: files.join(', ') });
}

/** A note in a sentence or two: what, where, why, and what follows from it. */
export function describeNote(locale: Locale, { kind, path, problem, args, line = 0 }: PackageNote): string {
  return createText(locale, contentText)(kind, { ...args, file: path, line, ...(problem !== undefined && { reason: describeProblem(locale, { code: problem, args }) }) });
}

/** How a program is installed, by a step of its metadata. */
export function describeInstallation(locale: Locale, { name, displayName, type }: InstallationWay): string {
  const text = createText(locale, contentText);
  if (type === 'GenesysSilent') return text('installedSilently', { type });
  const shown = displayName === '' ? name : displayName;
  return type === '' ? shown : text('installedBy', { name: shown, type });
}
