import { defineMessages } from '../../text/messages';
import type { ProblemSeverity } from '../problem';
import { xmlSeverities, type XmlProblemCode } from '../xml/messages';

export const spdMessages = defineMessages(
  {
    'spd.unknown-namespace': 'The namespace {value} is not one of GAX: {known}.',
    'spd.mixed-namespaces': 'The namespaces of two families of releases stand in one file: {value} does not go with {first}.',
    'spd.bad-version': 'The schema version {value} is no version: {known} is expected.',
    'spd.version-too-new': 'The schema version {value} is newer than {known}: GAX refuses a file whose first number is above its own.',
    'spd.several-deployment-keys': 'A second deploymentkey: a definition has exactly one.',
    'spd.bad-input-name': 'The name {value} is no JavaScript identifier, which an input needs.',
    'spd.repeated-input': 'The input {value} stands twice in this profile.',
    'spd.repeated-profile': 'The profile {value} stands twice.',
    'spd.bad-boolean': '{name} must be true or false, not “{value}”.',
    'spd.value-not-allowed': '{name} cannot be “{value}”; allowed: {allowed}.',
    'spd.value-not-known': '{name} is usually one of: {allowed}.',
    'spd.default-kind': 'The default “{value}” is not of type {type}.',
    'spd.unknown-name': 'Nothing in this file is called {name}.',
    'spd.misspelt-name': 'Nothing in this file is called {name}; {nearest} is there.',
    'spd.later-input': '{name} is asked for by a later dialog: its value is not known yet.',
    'spd.unclosed-expression': 'An expression begins here and has no closing brace.',
    'spd.bad-expression': 'This is no JavaScript expression.',
    'spd.bad-script': 'The script stops being JavaScript here.',
    'spd.script-too-long': 'This JavaScript is longer than {most, number} characters: nothing in it is checked, found or renamed.',
  },
  {
    'spd.unknown-namespace': 'L’espace de noms {value} n’est pas de GAX : {known}.',
    'spd.mixed-namespaces': 'Les espaces de noms de deux familles de versions figurent dans un fichier : {value} ne va pas avec {first}.',
    'spd.bad-version': 'La version de schéma {value} n’est pas une version : {known} est attendu.',
    'spd.version-too-new': 'La version de schéma {value} est plus récente que {known} : GAX refuse un fichier dont le premier nombre dépasse le sien.',
    'spd.several-deployment-keys': 'Second deploymentkey : une définition en a exactement un.',
    'spd.bad-input-name': 'Le nom {value} n’est pas un identificateur JavaScript, ce qu’exige un input.',
    'spd.repeated-input': 'L’input {value} figure deux fois dans ce profil.',
    'spd.repeated-profile': 'Le profil {value} figure deux fois.',
    'spd.bad-boolean': '{name} doit valoir true ou false, et non « {value} ».',
    'spd.value-not-allowed': '{name} ne peut pas valoir « {value} » ; valeurs permises : {allowed}.',
    'spd.value-not-known': '{name} vaut d’habitude l’une de ces valeurs : {allowed}.',
    'spd.default-kind': 'La valeur par défaut « {value} » n’est pas du type {type}.',
    'spd.unknown-name': 'Rien dans ce fichier ne s’appelle {name}.',
    'spd.misspelt-name': 'Rien dans ce fichier ne s’appelle {name} ; {nearest} existe.',
    'spd.later-input': '{name} est demandé par un dialogue ultérieur : sa valeur n’est pas encore connue.',
    'spd.unclosed-expression': 'Une expression commence ici et n’a pas d’accolade finale.',
    'spd.bad-expression': 'Ce n’est pas une expression JavaScript.',
    'spd.bad-script': 'Le script cesse ici d’être du JavaScript.',
    'spd.script-too-long': 'Ce JavaScript dépasse {most, number} caractères : rien n’y est vérifié, trouvé ni renommé.',
  },
);

export type SpdProblemCode = XmlProblemCode | keyof typeof spdMessages.en;

/** Errors are what the vendor's pages rule out; what depends on its JavaScript engine or on names it brings along is less. */
export const spdSeverities: Readonly<Record<SpdProblemCode, ProblemSeverity>> = {
  ...xmlSeverities,
  'spd.unknown-namespace': 'warning',
  'spd.mixed-namespaces': 'warning',
  'spd.bad-version': 'error',
  'spd.version-too-new': 'warning',
  'spd.several-deployment-keys': 'error',
  'spd.bad-input-name': 'error',
  'spd.repeated-input': 'error',
  'spd.repeated-profile': 'warning',
  'spd.bad-boolean': 'error',
  'spd.value-not-allowed': 'error',
  'spd.value-not-known': 'hint',
  'spd.default-kind': 'warning',
  'spd.unknown-name': 'hint',
  'spd.misspelt-name': 'warning',
  'spd.later-input': 'warning',
  'spd.unclosed-expression': 'error',
  'spd.bad-expression': 'warning',
  'spd.bad-script': 'warning',
  'spd.script-too-long': 'information',
};
