import { decodeText } from '../../text/utf8';
import { decodeApd } from '../apd/decode';
import { apdOptions, knownMark } from '../apd/model';
import { readMetadataXml } from '../metadataXml/read';
import { firstError, type Problem } from '../problem';
import { isXmlTpl } from './recognize';

export interface TemplateOption {
  readonly section: string;
  readonly option: string;
  readonly defaultValue: string;
}

/** A plug-in's template. What its format does not hold is left out. */
export interface TplTemplate {
  readonly format: 'xml' | 'apd' | 'text';
  readonly applicationType?: number;
  readonly version?: string;
  readonly options: readonly TemplateOption[];
}

/**
 * Reads a plug-in's `.tpl` by its content, since its form is not public: an application template (binary), metadata XML, or
 * text of `[section]` and `key = value` lines. Never throws. `template` is missing for anything else; then a problem says why,
 * which is to be shown, not to stop an import.
 */
export function readTpl(bytes: Uint8Array): { readonly template?: TplTemplate; readonly problems: readonly Problem[] } {
  switch (tplForm(bytes)) {
    case 'apd':
      return readBinary(bytes);
    case 'xml':
      return readXml(decodeText(bytes));
    case 'text':
      return readOptionText(decodeText(bytes));
  }
}

/** What a `.tpl` is by its first bytes. */
export function tplForm(bytes: Uint8Array): TplTemplate['format'] {
  if (looksBinary(bytes)) return 'apd';
  return isXmlTpl(decodeText(bytes.subarray(0, 4096))) ? 'xml' : 'text';
}

/** What is wrong with option text. */
export function checkOptionText(text: string): readonly Problem[] {
  return readOptionText(text).problems;
}

function looksBinary(bytes: Uint8Array): boolean {
  const mark = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8) | ((bytes[2] ?? 0) << 16) | ((bytes[3] ?? 0) << 24);
  return mark === knownMark || bytes.subarray(0, 1024).includes(0);
}

function readBinary(bytes: Uint8Array): ReturnType<typeof readTpl> {
  const { template, problems } = decodeApd(bytes);
  if (!template || firstError(problems)) return { problems };
  const options = apdOptions(template).map(({ section, option, value }) => ({ section, option, defaultValue: value }));
  return { template: { format: 'apd', applicationType: template.applicationType, version: template.version.value.text, options }, problems };
}

function readXml(text: string): ReturnType<typeof readTpl> {
  const { template, problems } = readMetadataXml(text);
  if (!template || firstError(problems)) return { problems };
  const options = template.options.map(({ section, name, defaultValue }) => ({ section, option: name, defaultValue }));
  const { applicationType, version } = template;
  return { template: { format: 'xml', ...(applicationType !== undefined && { applicationType }), version, options }, problems };
}

function readOptionText(text: string): ReturnType<typeof readTpl> {
  const options: TemplateOption[] = [];
  const problems: Problem[] = [];
  let section: string | undefined;
  let start = 0;
  for (const line of text.replace(/^\ufeff/, '').split('\n')) {
    const content = line.trim();
    const header = /^\[(.+)\]$/.exec(content);
    const equals = content.indexOf('=');
    if (header) section = header[1] ?? '';
    else if (content !== '' && !/^[#;]/.test(content)) {
      if (section !== undefined && equals > 0) {
        options.push({ section, option: content.slice(0, equals).trim(), defaultValue: content.slice(equals + 1).trim() });
      } else if (problems.length === 0) {
        problems.push({ code: 'tpl.not-understood', severity: 'warning', start, end: start + line.length, args: {} });
      }
    }
    start += line.length + 1;
  }
  if (options.length > 0) return { template: { format: 'text', options }, problems };
  return { problems: problems.length > 0 ? problems : [{ code: 'tpl.not-understood', severity: 'warning', start: 0, end: text.length, args: {} }] };
}
