import { defineMessages } from '../../text/messages';
import type { ProblemSeverity } from '../problem';
import { xmlSeverities, type XmlProblemCode } from '../xml/messages';

export const metadataXmlMessages = defineMessages(
  {
    'metadataXml.bad-type': 'The application type {value} is no number.',
    'metadataXml.unknown-type': 'The application type {value} is not among those of the vendor that are known.',
    'metadataXml.bad-version': '{name} {value} is no version: dotted numbers are needed, e.g. 8.5.145.06.',
    'metadataXml.bad-boolean': '{name} must be true or false, not “{value}”.',
    'metadataXml.bad-number': '{name} “{value}” is no number.',
    'metadataXml.bad-regex': 'The regular expression “{value}” cannot be read.',
    'metadataXml.value-not-known': '{name} is usually one of: {allowed}.',
    'metadataXml.rule-incomplete': 'A rule of type {type} needs {needed}.',
    'metadataXml.range-order': 'The lowest number, {min}, is above the highest, {max}.',
    'metadataXml.default-kind': 'The default “{value}” is not of type {type}.',
    'metadataXml.default-range': 'The default {value} is outside of its own rule: from {min} to {max}.',
    'metadataXml.default-whole': 'The default {value} is no whole number, which its own rule wants.',
    'metadataXml.default-regex': 'The default “{value}” does not match its own rule {regex}.',
    'metadataXml.default-choice': 'The default “{value}” is not among the choices: {allowed}.',
    'metadataXml.default-case': 'The default “{value}” is written {nearest} among the choices.',
    'metadataXml.repeated-choice': 'The choice “{value}” stands twice.',
    'metadataXml.repeated-section': 'The section {name} stands twice.',
    'metadataXml.repeated-option': 'The option {name} stands twice in section {section}.',
    'metadataXml.repeated-task': 'The privilege {name} stands twice.',
    'metadataXml.unknown-group': 'The group {name} is not defined in this file.',
  },
  {
    'metadataXml.bad-type': 'Le type d’application {value} n’est pas un nombre.',
    'metadataXml.unknown-type': 'Le type d’application {value} ne fait pas partie des types connus de l’éditeur.',
    'metadataXml.bad-version': '{name} {value} n’est pas une version : il faut des nombres séparés par des points, par exemple 8.5.145.06.',
    'metadataXml.bad-boolean': '{name} doit valoir true ou false, et non « {value} ».',
    'metadataXml.bad-number': '{name} « {value} » n’est pas un nombre.',
    'metadataXml.bad-regex': 'L’expression régulière « {value} » est illisible.',
    'metadataXml.value-not-known': '{name} vaut d’habitude l’une de ces valeurs : {allowed}.',
    'metadataXml.rule-incomplete': 'Une règle de type {type} nécessite {needed}.',
    'metadataXml.range-order': 'Le plus petit nombre, {min}, dépasse le plus grand, {max}.',
    'metadataXml.default-kind': 'La valeur par défaut « {value} » n’est pas du type {type}.',
    'metadataXml.default-range': 'La valeur par défaut {value} sort de sa propre règle : de {min} à {max}.',
    'metadataXml.default-whole': 'La valeur par défaut {value} n’est pas un nombre entier, comme le veut sa propre règle.',
    'metadataXml.default-regex': 'La valeur par défaut « {value} » ne répond pas à sa propre règle {regex}.',
    'metadataXml.default-choice': 'La valeur par défaut « {value} » ne fait pas partie des choix : {allowed}.',
    'metadataXml.default-case': 'La valeur par défaut « {value} » s’écrit {nearest} parmi les choix.',
    'metadataXml.repeated-choice': 'Le choix « {value} » figure deux fois.',
    'metadataXml.repeated-section': 'La section {name} figure deux fois.',
    'metadataXml.repeated-option': 'L’option {name} figure deux fois dans la section {section}.',
    'metadataXml.repeated-task': 'Le privilège {name} figure deux fois.',
    'metadataXml.unknown-group': 'Le groupe {name} n’est pas défini dans ce fichier.',
  },
);

export type MetadataXmlProblemCode = XmlProblemCode | keyof typeof metadataXmlMessages.en;

export const metadataXmlSeverities: Readonly<Record<MetadataXmlProblemCode, ProblemSeverity>> = {
  ...xmlSeverities,
  'metadataXml.bad-type': 'error',
  'metadataXml.unknown-type': 'hint',
  'metadataXml.bad-version': 'warning',
  'metadataXml.bad-boolean': 'error',
  'metadataXml.bad-number': 'error',
  // The vendor compiles it with another engine than ours.
  'metadataXml.bad-regex': 'warning',
  'metadataXml.value-not-known': 'hint',
  'metadataXml.rule-incomplete': 'warning',
  'metadataXml.range-order': 'error',
  'metadataXml.default-kind': 'warning',
  'metadataXml.default-range': 'warning',
  'metadataXml.default-whole': 'warning',
  // Some files double the escapes of their patterns.
  'metadataXml.default-regex': 'hint',
  'metadataXml.default-choice': 'warning',
  'metadataXml.default-case': 'hint',
  'metadataXml.repeated-choice': 'hint',
  'metadataXml.repeated-section': 'warning',
  'metadataXml.repeated-option': 'warning',
  'metadataXml.repeated-task': 'warning',
  // Groups that the vendor's programs bring along are not public.
  'metadataXml.unknown-group': 'hint',
};
