import { ProductError } from '../../errors';
import { documentOf, findSection, readLine, type SilentIniDocument, type SilentIniLine } from './parse';

/** One value to write. */
export interface SilentIniSetting {
  readonly section: string;
  readonly key: string;
  readonly value: string;
}

/**
 * Sets values and leaves every other character as it is. A key that is there is changed in place (each of its repeats, so
 * that it does not matter which one the installer takes); a new key goes to the end of its section; a new section goes
 * after the last live line, before the commented template that the vendor's files end with.
 * @throws ProductError `format/silent-ini-value` when a value would not be read back as it is
 */
export function setSilentIniValues(document: SilentIniDocument, settings: readonly SilentIniSetting[]): SilentIniDocument {
  return settings.reduce(setValue, document);
}

function setValue(document: SilentIniDocument, setting: SilentIniSetting): SilentIniDocument {
  checkSetting(setting);
  const section = findSection(document, setting.section);
  if (!section) return addSection(document, setting);
  const text = `${setting.key}=${setting.value}`;
  const present = section.entries.filter((entry) => entry.key === setting.key);
  if (present.length > 0) {
    const lines = document.lines.map((line) => (line.kind === 'entry' && present.includes(line) ? readLine(text, line.lineEnd, line.start) : line));
    return documentOf(lines);
  }
  const last = section.entries.at(-1) ?? section.header;
  return insertAfter(document, document.lines.indexOf(last), [text]);
}

function addSection(document: SilentIniDocument, { section, key, value }: SilentIniSetting): SilentIniDocument {
  const added = [`[${section}]`, `${key}=${value}`];
  const last = document.lines.findLastIndex((line) => line.kind === 'section' || line.kind === 'entry' || line.kind === 'ignored');
  const after = last >= 0 ? last : document.lines.length - 1;
  return insertAfter(document, after, after >= 0 ? ['', ...added] : added);
}

function insertAfter(document: SilentIniDocument, index: number, texts: readonly string[]): SilentIniDocument {
  const lineEnd = document.lines.find((line) => line.lineEnd !== '')?.lineEnd ?? '\n';
  const before = document.lines.slice(0, index + 1);
  const previous = before.at(-1);
  if (previous?.lineEnd === '') before[before.length - 1] = { ...previous, lineEnd };
  const added = texts.map((text): SilentIniLine => readLine(text, lineEnd, -1));
  return documentOf([...before, ...added, ...document.lines.slice(index + 1)]);
}

function checkSetting({ section, key, value }: SilentIniSetting): void {
  const readable = !/[\r\n]/.test(section + key + value)
    && section !== '' && !section.includes(']')
    && key.trim() !== '' && key === key.trim() && !key.includes('=') && !/^[#;[]/.test(key);
  if (!readable) throw new ProductError('format/silent-ini-value', { section, key });
}
