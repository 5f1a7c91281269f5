import { decodeApd } from '../formats/apd/decode';
import { parseIpDescription } from '../formats/ipDescription/parse';
import { checkMetadataXml } from '../formats/metadataXml/rules';
import { metadataXmlSchema } from '../formats/metadataXml/schema';
import type { Problem } from '../formats/problem';
import type { SilentIniContext } from '../formats/silentIni/conditions';
import { parseSilentIni } from '../formats/silentIni/parse';
import { checkSilentIni } from '../formats/silentIni/rules';
import { checkSpd } from '../formats/spd/rules';
import { readTpl, tplForm } from '../formats/tpl/read';
import { parseXml } from '../formats/xml/parse';
import { localName } from '../formats/xml/tree';
import { decodeText } from '../text/utf8';
import type { FormatId } from './recognizeFormat';

/** The formats that are text and nothing else. */
export type TextFormatId = Exclude<FormatId, 'apd' | 'tpl'>;

/** True for a format that is edited as text. */
export function isTextFormat(format: FormatId): format is TextFormatId {
  return format !== 'apd' && format !== 'tpl';
}

/** Everything that is wrong with a text of a format, in the order of the places. Never throws. */
export function diagnoseText(format: TextFormatId, text: string, silentIni: SilentIniContext = {}): readonly Problem[] {
  switch (format) {
    case 'silentIni':
      return checkSilentIni(parseSilentIni(text), silentIni);
    case 'ipDescription':
      return parseIpDescription(text).problems;
    case 'metadataXml':
      return checkMetadataXml(parseXml(text));
    case 'spd':
      return checkSpd(parseXml(text));
  }
}

/** The same for the bytes of a file of any format. Places of an application template are bytes, of everything else UTF-16 units of its text. */
export function diagnoseBytes(format: FormatId, bytes: Uint8Array, silentIni: SilentIniContext = {}): readonly Problem[] {
  if (format === 'apd') return decodeApd(bytes).problems;
  if (format === 'tpl') return diagnoseTpl(bytes);
  return diagnoseText(format, decodeText(bytes), silentIni);
}

/** By content: what a `.tpl` holds is not public, so XML of another kind is only held to be XML. */
function diagnoseTpl(bytes: Uint8Array): readonly Problem[] {
  switch (tplForm(bytes)) {
    case 'apd':
      return decodeApd(bytes).problems;
    case 'text':
      return readTpl(bytes).problems;
    case 'xml': {
      const document = parseXml(decodeText(bytes));
      return localName(document.root?.name ?? '') === metadataXmlSchema.name ? checkMetadataXml(document) : document.problems;
    }
  }
}
