import { ipDescriptionSchema } from '../formats/ipDescription/schema';
import { metadataXmlSchema } from '../formats/metadataXml/schema';
import type { Problem } from '../formats/problem';
import type { SilentIniContext } from '../formats/silentIni/conditions';
import { parseSilentIni, type SilentIniDocument } from '../formats/silentIni/parse';
import { spdSchema } from '../formats/spd/schema';
import { parseXml } from '../formats/xml/parse';
import type { XmlElementSchema } from '../formats/xml/schema';
import type { XmlDocument } from '../formats/xml/tree';
import { diagnoseText, type TextFormatId } from './diagnose';
import { createTextPositions, type TextPositions } from './textPositions';

type XmlFormatId = Exclude<TextFormatId, 'silentIni'>;

const schemas: Readonly<Record<XmlFormatId, XmlElementSchema>> = { ipDescription: ipDescriptionSchema, metadataXml: metadataXmlSchema, spd: spdSchema };

/** What a text is, read once however many questions are put to it. */
export interface Analysis {
  readonly format: TextFormatId;
  readonly text: string;
  readonly positions: TextPositions;
  /** The parsed text: XML with the table of its format, or a silent.ini. */
  readonly tree: { readonly kind: 'xml'; readonly document: XmlDocument; readonly schema: XmlElementSchema } | { readonly kind: 'ini'; readonly document: SilentIniDocument };
  readonly problems: readonly Problem[];
}

/** Prepares a text for questions; each part is made when it is first asked for. */
export function analyze(format: TextFormatId, text: string, silentIni: SilentIniContext = {}): Analysis {
  let positions: TextPositions | undefined;
  let tree: Analysis['tree'] | undefined;
  let problems: readonly Problem[] | undefined;
  return {
    format, text,
    get positions() {
      return (positions ??= createTextPositions(text));
    },
    get tree() {
      return (tree ??= format === 'silentIni' ? { kind: 'ini', document: parseSilentIni(text) } : { kind: 'xml', document: parseXml(text), schema: schemas[format] });
    },
    get problems() {
      return (problems ??= diagnoseText(format, text, silentIni));
    },
  };
}
