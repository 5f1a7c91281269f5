import { defineMessages } from '../../text/messages';
import type { ProblemSeverity } from '../problem';

/** Sentences of the rules every XML format shares. */
export const xmlMessages = defineMessages(
  {
    'xml.no-root': 'The file has no root element.',
    'xml.several-roots': 'A second root element {name}: an XML file has exactly one.',
    'xml.text-outside-root': 'Text outside of the root element.',
    'xml.unclosed-element': 'The element {name} is never closed.',
    'xml.unexpected-end-tag': 'The end tag {name} closes nothing.',
    'xml.end-tag-mismatch': 'The end tag says {found}, but {expected} is open.',
    'xml.wrong-prefix': 'The end tag says {found}, but the element was opened as {expected}: the prefix must be the same.',
    'xml.unclosed-tag': 'The tag {name} has no closing “>”.',
    'xml.unclosed-comment': 'The comment has no closing “-->”.',
    'xml.unclosed-cdata': 'The CDATA section has no closing “]]>”.',
    'xml.unclosed-instruction': 'The processing instruction has no closing “?>”.',
    'xml.unclosed-doctype': 'The document type declaration has no closing “>”.',
    'xml.unclosed-value': 'The value of attribute {name} has no closing quote.',
    'xml.double-hyphen': 'A comment must not hold “--”.',
    'xml.bare-less-than': 'A “<” that begins no tag; write “&lt;”.',
    'xml.less-than-in-value': 'A “<” in the value of attribute {name}; write “&lt;”.',
    'xml.bare-ampersand': 'An “&” that begins no entity; write “&amp;”.',
    'xml.unknown-entity': 'The entity {name} is not known; XML has lt, gt, amp, quot, apos and numbers.',
    'xml.cdata-end-in-text': 'Text must not hold “]]>”; write “]]&gt;”.',
    'xml.control-character': 'A character that XML does not allow: U+{code}.',
    'xml.attribute-without-value': 'The attribute {name} has no value.',
    'xml.attribute-without-quotes': 'The value of attribute {name} needs quotes.',
    'xml.repeated-attribute': 'The attribute {name} stands twice in one tag.',
    'xml.missing-blank': 'A blank is missing before attribute {name}.',
    'xml.stray-character': 'A character that does not belong into a tag.',
    'xml.late-declaration': 'The XML declaration must be the very first thing of the file.',
    'xml.doctype-ignored': 'The document type declaration is not read; its entities are unknown.',
  },
  {
    'xml.no-root': 'Le fichier n’a pas d’élément racine.',
    'xml.several-roots': 'Second élément racine {name} : un fichier XML en a exactement un.',
    'xml.text-outside-root': 'Texte en dehors de l’élément racine.',
    'xml.unclosed-element': 'L’élément {name} n’est jamais fermé.',
    'xml.unexpected-end-tag': 'La balise de fin {name} ne ferme rien.',
    'xml.end-tag-mismatch': 'La balise de fin indique {found}, mais {expected} est ouvert.',
    'xml.wrong-prefix': 'La balise de fin indique {found}, mais l’élément est ouvert sous {expected} : le préfixe doit être le même.',
    'xml.unclosed-tag': 'La balise {name} n’a pas de « > » final.',
    'xml.unclosed-comment': 'Le commentaire n’a pas de « --> » final.',
    'xml.unclosed-cdata': 'La section CDATA n’a pas de « ]]> » final.',
    'xml.unclosed-instruction': 'L’instruction de traitement n’a pas de « ?> » final.',
    'xml.unclosed-doctype': 'La déclaration de type de document n’a pas de « > » final.',
    'xml.unclosed-value': 'La valeur de l’attribut {name} n’a pas de guillemet final.',
    'xml.double-hyphen': 'Un commentaire ne doit pas contenir « -- ».',
    'xml.bare-less-than': 'Un « < » qui n’ouvre aucune balise ; écrivez « &lt; ».',
    'xml.less-than-in-value': 'Un « < » dans la valeur de l’attribut {name} ; écrivez « &lt; ».',
    'xml.bare-ampersand': 'Un « & » qui n’ouvre aucune entité ; écrivez « &amp; ».',
    'xml.unknown-entity': 'L’entité {name} est inconnue ; XML connaît lt, gt, amp, quot, apos et les numéros.',
    'xml.cdata-end-in-text': 'Un texte ne doit pas contenir « ]]> » ; écrivez « ]]&gt; ».',
    'xml.control-character': 'Caractère interdit en XML : U+{code}.',
    'xml.attribute-without-value': 'L’attribut {name} n’a pas de valeur.',
    'xml.attribute-without-quotes': 'La valeur de l’attribut {name} doit être entre guillemets.',
    'xml.repeated-attribute': 'L’attribut {name} figure deux fois dans la même balise.',
    'xml.missing-blank': 'Il manque une espace avant l’attribut {name}.',
    'xml.stray-character': 'Caractère qui n’a pas sa place dans une balise.',
    'xml.late-declaration': 'La déclaration XML doit se trouver au tout début du fichier.',
    'xml.doctype-ignored': 'La déclaration de type de document n’est pas lue ; ses entités sont inconnues.',
  },
);

export type XmlProblemCode = keyof typeof xmlMessages.en;

/** Everything that makes a text no XML is an error. */
export const xmlSeverities: Readonly<Record<XmlProblemCode, ProblemSeverity>> = {
  ...(Object.fromEntries(Object.keys(xmlMessages.en).map((code) => [code, 'error'])) as Record<XmlProblemCode, ProblemSeverity>),
  'xml.doctype-ignored': 'warning',
};
