import { decodeApd } from '../formats/apd/decode';
import { checkIpDescription } from '../formats/ipDescription/rules';
import { checkMetadataXml } from '../formats/metadataXml/rules';
import { metadataXmlSchema } from '../formats/metadataXml/schema';
import type { Problem } from '../formats/problem';
import type { SilentIniContext } from '../formats/silentIni/conditions';
import { parseSilentIni } from '../formats/silentIni/parse';
import { checkSilentIni } from '../formats/silentIni/rules';
import { checkSpd } from '../formats/spd/rules';
import { checkOptionText, tplForm } from '../formats/tpl/read';
import { isXmlTpl } from '../formats/tpl/recognize';
import { parseXml } from '../formats/xml/parse';
import { localName, type XmlDocument } from '../formats/xml/tree';
import { decodeText } from '../text/utf8';
import type { FormatId } from './recognizeFormat';

/** The formats that are edited as text; a `.tpl` can be binary too. */
export type TextFormatId = Exclude<FormatId, 'apd'>;

/** Those of them that are always XML. */
export type XmlFormatId = Exclude<TextFormatId, 'silentIni' | 'tpl'>;

/** True for a format that is edited as text. */
export function isTextFormat(format: FormatId): format is TextFormatId {
  return format !== 'apd';
}

/** Everything that is wrong with a text of a format, in the order of the places. Never throws. */
export function diagnoseText(format: TextFormatId, text: string, silentIni: SilentIniContext = {}): readonly Problem[] {
  if (format === 'silentIni') return checkSilentIni(parseSilentIni(text), silentIni);
  if (format === 'tpl') return isXmlTpl(text) ? checkTplXml(parseXml(text)) : checkOptionText(text);
  return checkXml(format, parseXml(text));
}

/** Everything that is wrong with parsed XML of a format. */
export function checkXml(format: XmlFormatId, document: XmlDocument): readonly Problem[] {
  switch (format) {
    case 'ipDescription':
      return checkIpDescription(document);
    case 'metadataXml':
      return checkMetadataXml(document);
    case 'spd':
      return checkSpd(document);
  }
}

/** The same for the bytes of a file of any format. Places of an application template are bytes, of everything else UTF-16 units of its text. */
export function diagnoseBytes(format: FormatId, bytes: Uint8Array, silentIni: SilentIniContext = {}): readonly Problem[] {
  if (format === 'apd') return decodeApd(bytes).problems;
  if (format === 'tpl' && tplForm(bytes) === 'apd') return decodeApd(bytes).problems;
  return diagnoseText(format, decodeText(bytes), silentIni);
}

/** What a `.tpl` holds is not public, so XML of another kind than metadata is only held to be XML. */
export function checkTplXml(document: XmlDocument): readonly Problem[] {
  return localName(document.root?.name ?? '') === metadataXmlSchema.name ? checkMetadataXml(document) : document.problems;
}
