import { defineMessages } from '../../text/messages';
import type { ProblemSeverity } from '../problem';
import { xmlSeverities, type XmlProblemCode } from '../xml/messages';

export const ipDescriptionMessages = defineMessages(
  {
    'ipDescription.attribute-order': 'The vendor’s installer reads the attributes of {element} in this order: {order}.',
    'ipDescription.format-version': 'FormatVersion {value} is too old: the installer wants 4.0 or later.',
    'ipDescription.bad-version': '{name} {value} is no version: dotted numbers are needed, e.g. 8.5.100.37.',
    'ipDescription.version-parts': '{name} {value} has {n, plural, one {# part} other {# parts}} instead of four.',
    'ipDescription.bad-date': '{name} {value} is no date: year-month-day is needed, e.g. 2016-09-13.',
    'ipDescription.bad-integer': '{name} {value} is no whole number.',
    'ipDescription.locale': 'The locale {value} is not written as three capital letters, e.g. ENU.',
    'ipDescription.os-group': 'The operating system group {value} is not among the known ones: {known}.',
    'ipDescription.os-type': 'The operating system number {value} is not among the vendor’s (1 to 18).',
    'ipDescription.os-family': 'The operating system {value} does not belong to the group {group}.',
    'ipDescription.os-version': 'The operating system version {value} does not begin with a number, so the installer cannot compare it.',
  },
  {
    'ipDescription.attribute-order': 'Le programme d’installation de l’éditeur lit les attributs de {element} dans cet ordre : {order}.',
    'ipDescription.format-version': 'FormatVersion {value} est trop ancien : le programme d’installation exige 4.0 ou plus.',
    'ipDescription.bad-version': '{name} {value} n’est pas une version : il faut des nombres séparés par des points, par exemple 8.5.100.37.',
    'ipDescription.version-parts': '{name} {value} compte {n, plural, one {# partie} other {# parties}} au lieu de quatre.',
    'ipDescription.bad-date': '{name} {value} n’est pas une date : il faut année-mois-jour, par exemple 2016-09-13.',
    'ipDescription.bad-integer': '{name} {value} n’est pas un nombre entier.',
    'ipDescription.locale': 'L’ID de paramètres régionaux {value} n’est pas formé de trois lettres majuscules, par exemple ENU.',
    'ipDescription.os-group': 'Le groupe de systèmes {value} ne fait pas partie des groupes connus : {known}.',
    'ipDescription.os-type': 'Le numéro de système d’exploitation {value} ne fait pas partie de ceux de l’éditeur (1 à 18).',
    'ipDescription.os-family': 'Le système d’exploitation {value} ne fait pas partie du groupe {group}.',
    'ipDescription.os-version': 'La version de système {value} ne commence pas par un nombre : l’installation ne peut pas la comparer.',
  },
);

export type IpDescriptionProblemCode = XmlProblemCode | keyof typeof ipDescriptionMessages.en;

/** An error means that the package has no sure identity, or that its installer would refuse to start. */
export const ipDescriptionSeverities: Readonly<Record<IpDescriptionProblemCode, ProblemSeverity>> = {
  ...xmlSeverities,
  'ipDescription.attribute-order': 'hint',
  'ipDescription.format-version': 'error',
  'ipDescription.bad-version': 'error',
  'ipDescription.version-parts': 'warning',
  'ipDescription.bad-date': 'warning',
  'ipDescription.bad-integer': 'warning',
  'ipDescription.locale': 'warning',
  'ipDescription.os-group': 'hint',
  'ipDescription.os-type': 'hint',
  'ipDescription.os-family': 'hint',
  'ipDescription.os-version': 'hint',
};
