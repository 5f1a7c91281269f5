import { defineMessages } from '../../text/messages';
import type { ProblemSeverity } from '../problem';
import { xmlSeverities, type XmlProblemCode } from '../xml/messages';

export const metadataXmlMessages = defineMessages(
  {
    'metadataXml.wrong-root': 'The root element is {found} instead of metaData.',
    'metadataXml.no-application': 'The element cfgApplication is missing in metaData.',
    'metadataXml.bad-type': 'The application type {value} is no number.',
  },
  {
    'metadataXml.wrong-root': 'L’élément racine est {found} au lieu de metaData.',
    'metadataXml.no-application': 'L’élément cfgApplication manque dans metaData.',
    'metadataXml.bad-type': 'Le type d’application {value} n’est pas un nombre.',
  },
);

export type MetadataXmlProblemCode = XmlProblemCode | keyof typeof metadataXmlMessages.en;

export const metadataXmlSeverities: Readonly<Record<MetadataXmlProblemCode, ProblemSeverity>> = {
  ...xmlSeverities,
  'metadataXml.wrong-root': 'error',
  'metadataXml.no-application': 'error',
  'metadataXml.bad-type': 'error',
};
