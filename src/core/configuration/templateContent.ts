import { decodeApd } from '../formats/apd/decode';
import { apdOptions } from '../formats/apd/model';
import { readMetadataXml, type MetadataParameter } from '../formats/metadataXml/read';
import { readTpl } from '../formats/tpl/read';
import type { PackageTemplate } from '../packages/model';
import { decodeText } from '../text/utf8';
import type { ApplicationObject, ApplicationSetting, ValueTable } from '../deployment/model';
import { asValueTable } from './applicationValue';
import { keptValue } from './maskedApplication';

/** What the templates of a package give to an application that is made from it, secrets masked. */
export interface TemplateContent {
  /** CfgAppType number, where a template tells. */
  readonly applicationType?: number;
  readonly options: ValueTable;
  readonly annex?: ValueTable;
  readonly settings?: ApplicationObject['settings'];
  /** The number of the port called `default`. */
  readonly port?: string;
  /** What templates say of ports beside the number of the default one. */
  readonly ports?: ValueTable;
}

/** Reads a template of any format. Never throws: what cannot be understood gives no options. */
export function readTemplate(format: PackageTemplate['format'], bytes: Uint8Array): TemplateContent {
  switch (format) {
    case 'apd': {
      const { template } = decodeApd(bytes);
      return template ? { applicationType: template.applicationType, options: gather(apdOptions(template).map(({ section, option, value }) => [section, option, value])) } : { options: {} };
    }
    case 'xml': {
      const { template } = readMetadataXml(decodeText(bytes));
      if (!template) return { options: {} };
      const { applicationType, options, startInfo, ports, userProperties } = template;
      return {
        ...withType(applicationType, options.map(({ section, name, defaultValue }) => [section, name, defaultValue])),
        annex: gather(userProperties.map(({ section, name, defaultValue }) => [section, name, defaultValue])),
        settings: readSettings(startInfo),
        ...readPorts(ports),
      };
    }
    case 'tpl': {
      const { template } = readTpl(bytes);
      return template ? withType(template.applicationType, template.options.map(({ section, option, defaultValue }) => [section, option, defaultValue])) : { options: {} };
    }
  }
}

/**
 * The templates that an application is made from, most telling first. The binary form holds nothing but options and their
 * defaults, so it goes first; its description beside it tells the rest. Of several the one that is named after the product.
 */
export function chooseTemplates(templates: readonly PackageTemplate[], nickname: string): readonly PackageTemplate[] {
  const rank = (template: PackageTemplate) =>
    (template.name.toLowerCase().startsWith(nickname.toLowerCase()) ? 0 : 10) + ['apd', 'xml', 'tpl'].indexOf(template.format);
  const [first, ...others] = [...templates].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
  const description = first?.format === 'apd' ? others.find(({ format, name }) => format === 'xml' && name.toLowerCase() === first.name.toLowerCase()) : undefined;
  return [...(first ? [first] : []), ...(description ? [description] : [])];
}

/** Reads chosen templates as one: each says what those before it do not. The number of a type that was found at import stands in where no template tells. */
export function readTemplates(templates: readonly { readonly template: PackageTemplate; readonly bytes: Uint8Array }[]): TemplateContent {
  const known = templates.find(({ template }) => template.applicationType !== undefined)?.template.applicationType;
  const [first = { options: {} }, ...others] = templates.map(({ template, bytes }) => readTemplate(template.format, bytes));
  const read = others.reduce<TemplateContent>((all, more) => ({ ...more, ...all, ...(Object.keys(all.options).length === 0 && { options: more.options }) }), first);
  return { ...read, ...(read.applicationType === undefined && known !== undefined && { applicationType: known }) };
}

/** The settings that a template has a parameter for. Its times are seconds, its yes and no those of XML. */
const settingParameters: readonly (readonly [parameter: string, setting: ApplicationSetting])[] = [
  ['startupTimeout', 'startupTimeout'], ['shutdownTimeout', 'shutdownTimeout'], ['autoRestart', 'autoRestart'],
];

function readSettings(startInfo: readonly MetadataParameter[]): ApplicationObject['settings'] {
  return Object.fromEntries(settingParameters.flatMap(([name, setting]) => {
    const value = saidBy(startInfo, name);
    return value === '' ? [] : [[setting, value === 'true' ? 'CFGTrue' : value === 'false' ? 'CFGFalse' : value]];
  }));
}

function readPorts(ports: readonly (readonly MetadataParameter[])[]): Pick<TemplateContent, 'port' | 'ports'> {
  const rows = new Map<string, Map<string, string>>();
  let standard = '';
  for (const parameters of ports) {
    const id = saidBy(parameters, 'connId') || 'default';
    const number = saidBy(parameters, 'connPort');
    const protocol = saidBy(parameters, 'connProtocol');
    const row = new Map<string, string>();
    if (id === 'default') standard = number;
    else if (number !== '') row.set('port', number);
    if (protocol !== '' && protocol !== 'none') row.set('protocol', protocol);
    if (row.size > 0) rows.set(id, row);
  }
  return { ...(standard !== '' && { port: standard }), ports: asValueTable(rows) };
}

function saidBy(parameters: readonly MetadataParameter[], name: string): string {
  const parameter = parameters.find((one) => one.name === name);
  return (parameter?.value || parameter?.defaultValue || '').trim();
}

type OptionTriple = readonly [section: string, option: string, value: string];

function withType(applicationType: number | undefined, options: readonly OptionTriple[]): Pick<TemplateContent, 'applicationType' | 'options'> {
  return { ...(applicationType !== undefined && { applicationType }), options: gather(options) };
}

function gather(options: readonly OptionTriple[]): ValueTable {
  const sections = new Map<string, Map<string, string>>();
  for (const [section, option, value] of options) {
    sections.set(section, (sections.get(section) ?? new Map<string, string>()).set(option, keptValue({ section, key: option, value })));
  }
  return asValueTable(sections);
}
