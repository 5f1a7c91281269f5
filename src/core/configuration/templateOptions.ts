import { decodeApd } from '../formats/apd/decode';
import { apdOptions } from '../formats/apd/model';
import { readMetadataXml } from '../formats/metadataXml/read';
import { readTpl } from '../formats/tpl/read';
import type { PackageTemplate } from '../packages/model';
import { decodeText } from '../text/utf8';
import type { ApplicationObject } from '../deployment/model';

/** What a template gives to an application that is made from it. */
export interface TemplateContent {
  /** CfgAppType number, where the template tells. */
  readonly applicationType?: number;
  readonly options: ApplicationObject['options'];
}

/** Reads a template of any format. Never throws: what cannot be understood gives no options. */
export function readTemplateOptions(format: PackageTemplate['format'], bytes: Uint8Array): TemplateContent {
  switch (format) {
    case 'apd': {
      const { template } = decodeApd(bytes);
      return template ? { applicationType: template.applicationType, options: gather(apdOptions(template).map(({ section, option, value }) => [section, option, value])) } : { options: {} };
    }
    case 'xml': {
      const { template } = readMetadataXml(decodeText(bytes));
      return template ? withType(template.applicationType, template.options.map(({ section, name, defaultValue }) => [section, name, defaultValue])) : { options: {} };
    }
    case 'tpl': {
      const { template } = readTpl(bytes);
      return template ? withType(template.applicationType, template.options.map(({ section, option, defaultValue }) => [section, option, defaultValue])) : { options: {} };
    }
  }
}

/**
 * The template that an application is made from. The binary form holds nothing but options and their defaults, so it goes
 * first; of several templates the one that is named after the product.
 */
export function chooseTemplate(templates: readonly PackageTemplate[], nickname: string): PackageTemplate | undefined {
  const rank = (template: PackageTemplate) =>
    (template.name.toLowerCase().startsWith(nickname.toLowerCase()) ? 0 : 10) + ['apd', 'xml', 'tpl'].indexOf(template.format);
  return [...templates].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1))[0];
}

/** Reads a package's template; the number of its type that was found at import stands in where the template does not tell. */
export function readPackageTemplate(template: PackageTemplate, bytes: Uint8Array): TemplateContent {
  const read = readTemplateOptions(template.format, bytes);
  return { ...read, ...(read.applicationType === undefined && template.applicationType !== undefined && { applicationType: template.applicationType }) };
}

type OptionTriple = readonly [section: string, option: string, value: string];

function withType(applicationType: number | undefined, options: readonly OptionTriple[]): TemplateContent {
  return { ...(applicationType !== undefined && { applicationType }), options: gather(options) };
}

function gather(options: readonly OptionTriple[]): ApplicationObject['options'] {
  const sections = new Map<string, Map<string, string>>();
  for (const [section, option, value] of options) sections.set(section, (sections.get(section) ?? new Map<string, string>()).set(option, value));
  return Object.fromEntries([...sections].map(([section, values]) => [section, Object.fromEntries(values)]));
}
