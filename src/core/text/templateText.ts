import type { TemplateLoss, TemplateLosses } from '../formats/templatePair/convert';
import { createText, defineMessages, type Locale } from './messages';

/** What is lost when one file of a pair of templates is made of the other. */
export const templateText = defineMessages<TemplateLoss>(
  {
    displayNames: '{n, plural, one {# display name} other {# display names}}',
    descriptions: '{n, plural, one {# description} other {# descriptions}}',
    valueRules: 'rules for the values of {n, plural, one {# option} other {# options}}',
    properties: '{n, plural, one {# property} other {# properties}} outside of the options',
    privileges: '{n, plural, one {# privilege} other {# privileges}}',
    installationSteps: '{n, plural, one {# installation step} other {# installation steps}}',
    repeatedOptions: '{n, plural, one {# option} other {# options}} of a name that stood there before',
    name: 'the name of the template',
    state: 'the state',
    noText: '{n, plural, one {# value that is no text} other {# values that are no texts}}',
    otherEncoding: 'the encoding of {n, plural, one {# text} other {# texts}}',
    notXml: '{n, plural, one {# option that XML cannot hold} other {# options that XML cannot hold}}',
    otherBytes: '{n, plural, one {# byte} other {# bytes}} outside of the fields',
  },
  {
    displayNames: '{n, plural, one {# nom affiché} other {# noms affichés}}',
    descriptions: '{n, plural, one {# description} other {# descriptions}}',
    valueRules: 'les règles des valeurs de {n, plural, one {# option} other {# options}}',
    properties: '{n, plural, one {# propriété} other {# propriétés}} hors des options',
    privileges: '{n, plural, one {# privilège} other {# privilèges}}',
    installationSteps: '{n, plural, one {# étape d’installation} other {# étapes d’installation}}',
    repeatedOptions: '{n, plural, one {# option} other {# options}} de nom déjà présent',
    name: 'le nom du modèle',
    state: 'l’état',
    noText: '{n, plural, one {# valeur qui n’est pas un texte} other {# valeurs qui ne sont pas des textes}}',
    otherEncoding: 'l’encodage de {n, plural, one {# texte} other {# textes}}',
    notXml: '{n, plural, one {# option que le XML ne peut pas contenir} other {# options que le XML ne peut pas contenir}}',
    otherBytes: '{n, plural, one {# octet} other {# octets}} hors des champs',
  },
);

/** What was lost, as one list; empty when nothing was. */
export function describeLosses(locale: Locale, losses: TemplateLosses): string {
  const text = createText(locale, templateText);
  return Object.entries(losses).map(([loss, n]) => text(loss as TemplateLoss, { n })).join(', ');
}
