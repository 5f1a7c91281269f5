import { ipDescriptionSchema } from '../formats/ipDescription/schema';
import { metadataXmlSchema } from '../formats/metadataXml/schema';
import type { Problem, TextEdit } from '../formats/problem';
import type { SilentIniContext } from '../formats/silentIni/conditions';
import { parseSilentIni, type SilentIniDocument } from '../formats/silentIni/parse';
import { checkSilentIni } from '../formats/silentIni/rules';
import { spdSchema } from '../formats/spd/schema';
import { checkOptionText } from '../formats/tpl/read';
import { isXmlTpl } from '../formats/tpl/recognize';
import { parseXml } from '../formats/xml/parse';
import { reparseXml } from '../formats/xml/reparse';
import type { XmlElementSchema } from '../formats/xml/schema';
import type { XmlDocument } from '../formats/xml/tree';
import { checkTplXml, checkXml, type TextFormatId, type XmlFormatId } from './diagnose';
import { createTextPositions, type EditedPositions, type TextPositions } from './textPositions';

const schemas: Readonly<Record<XmlFormatId, XmlElementSchema>> = { ipDescription: ipDescriptionSchema, metadataXml: metadataXmlSchema, spd: spdSchema };

/** What a text is, read once however many questions are put to it. */
export interface Analysis {
  readonly format: TextFormatId;
  readonly text: string;
  readonly positions: TextPositions;
  /** The parsed text: XML with the table of its format, or a silent.ini. */
  readonly tree: AnalysisTree;
  readonly problems: readonly Problem[];
  /** The analysis of the text after an edit. Takes this one over: it must not be used afterwards. */
  edited(edit: TextEdit): Analysis;
}

export type AnalysisTree =
  | { readonly kind: 'xml'; readonly document: XmlDocument; readonly schema: XmlElementSchema }
  | { readonly kind: 'ini'; readonly document: SilentIniDocument };

/** Prepares a text for questions; each part is made when it is first asked for. */
export function analyze(format: TextFormatId, text: string, silentIni: SilentIniContext = {}): Analysis {
  return createAnalysis(format, text, silentIni, {});
}

function createAnalysis(format: TextFormatId, text: string, silentIni: SilentIniContext, known: { readonly tree?: AnalysisTree | undefined; readonly positions?: EditedPositions | undefined }): Analysis {
  let { positions, tree } = known;
  let problems: readonly Problem[] | undefined;
  const read = () => (tree ??= readTree(format, text));
  return {
    format, text,
    get positions() {
      return (positions ??= createTextPositions(text));
    },
    get tree() {
      return read();
    },
    get problems() {
      return (problems ??= diagnoseTree(format, text, read(), silentIni));
    },
    edited(edit) {
      const document = tree?.kind === 'xml' ? reparseXml(tree.document, edit) : undefined;
      const after = document?.text ?? text.slice(0, edit.start) + edit.text + text.slice(edit.end);
      return createAnalysis(format, after, silentIni, { tree: tree?.kind === 'xml' && document ? { ...tree, document } : undefined, positions: positions?.edited(edit, after) });
    },
  };
}

function readTree(format: TextFormatId, text: string): AnalysisTree {
  if (format === 'silentIni' || (format === 'tpl' && !isXmlTpl(text))) return { kind: 'ini', document: parseSilentIni(text) };
  return { kind: 'xml', document: parseXml(text), schema: schemas[format === 'tpl' ? 'metadataXml' : format] };
}

function diagnoseTree(format: TextFormatId, text: string, tree: AnalysisTree, silentIni: SilentIniContext): readonly Problem[] {
  if (tree.kind === 'ini') return format === 'tpl' ? checkOptionText(text) : checkSilentIni(tree.document, silentIni);
  if (format === 'tpl') return checkTplXml(tree.document);
  return format === 'silentIni' ? [] : checkXml(format, tree.document);
}
