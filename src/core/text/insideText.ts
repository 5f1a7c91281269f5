import { defineMessages } from './messages';

/** Words of what shows the inside of packages: their files, and how two versions differ. */
export const insideText = defineMessages(
  {
    tooLong: '{file} has {size}; files up to {most} can be opened here. Download the package to see it.',
    openFileTitle: 'Open File of {package}',
    openFilePlaceholder: 'Choose a file of the package',
    compareTitle: 'Compare Package Versions',
    comparePlaceholder: 'Choose what to compare {package} with',
    otherVersions: 'Other versions',
    otherPackages: 'Other packages',
    noneToCompare: 'There is no other package to compare {package} with. Import another version.',
    changesTitle: '{name}: {first} ↔ {other}',
    equal: '{first} and {other} have the same files: {same, plural, one {# file} other {# files}}.',
    binaryDiffer:
      '{n, plural, one {# more file differs} other {# more files differ}}, not as text: {added} added, {removed} removed, {changed} changed.',
    showFiles: 'Show Files',
    added: 'added',
    removed: 'removed',
    changed: 'changed',
    differencesTitle: 'Files That Differ',
    differencesPlaceholder: 'Choose a file to compare it',
  },
  {
    tooLong: '{file} compte {size} ; on peut ouvrir ici les fichiers jusqu’à {most}. Téléchargez le package pour le voir.',
    openFileTitle: 'Ouvrir un fichier de {package}',
    openFilePlaceholder: 'Choisissez un fichier du package',
    compareTitle: 'Comparer deux versions',
    comparePlaceholder: 'Choisissez à quoi comparer {package}',
    otherVersions: 'Autres versions',
    otherPackages: 'Autres packages',
    noneToCompare: 'Il n’y a pas d’autre package auquel comparer {package}. Importez une autre version.',
    changesTitle: '{name} : {first} ↔ {other}',
    equal: '{first} et {other} ont les mêmes fichiers : {same, plural, one {# fichier} other {# fichiers}}.',
    binaryDiffer:
      '{n, plural, one {# autre fichier diffère} other {# autres fichiers diffèrent}}, pas sous forme de texte : {added} ajoutés, {removed} supprimés, {changed} modifiés.',
    showFiles: 'Afficher les fichiers',
    added: 'ajouté',
    removed: 'supprimé',
    changed: 'modifié',
    differencesTitle: 'Fichiers qui diffèrent',
    differencesPlaceholder: 'Choisissez un fichier pour le comparer',
  },
);
