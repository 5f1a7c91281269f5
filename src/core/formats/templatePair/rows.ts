import { isApdList, isApdText, type ApdPair, type ApdTemplate } from '../apd/model';
import { childElement, type XmlDocument } from '../xml/tree';
import { differInBlanksOnly, optionKey, readXmlOptions, type PlacedOption } from './compare';

/** How an option of the one file stands to that of the other. */
export type OptionComparison = 'same' | 'differs' | 'blankInXml' | 'blankInApd' | 'notInApd' | 'notInXml';

/** One option of a pair of templates, as a table shows it. */
export interface OptionRow {
  /** Empty for what stands outside of a section. */
  readonly section: string;
  readonly option: string;
  /** The default in the APD; undefined where the option is missing there, or its value is no text. */
  readonly apd?: string;
  /** A value of the APD that is no text: its type code and bytes, or how many pairs its list has. */
  readonly other?: { readonly type: number; readonly bytes: Uint8Array } | { readonly pairs: number };
  /** The default in the XML; undefined where the option or its default is missing there, and without an XML. */
  readonly xml?: string;
  /** Undefined without an XML. */
  readonly comparison?: OptionComparison;
}

/** The application that a metadata template describes has these options; undefined for other XML. */
export function xmlOptionsOf(xml: XmlDocument): ReadonlyMap<string, PlacedOption> | undefined {
  const application = xml.root && childElement(xml.root, 'cfgApplication');
  return application && readXmlOptions(application);
}

/**
 * The options of an APD in file order, beside the defaults that its XML gives. What only the XML has comes at the end of its
 * section.
 * @param xmlOptions of {@link xmlOptionsOf}; undefined where there is no XML to compare with
 */
export function optionRows(apd: ApdTemplate, xmlOptions: ReadonlyMap<string, PlacedOption> | undefined): readonly OptionRow[] {
  const missing = new Map(xmlOptions);
  const sections = new Map<string, OptionRow[]>();
  const rowsOf = (section: string): OptionRow[] => {
    const rows = sections.get(section) ?? [];
    sections.set(section, rows);
    return rows;
  };
  const add = (section: string, pair: ApdPair): void => {
    const key = optionKey({ section, option: pair.key.text });
    missing.delete(key);
    rowsOf(section).push(rowOf(section, pair, xmlOptions && { found: xmlOptions.get(key) }));
  };
  for (const pair of apd.sections.pairs) {
    if (!isApdList(pair.value)) add('', pair);
    else {
      rowsOf(pair.key.text);
      for (const option of pair.value.pairs) add(pair.key.text, option);
    }
  }
  for (const { section, option, value } of missing.values()) rowsOf(section).push({ section, option, comparison: 'notInApd', ...(value !== undefined && { xml: value }) });
  return [...sections.values()].flat();
}

function rowOf(section: string, { key, value }: ApdPair, inXml: { readonly found: PlacedOption | undefined } | undefined): OptionRow {
  const xml = inXml?.found?.value;
  const row = { section, option: key.text, ...(xml !== undefined && { xml }), ...(inXml && { comparison: compare(value, inXml.found) }) };
  if (isApdText(value)) return { ...row, apd: value.text };
  return { ...row, other: isApdList(value) ? { pairs: value.pairs.length } : value };
}

function compare(value: ApdPair['value'], found: PlacedOption | undefined): OptionComparison {
  if (!found) return 'notInXml';
  // Nothing that could differ, as for `compareTemplates`.
  if (!isApdText(value) || found.value === undefined || value.text === found.value) return 'same';
  if (!differInBlanksOnly(found.value, value.text)) return 'differs';
  return found.value.length > value.text.length ? 'blankInXml' : 'blankInApd';
}
